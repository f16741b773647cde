"""AssignSub: subtracts from a variable of TF1; the model keeps the value, and a run starts with what it has."""
from kit.variables import written


def cases(op):
    written(op, "VariableV2", lambda before, x: before - x, ["float", "double", "half", "bfloat16", "int32", "int64"])
