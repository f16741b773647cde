//===- MatmulToLinalg.cpp - matrix products and biases
//---------------------===//
//
// Every product is one contraction: a linalg.generic whose indexing maps say
// what is transposed, broadcast and summed over. Native code reads any strides
// and packs constants, so nothing is transposed beforehand.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/Broadcast.h"
#include "backend/jit/lowering/ElementwiseToLinalg.h"
#include "backend/jit/lowering/GenericBuilder.h"
#include "backend/jit/lowering/Patterns.h"
#include "ir/TFGOps.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace firn {
namespace {

/// Inputs of a contraction: loops come as those of the output, in order, then
/// those that are summed over.
struct Contraction {
  SmallVector<Value> inputs;
  SmallVector<AffineMap> maps;
  SmallVector<bool> conjugate;
  unsigned numLoops = 0;
  SmallVector<OpFoldResult> sizes; // of the output
};

/// An integer of another width, or a float in another type.
Value widen(const ScalarContext &c, Value value, Type type) {
  if (value.getType() == type)
    return value;
  if (isa<FloatType>(type))
    return convertFloat(c.builder, c.loc, value, type);
  if (c.isUnsigned())
    return c.make<arith::ExtUIOp>(type, value);
  return c.make<arith::ExtSIOp>(type, value);
}

/// Inputs that are read by one loop have one size there. Where shape inference
/// could not say so, the running program does.
void checkSizes(OpBuilder &builder, Operation *node,
                const Contraction &contraction) {
  Location loc = node->getLoc();
  SmallVector<std::optional<OpFoldResult>> sizes(contraction.numLoops);
  for (auto [input, map] : llvm::zip(contraction.inputs, contraction.maps))
    for (auto [dim, expr] : llvm::enumerate(map.getResults())) {
      auto loop = dyn_cast<AffineDimExpr>(expr);
      if (!loop)
        continue;
      OpFoldResult own = getDim(builder, loc, input, dim);
      std::optional<OpFoldResult> &size = sizes[loop.getPosition()];
      if (!size) {
        size = own;
        continue;
      }
      if (getConstantIntValue(*size) && getConstantIntValue(own))
        continue;
      Value equal = arith::CmpIOp::create(
          builder, loc, arith::CmpIPredicate::eq,
          getValueOrCreateConstantIndexOp(builder, loc, *size),
          getValueOrCreateConstantIndexOp(builder, loc, own));
      emitRuntimeCheck(builder, node, equal,
                       "expects inputs whose sizes agree");
    }
}

Value buildContraction(OpBuilder &builder, Operation *node,
                       const Contraction &contraction, RankedTensorType type) {
  Location loc = node->getLoc();
  checkSizes(builder, node, contraction);
  Type accumulator = getComputeType(type.getElementType());
  Value init = makeFilled(builder, loc, contraction.sizes,
                          makeScalar(builder, loc, accumulator, 0));
  SmallVector<AffineMap> maps(contraction.maps);
  SmallVector<AffineExpr> kept;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    kept.push_back(builder.getAffineDimExpr(dim));
  maps.push_back(
      AffineMap::get(contraction.numLoops, 0, kept, builder.getContext()));
  SmallVector<utils::IteratorType> iterators(contraction.numLoops,
                                             utils::IteratorType::reduction);
  std::fill_n(iterators.begin(), type.getRank(), utils::IteratorType::parallel);
  Type tfgType = getStorageType(tfg::getElementType(node->getOperand(0)));
  auto body = [&](OpBuilder &b, Location bodyLoc, ValueRange args) {
    ScalarContext input{b, bodyLoc, node, tfgType, accumulator};
    ScalarContext c{b, bodyLoc, node, accumulator, accumulator};
    Value product;
    for (auto [i, arg] : llvm::enumerate(args.drop_back())) {
      Value factor = widen(input, arg, accumulator);
      if (contraction.conjugate[i] && c.isComplex())
        factor = c.make<complex::ConjOp>(factor);
      product = product ? emitMul(c, {product, factor}) : factor;
    }
    linalg::YieldOp::create(b, bodyLoc, emitAdd(c, {args.back(), product}));
  };
  Value sum = linalg::GenericOp::create(builder, loc, TypeRange{init.getType()},
                                        contraction.inputs, ValueRange{init},
                                        maps, iterators, body)
                  .getResult(0);
  if (accumulator == type.getElementType())
    return sum;
  return buildElementwise(
      builder, node, type, sum, [&](OpBuilder &b, Location l, ValueRange args) {
        return convertFloat(b, l, args[0], type.getElementType());
      });
}

/// The sizes of the batch dimensions of `type`; what the run has to broadcast
/// of `x` and `y` is.
SmallVector<OpFoldResult> broadcastBatches(OpBuilder &builder, Operation *node,
                                           RankedTensorType type, Value &x,
                                           Value &y) {
  Location loc = node->getLoc();
  auto batchesOf = [](Value operand) {
    return cast<RankedTensorType>(operand.getType()).getRank() - 2;
  };
  int64_t numBatches = type.getRank() - 2;
  SmallVector<OpFoldResult> sizes;
  for (int64_t loop = 0; loop < numBatches; ++loop) {
    SmallVector<OpFoldResult> own;
    for (Value operand : {x, y})
      if (int64_t dim = loop - (numBatches - batchesOf(operand)); dim >= 0)
        own.push_back(getDim(builder, loc, operand, dim));
    sizes.push_back(type.isDynamicDim(loop)
                        ? broadcastSize(builder, loc, own)
                        : builder.getIndexAttr(type.getDimSize(loop)));
  }
  for (Value *operand : {&x, &y}) {
    auto wanted =
        llvm::to_vector(ArrayRef(sizes).take_back(batchesOf(*operand)));
    wanted.append(2, OpFoldResult());
    *operand = stretch(builder, node, *operand, wanted);
  }
  return sizes;
}

/// The product of the last two dimensions of `x` and `y`, batches broadcast.
/// What is read transposed is also conjugated if `conjugates`.
LogicalResult lowerProduct(Operation *node, Value x, Value y, bool adjX,
                           bool adjY, bool conjugates,
                           const TypeConverter &converter,
                           ConversionPatternRewriter &rewriter) {
  auto type = dyn_cast_or_null<RankedTensorType>(
      converter.convertType(node->getResult(0).getType()));
  auto xType = dyn_cast<RankedTensorType>(x.getType());
  auto yType = dyn_cast<RankedTensorType>(y.getType());
  if (!type || !xType || !yType || type.getRank() < 2)
    return failure();
  if (getElementKind(type.getElementType()) == kBool ||
      xType.getElementType() != yType.getElementType())
    return node->emitError("it does not take elements of type ")
           << xType.getElementType() << " and " << yType.getElementType();
  Location loc = node->getLoc();
  int64_t rank = type.getRank();
  Contraction contraction;
  contraction.numLoops = rank + 1;
  contraction.sizes = broadcastBatches(rewriter, node, type, x, y);
  contraction.inputs = {x, y};
  contraction.conjugate = {adjX && conjugates, adjY && conjugates};
  auto addMap = [&](RankedTensorType operand, int64_t row, int64_t column) {
    SmallVector<AffineExpr> exprs;
    int64_t numBatch = operand.getRank() - 2;
    for (int64_t i = 0; i < numBatch; ++i) {
      int64_t loop = rank - 2 - numBatch + i;
      bool isBroadcast =
          operand.getDimSize(i) == 1 && type.getDimSize(loop) != 1;
      exprs.push_back(isBroadcast ? rewriter.getAffineConstantExpr(0)
                                  : rewriter.getAffineDimExpr(loop));
    }
    exprs.push_back(rewriter.getAffineDimExpr(row));
    exprs.push_back(rewriter.getAffineDimExpr(column));
    contraction.maps.push_back(
        AffineMap::get(rank + 1, 0, exprs, rewriter.getContext()));
  };
  int64_t m = rank - 2, n = rank - 1, k = rank;
  addMap(xType, adjX ? k : m, adjX ? m : k);
  addMap(yType, adjY ? n : k, adjY ? k : n);
  contraction.sizes.push_back(
      getDim(rewriter, loc, x, xType.getRank() - (adjX ? 1 : 2)));
  contraction.sizes.push_back(
      getDim(rewriter, loc, y, yType.getRank() - (adjY ? 2 : 1)));
  rewriter.replaceOp(node, buildContraction(rewriter, node, contraction, type));
  return success();
}

struct MatMulToLinalg : OpConversionPattern<tfg::MatMulOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tfg::MatMulOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    return lowerProduct(op, adaptor.getA(), adaptor.getB(), op.getTransposeA(),
                        op.getTransposeB(), /*conjugates=*/false,
                        *getTypeConverter(), rewriter);
  }
};

