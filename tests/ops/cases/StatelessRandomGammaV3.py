"""StatelessRandomGammaV3: numbers of the gamma distribution, of key and counter."""
from kit.gammas import gammas, key_operands, of_seed


def cases(op):
    gammas(op, key_operands, of_seed, behind=False)
