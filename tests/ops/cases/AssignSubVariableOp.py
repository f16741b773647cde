"""AssignSubVariableOp: subtracts from a variable; inference takes variables as constants and refuses to write them."""
from kit.variables import written


def cases(op):
    written(op, "VarHandleOp", lambda nodes, variable, x: nodes(op.op, [variable, x], name="write"))