template <typename OpT> struct BatchMatMulToLinalg : OpConversionPattern<OpT> {
  using OpConversionPattern<OpT>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpT op, typename OpT::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    return lowerProduct(op, adaptor.getX(), adaptor.getY(), op.getAdjX(),
                        op.getAdjY(), /*conjugates=*/true,
                        *this->getTypeConverter(), rewriter);
  }
};

/// What the run has to broadcast of the operands is, along labels of `...`.
void broadcastLabels(OpBuilder &builder, Operation *node,
                     const tfg::EinsumEquation &equation,
                     ArrayRef<int64_t> labelSizes,
                     MutableArrayRef<Value> operands) {
  Location loc = node->getLoc();
  SmallVector<OpFoldResult> sizes(equation.numLabels);
  for (unsigned label = 0; label < equation.numLabels; ++label) {
    if (!equation.isBroadcast[label])
      continue;
    if (!ShapedType::isDynamic(labelSizes[label])) {
      sizes[label] = builder.getIndexAttr(labelSizes[label]);
      continue;
    }
    SmallVector<OpFoldResult> own;
    for (auto [labels, operand] : llvm::zip(equation.inputs, operands))
      for (auto [dim, other] : llvm::enumerate(labels))
        if (other == label)
          own.push_back(getDim(builder, loc, operand, dim));
    sizes[label] = broadcastSize(builder, loc, own);
  }
  for (auto [labels, operand] : llvm::zip(equation.inputs, operands)) {
    auto wanted = llvm::map_to_vector(
        labels, [&](unsigned label) { return sizes[label]; });
    operand = stretch(builder, node, operand, wanted);
  }
}

