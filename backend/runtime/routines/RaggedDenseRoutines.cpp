// RaggedTensorToTensor: rows of different lengths become rows of one length,
// cut or filled up with a default.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Families.h"

namespace firn::runtime {
namespace {

constexpr int64_t kNowhere = -1;
constexpr size_t kFirstPartition = 3;

/// The rows of one ragged dimension: row i has the values [starts[i],
/// starts[i + 1]).
using Starts = std::vector<int64_t>;

absl::StatusOr<Starts> readSplits(const RoutineCall &call, size_t index) {
  Starts starts = call.integers(index);
  if (starts.empty() || starts.front() != 0 || !std::ranges::is_sorted(starts))
    return invalid("expects row splits that start with 0 and never fall");
  return starts;
}

absl::StatusOr<Starts> readRowIds(const RoutineCall &call, size_t index,
                                  int64_t rows) {
  std::vector<int64_t> ids = call.integers(index);
  Starts starts(rows + 1, 0);
  for (size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] < 0 || ids[i] >= rows || (i > 0 && ids[i] < ids[i - 1]))
      return invalid("expects row ids that never fall, in [0, ", rows,
                     "), but got ", ids[i], " at position ", i);
    ++starts[ids[i] + 1];
  }
  for (int64_t row = 0; row < rows; ++row)
    starts[row + 1] += starts[row];
  return starts;
}

/// All ragged dimensions, from the outermost.
absl::StatusOr<std::vector<Starts>> readPartitions(const RoutineCall &call) {
  auto types = call.attributes().getList<std::string>("row_partition_types");
  if (types.empty() || types.size() + kFirstPartition != call.numInputs())
    return invalid("expects a row partition for each of the ", types.size(),
                   " types");
  size_t next = 0;
  int64_t rows = kNowhere;
  if (types[0] == "FIRST_DIM_SIZE") {
    absl::StatusOr<int64_t> size =
        oneSize(call, kFirstPartition, "first dimension");
    if (!size.ok())
      return size.status();
    rows = *size;
    next = 1;
  }
  std::vector<Starts> partitions;
  for (; next < types.size(); ++next) {
    size_t index = kFirstPartition + next;
    bool isSplits = types[next] == "ROW_SPLITS";
    if (!isSplits && (types[next] != "VALUE_ROWIDS" || rows == kNowhere))
      return invalid("a row partition of type ", types[next],
                     " cannot stand at position ", next);
    absl::StatusOr<Starts> starts =
        isSplits ? readSplits(call, index) : readRowIds(call, index, rows);
    if (!starts.ok())
      return starts.status();
    if (rows != kNowhere && static_cast<int64_t>(starts->size()) != rows + 1)
      return invalid("expects row splits of ", rows, " rows, but got ",
                     starts->size() - 1);
    rows = starts->back();
    partitions.push_back(*std::move(starts));
  }
  if (partitions.empty())
    return invalid("expects at least one ragged dimension");
  const TensorView &values = call.input(1);
  if (values.rank < 1 || values.dims[0] != rows)
    return invalid("expects values for ", rows, " places, but got shape ",
                   shapeText(call, 1));
  return partitions;
}

/// The wanted shape; what it leaves open is as large as it must be.
absl::StatusOr<Shape> findShape(const RoutineCall &call,
                                const std::vector<Starts> &partitions) {
  Shape shape{static_cast<int64_t>(partitions.front().size()) - 1};
  for (const Starts &starts : partitions) {
    int64_t longest = 0;
    for (size_t row = 0; row + 1 < starts.size(); ++row)
      longest = std::max(longest, starts[row + 1] - starts[row]);
    shape.push_back(longest);
  }
  Shape inner = dimsOf(call.input(1), 1, call.input(1).rank);
  shape.insert(shape.end(), inner.begin(), inner.end());
  std::vector<int64_t> wanted = call.integers(0);
  if (call.input(0).rank == 0 && wanted[0] == -1)
    return shape;
  if (wanted.size() != shape.size())
    return invalid("expects a shape of ", shape.size(), " sizes, but got ",
                   wanted.size());
  for (size_t dim = 0; dim < shape.size(); ++dim) {
    if (wanted[dim] < 0)
      continue;
    if (dim > partitions.size() && wanted[dim] != shape[dim])
      return invalid("expects size ", shape[dim], " in dimension ", dim,
                     ", as the values have, but got ", wanted[dim]);
    shape[dim] = wanted[dim];
  }
  return shape;
}

/// Where each value goes, in slices of the inner shape.
std::vector<int64_t> findPlaces(const std::vector<Starts> &partitions,
                                const Shape &shape) {
  std::vector<int64_t> places(partitions.front().size() - 1);
  for (size_t row = 0; row < places.size(); ++row)
    places[row] = static_cast<int64_t>(row) < shape[0]
                      ? static_cast<int64_t>(row)
                      : kNowhere;
  for (size_t level = 0; level < partitions.size(); ++level) {
    const Starts &starts = partitions[level];
    int64_t width = shape[level + 1];
    std::vector<int64_t> next(starts.back(), kNowhere);
    for (size_t row = 0; row + 1 < starts.size(); ++row)
      for (int64_t i = starts[row]; i < starts[row + 1]; ++i)
        if (places[row] != kNowhere && i - starts[row] < width)
          next[i] = places[row] * width + i - starts[row];
    places = std::move(next);
  }
  return places;
}

absl::Status raggedToTensor(RoutineCall &call) {
  absl::StatusOr<std::vector<Starts>> partitions = readPartitions(call);
  if (!partitions.ok())
    return partitions.status();
  absl::StatusOr<Shape> shape = findShape(call, *partitions);
  if (!shape.ok())
    return shape.status();
  // The default broadcasts to the inner shape from its last dimension on.
  const TensorView &values = call.input(1), &fill = call.input(2);
  int64_t inner = countOf(values, 1, values.rank);
  int64_t period = call.numElements(2);
  Shape innerShape = dimsOf(values, 1, values.rank);
  bool fits = fill.rank <= values.rank - 1 &&
              (period == 1 || std::equal(fill.dims, fill.dims + fill.rank,
                                         innerShape.end() - fill.rank));
  if (!fits)
    return invalid("expects a default_value that broadcasts to ",
                   shapeToString(innerShape), ", but got shape ",
                   shapeText(call, 2));
  std::vector<int64_t> places = findPlaces(*partitions, *shape);
  return dispatchBits(values.dtype, [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, *shape);
    if (!to.ok())
      return to.status();
    for (size_t i = 0; i < to->size(); ++i)
      (*to)[i] = call.values<T>(2)[i % period];
    for (size_t i = 0; i < places.size(); ++i)
      if (places[i] != kNowhere)
        std::copy_n(call.values<T>(1).data() + i * inner, inner,
                    to->data() + places[i] * inner);
    return absl::OkStatus();
  });
}

} // namespace

void addRaggedDenseRoutines(RoutineTable &table) {
  table.add("RaggedTensorToTensor", raggedToTensor);
}

} // namespace firn::runtime
