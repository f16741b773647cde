//===- Broadcast.cpp - operands whose sizes only the run knows ------------===//

#include "backend/jit/lowering/Broadcast.h"
#include "backend/jit/lowering/GenericBuilder.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"

using namespace mlir;

namespace firn {

namespace {

/// A size by where it comes from: a constant, a dimension of a tensor, or any
/// other number.
struct SizeOrigin {
  std::optional<int64_t> constant;
  Value value;
  int64_t dim = -1;

  bool operator==(const SizeOrigin &) const = default;
};

/// The tensor that a dimension of `tensor` has its size from, one step back;
/// null if it is its own.
OpFoldResult stepBack(Value tensor, int64_t dim, Value &from) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (!type.isDynamicDim(dim))
    return Builder(type.getContext()).getIndexAttr(type.getDimSize(dim));
  auto result = dyn_cast<OpResult>(tensor);
  if (!result)
    return {};
  Operation *op = result.getOwner();
  if (auto empty = dyn_cast<tensor::EmptyOp>(op))
    return empty.getMixedSizes()[dim];
  if (auto cast = dyn_cast<tensor::CastOp>(op))
    from = cast.getSource();
  else if (auto writer = dyn_cast<DestinationStyleOpInterface>(op))
    from = writer.getTiedOpOperand(result)->get();
  return {};
}

SizeOrigin findOrigin(OpFoldResult size) {
  while (true) {
    if (std::optional<int64_t> constant = getConstantIntValue(size))
      return {constant, {}, -1};
    auto value = cast<Value>(size);
    auto dimOp = value.getDefiningOp<tensor::DimOp>();
    std::optional<int64_t> dim;
    if (dimOp && isa<RankedTensorType>(dimOp.getSource().getType()))
      dim = dimOp.getConstantIndex();
    if (!dim)
      return {{}, value, -1};
    Value tensor = dimOp.getSource();
    OpFoldResult next;
    for (Value from; !(next = stepBack(tensor, *dim, from)) && from; from = {})
      tensor = from;
    if (!next)
      return {{}, tensor, *dim};
    size = next;
  }
}

Value compare(OpBuilder &builder, Location loc, arith::CmpIPredicate predicate,
              OpFoldResult a, OpFoldResult b) {
  return arith::CmpIOp::create(
      builder, loc, predicate, getValueOrCreateConstantIndexOp(builder, loc, a),
      getValueOrCreateConstantIndexOp(builder, loc, b));
}

/// All of `operand` at the sizes `wanted`, where `stretched` says from which
/// dimensions only index 0 is read.
Value copyStretched(OpBuilder &builder, Location loc, Value operand,
                    ArrayRef<OpFoldResult> wanted, ArrayRef<Value> stretched) {
  auto type = cast<RankedTensorType>(operand.getType());
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (type.isDynamicDim(dim))
      sizes.push_back(getValueOrCreateConstantIndexOp(
          builder, loc,
          stretched[dim] ? wanted[dim] : getDim(builder, loc, operand, dim)));
  Value empty = tensor::EmptyOp::create(builder, loc, type, sizes);
  SmallVector<utils::IteratorType> iterators(type.getRank(),
                                             utils::IteratorType::parallel);
  auto body = [&](OpBuilder &inner, Location loc, ValueRange) {
    SmallVector<Value> position;
    for (int64_t dim = 0; dim < type.getRank(); ++dim) {
      Value index = linalg::IndexOp::create(inner, loc, dim);
      if (stretched[dim])
        index =
            arith::SelectOp::create(inner, loc, stretched[dim], zero, index);
      position.push_back(index);
    }
    linalg::YieldOp::create(
        inner, loc,
        tensor::ExtractOp::create(inner, loc, operand, position).getResult());
  };
  return linalg::GenericOp::create(
             builder, loc, type, ValueRange(), empty,
             builder.getMultiDimIdentityMap(type.getRank()), iterators, body)
      .getResult(0);
}

} // namespace

bool isSameSize(OpFoldResult a, OpFoldResult b) {
  return findOrigin(a) == findOrigin(b);
}

OpFoldResult broadcastSize(OpBuilder &builder, Location loc,
                           ArrayRef<OpFoldResult> sizes) {
  // A known size other than 1 is the only one there can be.
  for (OpFoldResult size : sizes)
    if (std::optional<int64_t> known = getConstantIntValue(size);
        known && *known != 1)
      return size;
  OpFoldResult result = builder.getIndexAttr(1);
  for (OpFoldResult size : sizes) {
    if (isSameSize(size, result) || getConstantIntValue(size))
      continue;
    if (getConstantIntValue(result)) {
      result = size;
      continue;
    }
    Value isOne = compare(builder, loc, arith::CmpIPredicate::eq, result,
                          builder.getIndexAttr(1));
    result = arith::SelectOp::create(builder, loc, isOne, cast<Value>(size),
                                     cast<Value>(result))
                 .getResult();
  }
  return result;
}

Value stretch(OpBuilder &builder, Operation *node, Value operand,
              ArrayRef<OpFoldResult> wanted) {
  Location loc = node->getLoc();
  auto type = cast<RankedTensorType>(operand.getType());
  SmallVector<Value> stretched(type.getRank());
  Value isAny;
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    OpFoldResult own = getDim(builder, loc, operand, dim);
    if (!wanted[dim] || !type.isDynamicDim(dim) || isSameSize(own, wanted[dim]))
      continue;
    Value isOther =
        compare(builder, loc, arith::CmpIPredicate::ne, own, wanted[dim]);
    Value isOne = compare(builder, loc, arith::CmpIPredicate::eq, own,
                          builder.getIndexAttr(1));
    Value isEqual =
        compare(builder, loc, arith::CmpIPredicate::eq, own, wanted[dim]);
    emitRuntimeCheck(builder, node,
                     arith::OrIOp::create(builder, loc, isEqual, isOne),
                     "expects inputs whose shapes broadcast");
    stretched[dim] = isOther;
    isAny =
        isAny ? arith::OrIOp::create(builder, loc, isAny, isOther) : isOther;
  }
  if (!isAny)
    return operand;
  auto branch = scf::IfOp::create(builder, loc, TypeRange{type}, isAny,
                                  /*addThenBlock=*/true, /*addElseBlock=*/true);
  OpBuilder then = branch.getThenBodyBuilder();
  scf::YieldOp::create(then, loc,
                       copyStretched(then, loc, operand, wanted, stretched));
  OpBuilder otherwise = branch.getElseBodyBuilder();
  scf::YieldOp::create(otherwise, loc, operand);
  return branch.getResult(0);
}

} // namespace firn
