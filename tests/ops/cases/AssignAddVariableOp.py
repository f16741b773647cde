"""AssignAddVariableOp: adds to a variable; the model keeps the value, and a run starts with what it has."""
from kit.variables import written


def cases(op):
    written(op, "VarHandleOp", lambda before, x: before + x, ["float", "double", "half", "bfloat16", "int32", "int64"])
