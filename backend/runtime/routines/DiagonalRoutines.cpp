// Routines about diagonals: MatrixDiag, MatrixDiagPart, MatrixSetDiag in their
// three versions, Diag, DiagPart.
//
// Diagonal d of a matrix starts at (0, d), or at (-d, 0) for negative d.
// Several diagonals are rows of a matrix, from the highest d to the lowest;
// those that are shorter than the longest are padded, at the side that `align`
// says: superdiagonals (d >= 0) by its first word, subdiagonals (d <= 0) by its
// second. The older versions stand everything at the left and know one diagonal
// only.
#include "backend/runtime/routines/Movement.h"
#include "backend/runtime/routines/Routines.h"

#include "backend/runtime/routines/Dispatch.h"

#include <algorithm>

namespace firn::runtime {
namespace {

/// A band of diagonals of rows x columns matrices.
struct Band {
  int64_t lower = 0, upper = 0, rows = 0, columns = 0;
  bool superRight = false, subRight = false;

  int64_t length(int64_t d) const {
    return std::min(rows + std::min<int64_t>(d, 0),
                    columns - std::max<int64_t>(d, 0));
  }
  int64_t longest() const {
    return std::min(rows + std::min<int64_t>(upper, 0),
                    columns - std::max<int64_t>(lower, 0));
  }
  int64_t count() const { return upper - lower + 1; }
  bool holds(int64_t d) const { return lower <= d && d <= upper; }
  /// Where the first element of a diagonal stands in its row.
  int64_t start(int64_t d) const {
    bool right = d >= 0 ? superRight : subRight;
    return right ? longest() - length(d) : 0;
  }
  /// The position of element (row, column) in the rows of diagonals.
  int64_t position(int64_t row, int64_t column) const {
    int64_t d = column - row;
    return (upper - d) * longest() + std::min(row, column) + start(d);
  }

  void align(RoutineCall &call, bool isV3) {
    if (!isV3)
      return;
    std::string how = call.attributes().getString("align", "RIGHT_LEFT");
    superRight = how.starts_with("RIGHT");
    subRight = how.ends_with("RIGHT");
  }

