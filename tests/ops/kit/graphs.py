"""Cases as a GraphDef in text form, with all inputs constant or fed; with files, as a SavedModel."""
from kit.nodes import Nodes


class Graph:
    """The nodes of some cases; `feeds` is name -> array, `fetches` is (case, output) -> name,
    `variables` is name -> Tensor, `assets` is name -> (file, content)."""

    def __init__(self, signatures, constant):
        self.signatures = signatures
        self.constant = constant
        self.nodes = ""
        self.library = []
        self.feeds = {}
        self.variables = {}
        self.assets = {}
        self.fetches = {}

    @property
    def text(self):
        return self.nodes + ("library {\n" + "".join(self.library) + "}\n" if self.library else "")

    def write(self, folder):
        """The model in a folder: a file, or a folder of its own."""
        if not self.assets:
            path = folder / "graph.pbtxt"
            path.write_text(self.text)
            return path
        path = folder / "model"
        (path / "assets").mkdir(parents=True)
        files = ""
        for name, (file, content) in self.assets.items():
            (path / "assets" / file).write_bytes(content)
            files += f'asset_file_def {{ tensor_info {{ name: "{name}" }} filename: "{file}" }}\n'
        (path / "saved_model.pbtxt").write_text(
            "saved_model_schema_version: 1\nmeta_graphs {\n"
            f'meta_info_def {{ tags: "serve" }}\ngraph_def {{\n{self.text}}}\n{files}}}\n')
        return path

    def add(self, case):
        nodes = Nodes(self.signatures, case.name, self.library)
        inputs = [[self._source(nodes, case, position, part) for part in value] if isinstance(value, list)
                  else self._source(nodes, case, position, value) for position, value in enumerate(case.inputs)]
        if case.build:
            outputs = case.build(nodes, *inputs)
        else:
            outputs = nodes(case.op, inputs, **case.attributes)
        self.nodes += nodes.text
        self.variables.update(nodes.variables)
        self.assets.update(nodes.assets)
        for index, (expected, output) in enumerate(zip(case.expected, outputs)):
            if expected is not None or case.error:
                self.fetches[case, index] = output.name

    def _source(self, nodes, case, position, tensor):
        if self.constant or not (case.fed is None or position in case.fed):
            return nodes.const(tensor)
        # A placeholder is the op of its own cases.
        kind = "PlaceholderV2" if case.op == "PlaceholderV2" else "Placeholder"
        output, = nodes(kind, shape=None, more={"dtype": tensor.dtype})
        self.feeds[output.name] = tensor.data
        return output
