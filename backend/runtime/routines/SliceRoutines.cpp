// Routines that cut tensors: Slice, StridedSlice and its gradient, Split,
// SplitV, Unpack. For shapes that only the running program knows; others are
// generated code.
#include "backend/runtime/routines/Movement.h"
#include "backend/runtime/routines/Routines.h"

#include "backend/runtime/routines/Dispatch.h"

#include <algorithm>

namespace firn::runtime {
namespace {

absl::Status slice(RoutineCall &call) {
  const TensorView &input = call.input(0);
  std::vector<int64_t> begin = readIntegers(call.input(1));
  std::vector<int64_t> size = readIntegers(call.input(2));
  auto rank = static_cast<size_t>(input.rank);
  if (begin.size() != rank || size.size() != rank)
    return invalid("expects a begin and a size for each of the ", rank,
                   " dimensions, but got ", begin.size(), " and ", size.size());
  for (size_t dim = 0; dim < rank; ++dim) {
    int64_t whole = input.dims[dim];
    if (begin[dim] < 0 || begin[dim] > whole || size[dim] < -1 ||
        size[dim] > whole - begin[dim])
      return invalid("reaches out of dimension ", dim, " of size ", whole,
                     ": begin ", begin[dim], ", size ", size[dim]);
    if (size[dim] == -1)
      size[dim] = whole - begin[dim];
  }
  return copyByTables(call, 0, size, input, [&] {
    std::vector<int64_t> strides = stridesOf(input.shape());
    OffsetTables tables;
    for (size_t dim = 0; dim < rank; ++dim)
      tables.push_back(makeOffsets(begin[dim], 1, size[dim], strides[dim]));
    return tables;
  });
}

/// What a StridedSlice takes of each dimension, and the result's shape.
struct StridedRange {
  std::vector<int64_t> begin, step, count;
  Shape shape;
};

/// The arguments of a StridedSlice and its masks.
struct StridedArguments {
  std::vector<int64_t> begin, end, strides;
  int64_t beginMask, endMask, ellipsisMask, newAxisMask, shrinkMask;

  StridedArguments(RoutineCall &call, size_t first)
      : begin(readIntegers(call.input(first))),
        end(readIntegers(call.input(first + 1))),
        strides(readIntegers(call.input(first + 2))) {
    const Attributes &attributes = call.attributes();
    beginMask = attributes.getInt("begin_mask");
    endMask = attributes.getInt("end_mask");
    ellipsisMask = attributes.getInt("ellipsis_mask");
    newAxisMask = attributes.getInt("new_axis_mask");
    shrinkMask = attributes.getInt("shrink_axis_mask");
  }