  /// Reads k: one diagonal, or the lowest and the highest.
  absl::Status readDiagonals(const TensorView &operand) {
    std::vector<int64_t> k = readIntegers(operand);
    if (k.empty() || k.size() > 2 || k.front() > k.back())
      return invalid("expects k to be one diagonal or the lowest and "
                     "the highest, but got ",
                     shapeToString(k));
    lower = k.front();
    upper = k.back();
    return absl::OkStatus();
  }
  /// Both ends lie in the matrix (k = 0 always does).
  absl::Status check() const {
    for (int64_t d : {lower, upper})
      if (d != 0 && (d <= -rows || d >= columns))
        return invalid("diagonal ", d, " is not in a matrix of ", rows, " x ",
                       columns);
    return absl::OkStatus();
  }
};

/// Elements of input `index`, which is one value to pad with.
template <typename T> T readPadding(RoutineCall &call, size_t index) {
  return index < call.numInputs() && call.numElements(index) > 0
             ? call.values<T>(index)[0]
             : T();
}

template <typename T>
absl::Status fillMatrices(RoutineCall &call, const Band &band,
                          std::span<const int64_t> shape, T padding) {
  auto to = call.outputValues<T>(0, shape);
  if (!to.ok())
    return to.status();
  const T *from = call.values<T>(0).data();
  int64_t area = band.rows * band.columns;
  int64_t given = band.count() * band.longest();
  for (size_t i = 0; i < to->size(); ++i) {
    int64_t batch = static_cast<int64_t>(i) / area;
    int64_t row = static_cast<int64_t>(i) % area / band.columns;
    int64_t column = static_cast<int64_t>(i) % band.columns;
    (*to)[i] = band.holds(column - row)
                   ? from[batch * given + band.position(row, column)]
                   : padding;
  }
  return absl::OkStatus();
}

absl::Status matrixDiag(RoutineCall &call) {
  const TensorView &diagonal = call.input(0);
  if (diagonal.rank < 1)
    return invalid("expects diagonals, but got a scalar");
  Band band;
  band.rows = band.columns = diagonal.dims[diagonal.rank - 1];
  Shape shape(diagonal.dims, diagonal.dims + diagonal.rank);
  shape.push_back(band.rows);
  return dispatchBits(diagonal.dtype, [&]<typename T>() {
    return fillMatrices<T>(call, band, shape, T());
  });
}

/// num_rows and num_cols may be -1: as few as hold the diagonals.
absl::Status sizeMatrix(Band &band, int64_t longest, int64_t rows,
                        int64_t columns) {
  int64_t leastRows = longest - std::min<int64_t>(band.upper, 0);
  int64_t leastColumns = longest + std::max<int64_t>(band.lower, 0);
  bool square = rows == -1 && columns == -1;
  band.rows = rows == -1 ? leastRows : rows;
  band.columns = columns == -1 ? leastColumns : columns;
  if (square)
    band.rows = band.columns = std::max(leastRows, leastColumns);
  if (band.rows < leastRows || band.columns < leastColumns ||
      (band.rows != leastRows && band.columns != leastColumns))
    return invalid("diagonals ", band.lower, " to ", band.upper, " of at most ",
                   longest, " elements do not fit a matrix of ", band.rows,
                   " x ", band.columns);
  return band.check();
}

template <bool isV3> absl::Status matrixDiagV2(RoutineCall &call) {
  const TensorView &diagonal = call.input(0);
  Band band;
  if (absl::Status read = band.readDiagonals(call.input(1)); !read.ok())
    return read;
  band.align(call, isV3);
  int64_t used = band.count() > 1 ? 2 : 1;
  if (diagonal.rank < used ||
      (used == 2 && diagonal.dims[diagonal.rank - 2] != band.count()))
    return invalid("expects ", band.count(), " diagonals, but got ",
                   shapeToString(diagonal.shape()));
  std::vector<int64_t> rows = readIntegers(call.input(2));
  std::vector<int64_t> columns = readIntegers(call.input(3));
  if (rows.size() != 1 || columns.size() != 1)
    return invalid("expects one num_rows and one num_cols");
  if (absl::Status sized = sizeMatrix(band, diagonal.dims[diagonal.rank - 1],
                                      rows[0], columns[0]);
      !sized.ok())
    return sized;
  Shape shape(diagonal.dims, diagonal.dims + diagonal.rank - used);
  shape.push_back(band.rows);
  shape.push_back(band.columns);
  return dispatchBits(diagonal.dtype, [&]<typename T>() {
    return fillMatrices<T>(call, band, shape, readPadding<T>(call, 4));
  });
}

template <typename T>
absl::Status takeDiagonals(RoutineCall &call, const Band &band,
                           std::span<const int64_t> shape, T padding) {
  auto to = call.outputValues<T>(0, shape);
  if (!to.ok())
    return to.status();
  const T *from = call.values<T>(0).data();
  int64_t longest = band.longest();
  for (size_t i = 0; i < to->size(); ++i) {
    int64_t at = static_cast<int64_t>(i) % longest;
    int64_t diagonal = static_cast<int64_t>(i) / longest % band.count();
    int64_t batch = static_cast<int64_t>(i) / longest / band.count();
    int64_t d = band.upper - diagonal, own = at - band.start(d);
    int64_t row = own - std::min<int64_t>(d, 0);
    int64_t column = own + std::max<int64_t>(d, 0);
    (*to)[i] = own >= 0 && own < band.length(d)
                   ? from[(batch * band.rows + row) * band.columns + column]
                   : padding;
  }
  return absl::OkStatus();
}

/// Version 1 has neither k nor a padding.
template <int version> absl::Status matrixDiagPart(RoutineCall &call) {
  const TensorView &input = call.input(0);
  if (input.rank < 2)
    return invalid("expects matrices, but got ", shapeToString(input.shape()));
  Band band;
  band.rows = input.dims[input.rank - 2];
  band.columns = input.dims[input.rank - 1];
  if constexpr (version > 1) {
    if (absl::Status read = band.readDiagonals(call.input(1)); !read.ok())
      return read;
    band.align(call, version == 3);
    if (absl::Status checked = band.check(); !checked.ok())
      return checked;
  }
  Shape shape(input.dims, input.dims + input.rank - 2);
  if (band.count() > 1)
    shape.push_back(band.count());
  shape.push_back(band.longest());
  return dispatchBits(input.dtype, [&]<typename T>() {
    return takeDiagonals<T>(call, band, shape, readPadding<T>(call, 2));
  });
}

template <int version> absl::Status matrixSetDiag(RoutineCall &call) {
  const TensorView &input = call.input(0), &diagonal = call.input(1);
  if (input.rank < 2)
    return invalid("expects matrices, but got ", shapeToString(input.shape()));
  Band band;
  band.rows = input.dims[input.rank - 2];
  band.columns = input.dims[input.rank - 1];
  if constexpr (version > 1) {
    if (absl::Status read = band.readDiagonals(call.input(2)); !read.ok())
      return read;
    band.align(call, version == 3);
    if (absl::Status checked = band.check(); !checked.ok())
      return checked;
  }
  Shape expected(input.dims, input.dims + input.rank - 2);
  if (band.count() > 1)
    expected.push_back(band.count());
  expected.push_back(band.longest());
  if (!std::ranges::equal(expected, diagonal.shape()))
    return invalid("expects diagonals of shape ", shapeToString(expected),
                   ", but got ", shapeToString(diagonal.shape()));
  int64_t area = band.rows * band.columns;
  int64_t given = band.count() * band.longest();
  return dispatchBits(input.dtype, [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, input.shape());
    if (!to.ok())
      return to.status();
    const T *from = call.values<T>(0).data(), *set = call.values<T>(1).data();
    for (size_t i = 0; i < to->size(); ++i) {
      int64_t batch = static_cast<int64_t>(i) / area;
      int64_t row = static_cast<int64_t>(i) % area / band.columns;
      int64_t column = static_cast<int64_t>(i) % band.columns;
      (*to)[i] = band.holds(column - row)
                     ? set[batch * given + band.position(row, column)]
                     : from[i];
    }
    return absl::OkStatus();
  });
}

/// A tensor of rank k on the diagonal of one of rank 2 k.
absl::Status diag(RoutineCall &call) {
  const TensorView &diagonal = call.input(0);
  Shape shape(diagonal.dims, diagonal.dims + diagonal.rank);
  shape.insert(shape.end(), diagonal.dims, diagonal.dims + diagonal.rank);
  int64_t count = call.numElements(0);
  return dispatchBits(diagonal.dtype, [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, shape);
    if (!to.ok())
      return to.status();
    std::ranges::fill(*to, T());
    for (int64_t i = 0; i < count; ++i)
      (*to)[i * (count + 1)] = call.values<T>(0)[i];
    return absl::OkStatus();
  });
}

