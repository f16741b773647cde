// A reduction is a linalg.generic over a filled tensor of the kept dimensions,
// of f32 for halves.
#include "backend/jit/lowering/ReductionBuilder.h"

#include "backend/jit/lowering/ElementwiseToLinalg.h"
#include "backend/jit/lowering/GenericBuilder.h"
#include "ir/TFGOps.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include <limits>

using namespace mlir;

namespace firn {

Value makeNeutral(OpBuilder &b, Location loc, Combiner combiner, Type type,
                  bool isUnsigned) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  switch (combiner) {
  case Combiner::Sum:
  case Combiner::Any:
    return makeScalar(b, loc, type, 0);
  case Combiner::Prod:
  case Combiner::All:
    return makeScalar(b, loc, type, 1);
  case Combiner::Max:
  case Combiner::Min:
    break;
  }
  bool isMax = combiner == Combiner::Max;
  if (isa<FloatType>(type))
    return makeScalar(b, loc, type, isMax ? -kInfinity : kInfinity);
  unsigned width = type.getIntOrFloatBitWidth();
  APInt bound = isUnsigned ? (isMax ? APInt::getMinValue(width)
                                    : APInt::getMaxValue(width))
                           : (isMax ? APInt::getSignedMinValue(width)
                                    : APInt::getSignedMaxValue(width));
  return arith::ConstantOp::create(b, loc, b.getIntegerAttr(type, bound));
}

/// One op, so that native code can split the sum.
static Value combine(const ScalarContext &c, Combiner combiner, Value a,
                     Value b) {
  switch (combiner) {
  case Combiner::Sum:
    return emitAdd(c, {a, b});
  case Combiner::Prod:
    return emitMul(c, {a, b});
  case Combiner::All:
    return c.make<arith::AndIOp>(a, b);
  case Combiner::Any:
    return c.make<arith::OrIOp>(a, b);
  case Combiner::Max:
    if (c.isFloat())
      return c.make<arith::MaximumFOp>(a, b);
    return c.isUnsigned() ? c.make<arith::MaxUIOp>(a, b)
                          : c.make<arith::MaxSIOp>(a, b);
  case Combiner::Min:
    if (c.isFloat())
      return c.make<arith::MinimumFOp>(a, b);
    return c.isUnsigned() ? c.make<arith::MinUIOp>(a, b)
                          : c.make<arith::MinSIOp>(a, b);
  }
  llvm_unreachable("all combiners are handled");
}

ReductionNest::ReductionNest(OpBuilder &builder, Location loc, Value input,
                             ArrayRef<bool> reduced) {
  SmallVector<AffineExpr> kept;
  for (auto [dim, isReduced] : llvm::enumerate(reduced)) {
    iterators.push_back(isReduced ? utils::IteratorType::reduction
                                  : utils::IteratorType::parallel);
    if (isReduced)
      continue;
    kept.push_back(builder.getAffineDimExpr(dim));
    keptSizes.push_back(getDim(builder, loc, input, dim));
  }
  maps.push_back(builder.getMultiDimIdentityMap(reduced.size()));
  maps.push_back(AffineMap::get(reduced.size(), 0, kept, builder.getContext()));
}

static Value emitConjugate(const ScalarContext &c, Value x) {
  return c.isComplex() ? c.make<complex::ConjOp>(x) : x;
}

Value buildReduction(OpBuilder &builder, Operation *node, Value input,
                     ArrayRef<bool> reduced, Combiner combiner, bool squares) {
  Location loc = node->getLoc();
  Type tfgType =
      getComputeType(getStorageType(tfg::getElementType(node->getOperand(0))));
  Type type =
      getComputeType(cast<RankedTensorType>(input.getType()).getElementType());
  ReductionNest nest(builder, loc, input, reduced);
  Value init = makeFilled(
      builder, loc, nest.keptSizes,
      makeNeutral(builder, loc, combiner, type, isUnsignedElement(tfgType)));
  return linalg::GenericOp::create(
             builder, loc, TypeRange{init.getType()}, ValueRange{input},
             ValueRange{init}, nest.maps, nest.iterators,
             [&](OpBuilder &b, Location bodyLoc, ValueRange args) {
               ScalarContext c{b, bodyLoc, node, tfgType, tfgType};
               Value x = convertFloat(b, bodyLoc, args[0], type);
               if (squares)
                 x = emitMul(c, {x, emitConjugate(c, x)});
               linalg::YieldOp::create(b, bodyLoc,
                                       combine(c, combiner, x, args[1]));
             })
      .getResult(0);
}

Value restoreUnitDims(OpBuilder &builder, Location loc, Value kept,
                      ArrayRef<bool> reduced) {
  auto type = cast<RankedTensorType>(kept.getType());
  SmallVector<int64_t> shape;
  SmallVector<OpFoldResult> sizes;
  SmallVector<ReassociationIndices> groups(type.getRank());
  int64_t next = 0;
  for (auto [dim, isReduced] : llvm::enumerate(reduced)) {
    if (!groups.empty())
      groups[isReduced ? std::max<int64_t>(next - 1, 0) : next].push_back(dim);
    shape.push_back(isReduced ? 1 : type.getDimSize(next));
    sizes.push_back(isReduced ? OpFoldResult(builder.getIndexAttr(1))
                              : getDim(builder, loc, kept, next));
    next += !isReduced;
  }
  return tensor::ExpandShapeOp::create(builder, loc, type.clone(shape), kept,
                                       groups, sizes);
}

Value countReduced(OpBuilder &builder, Location loc, Value input,
                   ArrayRef<bool> reduced, Type type) {
  Value count = arith::ConstantIndexOp::create(builder, loc, 1);
  int64_t known = 1;
  bool isKnown = true;
  for (auto [dim, isReduced] : llvm::enumerate(reduced)) {
    if (!isReduced)
      continue;
    OpFoldResult size = getDim(builder, loc, input, dim);
    if (auto constant = getConstantIntValue(size)) {
      known *= *constant;
      continue;
    }
    isKnown = false;
    count = arith::MulIOp::create(builder, loc, count, cast<Value>(size));
  }
  auto tensorType = RankedTensorType::get({}, type);
  if (isKnown)
    return arith::ConstantOp::create(
        builder, loc,
        DenseElementsAttr::get(
            tensorType,
            isa<FloatType>(type)
                ? Attribute(builder.getFloatAttr(type, double(known)))
                : Attribute(builder.getIntegerAttr(
                      type, APInt(type.getIntOrFloatBitWidth(), known,
                                  /*isSigned=*/false,
                                  /*implicitTrunc=*/true)))));
  Value factor = arith::ConstantIndexOp::create(builder, loc, known);
  count = arith::MulIOp::create(builder, loc, count, factor);
  Value wide =
      arith::IndexCastOp::create(builder, loc, builder.getI64Type(), count);
  Value scalar = isa<FloatType>(type)
                     ? Value(arith::SIToFPOp::create(builder, loc, type, wide))
                     : convertScalarToDtype(builder, loc, wide, type, false);
  return tensor::FromElementsOp::create(builder, loc, tensorType, scalar);
}

} // namespace firn
