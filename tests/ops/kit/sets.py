"""The different rows of an array, in the order in which they come."""
import numpy as np


def different(x):
    """(rows, which of them each row of x is, how many there are of each)"""
    places, index, count = {}, [], []
    for row in x:
        key = row.tobytes()
        if key not in places:
            places[key] = len(places)
            count.append(0)
        index.append(places[key])
        count[places[key]] += 1
    first = [index.index(i) for i in range(len(count))]
    return x[np.int64(first)] if first else x[:0], index, count
