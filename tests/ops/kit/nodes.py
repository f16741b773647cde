"""Nodes of a graph or a function as text: `nodes(op, inputs, …)` adds one and gives its outputs."""
from kit import values

ENUM = {name: "DT_" + name.upper() for name in values.DTYPES}
ENUM.update(resource="DT_RESOURCE", variant="DT_VARIANT")


def escape(data):
    return "".join(f"\\{byte:03o}" for byte in data)


def quote(text):
    return '"' + escape(text.encode() if isinstance(text, str) else text) + '"'


def tensor_text(tensor):
    dims = " ".join(f"dim {{ size: {size} }}" for size in tensor.shape)
    if tensor.dtype == "string":
        content = " ".join(f"string_val: {quote(text)}" for text in tensor.data.ravel().tolist())
    else:
        content = f"tensor_content: {quote(tensor.data.tobytes())}"
    return f"dtype: {ENUM[tensor.dtype]} tensor_shape {{ {dims} }} {content}"


def shape_text(dims):
    if dims is None:
        return "unknown_rank: true"
    return " ".join(f"dim {{ size: {size} }}" for size in dims)


# kind of attribute -> field of AttrValue and its value as text
FIELDS = {
    "string": lambda value: f"s: {quote(value)}", "type": lambda value: f"type: {ENUM[value]}",
    "shape": lambda value: f"shape {{ {shape_text(value)} }}", "func": lambda value: f'func {{ name: "{value}" }}',
    "tensor": lambda value: f"tensor {{ {tensor_text(values.tensor(value))} }}",
    "int": lambda value: f"i: {value}", "float": lambda value: f"f: {value}",
    "bool": lambda value: f"b: {str(value).lower()}"}


def attribute_text(name, kind, value):
    if kind.startswith("list("):
        text = "list { " + " ".join(FIELDS[kind[5:-1]](item) for item in value) + " }"
    else:
        text = FIELDS[kind](value)
    return f'attr {{ key: "{name}" value {{ {text} }} }}'


class Output:
    """An output of a node: its dtype and what it is called in an input."""

    def __init__(self, dtype, name):
        self.dtype, self.name = dtype, name


class Nodes:
    """The nodes of a graph; functions that they call go to `library`."""
    field = "node"

    def __init__(self, signatures, prefix, library):
        self.signatures, self.prefix, self.library = signatures, prefix, library
        self.text = ""
        self.count = 0
        self.variables = {}
        self.assets = {}

    def __call__(self, op, inputs=(), name=None, control=(), more=None, **attributes):
        """inputs: Outputs, or tuples of them for a list argument; control: names of nodes. Gives
        the outputs as a list."""
        signature = self.signatures[op]
        given, sources = {**attributes, **(more or {})}, []
        for argument, value in zip(signature.inputs, inputs):
            parts = value if isinstance(value, (tuple, list)) else [value]
            if argument.number:
                given.setdefault(argument.number, len(parts))
            if argument.type_list:
                given.setdefault(argument.type_list, [part.dtype for part in parts])
            elif parts and argument.type in signature.attributes:
                given.setdefault(argument.type, parts[0].dtype)
            sources += [part.name for part in parts]
        self.count += 1
        name = self.node_name(name or f"{self.count}_{op}")
        lines = [f'  name: "{name}"', f'  op: "{op}"']
        lines += [f'  input: "{source}"' for source in sources + ["^" + self.node_name(other) for other in control]]
        lines += ["  " + attribute_text(key, signature.attributes[key][0], value) for key, value in given.items()]
        self.text += self.field + " {\n" + "\n".join(lines) + "\n}\n"
        return self.outputs(name, signature, given)

    def outputs(self, name, signature, given):
        found = []
        for argument in signature.outputs:
            dtypes = given.get(argument.type_list, []) if argument.type_list else \
                [given.get(argument.type, signature.defaults.get(argument.type, argument.type))] * \
                (given[argument.number] if argument.number else 1)
            found += [Output(dtype, self.output_name(name, argument.name, i, len(found) + i))
                      for i, dtype in enumerate(dtypes)]
        return found

    def node_name(self, name):
        return f"{self.prefix}_{name}"

    def output_name(self, node, argument, index, number):
        return f"{node}:{number}"

    def later(self, name, dtype):
        """The first output of a node that is not there yet."""
        return Output(dtype, self.node_name(name))

    def const(self, value):
        tensor = values.tensor(value)
        return self("Const", value=tensor, more={"dtype": tensor.dtype})[0]

    def variable(self, value, op="VarHandleOp", name="variable", stored=None):
        """A variable whose value is in the checkpoint, there by its own name or another one."""
        tensor = values.tensor(value)
        self.variables[self.node_name(stored or name)] = tensor
        return self(op, name=name, shape=tensor.shape, more={"dtype": tensor.dtype},
                    **({"shared_name": self.node_name(name)} if op == "VarHandleOp" else {}))[0]

    def asset(self, text):
        """The name of a file of the SavedModel that the graph becomes, with this content."""
        file = values.Tensor("string", f"{self.prefix}_{self.count}.txt")
        output = self.const(file)
        self.assets[output.name] = (file.data.item().decode(), text)
        return output

    def function(self, name, dtypes, build):
        """Adds a function of arguments of these types; build(nodes, *arguments) gives its results."""
        body = Body(self.signatures, f"{self.prefix}_{name}", self.library)
        results = build(body, *[Output(dtype, f"a{i}") for i, dtype in enumerate(dtypes)])
        lines = [f'signature {{ name: "{body.prefix}"']
        lines += [f'  input_arg {{ name: "a{i}" type: {ENUM[dtype]} }}' for i, dtype in enumerate(dtypes)]
        lines += [f'  output_arg {{ name: "r{i}" type: {ENUM[result.dtype]} }}' for i, result in enumerate(results)]
        lines += ["}", body.text]
        lines += [f'ret {{ key: "r{i}" value: "{result.name}" }}' for i, result in enumerate(results)]
        self.library.append("function {\n" + "\n".join(lines) + "\n}\n")
        return body.prefix


class Body(Nodes):
    """The nodes of a function, which calls their outputs by the names of the op's arguments."""
    field = "node_def"

    def node_name(self, name):
        return name

    def output_name(self, node, argument, index, number):
        return f"{node}:{argument}:{index}"
