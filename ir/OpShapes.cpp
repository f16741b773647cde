//===- OpShapes.cpp - checks and outputs of one op's shape inference ------===//

#include "ir/OpShapes.h"

using namespace mlir;

namespace firn::tfg {

OpShapes::OptionalDims OpShapes::shape(Value value) const {
  std::optional<ArrayRef<int64_t>> known = shapeOf(value);
  return known ? OptionalDims(Dims(*known)) : std::nullopt;
}

OpShapes::OptionalDims OpShapes::dims(Value value, int64_t begin,
                                      std::optional<int64_t> end) const {
  OptionalDims all = shape(value);
  if (!all)
    return std::nullopt;
  auto rank = int64_t(all->size());
  int64_t last = end.value_or(rank);
  begin = std::clamp<int64_t>(begin < 0 ? begin + rank : begin, 0, rank);
  last = std::clamp<int64_t>(last < 0 ? last + rank : last, begin, rank);
  return Dims(ArrayRef<int64_t>(*all).slice(begin, last - begin));
}

int64_t OpShapes::dim(Value value, int64_t index) const {
  std::optional<ArrayRef<int64_t>> known = shapeOf(value);
  if (!known)
    return ShapedType::kDynamic;
  int64_t at = index < 0 ? index + int64_t(known->size()) : index;
  if (at < 0 || at >= int64_t(known->size()))
    return ShapedType::kDynamic;
  return (*known)[at];
}

LogicalResult OpShapes::rank(StringRef name, Value value, int64_t rank) const {
  std::optional<ArrayRef<int64_t>> known = shapeOf(value);
  if (!known || int64_t(known->size()) == rank)
    return success();
  return op->emitOpError("expects ")
         << name << " of rank " << rank << ", but got " << value.getType();
}

LogicalResult OpShapes::rankAtLeast(StringRef name, Value value,
                                    int64_t rank) const {
  std::optional<ArrayRef<int64_t>> known = shapeOf(value);
  if (!known || int64_t(known->size()) >= rank)
    return success();
  return op->emitOpError("expects ") << name << " of rank " << rank
                                     << " or more, but got " << value.getType();
}

LogicalResult OpShapes::oneElement(StringRef name, Value value) const {
  std::optional<ArrayRef<int64_t>> known = shapeOf(value);
  if (!known || llvm::all_of(*known, [](int64_t size) {
        return size == 1 || ShapedType::isDynamic(size);
      }))
    return success();
  return op->emitOpError("expects one element of ")
         << name << ", but got " << value.getType();
}

FailureOr<int64_t> OpShapes::same(StringRef name, ArrayRef<Dim> dims) const {
  int64_t merged = ShapedType::kDynamic;
  for (const Dim &each : dims) {
    int64_t next = dim(each.value, each.index);
    if (ShapedType::isDynamic(next))
      continue;
    if (!ShapedType::isDynamic(merged) && merged != next)
      return op->emitOpError("expects equal ")
             << name << ", but got " << merged << " and " << next;
    merged = next;
  }
  return merged;
}

FailureOr<OpShapes::OptionalDims>
OpShapes::sameShape(StringRef name, OptionalDims a, OptionalDims b) const {
  if (!a || !b)
    return a ? a : b;
  auto differ = [&] {
    return op->emitOpError("expects equal ")
           << name << ", but got [" << *a << "] and [" << *b << "]";
  };
  if (a->size() != b->size())
    return differ();
  for (auto [size, other] : llvm::zip_equal(*a, *b)) {
    if (!ShapedType::isDynamic(size) && !ShapedType::isDynamic(other) &&
        size != other)
      return differ();
    if (ShapedType::isDynamic(size))
      size = other;
  }
  return a;
}

std::optional<int64_t> OpShapes::constant(Value value) const {
  OptionalDims values = constants(value);
  if (!values || values->size() != 1)
    return std::nullopt;
  return values->front();
}

OpShapes::OptionalDims OpShapes::constants(Value value) const {
  return context.constantInts(value);
}

FailureOr<int64_t> OpShapes::size(StringRef name, Value value) const {
  if (failed(oneElement(name, value)))
    return failure();
  std::optional<int64_t> known = constant(value);
  if (known && *known < 0)
    return op->emitOpError("expects ")
           << name << " of zero or more, but got " << *known;
  return known.value_or(ShapedType::kDynamic);
}

FailureOr<OpShapes::OptionalDims> OpShapes::shapeFrom(StringRef name,
                                                      Value value) const {
  if (failed(rank(name, value, 1)))
    return failure();
  OptionalDims known = constants(value);
  if (!known) {
    int64_t count = dim(value, 0);
    if (ShapedType::isDynamic(count) || count > 254)
      return OptionalDims();
    return OptionalDims(Dims(count, ShapedType::kDynamic));
  }
  for (int64_t size : *known)
    if (size < 0)
      return op->emitOpError("expects ")
             << name << " without negative sizes, but got [" << *known << "]";
  return known;
}

LogicalResult OpShapes::output(const OptionalDims &shape) {
  Type elementType = getElementType(op->getResult(results.size()));
  results.push_back(makeTensorType(
      shape ? std::optional<ArrayRef<int64_t>>(*shape) : std::nullopt,
      elementType));
  return success();
}

LogicalResult OpShapes::output(const OptionalDims &first,
                               ArrayRef<int64_t> then) {
  if (!first)
    return output(std::nullopt);
  Dims all = *first;
  llvm::append_range(all, then);
  return output(OptionalDims(all));
}

LogicalResult OpShapes::output(ArrayRef<int64_t> first,
                               const OptionalDims &then) {
  if (!then)
    return output(std::nullopt);
  Dims all(first);
  llvm::append_range(all, *then);
  return output(OptionalDims(all));
}

} // namespace firn::tfg