  absl::StatusOr<StridedRange> resolve(std::span<const int64_t> shape) const;

private:
  static bool has(int64_t mask, size_t bit) { return (mask >> bit) & 1; }
  absl::Status addIndex(StridedRange &range, size_t entry, int64_t size) const;
  absl::Status addRange(StridedRange &range, size_t entry, int64_t size) const;
};

absl::Status StridedArguments::addIndex(StridedRange &range, size_t entry,
                                        int64_t size) const {
  int64_t index = begin[entry] < 0 ? begin[entry] + size : begin[entry];
  if (strides[entry] <= 0)
    return invalid("expects stride 1 where it takes one index, but got ",
                   strides[entry]);
  if (index < 0 || index >= size)
    return invalid("index ", begin[entry], " of dimension ", range.begin.size(),
                   " is out of bounds (size ", size, ")");
  range.begin.push_back(index);
  range.step.push_back(1);
  range.count.push_back(1);
  return absl::OkStatus();
}

absl::Status StridedArguments::addRange(StridedRange &range, size_t entry,
                                        int64_t size) const {
  int64_t step = strides[entry];
  if (step == 0)
    return invalid("expects strides that are not zero");
  int64_t low = step > 0 ? 0 : -1, high = step > 0 ? size : size - 1;
  auto clamp = [&](int64_t value) {
    return std::clamp(value < 0 ? value + size : value, low, high);
  };
  int64_t from =
      has(beginMask, entry) ? (step > 0 ? low : high) : clamp(begin[entry]);
  int64_t to =
      has(endMask, entry) ? (step > 0 ? high : low) : clamp(end[entry]);
  int64_t length = to - from, count = 0;
  if (length != 0 && (length < 0) == (step < 0))
    count = length / step + (length % step != 0);
  range.begin.push_back(from);
  range.step.push_back(count > 1 ? step : 1);
  range.count.push_back(count);
  range.shape.push_back(count);
  return absl::OkStatus();
}

absl::StatusOr<StridedRange>
StridedArguments::resolve(std::span<const int64_t> shape) const {
  size_t entries = begin.size();
  if (end.size() != entries || strides.size() != entries || entries > 32)
    return invalid("expects begin, end and strides of the same size, ",
                   "at most 32");
  size_t taken = 0, ellipses = 0;
  for (size_t i = 0; i < entries; ++i) {
    ellipses += has(ellipsisMask, i);
    taken += !has(ellipsisMask, i) && !has(newAxisMask, i);
  }
  if (ellipses > 1)
    return invalid("has more than one ellipsis");
  if (taken > shape.size())
    return invalid("takes slices of ", taken, " dimensions, but its input has ",
                   shape.size());
  StridedRange range;
  auto addWhole = [&] {
    for (size_t left = shape.size() - taken; left > 0; --left) {
      int64_t size = shape[range.begin.size()];
      range.begin.push_back(0);
      range.step.push_back(1);
      range.count.push_back(size);
      range.shape.push_back(size);
    }
  };
  for (size_t i = 0; i < entries; ++i) {
    if (has(ellipsisMask, i)) {
      addWhole();
      continue;
    }
    if (has(newAxisMask, i)) {
      range.shape.push_back(1);
      continue;
    }
    int64_t size = shape[range.begin.size()];
    absl::Status added = has(shrinkMask, i) ? addIndex(range, i, size)
                                            : addRange(range, i, size);
    if (!added.ok())
      return added;
  }
  if (ellipses == 0)
    addWhole();
  return range;
}

OffsetTables tablesOf(const StridedRange &range,
                      std::span<const int64_t> shape) {
  std::vector<int64_t> strides = stridesOf(shape);
  OffsetTables tables;
  for (size_t dim = 0; dim < shape.size(); ++dim)
    tables.push_back(makeOffsets(range.begin[dim], range.step[dim],
                                 range.count[dim], strides[dim]));
  return tables;
}

absl::Status stridedSlice(RoutineCall &call) {
  const TensorView &input = call.input(0);
  auto range = StridedArguments(call, 1).resolve(input.shape());
  if (!range.ok())
    return range.status();
  return copyByTables(call, 0, range->shape, input,
                      [&] { return tablesOf(*range, input.shape()); });
}

/// Zeros of a shape with `dy` where StridedSlice would take elements.
absl::Status stridedSliceGrad(RoutineCall &call) {
  Shape shape = readIntegers(call.input(0));
  if (!numElements(shape))
    return invalid("expects a shape, but got ", shapeToString(shape));
  auto range = StridedArguments(call, 1).resolve(shape);
  if (!range.ok())
    return range.status();
  const TensorView &dy = call.input(4);
  if (!std::ranges::equal(range->shape, dy.shape()))
    return invalid("expects a gradient of shape ", shapeToString(range->shape),
                   ", but got ", shapeToString(dy.shape()));
  // The inverse: an index of the result points at the element that it gives.
  return copyByTables(call, 0, shape, dy, [&] {
    std::vector<int64_t> strides = stridesOf(range->count);
    OffsetTables tables;
    for (size_t dim = 0; dim < shape.size(); ++dim) {
      std::vector<int64_t> &table =
          tables.emplace_back(static_cast<size_t>(shape[dim]), kFill);
      for (int64_t i = 0; i < range->count[dim]; ++i)
        table[range->begin[dim] + i * range->step[dim]] = i * strides[dim];
    }
    return tables;
  });
}

/// Parts along an axis; `dropAxis`: of one index each, without the axis.
absl::Status cut(RoutineCall &call, const TensorView &input, int64_t axis,
                 std::span<const int64_t> sizes, bool dropAxis) {
  std::vector<int64_t> strides = stridesOf(input.shape());
  int64_t offset = 0;
  for (size_t part = 0; part < sizes.size(); ++part) {
    Shape shape(input.dims, input.dims + input.rank);
    auto makeTables = [&] {
      OffsetTables tables;
      for (int64_t dim = 0; dim < input.rank; ++dim)
        tables.push_back(
            dim == axis ? makeOffsets(offset, 1, sizes[part], strides[dim])
                        : makeOffsets(0, 1, input.dims[dim], strides[dim]));
      return tables;
    };
    shape[axis] = sizes[part];
    if (dropAxis)
      shape.erase(shape.begin() + axis);
    if (absl::Status done = copyByTables(call, part, shape, input, makeTables);
        !done.ok())
      return done;
    offset += sizes[part];
  }
  return absl::OkStatus();
}

absl::Status split(RoutineCall &call) {
  const TensorView &input = call.input(1);
  auto axis = readAxis(call.input(0), input.rank);
  if (!axis.ok())
    return axis.status();
  auto parts = static_cast<int64_t>(call.numOutputs());
  if (input.dims[*axis] % parts != 0)
    return invalid("cannot cut dimension ", *axis, " of size ",
                   input.dims[*axis], " into ", parts, " equal parts");
  std::vector<int64_t> sizes(call.numOutputs(), input.dims[*axis] / parts);
  return cut(call, input, *axis, sizes, /*dropAxis=*/false);
}

absl::Status splitV(RoutineCall &call) {
  const TensorView &input = call.input(0);
  std::vector<int64_t> sizes = readIntegers(call.input(1));
  auto axis = readAxis(call.input(2), input.rank);
  if (!axis.ok())
    return axis.status();
  int64_t whole = input.dims[*axis], left = whole, open = 0;
  for (int64_t size : sizes) {
    open += size == -1;
    if (size < -1 || size > left)
      return invalid("expects sizes that add up to ", whole, ", but got ",
                     shapeToString(sizes));
    left -= std::max<int64_t>(size, 0);
  }
  if (open > 1 || (open == 0 && left != 0) || sizes.size() != call.numOutputs())
    return invalid("expects ", call.numOutputs(), " sizes that add up to ",
                   whole, ", but got ", shapeToString(sizes));
  std::ranges::replace(sizes, -1, left);
  return cut(call, input, *axis, sizes, /*dropAxis=*/false);
}

absl::Status unpack(RoutineCall &call) {
  const TensorView &input = call.input(0);
  auto axis = normalAxis(call.attributes().getInt("axis"), input.rank);
  if (!axis.ok())
    return axis.status();
  auto parts = static_cast<int64_t>(call.numOutputs());
  if (input.dims[*axis] != parts)
    return invalid("expects size ", parts, " in dimension ", *axis,
                   ", but it is ", input.dims[*axis]);
  std::vector<int64_t> sizes(call.numOutputs(), 1);
  return cut(call, input, *axis, sizes, /*dropAxis=*/true);
}

} // namespace

void addSliceRoutines(RoutineTable &table) {
  table.add("Slice", slice);
  table.add("StridedSlice", stridedSlice);
  table.add("StridedSliceGrad", stridedSliceGrad);
  table.add("Split", split);
  table.add("SplitV", splitV);
  table.add("Unpack", unpack);
}

} // namespace firn::runtime
