"""Diagonals of matrices in numpy, as TensorFlow's manual defines them: d = column - row, the highest d first."""
import numpy as np

ALIGNMENTS = ["LEFT_RIGHT", "RIGHT_LEFT", "LEFT_LEFT", "RIGHT_RIGHT"]
# Rows, columns, lowest and highest diagonal
BANDS = [(3, 3, 0, 0), (3, 4, 1, 1), (4, 3, -2, -2), (3, 4, -1, 2), (4, 3, -3, 1), (3, 3, -2, -1), (3, 3, 1, 2),
         (1, 5, 0, 4), (5, 1, -4, 0), (2, 9, -1, 8)]


class Band:
    def __init__(self, rows, columns, lowest, highest, align="LEFT_LEFT"):
        self.rows, self.columns, self.lowest, self.highest, self.align = rows, columns, lowest, highest, align
        self.longest = min(rows + min(highest, 0), columns - max(lowest, 0))
        count = highest - lowest + 1
        self.shape = (self.longest,) if count == 1 else (count, self.longest)

    def places(self):
        """(row, column) of a matrix and (diagonal, index) of its diagonals."""
        superdiagonals, subdiagonals = self.align.split("_")
        for row in range(self.rows):
            for column in range(self.columns):
                d = column - row
                if self.lowest <= d <= self.highest:
                    length = min(self.columns - max(d, 0), self.rows + min(d, 0))
                    side = superdiagonals if d > 0 else subdiagonals
                    offset = self.longest - length if side == "RIGHT" else 0
                    yield row, column, self.highest - d, min(row, column) + offset


def diagonals(x, band, padding):
    found = np.full(x.shape[:-2] + (band.highest - band.lowest + 1, band.longest), padding, x.dtype)
    for row, column, diagonal, index in band.places():
        found[..., diagonal, index] = x[..., row, column]
    return found.reshape(x.shape[:-2] + band.shape)


def with_diagonals(x, given, band):
    """A matrix with other elements on its diagonals."""
    given = given.reshape(x.shape[:-2] + (band.highest - band.lowest + 1, band.longest))
    x = x.copy()
    for row, column, diagonal, index in band.places():
        x[..., row, column] = given[..., diagonal, index]
    return x


def matrices(given, band, padding):
    batch = given.shape[:given.ndim - len(band.shape)]
    return with_diagonals(np.full(batch + (band.rows, band.columns), padding, given.dtype), given, band)
