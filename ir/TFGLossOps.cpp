//===- TFGLossOps.cpp - losses and simulated quantisation -----------------===//

#include "ir/TFGLossOps.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = SmallVector<int64_t>;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

LogicalResult
SoftmaxCrossEntropyWithLogitsOp::inferShapes(const ShapeInference &,
                                             Types &results) {
  std::optional<ArrayRef<int64_t>> a = shapeOf(getFeatures());
  std::optional<ArrayRef<int64_t>> b = shapeOf(getLabels());
  Dims shape(2, kDynamic);
  if (a && b) {
    FailureOr<Dims> merged = broadcastShapes(*a, *b);
    if (failed(merged) || merged->size() != 2)
      return emitOpError("expects two matrices that broadcast, but got ")
             << getFeatures().getType() << " and " << getLabels().getType();
    shape = *merged;
  }
  (void)pushResult(results, getLoss(), Dims{shape[0]});
  return pushResult(results, getBackprop(), shape);
}

LogicalResult
SparseSoftmaxCrossEntropyWithLogitsOp::inferShapes(const ShapeInference &,
                                                   Types &results) {
  std::optional<ArrayRef<int64_t>> features = shapeOf(getFeatures());
  std::optional<ArrayRef<int64_t>> labels = shapeOf(getLabels());
  if ((features && features->size() != 2) || (labels && labels->size() != 1))
    return emitOpError("expects a matrix of logits and a vector of labels, but "
                       "got ")
           << getFeatures().getType() << " and " << getLabels().getType();
  Dims shape = features ? Dims(*features) : Dims(2, kDynamic);
  (void)pushResult(results, getLoss(), Dims{shape[0]});
  return pushResult(results, getBackprop(), shape);
}

#define FIRN_SAME_AS_FIRST(Op)                                                 \
  LogicalResult Op::inferShapes(const ShapeInference &, Types &results) {      \
    return pushResult(results, getOutput(), shapeOf(getInputs()));             \
  }

FIRN_SAME_AS_FIRST(FakeQuantWithMinMaxArgsOp)
FIRN_SAME_AS_FIRST(FakeQuantWithMinMaxVarsOp)
FIRN_SAME_AS_FIRST(FakeQuantWithMinMaxVarsPerChannelOp)

#define GET_OP_CLASSES
#include "ir/TFGLossOps.cpp.inc"
