//===- TFGRandomOps.cpp - shapes of random numbers ------------------------===//

#include "ir/TFGRandomOps.h"
#include "ir/OpShapes.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = OpShapes::Dims;
using OptionalDims = OpShapes::OptionalDims;

/// The first operand says the shape.
static LogicalResult inferFromShape(Operation *op, OpShapes shapes) {
  FailureOr<OptionalDims> shape =
      shapes.shapeFrom("a shape", op->getOperand(0));
  if (failed(shape))
    return failure();
  return shapes.output(*shape);
}

static LogicalResult inferMultinomial(OpShapes shapes, Value logits,
                                      Value samples) {
  FailureOr<int64_t> count = shapes.size("num_samples", samples);
  if (failed(count) || failed(shapes.rank("logits", logits, 2)))
    return failure();
  return shapes.output(Dims{shapes.dim(logits, 0), *count});
}

LogicalResult MultinomialOp::inferShapes(const ShapeInference &context,
                                         Types &results) {
  return inferMultinomial({*this, context, results}, getLogits(),
                          getNumSamples());
}

LogicalResult StatelessMultinomialOp::inferShapes(const ShapeInference &context,
                                                  Types &results) {
  return inferMultinomial({*this, context, results}, getLogits(),
                          getNumSamples());
}

LogicalResult RandomGammaOp::inferShapes(const ShapeInference &context,
                                         Types &results) {
  OpShapes shapes(*this, context, results);
  FailureOr<OptionalDims> shape = shapes.shapeFrom("a shape", getShape());
  auto alpha = shapeOf(getAlpha());
  if (failed(shape))
    return failure();
  if (!*shape || !alpha)
    return shapes.output(OptionalDims());
  llvm::append_range(**shape, *alpha);
  return shapes.output(**shape);
}

LogicalResult
StatelessRandomGammaV2Op::inferShapes(const ShapeInference &context,
                                      Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

LogicalResult
StatelessRandomGammaV3Op::inferShapes(const ShapeInference &context,
                                      Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

LogicalResult RandomShuffleOp::inferShapes(const ShapeInference &,
                                           Types &results) {
  return inferSameAsFirst(*this, results);
}

LogicalResult
StatelessRandomGetKeyCounterOp::inferShapes(const ShapeInference &context,
                                            Types &results) {
  OpShapes shapes(*this, context, results);
  (void)shapes.output(Dims{1});
  return shapes.output(Dims{2});
}

LogicalResult
StatelessRandomGetAlgOp::inferShapes(const ShapeInference &context,
                                     Types &results) {
  return OpShapes(*this, context, results).output(Dims{});
}

LogicalResult
StatelessRandomGetKeyCounterAlgOp::inferShapes(const ShapeInference &context,
                                               Types &results) {
  OpShapes shapes(*this, context, results);
  (void)shapes.output(Dims{1});
  (void)shapes.output(Dims{2});
  return shapes.output(Dims{});
}

LogicalResult RandomUniformOp::inferShapes(const ShapeInference &context,
                                           Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

LogicalResult RandomStandardNormalOp::inferShapes(const ShapeInference &context,
                                                  Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

LogicalResult TruncatedNormalOp::inferShapes(const ShapeInference &context,
                                             Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

LogicalResult RandomUniformIntOp::inferShapes(const ShapeInference &context,
                                              Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

LogicalResult
StatelessRandomUniformOp::inferShapes(const ShapeInference &context,
                                      Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

LogicalResult
StatelessRandomNormalOp::inferShapes(const ShapeInference &context,
                                     Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

LogicalResult
StatelessTruncatedNormalOp::inferShapes(const ShapeInference &context,
                                        Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

LogicalResult
StatelessRandomUniformIntOp::inferShapes(const ShapeInference &context,
                                         Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

LogicalResult
StatelessRandomUniformFullIntOp::inferShapes(const ShapeInference &context,
                                             Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

LogicalResult
StatelessRandomUniformV2Op::inferShapes(const ShapeInference &context,
                                        Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

LogicalResult
StatelessRandomNormalV2Op::inferShapes(const ShapeInference &context,
                                       Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

LogicalResult
StatelessTruncatedNormalV2Op::inferShapes(const ShapeInference &context,
                                          Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

LogicalResult
StatelessRandomUniformIntV2Op::inferShapes(const ShapeInference &context,
                                           Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

LogicalResult
StatelessRandomUniformFullIntV2Op::inferShapes(const ShapeInference &context,
                                               Types &results) {
  return inferFromShape(*this, {*this, context, results});
}

#define GET_OP_CLASSES
#include "ir/TFGRandomOps.cpp.inc"
