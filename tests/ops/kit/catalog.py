"""Signatures of ops, read from the project's own catalog (proto/OpCatalog.txt)."""
import pathlib
import re

CATALOG = pathlib.Path(__file__).resolve().parents[3] / "proto" / "OpCatalog.txt"


class Argument:
    """An input or output: a dtype, or the attributes that give its type and number."""

    def __init__(self, text):
        self.name, spec = text.split(None, 1)
        spec = spec.strip()
        self.number = self.type_list = None
        if "*" in spec:
            self.number, spec = (part.strip() for part in spec.split("*"))
        if spec.endswith("..."):
            self.type_list, spec = spec[:-3], None
        self.type = spec and spec.lstrip("&")


class Signature:
    def __init__(self, line):
        head, *attributes = self._split(line)
        match = re.match(r"(\w+)\((.*?)\)(?: -> \((.*)\))?$", head)
        self.name = match.group(1)
        self.inputs = self._arguments(match.group(2))
        self.outputs = self._arguments(match.group(3) or "")
        # name -> (kind, whether it has a default)
        self.attributes = {}
        self.defaults = {}
        for attribute in attributes:
            if attribute.startswith("!"):
                continue
            name, kind = attribute.split(None, 2)[:2]
            self.attributes[name] = (kind, " = " in attribute)
            if " = " in attribute:
                self.defaults[name] = attribute.rsplit(" = ", 1)[1]

    @staticmethod
    def _split(line):
        """The parts between semicolons that stand in no string."""
        return [part.strip() for part in re.findall(r'(?:[^;"]|"[^"]*")+', line)]

    @staticmethod
    def _arguments(text):
        return [Argument(part.strip()) for part in text.split(",") if part.strip()]


def load():
    """All signatures by name."""
    signatures = {}
    for line in CATALOG.read_text().splitlines():
        if line and line[0] not in "#@":
            signature = Signature(line)
            signatures[signature.name] = signature
    return signatures
