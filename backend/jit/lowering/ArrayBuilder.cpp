//===- ArrayBuilder.cpp - what lowerings of data movement share -----------===//

#include "backend/jit/lowering/ArrayBuilder.h"
#include "backend/jit/lowering/GenericBuilder.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"

using namespace mlir;

namespace firn {

RankedTensorType getStaticType(const TypeConverter &converter, Value result) {
  auto type = dyn_cast_or_null<RankedTensorType>(
      converter.convertType(result.getType()));
  if (type && type.hasStaticShape())
    return type;
  mlir::emitError(result.getLoc(), "the shape of its output depends on values");
  return {};
}

/// One collapse_shape or expand_shape, if that is all the difference.
static Value reshapeOnce(OpBuilder &builder, Location loc, Value tensor,
                         RankedTensorType type) {
  auto source = cast<RankedTensorType>(tensor.getType());
  if (source == type)
    return tensor;
  if (source.getRank() == type.getRank())
    return {};
  std::optional<SmallVector<ReassociationIndices>> groups =
      getReassociationIndicesForReshape(source, type);
  if (!groups)
    return {};
  if (source.getRank() > type.getRank())
    return tensor::CollapseShapeOp::create(builder, loc, type, tensor, *groups);
  return tensor::ExpandShapeOp::create(builder, loc, type, tensor, *groups);
}

Value reshapeTensor(OpBuilder &builder, Location loc, Value tensor,
                    RankedTensorType type) {
  // Nothing to keep, and no way to tell which empty dimension became which.
  if (type.getNumElements() == 0)
    return makeEmpty(
        builder, loc,
        getAsIndexOpFoldResult(builder.getContext(), type.getShape()),
        type.getElementType());
  if (Value reshaped = reshapeOnce(builder, loc, tensor, type))
    return reshaped;
  auto flat =
      RankedTensorType::get({type.getNumElements()}, type.getElementType());
  tensor = reshapeOnce(builder, loc, tensor, flat);
  return reshapeOnce(builder, loc, tensor, type);
}

static SmallVector<OpFoldResult> asAttrs(OpBuilder &builder,
                                         ArrayRef<int64_t> values) {
  return getAsIndexOpFoldResult(builder.getContext(), values);
}

Value extractSlice(OpBuilder &builder, Location loc, Value tensor,
                   ArrayRef<int64_t> offsets, ArrayRef<int64_t> sizes,
                   ArrayRef<int64_t> strides) {
  return tensor::ExtractSliceOp::create(
      builder, loc, tensor, asAttrs(builder, offsets), asAttrs(builder, sizes),
      asAttrs(builder, strides));
}

Value concatenate(OpBuilder &builder, Location loc, ValueRange parts,
                  int64_t axis, RankedTensorType type) {
  Value result = makeEmpty(builder, loc, asAttrs(builder, type.getShape()),
                           type.getElementType());
  SmallVector<int64_t> offsets(type.getRank(), 0), ones(type.getRank(), 1);
  for (Value part : parts) {
    ArrayRef<int64_t> shape = cast<RankedTensorType>(part.getType()).getShape();
    result = tensor::InsertSliceOp::create(
        builder, loc, part, result, asAttrs(builder, offsets),
        asAttrs(builder, shape), asAttrs(builder, ones));
    offsets[axis] += shape[axis];
  }
  return result;
}

Value copyByIndex(OpBuilder &builder, Location loc, Value tensor,
                  RankedTensorType type, IndexFn source) {
  Value empty = makeEmpty(builder, loc, asAttrs(builder, type.getShape()),
                          type.getElementType());
  SmallVector<utils::IteratorType> iterators(type.getRank(),
                                             utils::IteratorType::parallel);
  auto body = [&](OpBuilder &inner, Location loc, ValueRange) {
    SmallVector<Value> position;
    for (int64_t dim = 0; dim < type.getRank(); ++dim)
      position.push_back(linalg::IndexOp::create(inner, loc, dim));
    Value element = tensor::ExtractOp::create(inner, loc, tensor,
                                              source(inner, loc, position));
    linalg::YieldOp::create(inner, loc, element);
  };
  return linalg::GenericOp::create(
             builder, loc, type, ValueRange(), empty,
             builder.getMultiDimIdentityMap(type.getRank()), iterators, body)
      .getResult(0);
}

Value loadCheckedIndex(OpBuilder &builder, Operation *node, Value indices,
                       ValueRange position, int64_t size) {
  Location loc = node->getLoc();
  Value index = tensor::ExtractOp::create(builder, loc, indices, position);
  index =
      arith::IndexCastOp::create(builder, loc, builder.getIndexType(), index);
  Value limit = arith::ConstantIndexOp::create(builder, loc, size);
  Value inRange = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult,
                                        index, limit);
  emitRuntimeCheck(builder, node, inRange,
                   "an index is not in [0, " + Twine(size) + ")");
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  return arith::SelectOp::create(builder, loc, inRange, index, zero);
}

Value scaleIndex(OpBuilder &builder, Location loc, Value index, int64_t scale,
                 int64_t offset) {
  if (scale != 1)
    index = arith::MulIOp::create(
        builder, loc, index,
        arith::ConstantIndexOp::create(builder, loc, scale));
  if (offset != 0)
    index = arith::AddIOp::create(
        builder, loc, index,
        arith::ConstantIndexOp::create(builder, loc, offset));
  return index;
}

} // namespace firn
