// Routines that reorder, repeat and pad: transposes, reversals, Roll, Tile,
// BroadcastTo, paddings, concatenations. For shapes or arguments that only the
// running program knows; others are generated code.
#include "backend/runtime/routines/Movement.h"
#include "backend/runtime/routines/Routines.h"

#include "backend/runtime/routines/Dispatch.h"

#include <algorithm>
#include <cstring>

namespace firn::runtime {
namespace {

/// Tables that copy a tensor as it is.
OffsetTables sameTables(const TensorView &input) {
  std::vector<int64_t> strides = stridesOf(input.shape());
  OffsetTables tables;
  for (int64_t dim = 0; dim < input.rank; ++dim)
    tables.push_back(makeOffsets(0, 1, input.dims[dim], strides[dim]));
  return tables;
}

absl::Status transpose(RoutineCall &call) {
  const TensorView &input = call.input(0);
  std::vector<int64_t> perm = readIntegers(call.input(1));
  std::vector<bool> seen(static_cast<size_t>(input.rank));
  Shape shape;
  for (int64_t &dim : perm) {
    if (dim < 0)
      dim += input.rank;
    if (dim < 0 || dim >= input.rank || seen[dim])
      break;
    seen[dim] = true;
    shape.push_back(input.dims[dim]);
  }
  if (perm.size() != seen.size() || shape.size() != seen.size())
    return invalid("expects a permutation of the ", input.rank,
                   " dimensions, but got ",
                   shapeToString(readIntegers(call.input(1))));
  return copyByTables(call, 0, shape, input, [&] {
    OffsetTables same = sameTables(input), tables;
    for (int64_t dim : perm)
      tables.push_back(std::move(same[dim]));
    return tables;
  });
}

/// The input with the order of some dimensions reversed.
absl::Status reverseDims(RoutineCall &call, const std::vector<bool> &reversed) {
  const TensorView &input = call.input(0);
  return copyByTables(call, 0, input.shape(), input, [&] {
    OffsetTables tables = sameTables(input);
    for (size_t dim = 0; dim < tables.size(); ++dim)
      if (reversed[dim])
        std::ranges::reverse(tables[dim]);
    return tables;
  });
}

absl::Status reverseV2(RoutineCall &call) {
  int64_t rank = call.input(0).rank;
  std::vector<bool> reversed(static_cast<size_t>(rank));
  for (int64_t axis : readIntegers(call.input(1))) {
    auto dim = normalAxis(axis, rank);
    if (!dim.ok())
      return dim.status();
    if (reversed[*dim])
      return invalid("axis ", *dim, " is there twice");
    reversed[*dim] = true;
  }
  return reverseDims(call, reversed);
}

absl::Status reverse(RoutineCall &call) {
  int64_t rank = call.input(0).rank;
  if (call.numElements(1) != rank)
    return invalid("expects a bool for each of the ", rank,
                   " dimensions, but got ", call.numElements(1));
  std::span<const uint8_t> dims = call.values<uint8_t>(1);
  return reverseDims(call, std::vector<bool>(dims.begin(), dims.end()));
}

absl::Status roll(RoutineCall &call) {
  const TensorView &input = call.input(0);
  std::vector<int64_t> shift = readIntegers(call.input(1));
  std::vector<int64_t> axes = readIntegers(call.input(2));
  if (shift.size() != axes.size())
    return invalid("expects a shift for each axis, but got ", shift.size(),
                   " for ", axes.size(), " axes");
  for (int64_t &axis : axes) {
    auto dim = normalAxis(axis, input.rank);
    if (!dim.ok())
      return dim.status();
    axis = *dim;
  }
  return copyByTables(call, 0, input.shape(), input, [&] {
    OffsetTables tables = sameTables(input);
    for (size_t i = 0; i < axes.size(); ++i) {
      std::vector<int64_t> &table = tables[axes[i]];
      auto size = static_cast<int64_t>(table.size());
      std::ranges::rotate(table, table.end() - (shift[i] % size + size) % size);
    }
    return tables;
  });
}

absl::Status tile(RoutineCall &call) {
  const TensorView &input = call.input(0);
  std::vector<int64_t> multiples = readIntegers(call.input(1));
  auto rank = static_cast<size_t>(input.rank);
  if (multiples.size() != rank)
    return invalid("expects a multiple for each of the ", input.rank,
                   " dimensions, but got ", shapeToString(multiples));
  Shape shape;
  for (size_t dim = 0; dim < rank; ++dim) {
    int64_t size = 0;
    if (multiples[dim] < 0 ||
        __builtin_mul_overflow(multiples[dim], input.dims[dim], &size))
      return invalid("expects multiples of a size that can be, but got ",
                     shapeToString(multiples));
    shape.push_back(size);
  }
  if (!numElements(shape))
    return invalid("the result is too large: ", shapeToString(shape));
  return copyByTables(call, 0, shape, input, [&] {
    OffsetTables same = sameTables(input), tables;
    for (size_t dim = 0; dim < rank; ++dim) {
      std::vector<int64_t> &table = tables.emplace_back();
      for (int64_t i = 0; i < multiples[dim]; ++i)
        table.insert(table.end(), same[dim].begin(), same[dim].end());
    }
    return tables;
  });
}

absl::Status broadcastTo(RoutineCall &call) {
  const TensorView &input = call.input(0);
  Shape shape = readIntegers(call.input(1));
  auto rank = static_cast<size_t>(input.rank);
  bool fits = numElements(shape).has_value() && shape.size() >= rank;
  size_t offset = fits ? shape.size() - rank : 0;
  for (size_t dim = 0; fits && dim < rank; ++dim)
    fits = input.dims[dim] == 1 || input.dims[dim] == shape[offset + dim];
  if (!fits)
    return invalid("cannot broadcast ", shapeToString(input.shape()),
                   " to the shape ", shapeToString(shape));
  return copyByTables(call, 0, shape, input, [&] {
    OffsetTables same = sameTables(input), tables;
    for (size_t dim = 0; dim < shape.size(); ++dim)
      if (dim < offset || input.dims[dim - offset] != shape[dim])
        tables.push_back(makeOffsets(0, 0, shape[dim], 0));
      else
        tables.push_back(same[dim - offset]);
    return tables;
  });
}

/// Where index `i` of a padded dimension comes from; kFill: from nowhere.
using PadSource = int64_t (*)(int64_t i, int64_t size);

/// `border`: how much less than the size of a dimension its paddings may be;
/// none if there is no limit.
absl::Status padWith(RoutineCall &call, const void *fill,
                     std::optional<int64_t> border, PadSource source) {
  const TensorView &input = call.input(0);
  std::vector<int64_t> paddings = readIntegers(call.input(1));
  if (paddings.size() != 2 * static_cast<size_t>(input.rank))
    return invalid("expects two paddings for each of the ", input.rank,
                   " dimensions, but got ", paddings.size());
  auto rank = static_cast<size_t>(input.rank);
  Shape shape;
  for (size_t dim = 0; dim < rank; ++dim) {
    int64_t before = paddings[2 * dim], after = paddings[2 * dim + 1];
    int64_t size = input.dims[dim], sum = 0;
    int64_t limit = border ? std::max<int64_t>(size - *border, 0) : INT64_MAX;
    if (before < 0 || after < 0 || std::max(before, after) > limit ||
        __builtin_add_overflow(before, after, &sum) ||
        __builtin_add_overflow(sum, size, &sum))
      return invalid("paddings ", before, " and ", after, " of dimension ", dim,
                     " of size ", size, " are out of range");
    shape.push_back(sum);
  }
  if (!numElements(shape))
    return invalid("the result is too large: ", shapeToString(shape));
  auto makeTables = [&] {
    std::vector<int64_t> strides = stridesOf(input.shape());
    OffsetTables tables;
    for (size_t dim = 0; dim < rank; ++dim) {
      std::vector<int64_t> &table = tables.emplace_back();
      for (int64_t i = 0; i < shape[dim]; ++i) {
        int64_t from = source(i - paddings[2 * dim], input.dims[dim]);
        table.push_back(from == kFill ? kFill : from * strides[dim]);
      }
    }
    return tables;
  };
  return copyByTables(call, 0, shape, input, makeTables, fill);
}

int64_t insideOnly(int64_t i, int64_t size) {
  return i >= 0 && i < size ? i : kFill;
}
int64_t reflected(int64_t i, int64_t size) {
  return i < 0 ? -i : i >= size ? 2 * size - 2 - i : i;
}
int64_t symmetric(int64_t i, int64_t size) {
  return i < 0 ? -i - 1 : i >= size ? 2 * size - 1 - i : i;
}

absl::Status pad(RoutineCall &call) {
  return padWith(call, nullptr, std::nullopt, insideOnly);
}

absl::Status padV2(RoutineCall &call) {
  if (call.numElements(2) != 1)
    return invalid("expects one value to pad with");
  return padWith(call, call.input(2).data, std::nullopt, insideOnly);
}

absl::Status mirrorPad(RoutineCall &call) {
  if (call.attributes().getString("mode") == "REFLECT")
    return padWith(call, nullptr, 1, reflected);
  return padWith(call, nullptr, 0, symmetric);
}

/// Inputs [first, first + count) one behind the other along `axis`.
absl::Status join(RoutineCall &call, size_t first, size_t count, int64_t axis,
                  std::span<const int64_t> shape) {
  return dispatchBits(call.outputType(0), [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, shape);
    if (!to.ok())
      return to.status();
    int64_t outer = productOf(shape.first(axis));
    T *next = to->data();
    for (int64_t row = 0; row < outer; ++row)
      for (size_t part = first; part < first + count; ++part) {
        std::span<const T> from = call.values<T>(part);
        size_t chunk = from.size() / static_cast<size_t>(outer);
        next = std::copy_n(from.data() + row * chunk, chunk, next);
      }
    return absl::OkStatus();
  });
}

absl::Status concatenate(RoutineCall &call, size_t first, size_t count,
                         const TensorView &axisOperand) {
  const TensorView &front = call.input(first);
  auto axis = readAxis(axisOperand, front.rank);
  if (!axis.ok())
    return axis.status();
  Shape shape(front.dims, front.dims + front.rank);
  for (size_t part = first + 1; part < first + count; ++part) {
    const TensorView &next = call.input(part);
    bool fits = next.rank == front.rank;
    for (int64_t dim = 0; fits && dim < front.rank; ++dim)
      fits = dim == *axis || next.dims[dim] == front.dims[dim];
    if (!fits)
      return invalid("expects inputs that agree but for dimension ", *axis,
                     ", but got ", shapeToString(front.shape()), " and ",
                     shapeToString(next.shape()));
    if (__builtin_add_overflow(shape[*axis], next.dims[*axis], &shape[*axis]))
      return invalid("the result is too large");
  }
  return join(call, first, count, *axis, shape);
}

absl::Status concat(RoutineCall &call) {
  return concatenate(call, 1, call.numInputs() - 1, call.input(0));
}

absl::Status concatV2(RoutineCall &call) {
  size_t count = call.numInputs() - 1;
  return concatenate(call, 0, count, call.input(count));
}

absl::Status pack(RoutineCall &call) {
  const TensorView &front = call.input(0);
  auto axis = normalAxis(call.attributes().getInt("axis"), front.rank + 1);
  if (!axis.ok())
    return axis.status();
  for (size_t part = 1; part < call.numInputs(); ++part)
    if (!std::ranges::equal(call.input(part).shape(), front.shape()))
      return invalid("expects inputs of one shape, but got ",
                     shapeToString(front.shape()), " and ",
                     shapeToString(call.input(part).shape()));
  Shape shape(front.dims, front.dims + front.rank);
  shape.insert(shape.begin() + *axis, static_cast<int64_t>(call.numInputs()));
  return join(call, 0, call.numInputs(), *axis, shape);
}

/// Inputs with one row each, one under the other.
absl::Status parallelConcat(RoutineCall &call) {
  const TensorView &front = call.input(0);
  for (size_t part = 0; part < call.numInputs(); ++part)
    if (front.rank < 1 || front.dims[0] != 1 ||
        !std::ranges::equal(call.input(part).shape(), front.shape()))
      return invalid("expects inputs of one shape with size 1 in "
                     "dimension 0, but got ",
                     shapeToString(call.input(part).shape()));
  Shape shape(front.dims, front.dims + front.rank);
  shape[0] = static_cast<int64_t>(call.numInputs());
  return join(call, 0, call.numInputs(), 0, shape);
}

/// Reverses the first `lengths[b]` elements of each row.
absl::Status reverseSequence(RoutineCall &call) {
  const TensorView &input = call.input(0);
  std::vector<int64_t> lengths = readIntegers(call.input(1));
  auto sequence = normalAxis(call.attributes().getInt("seq_dim"), input.rank);
  auto batch = normalAxis(call.attributes().getInt("batch_dim"), input.rank);
  if (!sequence.ok())
    return sequence.status();
  if (!batch.ok())
    return batch.status();
  int64_t size = input.dims[*sequence];
  if (*sequence == *batch ||
      static_cast<int64_t>(lengths.size()) != input.dims[*batch])
    return invalid("expects a length for each of the ", input.dims[*batch],
                   " rows, but got ", lengths.size());
  for (int64_t length : lengths)
    if (length < 0 || length > size)
      return invalid("expects lengths of at most ", size, ", but got ", length);
  std::vector<int64_t> strides = stridesOf(input.shape());
  return dispatchBits(input.dtype, [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, input.shape());
    if (!to.ok())
      return to.status();
    const T *from = call.values<T>(0).data();
    for (int64_t i = 0; i < call.numElements(0); ++i) {
      int64_t length = lengths[i / strides[*batch] % input.dims[*batch]];
      int64_t own = i / strides[*sequence] % size;
      int64_t other = own < length ? length - 1 - own : own;
      (*to)[i] = from[i + (other - own) * strides[*sequence]];
    }
    return absl::OkStatus();
  });
}

} // namespace

void addRearrangeRoutines(RoutineTable &table) {
  table.add("Transpose", transpose);
  table.add("ReverseV2", reverseV2);
  table.add("Reverse", reverse);
  table.add("Roll", roll);
  table.add("Tile", tile);
  table.add("BroadcastTo", broadcastTo);
  table.add("Pad", pad);
  table.add("PadV2", padV2);
  table.add("MirrorPad", mirrorPad);
  table.add("Concat", concat);
  table.add("ConcatV2", concatV2);
  table.add("Pack", pack);
  table.add("ParallelConcat", parallelConcat);
  table.add("ReverseSequence", reverseSequence);
}

} // namespace firn::runtime
