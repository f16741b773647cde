//===- TFGRaggedOps.cpp - shapes of ragged tensors ------------------------===//

#include "ir/TFGRaggedOps.h"
#include "ir/OpShapes.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = OpShapes::Dims;
using OptionalDims = OpShapes::OptionalDims;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

LogicalResult RaggedRangeOp::inferShapes(const ShapeInference &context,
                                         Types &results) {
  OpShapes shapes(*this, context, results);
  int64_t rows = kDynamic;
  bool scalars = true;
  for (Value operand : getDataOperands()) {
    OptionalDims shape = shapes.shape(operand);
    if (shape && shape->size() > 1)
      return emitOpError("expects vectors or scalars, but got ")
             << operand.getType();
    scalars &= shape && shape->empty();
    if (shape && shape->size() == 1 && ShapedType::isDynamic(rows))
      rows = shape->front();
  }
  if (scalars)
    rows = 1;
  (void)shapes.output(Dims{ShapedType::isDynamic(rows) ? kDynamic : rows + 1});
  return shapes.output(Dims{kDynamic});
}

LogicalResult RaggedTensorToSparseOp::verify() {
  if (getDataOperands().size() < 2)
    return emitOpError("expects splits and values, but got ")
           << getDataOperands().size() << " operands";
  return success();
}

LogicalResult RaggedTensorToSparseOp::inferShapes(const ShapeInference &context,
                                                  Types &results) {
  OpShapes shapes(*this, context, results);
  auto ragged = int64_t(getDataOperands().size()) - 1;
  Value values = getOperand(ragged);
  OptionalDims shape = shapes.shape(values);
  if (failed(shapes.rankAtLeast("values", values, 1)))
    return failure();
  int64_t rank = kDynamic, count = kDynamic;
  if (shape) {
    rank = ragged + int64_t(shape->size());
    count = checkedNumElements(*shape).value_or(kDynamic);
  }
  (void)shapes.output(Dims{count, rank});
  (void)shapes.output(Dims{count});
  return shapes.output(Dims{rank});
}

LogicalResult RaggedGatherOp::verify() {
  if (getDataOperands().size() < 3 || getNumResults() < 1)
    return emitOpError("expects splits, values and indices, but got ")
           << getDataOperands().size() << " operands";
  return success();
}

LogicalResult RaggedGatherOp::inferShapes(const ShapeInference &context,
                                          Types &results) {
  OpShapes shapes(*this, context, results);
  Value values = getOperand(getDataOperands().size() - 2);
  if (failed(shapes.rankAtLeast("values", values, 1)))
    return failure();
  for (unsigned i = 0; i + 1 < getNumResults(); ++i)
    (void)shapes.output(Dims{kDynamic});
  return shapes.output({kDynamic}, shapes.dims(values, 1));
}

LogicalResult RaggedTensorToTensorOp::verify() {
  if (getDataOperands().size() < 4 ||
      getDataOperands().size() != 3 + getRowPartitionTypes().size())
    return emitOpError("expects a shape, values, a default, and a tensor for "
                       "each of the ")
           << getRowPartitionTypes().size() << " row partitions, but got "
           << getDataOperands().size() << " operands";
  return success();
}

LogicalResult RaggedTensorToTensorOp::inferShapes(const ShapeInference &context,
                                                  Types &results) {
  OpShapes shapes(*this, context, results);
  Value values = getOperand(1);
  if (failed(shapes.rankAtLeast("values", values, 1)))
    return failure();
  OptionalDims inner = shapes.dims(values, 1);
  auto types = getRowPartitionTypes().getAsRange<StringAttr>();
  Dims outer(1 + llvm::count_if(types,
                                [](StringAttr type) {
                                  return type.getValue() != "FIRST_DIM_SIZE";
                                }),
             kDynamic);
  OptionalDims wanted = shapes.constants(getOperand(0));
  if (!inner)
    return shapes.output(std::nullopt);
  llvm::append_range(outer, *inner);
  if (wanted && wanted->size() == outer.size())
    for (auto [own, size] : llvm::zip(outer, *wanted))
      if (size >= 0)
        own = size;
  return shapes.output(outer);
}

#define GET_OP_CLASSES
#include "ir/TFGRaggedOps.cpp.inc"
