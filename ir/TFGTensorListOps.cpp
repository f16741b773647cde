//===- TFGTensorListOps.cpp - lists of tensors as values ------------------===//
//
// Shapes that follow from the op itself. What a list holds is known only where
// all that is put into it is seen: passes/ArraysToTensors.cpp.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGTensorListOps.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

static LogicalResult pushScalar(Types &results, Value output) {
  return pushResult(results, output, ArrayRef<int64_t>());
}

/// The shape in an `element_shape` operand: -1 as a scalar is no shape at all.
static std::optional<SmallVector<int64_t>>
elementShape(const ShapeInference &context, Value operand) {
  auto dims = context.constantInts(operand);
  auto shape = shapeOf(operand);
  if (!dims || !shape || shape->size() != 1)
    return std::nullopt;
  for (int64_t &dim : *dims)
    if (dim < 0)
      dim = kDynamic;
  return *dims;
}

/// `count` of them, stacked.
static LogicalResult pushStacked(Types &results, Value output, int64_t count,
                                 std::optional<SmallVector<int64_t>> element) {
  if (!element)
    return pushResult(results, output, std::nullopt);
  element->insert(element->begin(), count);
  return pushResult(results, output, *element);
}

#define FIRN_GIVES_LIST(Op)                                                    \
  LogicalResult Op::inferShapes(const ShapeInference &, Types &results) {      \
    return pushScalar(results, (*this)->getResult(0));                         \
  }
FIRN_GIVES_LIST(EmptyTensorListOp)
FIRN_GIVES_LIST(TensorListReserveOp)
FIRN_GIVES_LIST(TensorListFromTensorOp)
FIRN_GIVES_LIST(TensorListScatterOp)
FIRN_GIVES_LIST(TensorListScatterV2Op)
FIRN_GIVES_LIST(TensorListScatterIntoExistingListOp)
FIRN_GIVES_LIST(TensorListSplitOp)
FIRN_GIVES_LIST(TensorListSetItemOp)
FIRN_GIVES_LIST(TensorListPushBackOp)
FIRN_GIVES_LIST(TensorListResizeOp)
FIRN_GIVES_LIST(TensorListConcatListsOp)

LogicalResult TensorListPopBackOp::inferShapes(const ShapeInference &context,
                                               Types &results) {
  (void)pushScalar(results, getOutputHandle());
  auto shape = elementShape(context, getElementShape());
  return pushResult(results, getTensor(), shape);
}

LogicalResult TensorListGetItemOp::inferShapes(const ShapeInference &context,
                                               Types &results) {
  auto shape = elementShape(context, getElementShape());
  return pushResult(results, getItem(), shape);
}

LogicalResult TensorListGatherOp::inferShapes(const ShapeInference &context,
                                              Types &results) {
  auto indices = shapeOf(getIndices());
  int64_t count = indices && indices->size() == 1 ? indices->front() : kDynamic;
  return pushStacked(results, getValues(), count,
                     elementShape(context, getElementShape()));
}

LogicalResult TensorListStackOp::inferShapes(const ShapeInference &context,
                                             Types &results) {
  // The accessor is unsigned.
  auto wanted = static_cast<int64_t>(getNumElements());
  int64_t count = wanted >= 0 ? wanted : kDynamic;
  return pushStacked(results, getTensor(), count,
                     elementShape(context, getElementShape()));
}

static LogicalResult inferConcat(Value tensor, Value lengths,
                                 std::optional<SmallVector<int64_t>> element,
                                 Types &results) {
  if (element && !element->empty()) {
    element->front() = kDynamic;
    (void)pushResult(results, tensor, *element);
  } else {
    (void)pushResult(results, tensor, std::nullopt);
  }
  return pushResult(results, lengths, {{kDynamic}});
}

LogicalResult TensorListConcatOp::inferShapes(const ShapeInference &,
                                              Types &results) {
  std::optional<SmallVector<int64_t>> element;
  if (auto shape = getElementShape(); shape && shape->getHasRank())
    element.emplace(shape->getDims());
  return inferConcat(getTensor(), getLengths(), element, results);
}

LogicalResult TensorListConcatV2Op::inferShapes(const ShapeInference &context,
                                                Types &results) {
  return inferConcat(getTensor(), getLengths(),
                     elementShape(context, getElementShape()), results);
}

LogicalResult TensorListLengthOp::inferShapes(const ShapeInference &,
                                              Types &results) {
  return pushScalar(results, getLength());
}

LogicalResult TensorListElementShapeOp::inferShapes(const ShapeInference &,
                                                    Types &results) {
  results.push_back(getElementShape().getType());
  return success();
}

//===----------------------------------------------------------------------===//
// _SetElement
//===----------------------------------------------------------------------===//

LogicalResult SetElementOp::verify() {
  if (getElementType(getTensor()) != getElementType(getItem()))
    return emitOpError("expects an item of ")
           << getElementType(getTensor()) << ", but has "
           << getElementType(getItem());
  return success();
}

LogicalResult SetElementOp::inferShapes(const ShapeInference &,
                                        Types &results) {
  auto shape = shapeOf(getTensor());
  auto item = shapeOf(getItem());
  if (!shape || !item)
    return pushResult(results, getOutput(), shape);
  auto fail = [&]() {
    return emitOpError("expects an item of the shape of a slice of ")
           << getTensor().getType() << ", but has " << getItem().getType();
  };
  if (shape->size() != item->size() + 1)
    return fail();
  SmallVector<int64_t> merged(*shape);
  for (auto [dim, other] :
       llvm::zip(MutableArrayRef(merged).drop_front(), *item)) {
    if (dim != other && dim != kDynamic && other != kDynamic)
      return fail();
    dim = dim == kDynamic ? other : dim;
  }
  return pushResult(results, getOutput(), merged);
}

#define GET_OP_CLASSES
#include "ir/TFGTensorListOps.cpp.inc"