struct EinsumToLinalg : OpConversionPattern<tfg::EinsumOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tfg::EinsumOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = dyn_cast_or_null<RankedTensorType>(
        getTypeConverter()->convertType(op.getType()));
    if (!type || type.getElementType().isInteger(1))
      return failure();
    SmallVector<ArrayRef<int64_t>> shapes;
    SmallVector<int64_t> ranks;
    for (Value operand : adaptor.getOperands()) {
      shapes.push_back(cast<RankedTensorType>(operand.getType()).getShape());
      ranks.push_back(shapes.back().size());
    }
    auto equation = tfg::parseEinsum(op, op.getEquation(), ranks);
    if (failed(equation))
      return failure();
    auto labelSizes = tfg::getLabelSizes(op, *equation, shapes);
    if (failed(labelSizes))
      return failure();
    Contraction contraction;
    contraction.numLoops = equation->numLabels;
    contraction.sizes.resize(equation->numOutputLabels);
    SmallVector<Value> operands(adaptor.getOperands());
    broadcastLabels(rewriter, op, *equation, *labelSizes, operands);
    for (auto [labels, operand] : llvm::zip(equation->inputs, operands)) {
      auto shape = cast<RankedTensorType>(operand.getType()).getShape();
      SmallVector<AffineExpr> exprs;
      for (auto [dim, label] : llvm::enumerate(labels)) {
        bool isOne = shape[dim] == 1 && (*labelSizes)[label] != 1;
        exprs.push_back(isOne ? rewriter.getAffineConstantExpr(0)
                              : rewriter.getAffineDimExpr(label));
        if (label < equation->numOutputLabels && !isOne &&
            !contraction.sizes[label])
          contraction.sizes[label] =
              getDim(rewriter, op.getLoc(), operand, dim);
      }
      contraction.inputs.push_back(operand);
      contraction.conjugate.push_back(false);
      contraction.maps.push_back(
          AffineMap::get(equation->numLabels, 0, exprs, rewriter.getContext()));
    }
    rewriter.replaceOp(op, buildContraction(rewriter, op, contraction, type));
    return success();
  }
};

/// Adds the vector along `dim`.
LogicalResult lowerBiasAdd(Operation *node, Value value, Value bias,
                           bool isChannelFirst, const TypeConverter &converter,
                           ConversionPatternRewriter &rewriter) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type)
    return failure();
  // As a shape that broadcasts: [C, 1, …].
  int64_t numAfter = isChannelFirst ? type.getRank() - 2 : 0;
  if (numAfter > 0) {
    auto biasType = cast<RankedTensorType>(bias.getType());
    SmallVector<int64_t> shape(numAfter + 1, 1);
    shape.front() = biasType.getDimSize(0);
    SmallVector<OpFoldResult> sizes(numAfter + 1, rewriter.getIndexAttr(1));
    sizes.front() = getDim(rewriter, node->getLoc(), bias, 0);
    ReassociationIndices all =
        llvm::to_vector(llvm::seq<int64_t>(0, numAfter + 1));
    bias = tensor::ExpandShapeOp::create(
        rewriter, node->getLoc(), biasType.clone(shape), bias,
        ArrayRef<ReassociationIndices>(all), sizes);
  }
  return lowerElementwise(node, {value, bias}, converter, rewriter, emitAdd,
                          kNumber, SizeRule::Equal);
}

struct BiasAddToLinalg : OpConversionPattern<tfg::BiasAddOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tfg::BiasAddOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    return lowerBiasAdd(op, adaptor.getValue(), adaptor.getBias(),
                        op.getDataFormat() == "NCHW", *getTypeConverter(),
                        rewriter);
  }
};

struct BiasAddV1ToLinalg : OpConversionPattern<tfg::BiasAddV1Op> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(tfg::BiasAddV1Op op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    return lowerBiasAdd(op, adaptor.getValue(), adaptor.getBias(),
                        /*isChannelFirst=*/false, *getTypeConverter(),
                        rewriter);
  }
};

} // namespace

void populateMatmulToLinalgPatterns(const TypeConverter &converter,
                                    RewritePatternSet &patterns) {
  patterns.add<MatMulToLinalg, BatchMatMulToLinalg<tfg::BatchMatMulOp>,
               BatchMatMulToLinalg<tfg::BatchMatMulV2Op>,
               BatchMatMulToLinalg<tfg::BatchMatMulV3Op>, EinsumToLinalg,
               BiasAddToLinalg, BiasAddV1ToLinalg>(converter,
                                                   patterns.getContext());
}

} // namespace firn
