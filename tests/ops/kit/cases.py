"""What a case file says: `def cases(op): op(inputs, expected, …)`."""
import numpy as np

from kit import values


class Case:
    """One node: its inputs, what it must give, or the error it must end with."""

    def __init__(self, op, number, inputs, expected, attributes, fed, error, rtol, atol, build=None):
        self.op = op
        self.name = f"{op}_{number}"
        self.inputs = inputs
        self.expected = expected
        self.attributes = attributes
        self.fed = fed
        self.error = error
        self.rtol = rtol
        self.atol = atol
        self.build = build


def _flatten(inputs):
    """Lists of tensors for list arguments stay lists; everything becomes a Tensor."""
    return [[values.tensor(part) for part in value] if isinstance(value, tuple)
            else values.tensor(value) for value in inputs]


class Collector:
    """Collects the cases of one op."""

    def __init__(self, op):
        self.op = op
        self.cases = []

    def graph(self, build, inputs, expected=None, **given):
        """A case of several nodes: build(nodes, *inputs) adds them and gives the outputs."""
        self(inputs, expected, build=build, **given)

    def __call__(self, inputs, expected=None, *, dtype=None, error=None, fed=None,
                 rtol=None, atol=None, more=None, build=None, **attributes):
        """inputs: arrays, in order; a tuple for a list argument. expected: the outputs (a list
        for several, None for those that do not matter), or a function of the inputs as numpy
        has them. dtype: of the outputs if it is not that of the first input. error: a part
        of the error's text. fed: the indices of inputs that are fed (all by default); the
        others are constants. Attributes by name, or in `more` if their names are taken here;
        types are found from the inputs."""
        inputs = _flatten(inputs)
        if callable(expected):
            expected = expected(*[[part.wide for part in value] if isinstance(value, list)
                                  else value.wide for value in inputs])
        outputs = expected if isinstance(expected, (list, tuple)) else [expected]
        first = inputs[0][0] if inputs and isinstance(inputs[0], list) else inputs[0] if inputs else None
        outputs = [None if output is None else
                   output if isinstance(output, values.Tensor) else
                   values.Tensor(dtype or self._type_of(output, first), output)
                   for output in outputs]
        self.cases.append(Case(self.op, len(self.cases), inputs, outputs, {**attributes, **(more or {})}, fed,
                               error, rtol, atol, build))

    @staticmethod
    def _type_of(output, first):
        """The first input's type, unless what was computed is of another kind: of quantized
        numbers, their range."""
        array = np.asarray(output)
        if first is None or first.dtype.startswith("q") or (array.dtype.kind == "b") != (first.dtype == "bool"):
            return values.tensor(output).dtype
        return first.dtype
