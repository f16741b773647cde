"""Cases as a GraphDef in text form, with all inputs constant or fed."""
import numpy as np

from kit import values

ENUM = {name: "DT_" + name.upper() for name in values.DTYPES}


def escape(data):
    return "".join(f"\\{byte:03o}" for byte in data)


def quote(text):
    return '"' + escape(text.encode() if isinstance(text, str) else text) + '"'


def tensor_text(tensor):
    dims = " ".join(f"dim {{ size: {size} }}" for size in tensor.shape)
    if tensor.dtype == "string":
        content = " ".join(f"string_val: {quote(text)}" for text in tensor.data.ravel().tolist())
    else:
        content = f"tensor_content: {quote(np.ascontiguousarray(tensor.data).tobytes())}"
    return f"dtype: {ENUM[tensor.dtype]} tensor_shape {{ {dims} }} {content}"


def shape_text(dims):
    if dims is None:
        return "unknown_rank: true"
    return " ".join(f"dim {{ size: {size} }}" for size in dims)


def list_text(kind, items):
    if kind == "string":
        return " ".join(f"s: {quote(item)}" for item in items)
    if kind == "type":
        return " ".join(f"type: {ENUM[item]}" for item in items)
    if kind == "shape":
        return " ".join(f"shape {{ {shape_text(item)} }}" for item in items)
    field = {"int": "i", "float": "f", "bool": "b"}[kind]
    return " ".join(f"{field}: {str(item).lower()}" for item in items)


def attribute_text(name, kind, value):
    if kind.startswith("list("):
        text = f"list {{ {list_text(kind[5:-1], value)} }}"
    elif kind == "string":
        text = f"s: {quote(value)}"
    elif kind == "type":
        text = f"type: {ENUM[value]}"
    elif kind == "shape":
        text = f"shape {{ {shape_text(value)} }}"
    elif kind == "tensor":
        text = f"tensor {{ {tensor_text(values.tensor(value))} }}"
    else:
        text = f"{ {'int': 'i', 'float': 'f', 'bool': 'b'}[kind] }: {str(value).lower()}"
    return f'attr {{ key: "{name}" value {{ {text} }} }}'


def node_text(name, op, inputs, attributes):
    lines = [f'  name: "{name}"', f'  op: "{op}"']
    lines += [f'  input: "{source}"' for source in inputs]
    lines += ["  " + attribute for attribute in attributes]
    return "node {\n" + "\n".join(lines) + "\n}\n"


class Graph:
    """The nodes of some cases; `feeds` is name -> array, `fetches` is (case, output) -> name."""

    def __init__(self, signatures, constant):
        self.signatures = signatures
        self.constant = constant
        self.text = ""
        self.feeds = {}
        self.fetches = {}

    def add(self, case):
        signature = self.signatures[case.op]
        given = dict(case.attributes)
        sources = []
        for position, (argument, value) in enumerate(zip(signature.inputs, case.inputs)):
            parts = value if isinstance(value, list) else [value]
            if argument.number:
                given.setdefault(argument.number, len(parts))
            if argument.type_list:
                given.setdefault(argument.type_list, [part.dtype for part in parts])
            elif argument.type in signature.attributes:
                given.setdefault(argument.type, parts[0].dtype)
            fed = not self.constant and (case.fed is None or position in case.fed)
            sources += [self._source(f"{case.name}_in{position}_{i}", part, fed)
                        for i, part in enumerate(parts)]
        attributes = [attribute_text(name, signature.attributes[name][0], value)
                      for name, value in given.items()]
        self.text += node_text(case.name, case.op, sources, attributes)
        for index, expected in enumerate(case.expected):
            if expected is not None or case.error:
                self.fetches[case, index] = f"{case.name}:{index}"

    def _source(self, name, tensor, fed):
        kind = attribute_text("dtype", "type", tensor.dtype)
        if fed:
            self.feeds[name] = tensor.data
            self.text += node_text(name, "Placeholder", [],
                                   [kind, attribute_text("shape", "shape", None)])
        else:
            self.text += node_text(name, "Const", [], [
                kind, f'attr {{ key: "value" value {{ tensor {{ {tensor_text(tensor)} }} }} }}'])
        return name
