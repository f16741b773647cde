// DynamicPartition, which deals rows out to several tensors, and DynamicStitch,
// which puts rows of several tensors together.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"

namespace firn::runtime {
namespace {

absl::Status dynamicPartition(RoutineCall &call) {
  const TensorView &data = call.input(0), &partitions = call.input(1);
  if (partitions.rank > data.rank ||
      !std::equal(partitions.dims, partitions.dims + partitions.rank,
                  data.dims))
    return invalid("expects partitions for the first dimensions of data of "
                   "shape ",
                   shapeText(call, 0), ", but got shape ", shapeText(call, 1));
  std::span<const int32_t> ids = call.values<int32_t>(1);
  std::vector<int64_t> counts(call.numOutputs());
  for (size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] < 0 || static_cast<size_t>(ids[i]) >= counts.size())
      return invalid("expects partitions in [0, ", counts.size(), "), but got ",
                     ids[i], " at position ", i);
    ++counts[static_cast<size_t>(ids[i])];
  }
  return dispatchBits(data.dtype, [&]<typename T>() -> absl::Status {
    std::vector<T *> to;
    for (size_t i = 0; i < counts.size(); ++i) {
      Shape shape = dimsOf(data, partitions.rank, data.rank);
      shape.insert(shape.begin(), counts[i]);
      auto out = call.outputValues<T>(i, shape);
      if (!out.ok())
        return out.status();
      to.push_back(out->data());
    }
    int64_t width = countOf(data, partitions.rank, data.rank);
    const T *from = call.values<T>(0).data();
    for (int32_t id : ids) {
      T *&next = to[static_cast<size_t>(id)];
      next = std::copy_n(from, width, next);
      from += width;
    }
    return absl::OkStatus();
  });
}

/// Operands: n tensors of indices, then n of data. A row that no index names is
/// zero; the last of several for one row stays.
absl::Status dynamicStitch(RoutineCall &call) {
  size_t n = call.numInputs() / 2;
  Shape row;
  int64_t rows = 0;
  for (size_t i = 0; i < n; ++i) {
    const TensorView &indices = call.input(i), &data = call.input(n + i);
    if (data.rank < indices.rank ||
        !std::equal(indices.dims, indices.dims + indices.rank, data.dims))
      return invalid("expects data that starts with the dimensions of its "
                     "indices, but got shapes ",
                     shapeText(call, n + i), " and ", shapeText(call, i));
    Shape own = dimsOf(data, indices.rank, data.rank);
    if (i > 0 && own != row)
      return invalid("expects rows of one shape, but got ", shapeToString(row),
                     " and ", shapeToString(own));
    row = own;
    for (int32_t index : call.values<int32_t>(i)) {
      if (index < 0)
        return invalid("expects indices from zero up, but got ", index);
      rows = std::max<int64_t>(rows, int64_t(index) + 1);
    }
  }
  Shape shape = row;
  shape.insert(shape.begin(), rows);
  return dispatchBits(call.outputType(0), [&]<typename T>() -> absl::Status {
    auto out = call.outputValues<T>(0, shape);
    if (!out.ok())
      return out.status();
    std::fill(out->begin(), out->end(), T(0));
    int64_t width = rows ? static_cast<int64_t>(out->size()) / rows : 0;
    for (size_t i = 0; i < n; ++i) {
      const T *from = call.values<T>(n + i).data();
      for (int32_t index : call.values<int32_t>(i)) {
        std::copy_n(from, width, out->data() + index * width);
        from += width;
      }
    }
    return absl::OkStatus();
  });
}

} // namespace

void addPartitionRoutines(RoutineTable &table) {
  table.add("DynamicPartition", dynamicPartition);
  table.add("DynamicStitch", dynamicStitch);
  table.add("ParallelDynamicStitch", dynamicStitch);
}

} // namespace firn::runtime
