// Routines about shapes: Shape and its kin, tensors in another shape, tensors
// of one value, Bitcast. For shapes that only the running program knows; others
// are folded or generated.
#include "backend/runtime/routines/Movement.h"
#include "backend/runtime/routines/Routines.h"

#include "backend/runtime/routines/Dispatch.h"

#include <algorithm>
#include <cstring>

namespace firn::runtime {
namespace {

/// A vector (or, of shape [], a scalar) of integers.
absl::Status giveIntegers(RoutineCall &call, size_t output,
                          std::span<const int64_t> shape,
                          std::span<const int64_t> values) {
  return dispatchInteger(
      call.outputType(output), [&]<typename T>() -> absl::Status {
        auto to = call.outputValues<T>(output, shape);
        if (!to.ok())
          return to.status();
        for (size_t i = 0; i < values.size(); ++i) {
          (*to)[i] = static_cast<T>(values[i]);
          if (static_cast<int64_t>((*to)[i]) != values[i])
            return invalid(values[i], " does not fit the output type");
        }
        return absl::OkStatus();
      });
}

absl::Status giveVector(RoutineCall &call, size_t output,
                        std::span<const int64_t> values) {
  int64_t size = static_cast<int64_t>(values.size());
  return giveIntegers(call, output, {&size, 1}, values);
}

absl::Status giveScalar(RoutineCall &call, int64_t value) {
  return giveIntegers(call, 0, {}, {&value, 1});
}

absl::Status shapes(RoutineCall &call) {
  for (size_t i = 0; i < call.numInputs(); ++i)
    if (absl::Status given = giveVector(call, i, call.input(i).shape());
        !given.ok())
      return given;
  return absl::OkStatus();
}

absl::Status size(RoutineCall &call) {
  return giveScalar(call, call.numElements(0));
}

absl::Status rank(RoutineCall &call) {
  return giveScalar(call, call.input(0).rank);
}

/// The bytes of the first operand under another shape.
absl::Status copyAs(RoutineCall &call, std::span<const int64_t> shape) {
  const TensorView &input = call.input(0);
  auto to = call.output(0, shape);
  if (!to.ok())
    return to.status();
  size_t element =
      input.dtype == DType::String ? sizeof(StringRef) : sizeOf(input.dtype);
  size_t bytes = static_cast<size_t>(call.numElements(0)) * element;
  if (bytes > 0)
    std::memcpy(to->data, input.data, bytes);
  return absl::OkStatus();
}

absl::Status copy(RoutineCall &call) {
  return copyAs(call, call.input(0).shape());
}

absl::Status reshape(RoutineCall &call) {
  Shape shape = readIntegers(call.input(1));
  int64_t count = call.numElements(0);
  Shape known = shape;
  std::erase(known, -1);
  std::optional<int64_t> product = numElements(known);
  size_t open = shape.size() - known.size();
  if (!product || open > 1)
    return invalid("expects a shape with at most one -1, but got ",
                   shapeToString(shape));
  if (open == 1 ? *product == 0 || count % *product != 0 : count != *product)
    return invalid("cannot bring ", shapeToString(call.input(0).shape()),
                   " into the shape ", shapeToString(shape));
  if (open == 1)
    *std::ranges::find(shape, -1) = count / *product;
  return copyAs(call, shape);
}

absl::Status expandDims(RoutineCall &call) {
  const TensorView &input = call.input(0);
  auto axis = readAxis(call.input(1), input.rank + 1);
  if (!axis.ok())
    return axis.status();
  Shape shape(input.dims, input.dims + input.rank);
  shape.insert(shape.begin() + *axis, 1);
  return copyAs(call, shape);
}

absl::Status squeeze(RoutineCall &call) {
  const TensorView &input = call.input(0);
  std::vector<int64_t> axes =
      call.attributes().getList<int64_t>("squeeze_dims");
  std::vector<bool> dropped(static_cast<size_t>(input.rank));
  for (int64_t axis : axes) {
    auto dim = normalAxis(axis, input.rank);
    if (!dim.ok())
      return dim.status();
    if (input.dims[*dim] != 1)
      return invalid("expects size 1 in dimension ", *dim, ", but it is ",
                     input.dims[*dim]);
    dropped[*dim] = true;
  }
  Shape shape;
  for (int64_t dim = 0; dim < input.rank; ++dim)
    if (axes.empty() ? input.dims[dim] != 1 : !dropped[dim])
      shape.push_back(input.dims[dim]);
  return copyAs(call, shape);
}

absl::Status ensureShape(RoutineCall &call) {
  Shape wanted = call.attributes().getList<int64_t>("shape");
  std::span<const int64_t> shape = call.input(0).shape();
  bool fits = wanted.empty() || wanted.size() == shape.size();
  for (size_t dim = 0; fits && dim < wanted.size(); ++dim)
    fits = wanted[dim] < 0 || wanted[dim] == shape[dim];
  if (!fits)
    return invalid("expects a shape of ", shapeToString(wanted), ", but got ",
                   shapeToString(shape));
  return copyAs(call, shape);
}

absl::Status bitcast(RoutineCall &call) {
  const TensorView &input = call.input(0);
  size_t from = sizeOf(input.dtype), to = sizeOf(call.outputType(0));
  if (from == 0 || to == 0)
    return unsupportedType(from == 0 ? input.dtype : call.outputType(0));
  Shape shape(input.dims, input.dims + input.rank);
  if (from > to) {
    shape.push_back(static_cast<int64_t>(from / to));
  } else if (from < to) {
    auto parts = static_cast<int64_t>(to / from);
    if (shape.empty() || shape.back() != parts)
      return invalid("expects a last dimension of size ", parts, ", but got ",
                     shapeToString(shape));
    shape.pop_back();
  }
  return copyAs(call, shape);
}

/// Elements of one value, whose bytes are given (null: zero).
absl::Status fillWith(RoutineCall &call, std::span<const int64_t> shape,
                      const void *value) {
  if (!numElements(shape))
    return invalid("expects a shape, but got ", shapeToString(shape));
  return dispatchBits(call.outputType(0), [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, shape);
    if (!to.ok())
      return to.status();
    std::ranges::fill(*to, value ? *static_cast<const T *>(value) : T());
    return absl::OkStatus();
  });
}

absl::Status fill(RoutineCall &call) {
  if (call.numElements(1) != 1)
    return invalid("expects one value, but got ", call.numElements(1));
  return fillWith(call, readIntegers(call.input(0)), call.input(1).data);
}

/// Elements that nobody may rely on: zeros.
absl::Status empty(RoutineCall &call) {
  return fillWith(call, readIntegers(call.input(0)), nullptr);
}

absl::Status zerosLike(RoutineCall &call) {
  return fillWith(call, call.input(0).shape(), nullptr);
}

absl::Status onesLike(RoutineCall &call) {
  if (call.outputType(0) == DType::Bool) {
    uint8_t yes = 1;
    return fillWith(call, call.input(0).shape(), &yes);
  }
  return dispatchNumber(call.outputType(0), [&]<typename T>() -> absl::Status {
    T one(1);
    return fillWith(call, call.input(0).shape(), &one);
  });
}

/// Size `dim` of a shape that is aligned at its end with one of `rank`.
int64_t alignedSize(std::span<const int64_t> shape, size_t rank, size_t dim) {
  return dim + shape.size() < rank ? 1 : shape[dim + shape.size() - rank];
}

absl::Status cannotBroadcast(std::span<const int64_t> a,
                             std::span<const int64_t> b) {
  return invalid("expects shapes that broadcast, but got ", shapeToString(a),
                 " and ", shapeToString(b));
}

absl::Status broadcastArgs(RoutineCall &call) {
  std::vector<int64_t> a = readIntegers(call.input(0));
  std::vector<int64_t> b = readIntegers(call.input(1));
  Shape shape(std::max(a.size(), b.size()));
  for (size_t dim = 0; dim < shape.size(); ++dim) {
    int64_t first = alignedSize(a, shape.size(), dim);
    int64_t second = alignedSize(b, shape.size(), dim);
    if (first != second && first != 1 && second != 1)
      return cannotBroadcast(a, b);
    shape[dim] = first == 1 ? second : first;
  }
  return giveVector(call, 0, shape);
}

/// The dimensions to sum over that bring a gradient back to each shape.
absl::Status broadcastGradientArgs(RoutineCall &call) {
  std::vector<int64_t> a = readIntegers(call.input(0));
  std::vector<int64_t> b = readIntegers(call.input(1));
  size_t rank = std::max(a.size(), b.size());
  std::vector<int64_t> ofA, ofB;
  for (size_t dim = 0; dim < rank && a != b; ++dim) {
    int64_t first = alignedSize(a, rank, dim);
    int64_t second = alignedSize(b, rank, dim);
    if (first != second && first != 1 && second != 1)
      return cannotBroadcast(a, b);
    // Where both are 1, TensorFlow sums over that dimension of both.
    if (first == 1)
      ofA.push_back(static_cast<int64_t>(dim));
    if (second == 1)
      ofB.push_back(static_cast<int64_t>(dim));
  }
  if (absl::Status given = giveVector(call, 0, ofA); !given.ok())
    return given;
  return giveVector(call, 1, ofB);
}

absl::Status concatOffset(RoutineCall &call) {
  std::vector<int64_t> first = readIntegers(call.input(1));
  auto axis = readAxis(call.input(0), static_cast<int64_t>(first.size()));
  if (!axis.ok())
    return axis.status();
  int64_t offset = 0;
  for (size_t part = 1; part < call.numInputs(); ++part) {
    std::vector<int64_t> shape = readIntegers(call.input(part));
    bool fits = shape.size() == first.size();
    for (size_t dim = 0; fits && dim < shape.size(); ++dim)
      fits = static_cast<int64_t>(dim) == *axis || shape[dim] == first[dim];
    if (!fits)
      return invalid("expects shapes that agree but for dimension ", *axis,
                     ", but got ", shapeToString(first), " and ",
                     shapeToString(shape));
    std::vector<int64_t> start(shape.size(), 0);
    start[*axis] = offset;
    offset += shape[*axis];
    if (absl::Status given = giveVector(call, part - 1, start); !given.ok())
      return given;
  }
  return absl::OkStatus();
}

absl::Status invertPermutation(RoutineCall &call) {
  std::vector<int64_t> values = readIntegers(call.input(0));
  auto count = static_cast<int64_t>(values.size());
  std::vector<int64_t> inverse(values.size(), -1);
  for (int64_t i = 0; i < count; ++i) {
    if (values[i] < 0 || values[i] >= count)
      return invalid(values[i], " at position ", i, " is not in [0, ", count,
                     ")");
    if (inverse[values[i]] != -1)
      return invalid(values[i], " is there twice");
    inverse[values[i]] = i;
  }
  return giveVector(call, 0, inverse);
}

} // namespace

void addShapeRoutines(RoutineTable &table) {
  table.add("Shape", shapes);
  table.add("ShapeN", shapes);
  table.add("Size", size);
  table.add("Rank", rank);
  // Where the input's type says more or less than the output's.
  for (const char *op : {"Identity", "StopGradient", "PreventGradient",
                         "Snapshot", "GuaranteeConst", "DeepCopy"})
    table.add(op, copy);
  table.add("Reshape", reshape);
  table.add("ExpandDims", expandDims);
  table.add("Squeeze", squeeze);
  table.add("EnsureShape", ensureShape);
  table.add("Bitcast", bitcast);
  table.add("Fill", fill);
  table.add("Empty", empty);
  table.add("ZerosLike", zerosLike);
  table.add("OnesLike", onesLike);
  table.add("BroadcastArgs", broadcastArgs);
  table.add("BroadcastGradientArgs", broadcastGradientArgs);
  table.add("ConcatOffset", concatOffset);
  table.add("InvertPermutation", invertPermutation);
}

} // namespace firn::runtime
