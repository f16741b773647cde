// Routines that change how sparse tensors are stored: to dense, reordered,
// reshaped, joined, cut, filled.
#include "backend/runtime/routines/Sparse.h"

#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"

namespace firn::runtime {
namespace {

/// Writes a vector of integers.
absl::Status writeVector(RoutineCall &call, size_t output,
                         const std::vector<int64_t> &values) {
  auto out = call.outputValues<int64_t>(
      output, Shape{static_cast<int64_t>(values.size())});
  if (out.ok())
    std::copy(values.begin(), values.end(), out->begin());
  return out.status();
}

/// Writes the values of these elements of an operand; -1 takes the default.
absl::Status writeValues(RoutineCall &call, size_t output, size_t input,
                         const std::vector<int64_t> &elements,
                         size_t otherwise = 0) {
  return dispatchBits(call.input(input).dtype, [&]<typename T>() {
    auto out = call.outputValues<T>(
        output, Shape{static_cast<int64_t>(elements.size())});
    if (!out.ok())
      return out.status();
    for (size_t i = 0; i < elements.size(); ++i)
      (*out)[i] = elements[i] < 0
                      ? call.values<T>(otherwise)[0]
                      : call.values<T>(input)[static_cast<size_t>(elements[i])];
    return absl::OkStatus();
  });
}

/// Operands: indices (of rank 0 to 2), shape, values (one or a vector), the
/// value of all other elements.
absl::Status sparseToDense(RoutineCall &call) {
  const TensorView &view = call.input(0);
  Shape shape = call.integers(1);
  int64_t rows = view.rank > 0 ? view.dims[0] : 1;
  int64_t rank = view.rank > 1 ? view.dims[1] : 1;
  std::optional<int64_t> count = numElements(shape);
  if (view.rank > 2 || rank != static_cast<int64_t>(shape.size()) || !count ||
      call.input(2).rank > 1 ||
      (call.input(2).rank == 1 && call.numElements(2) != rows) ||
      call.numElements(3) != 1)
    return invalid("expects indices [n, rank], a shape of rank sizes, n values "
                   "or one, and one default, but got shapes ",
                   shapeText(call, 0), ", ", shapeText(call, 2), ", ",
                   shapeText(call, 3), " and the shape ", shapeToString(shape));
  bool validate = call.attributes().getBool("validate_indices", true);
  std::vector<int64_t> indices = call.integers(0);
  std::vector<int64_t> places;
  for (int64_t row = 0; row < rows; ++row) {
    int64_t place = 0;
    for (int64_t dim = 0; dim < rank; ++dim) {
      int64_t index = indices[row * rank + dim];
      if (index < 0 || index >= shape[dim])
        return invalid("index ", index, " of element ", row,
                       " is out of range [0, ", shape[dim], ") of dimension ",
                       dim);
      place = place * shape[dim] + index;
    }
    if (validate && row > 0 && place <= places.back())
      return invalid(
          "expects indices in order without repetition, but element ", row,
          " is not");
    places.push_back(place);
  }
  return dispatchBits(call.input(2).dtype, [&]<typename T>() {
    auto out = call.outputValues<T>(0, shape);
    if (!out.ok())
      return out.status();
    std::fill(out->begin(), out->end(), call.values<T>(3)[0]);
    bool one = call.input(2).rank == 0;
    for (size_t i = 0; i < places.size(); ++i)
      (*out)[static_cast<size_t>(places[i])] = call.values<T>(2)[one ? 0 : i];
    return absl::OkStatus();
  });
}

/// Operands: indices, the shape, the new shape (with at most one -1).
absl::Status sparseReshape(RoutineCall &call) {
  if (absl::Status status = firstError({requireRank(call, 0, "indices", 2),
                                        requireRank(call, 1, "input_shape", 1),
                                        requireRank(call, 2, "new_shape", 1)});
      !status.ok())
    return status;
  Shape from = call.integers(1), to = call.integers(2);
  auto total = numElements(from);
  if (!total || call.input(0).dims[1] != static_cast<int64_t>(from.size()))
    return invalid("expects indices for the shape ", shapeToString(from),
                   ", but got shape ", shapeText(call, 0));
  auto unknown = std::find(to.begin(), to.end(), -1);
  if (unknown != to.end()) {
    *unknown = 1;
    auto known = numElements(to);
    *unknown = known && *known > 0 ? *total / *known : 0;
  }
  if (numElements(to) != total)
    return invalid("expects shapes of equal size, but got ",
                   shapeToString(from), " and ",
                   shapeToString(call.integers(2)));
  std::span<const int64_t> indices = call.values<int64_t>(0);
  auto rows = call.input(0).dims[0];
  auto out = call.outputValues<int64_t>(
      0, Shape{rows, static_cast<int64_t>(to.size())});
  if (!out.ok())
    return out.status();
  for (int64_t row = 0; row < rows; ++row) {
    int64_t place = 0;
    for (size_t dim = 0; dim < from.size(); ++dim) {
      int64_t index = indices[row * from.size() + dim];
      if (index < 0 || index >= from[dim])
        return invalid("index ", index, " of element ", row,
                       " is out of range [0, ", from[dim], ")");
      place = place * from[dim] + index;
    }
    for (size_t dim = to.size(); dim-- > 0; place /= to[dim])
      (*out)[row * to.size() + dim] = place % to[dim];
  }
  return writeVector(call, 1, to);
}

/// Outputs: indices, values, whether each row was empty, where each element of
/// the input went.
absl::Status sparseFillEmptyRows(RoutineCall &call) {
  absl::StatusOr<Sparse> sparse = readSparse(call, 0, 1, 2);
  if (!sparse.ok())
    return sparse.status();
  if (sparse->rank < 1 || call.numElements(3) != 1)
    return invalid("expects a tensor of rank 1 or more and one default value");
  int64_t rows = sparse->shape[0];
  auto empty = call.outputValues<bool>(2, Shape{rows});
  auto moved = call.outputValues<int64_t>(3, Shape{sparse->count});
  if (!empty.ok() || !moved.ok())
    return empty.ok() ? moved.status() : empty.status();
  std::fill(empty->begin(), empty->end(), true);
  for (int64_t i = 0; i < sparse->count; ++i)
    (*empty)[static_cast<size_t>(sparse->at(i)[0])] = false;
  std::vector<int64_t> byRow(static_cast<size_t>(sparse->count));
  for (size_t i = 0; i < byRow.size(); ++i)
    byRow[i] = static_cast<int64_t>(i);
  std::sort(byRow.begin(), byRow.end(), [&](int64_t a, int64_t b) {
    return std::pair(sparse->at(a)[0], a) < std::pair(sparse->at(b)[0], b);
  });
  std::vector<int64_t> indices, elements;
  auto next = byRow.begin();
  for (int64_t row = 0; row < rows; ++row) {
    if ((*empty)[static_cast<size_t>(row)]) {
      indices.push_back(row);
      indices.resize(indices.size() + static_cast<size_t>(sparse->rank) - 1);
      elements.push_back(-1);
    }
    for (; next != byRow.end() && sparse->at(*next)[0] == row; ++next) {
      (*moved)[static_cast<size_t>(*next)] =
          static_cast<int64_t>(elements.size());
      std::span<const int64_t> index = sparse->at(*next);
      indices.insert(indices.end(), index.begin(), index.end());
      elements.push_back(*next);
    }
  }
  if (absl::Status status = writeIndices(call, 0, sparse->rank, indices);
      !status.ok())
    return status;
  return writeValues(call, 1, 1, elements, 3);
}

absl::Status sparseReorder(RoutineCall &call) {
  absl::StatusOr<Sparse> sparse = readSparse(call, 0, 1, 2);
  if (!sparse.ok())
    return sparse.status();
  std::vector<int64_t> order = sparse->order();
  auto out = call.outputValues<int64_t>(0, Shape{sparse->count, sparse->rank});
  if (!out.ok())
    return out.status();
  auto to = out->begin();
  for (int64_t element : order) {
    std::span<const int64_t> index = sparse->at(element);
    to = std::copy(index.begin(), index.end(), to);
  }
  return writeValues(call, 1, 1, order);
}

/// Operands: n indices, n values, n shapes.
absl::Status sparseConcat(RoutineCall &call) {
  size_t n = call.numInputs() / 3;
  std::vector<Sparse> parts;
  std::vector<std::vector<int64_t>> rows; // index, part, element
  int64_t axis = 0, offset = 0;
  for (size_t i = 0; i < n; ++i) {
    absl::StatusOr<Sparse> part = readSparse(call, i, n + i, 2 * n + i);
    if (!part.ok())
      return part.status();
    auto wanted =
        normalAxis(call.attributes().getInt("concat_dim"), part->rank);
    if (!wanted.ok())
      return wanted.status();
    axis = *wanted;
    for (int64_t dim = 0; i > 0 && dim < part->rank; ++dim)
      if (part->rank != parts[0].rank ||
          (dim != axis && part->shape[dim] != parts[0].shape[dim]))
        return invalid("expects shapes that differ in dimension ", axis,
                       " alone, but got ", shapeToString(parts[0].shape),
                       " and ", shapeToString(part->shape));
    for (int64_t element = 0; element < part->count; ++element) {
      std::span<const int64_t> index = part->at(element);
      auto &row = rows.emplace_back(index.begin(), index.end());
      row[static_cast<size_t>(axis)] += offset;
      row.push_back(static_cast<int64_t>(i));
      row.push_back(element);
    }
    offset += part->shape[static_cast<size_t>(axis)];
    parts.push_back(*std::move(part));
  }
  std::sort(rows.begin(), rows.end());
  std::vector<int64_t> indices;
  for (const auto &row : rows)
    indices.insert(indices.end(), row.begin(), row.end() - 2);
  Shape shape = parts[0].shape;
  shape[static_cast<size_t>(axis)] = offset;
  if (absl::Status status =
          firstError({writeIndices(call, 0, parts[0].rank, indices),
                      writeVector(call, 2, shape)});
      !status.ok())
    return status;
  return dispatchBits(call.outputType(1), [&]<typename T>() {
    auto out =
        call.outputValues<T>(1, Shape{static_cast<int64_t>(rows.size())});
    if (!out.ok())
      return out.status();
    for (size_t i = 0; i < rows.size(); ++i) {
      auto part = static_cast<size_t>(rows[i].rbegin()[1]);
      auto element = static_cast<size_t>(rows[i].back());
      (*out)[i] = call.values<T>(n + part)[element];
    }
    return absl::OkStatus();
  });
}

absl::Status sparseSlice(RoutineCall &call) {
  absl::StatusOr<Sparse> sparse = readSparse(call, 0, 1, 2);
  if (!sparse.ok())
    return sparse.status();
  std::vector<int64_t> start = call.integers(3), size = call.integers(4);
  auto rank = static_cast<size_t>(sparse->rank);
  if (start.size() != rank || size.size() != rank)
    return invalid("expects a start and a size for each of ", rank,
                   " dimensions, but got ", start.size(), " and ", size.size());
  Shape shape(rank);
  for (size_t dim = 0; dim < rank; ++dim) {
    if (start[dim] < 0 || size[dim] < 0)
      return invalid("expects starts and sizes from zero up, but got ",
                     start[dim], " and ", size[dim]);
    int64_t left = std::max<int64_t>(sparse->shape[dim] - start[dim], 0);
    shape[dim] = std::min(size[dim], left);
  }
  std::vector<int64_t> indices, elements;
  for (int64_t i = 0; i < sparse->count; ++i) {
    bool inside = true;
    for (size_t dim = 0; dim < rank; ++dim) {
      int64_t off = sparse->at(i)[dim] - start[dim];
      inside = inside && off >= 0 && off < shape[dim];
    }
    if (!inside)
      continue;
    for (size_t dim = 0; dim < rank; ++dim)
      indices.push_back(sparse->at(i)[dim] - start[dim]);
    elements.push_back(i);
  }
  if (absl::Status status =
          firstError({writeIndices(call, 0, sparse->rank, indices),
                      writeVector(call, 2, shape)});
      !status.ok())
    return status;
  return writeValues(call, 1, 1, elements);
}

} // namespace

void addSparseRoutines(RoutineTable &table) {
  table.add("SparseToDense", sparseToDense);
  table.add("SparseReshape", sparseReshape);
  table.add("SparseFillEmptyRows", sparseFillEmptyRows);
  table.add("SparseReorder", sparseReorder);
  table.add("SparseConcat", sparseConcat);
  table.add("SparseSlice", sparseSlice);
}

} // namespace firn::runtime