absl::Status diagPart(RoutineCall &call) {
  const TensorView &input = call.input(0);
  std::span<const int64_t> half = input.shape().first(input.rank / 2);
  if (input.rank % 2 != 0 ||
      !std::ranges::equal(half, input.shape().subspan(input.rank / 2)))
    return invalid("expects a shape that is the same twice, but got ",
                   shapeToString(input.shape()));
  return dispatchBits(input.dtype, [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, half);
    if (!to.ok())
      return to.status();
    for (size_t i = 0; i < to->size(); ++i)
      (*to)[i] = call.values<T>(0)[i * (to->size() + 1)];
    return absl::OkStatus();
  });
}

} // namespace

void addDiagonalRoutines(RoutineTable &table) {
  table.add("MatrixDiag", matrixDiag);
  table.add("MatrixDiagV2", matrixDiagV2<false>);
  table.add("MatrixDiagV3", matrixDiagV2<true>);
  table.add("MatrixDiagPart", matrixDiagPart<1>);
  table.add("MatrixDiagPartV2", matrixDiagPart<2>);
  table.add("MatrixDiagPartV3", matrixDiagPart<3>);
  table.add("MatrixSetDiag", matrixSetDiag<1>);
  table.add("MatrixSetDiagV2", matrixSetDiag<2>);
  table.add("MatrixSetDiagV3", matrixSetDiag<3>);
  table.add("Diag", diag);
  table.add("DiagPart", diagPart);
}

} // namespace firn::runtime
