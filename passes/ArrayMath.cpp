//===- ArrayMath.cpp - what ops of arrays compute on a tensor -------------===//
//
// Writing gives a tensor with one slice changed (tfg._SetElement, which code
// does in place), reading gathers. Sizes that are not known are asked for when
// the code runs.
//
//===----------------------------------------------------------------------===//

#include "passes/ArrayMath.h"

using namespace mlir;

namespace firn::tfg {

/// Elements written one by one where a scatter is no permutation.
constexpr size_t kMaxScattered = 256;

/// `count` elements of zeros; `count` is a scalar.
Value ArrayMath::zeros(Value count) {
  ArrayRef<int64_t> shape = array.element.getShape();
  SmallVector<int32_t> dims(shape.begin(), shape.end());
  std::optional<int64_t> known = getConstantScalar(count);
  Value sizes;
  if (known) {
    dims.insert(dims.begin(), int32_t(*known));
    sizes = ints(dims);
  } else {
    Type countType = getElementType(count);
    auto vector = RankedTensorType::get({1}, builder.getI32Type());
    if (!countType.isInteger(32))
      count = node("Cast", {count},
                   RankedTensorType::get({}, builder.getI32Type()));
    Value first = node("ExpandDims", {count, scalar(0)}, vector);
    sizes = node("ConcatV2", {first, ints(dims), scalar(0)},
                 RankedTensorType::get({int64_t(dims.size()) + 1},
                                       builder.getI32Type()));
  }
  auto type = RankedTensorType::get({}, elementType());
  Value zero = ConstOp::create(
      builder, loc,
      DenseElementsAttr::get(type, builder.getZeroAttr(elementType())));
  return node("Fill", {sizes, zero},
              stacked(known ? *known : ShapedType::kDynamic));
}

/// Whether `indices` are 0, 1, …, each once in this order.
static bool isSequence(Value indices) {
  if (auto range = indices.getDefiningOp<RangeOp>())
    return getConstantScalar(range->getOperand(0)) == 0 &&
           getConstantScalar(range->getOperand(2)) == 1;
  auto known = ShapeInference().constantInts(indices);
  return known && llvm::all_of(llvm::enumerate(*known), [](auto entry) {
           return entry.value() == int64_t(entry.index());
         });
}

/// All elements in their order, where that is known.
static bool isWhole(const ArrayClass &array, Value indices) {
  auto shape = shapeOf(indices);
  return array.size && shape && shape->size() == 1 &&
         shape->front() == *array.size && isSequence(indices);
}

Value ArrayMath::gather(Value list, Value indices, Type type) {
  return isWhole(array, indices) ? list : get(list, indices, type);
}

/// The slices of `tensor` at `indices` of `base`; null: of a new list. Null if
/// that cannot be said.
Value ArrayMath::scatter(Value base, Value indices, Value tensor) {
  if (base ? isWhole(array, indices) : isSequence(indices))
    return tensor;
  auto known = ShapeInference().constantInts(indices);
  if (base && (!known || known->size() > kMaxScattered)) {
    auto shape = shapeOf(indices);
    int64_t rows =
        shape && shape->size() == 1 ? shape->front() : ShapedType::kDynamic;
    Value vectors =
        node("ExpandDims", {indices, scalar(1)},
             RankedTensorType::get({rows, 1}, builder.getI32Type()));
    return node("TensorScatterUpdate", {base, vectors, tensor}, base.getType());
  }
  if (!known || known->size() > kMaxScattered)
    return {};
  int64_t count = known->size();
  if (!base && !array.element.hasStaticShape())
    return {};
  if (!base) {
    for (int64_t index : *known)
      count = std::max(count, index + 1);
    base = zeros(scalar(count));
  }
  for (auto [i, index] : llvm::enumerate(*known))
    base = node("_SetElement",
                {base, scalar(index), get(tensor, scalar(i), array.element)},
                base.getType());
  return base;
}

/// `size` elements, new ones zeros. Null if their shape is not known.
Value ArrayMath::resize(Value list, Value size) {
  if (!array.element.hasStaticShape())
    return {};
  Value end = node("ExpandDims", {size, scalar(0)},
                   RankedTensorType::get({1}, builder.getI32Type()));
  return node("StridedSlice",
              {concat(list, zeros(size)), ints({0}), end, ints({1})},
              stacked(ShapedType::kDynamic));
}

Value ArrayMath::split(Value tensor, Value lengths) {
  if (!canJoin())
    return {};
  int64_t rank = array.element.getRank();
  auto known = ShapeInference().constantInts(lengths);
  auto count = shapeOf(lengths);
  if (known && array.element.hasStaticShape() &&
      llvm::all_of(*known, [&](int64_t length) {
        return length == array.element.getDimSize(0);
      })) {
    SmallVector<int32_t> shape{int32_t(known->size())};
    llvm::append_range(shape, array.element.getShape());
    return node("Reshape", {tensor, ints(shape)}, stacked(known->size()));
  }
  // SplitV checks at run time that each piece has the shape of an element.
  if (array.element.hasStaticShape() && count && count->size() == 1 &&
      !ShapedType::isDynamic(count->front()) && count->front() > 0) {
    SmallVector<Type> types(count->front(), array.element);
    Operation *pieces =
        createNode(builder, loc, "SplitV", {tensor, lengths, scalar(0)}, types);
    return node("Pack", pieces->getResults(), stacked(count->front()));
  }
  // [number of lengths, the one length that there is, …]
  Type i32 = builder.getI32Type(), i64 = builder.getI64Type();
  auto vector = [](int64_t size, Type type) {
    return RankedTensorType::get({size}, type);
  };
  Operation *unique = createNode(
      builder, loc, "Unique", {lengths},
      {vector(ShapedType::kDynamic, i64), vector(ShapedType::kDynamic, i32)});
  Value one =
      node("EnsureShape", unique->getResult(0), vector(1, i64),
           builder.getNamedAttr(
               "shape", ShapeAttr::getRanked(builder.getContext(), {1})));
  Value number = node("Shape", {lengths}, vector(1, i32));
  Value length = node("Cast", {one}, vector(1, i32));
  Value all = node("Shape", {tensor}, vector(rank, i32));
  Value shape =
      node("ConcatV2", {number, length, slice(all, 1, rank - 1), scalar(0)},
           vector(rank + 1, i32));
  return node("Reshape", {tensor, shape}, stacked(ShapedType::kDynamic));
}

/// The shape of the list as a tensor.
Value ArrayMath::sizes(Value list) {
  return node("Shape", {list},
              RankedTensorType::get({array.element.getRank() + 1},
                                    builder.getI32Type()));
}

/// The elements one behind the other.
Value ArrayMath::join(Value list, Type type) {
  ArrayRef<int64_t> element = array.element.getShape();
  if (array.element.hasStaticShape()) {
    SmallVector<int32_t> shape{-1};
    llvm::append_range(shape, element.drop_front());
    if (array.size)
      shape.front() = *array.size * element.front();
    return node("Reshape", {list, ints(shape)}, type);
  }
  Value all = sizes(list);
  auto vector = [&](int64_t size) {
    return RankedTensorType::get({size}, builder.getI32Type());
  };
  Value first = node("Mul", {slice(all, 0, 1), slice(all, 1, 1)}, vector(1));
  Value shape =
      node("ConcatV2", {first, slice(all, 2, element.size() - 1), scalar(0)},
           vector(element.size()));
  return node("Reshape", {list, shape}, type);
}

Value ArrayMath::length(Value list, Type type) {
  if (array.size)
    return scalar(*array.size);
  return get(sizes(list), scalar(0), type);
}

/// The first dimension of each element.
Value ArrayMath::lengths(Value list, Type type) {
  Value count = length(list, RankedTensorType::get({}, builder.getI32Type()));
  auto scalarType = RankedTensorType::get({}, builder.getI64Type());
  Value value;
  if (array.element.isDynamicDim(0))
    value = node("Cast",
                 {get(sizes(list), scalar(1),
                      RankedTensorType::get({}, builder.getI32Type()))},
                 scalarType);
  else
    value = ConstOp::create(
        builder, loc,
        DenseElementsAttr::get(scalarType, array.element.getDimSize(0)));
  return node("Fill",
              {node("ExpandDims", {count, scalar(0)},
                    RankedTensorType::get({1}, builder.getI32Type())),
               value},
              type);
}

/// All elements, which must be `count` of them (-1: any number) and of the
/// shape that `element` says.
Value ArrayMath::stack(Value list, Type type, Value element, int64_t count) {
  SmallVector<int64_t> shape(array.getTensorType().getShape());
  shape.front() = count < 0 ? ShapedType::kDynamic : count;
  auto dims = ShapeInference().constantInts(element);
  auto rank = shapeOf(element);
  if (dims && rank && rank->size() == 1 && dims->size() + 1 == shape.size())
    for (auto [own, dim] :
         llvm::zip(MutableArrayRef(shape).drop_front(), *dims))
      own = dim < 0 ? own : dim;
  if (llvm::all_of(shape, ShapedType::isDynamic))
    return list;
  return node("EnsureShape", list, type,
              builder.getNamedAttr(
                  "shape", ShapeAttr::getRanked(builder.getContext(), shape)));
}

/// The list without its last element, and that.
std::pair<Value, Value> ArrayMath::pop(Value list, Type type) {
  auto bit = [&](StringRef name) {
    return builder.getNamedAttr(name, builder.getI64IntegerAttr(1));
  };
  Value rest = node("StridedSlice", {list, ints({0}), ints({-1}), ints({1})},
                    stacked(ShapedType::kDynamic), {bit("begin_mask")});
  Value last = node("StridedSlice", {list, ints({-1}), ints({0}), ints({1})},
                    type, {bit("shrink_axis_mask")});
  return {rest, last};
}

} // namespace firn::tfg
