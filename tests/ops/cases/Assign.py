"""Assign: gives a variable of TF1 another value; inference takes variables as constants and refuses to write them."""
from kit.variables import written


def cases(op):
    written(op, "VariableV2", lambda nodes, variable, x: nodes(op.op, [variable, x], name="write"))
