"""AssignVariableOp: gives a variable another value; inference takes variables as constants and never writes them."""
from kit.variables import written


def cases(op):
    written(op, "VarHandleOp", lambda nodes, variable, x: nodes(op.op, [variable, x], name="write"))
