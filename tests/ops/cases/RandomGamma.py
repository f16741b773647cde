"""RandomGamma: numbers of the gamma distribution, of the seeds of the node."""
from kit.gammas import attributes_of, gammas, of_node


def cases(op):
    gammas(op, attributes_of, lambda seed: of_node(*seed), behind=True)
