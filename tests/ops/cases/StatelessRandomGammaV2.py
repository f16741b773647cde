"""StatelessRandomGammaV2: numbers of the gamma distribution, of a seed operand."""
from kit.gammas import gammas, of_seed, operand_of


def cases(op):
    gammas(op, operand_of, of_seed, behind=False)
