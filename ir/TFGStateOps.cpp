//===- TFGStateOps.cpp - variables, checkpoints ---------------------------===//
//
// Shapes of what variables hold come from the handle or the reference, where
// the operand leads to it.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGStateOps.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;

static LogicalResult inferScalar(Operation *op, Types &results) {
  results.push_back(
      RankedTensorType::get({}, getElementType(op->getResult(0))));
  return success();
}

/// The results keep the types they have.
static LogicalResult inferNothing(Operation *op, Types &results) {
  llvm::append_range(results, getOutputs(op).getTypes());
  return success();
}

/// The shape that the handle's node declares for its variable; null if `handle`
/// does not lead to one.
static ShapeAttr variableShape(Value handle) {
  auto op = handle.getDefiningOp<VarHandleOp>();
  return op ? op.getShape() : ShapeAttr();
}

static std::optional<ArrayRef<int64_t>> rankedShape(ShapeAttr shape) {
  if (!shape || !shape.getHasRank())
    return std::nullopt;
  return shape.getDims();
}

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

LogicalResult RefVariableOp::inferShapes(const ShapeInference &,
                                         Types &results) {
  // This old form writes an unknown shape as a scalar's.
  if (getShape().getHasRank() && getShape().getDims().empty())
    return inferNothing(*this, results);
  results.push_back(getShape().getTensorType(getType().getElementType()));
  return success();
}

LogicalResult VariableV2Op::inferShapes(const ShapeInference &,
                                        Types &results) {
  results.push_back(getShape().getTensorType(getType().getElementType()));
  return success();
}

/// The written variable has the reference's shape; without validation it takes
/// that of the value.
static LogicalResult inferWritten(Operation *op, bool keepsShape,
                                  Types &results) {
  Value source = op->getOperand(keepsShape ? 0 : 1);
  auto type = cast<TensorType>(op->getResult(0).getType());
  results.push_back(makeTensorType(shapeOf(source), type.getElementType()));
  return success();
}

LogicalResult AssignOp::inferShapes(const ShapeInference &, Types &results) {
  return inferWritten(*this, getValidateShape(), results);
}
LogicalResult AssignAddOp::inferShapes(const ShapeInference &, Types &results) {
  return inferWritten(*this, /*keepsShape=*/true, results);
}
LogicalResult AssignSubOp::inferShapes(const ShapeInference &, Types &results) {
  return inferWritten(*this, /*keepsShape=*/true, results);
}

LogicalResult ReadVariableOp::inferShapes(const ShapeInference &,
                                          Types &results) {
  Type elementType = getType().getElementType();
  results.push_back(
      makeTensorType(rankedShape(variableShape(getResource())), elementType));
  return success();
}

LogicalResult VariableShapeOp::inferShapes(const ShapeInference &,
                                           Types &results) {
  int64_t rank = ShapedType::kDynamic;
  if (auto shape = rankedShape(variableShape(getInput())))
    rank = shape->size();
  results.push_back(RankedTensorType::get({rank}, getType().getElementType()));
  return success();
}

OpFoldResult VariableShapeOp::fold(FoldAdaptor) {
  auto shape = rankedShape(variableShape(getInput()));
  if (!getCtls().empty() || !shape || ShapedType::isDynamicShape(*shape))
    return {};
  return makeIntVector(getType().getElementType(), *shape);
}

LogicalResult ResourceGatherOp::inferShapes(const ShapeInference &,
                                            Types &results) {
  Type elementType = getType().getElementType();
  auto params = rankedShape(variableShape(getResource()));
  auto indices = shapeOf(getIndices());
  int64_t batchDims = getBatchDims();
  if (!params || !indices) {
    results.push_back(UnrankedTensorType::get(elementType));
    return success();
  }
  if (batchDims < 0)
    batchDims += indices->size();
  if (batchDims < 0 || batchDims > int64_t(indices->size()) ||
      batchDims >= int64_t(params->size()))
    return emitOpError("expects batch_dims below the variable's rank and at "
                       "most the indices' rank, but has ")
           << getBatchDims();
  SmallVector<int64_t> shape(*indices);
  llvm::append_range(shape, params->drop_front(batchDims + 1));
  results.push_back(RankedTensorType::get(shape, elementType));
  return success();
}

LogicalResult ResourceGatherNdOp::inferShapes(const ShapeInference &,
                                              Types &results) {
  Type elementType = getType().getElementType();
  auto params = rankedShape(variableShape(getResource()));
  auto indices = shapeOf(getIndices());
  if (!params || !indices || indices->empty() ||
      ShapedType::isDynamic(indices->back()) ||
      indices->back() > int64_t(params->size())) {
    results.push_back(UnrankedTensorType::get(elementType));
    return success();
  }
  SmallVector<int64_t> shape(indices->drop_back());
  llvm::append_range(shape, params->drop_front(indices->back()));
  results.push_back(RankedTensorType::get(shape, elementType));
  return success();
}

//===----------------------------------------------------------------------===//
// Checkpoints
//===----------------------------------------------------------------------===//

LogicalResult RestoreV2Op::verify() {
  auto names = dyn_cast<RankedTensorType>(getTensorNames().getType());
  if (names && names.hasStaticShape() &&
      names.getNumElements() != int64_t(firn::tfg::getOutputs(*this).size()))
    return emitOpError("expects one output for each tensor name, but has ")
           << firn::tfg::getOutputs(*this).size() << " outputs for "
           << names.getNumElements() << " names";
  return success();
}

#define FIRN_INFER(Op, rule)                                                   \
  LogicalResult Op::inferShapes(const ShapeInference &, Types &results) {      \
    return rule(*this, results);                                               \
  }

FIRN_INFER(IsVariableInitializedOp, inferScalar)
FIRN_INFER(VarHandleOp, inferScalar)
FIRN_INFER(AssignVariableOp, inferNothing)
FIRN_INFER(AssignAddVariableOp, inferNothing)
FIRN_INFER(AssignSubVariableOp, inferNothing)
FIRN_INFER(VarIsInitializedOp, inferScalar)
FIRN_INFER(RestoreV2Op, inferNothing)
FIRN_INFER(RestoreOp, inferNothing)
FIRN_INFER(RestoreSliceOp, inferNothing)
FIRN_INFER(ShardedFilenameOp, inferScalar)
FIRN_INFER(ShardedFilespecOp, inferScalar)

#define GET_OP_CLASSES
#include "ir/TFGStateOps.cpp.inc"
