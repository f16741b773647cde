//===- FoldBatchNorm.cpp - batch norms vanish into the weights ------------===//
//
// In inference a batch norm is y = (x - mean) * s + offset with the constant
// s = scale / sqrt(variance + epsilon), one number a channel; written out by
// hand, it folds to Mul and Add of constants. After a linear op x = f(a, w) + b
// either is one again:
//
//   (f(a, w) + b) * s + t    ==>    f(a, w * s) + (b * s + t)
//
// w * s scales the slices of the filter that make an output channel. Computed
// in double, rounded once. What remains takes the name of the batch norm or the
// Mul. Nothing happens if another node sees the linear op's result or the
// filter is no f32 constant.
//
//===----------------------------------------------------------------------===//

#include "passes/ConstantValues.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"

#include <cmath>

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_FOLDBATCHNORMPASS
#include "passes/Passes.h.inc"

namespace {

using Vector = SmallVector<double>;

struct FoldBatchNormPass : impl::FoldBatchNormPassBase<FoldBatchNormPass> {
  void runOnOperation() override;

private:
  void runOnBody(Block &body);
};

/// A convolution or matrix product and the bias after it, if there is one.
struct LinearOp {
  Operation *op;
  Operation *biasAdd = nullptr;
  unsigned filterOperand = 1;
  /// Filter elements of one channel that lie together; channels follow.
  int64_t inner = 1, channels;
  bool channelsFirst = false;
  Vector bias; // empty: none
};

/// y = x * factors + addends, by channel.
struct Affine {
  Vector factors, addends;
};

bool isChannelsFirst(Operation *op) {
  auto attr = op->getAttrOfType<StringAttr>("data_format");
  return attr && attr.getValue() == "NCHW";
}

bool hasFlag(Operation *op, StringRef name) {
  auto attr = op->getAttrOfType<BoolAttr>(name);
  return attr && attr.getValue();
}

/// The values of an f32 constant of `count` elements; nullopt if it is none.
std::optional<Vector> readVector(Value value, int64_t count) {
  ElementsAttr attr = getConstantValue(value);
  if (!attr || attr.getNumElements() != count)
    return std::nullopt;
  std::optional<std::vector<float>> values = readFloats(attr);
  if (!values)
    return std::nullopt;
  return Vector(values->begin(), values->end());
}

/// A constant that is broadcast along all dimensions but the channels.
std::optional<Vector> readChannels(Value value, const LinearOp &linear) {
  ElementsAttr attr = getConstantValue(value);
  if (!attr)
    return std::nullopt;
  ArrayRef<int64_t> shape = attr.getShapedType().getShape();
  int64_t count = attr.getNumElements(), rank = shape.size();
  if (rank >
      cast<ShapedType>(linear.op->getOperand(linear.filterOperand).getType())
          .getRank())
    return std::nullopt;
  if (count == 1) {
    std::optional<Vector> one = readVector(value, 1);
    return one ? std::optional(Vector(linear.channels, one->front()))
               : std::nullopt;
  }
  int64_t channelDim = rank - (linear.channelsFirst ? 3 : 1);
  if (count != linear.channels || channelDim < 0 || shape[channelDim] != count)
    return std::nullopt;
  return readVector(value, count);
}

ElementsAttr makeRounded(RankedTensorType type, ArrayRef<double> values) {
  return makeFloats(type, std::vector<float>(values.begin(), values.end()));
}

/// Where the output channels lie in the filter.
std::optional<LinearOp> matchLinearNode(Operation *op) {
  StringRef name = getTFOpName(op);
  if (name != "Conv2D" && name != "DepthwiseConv2dNative" &&
      name != "Conv2DBackpropInput" && name != "MatMul")
    return std::nullopt;
  LinearOp linear;
  linear.op = op;
  linear.channelsFirst = isChannelsFirst(op);
  auto filter = dyn_cast<RankedTensorType>(op->getOperand(1).getType());
  if (!filter || !filter.hasStaticShape() || filter.getNumElements() == 0 ||
      filter.getRank() != (name == "MatMul" ? 2 : 4) ||
      !getControlOperands(op).empty())
    return std::nullopt;
  if (name == "MatMul") { // [in, out], or [out, in]
    bool transposed = hasFlag(op, "transpose_b");
    linear.channels = filter.getDimSize(transposed ? 0 : 1);
    linear.inner = transposed ? filter.getDimSize(1) : 1;
  } else if (name == "Conv2D") { // [height, width, in, out]
    linear.channels = filter.getDimSize(3);
  } else if (name == "DepthwiseConv2dNative") { // […, in, multiplier]
    linear.channels = filter.getDimSize(2) * filter.getDimSize(3);
  } else { // [height, width, out, in]
    linear.channels = filter.getDimSize(2);
    linear.inner = filter.getDimSize(3);
  }
  return linear;
}

/// The node that makes `value`, if nobody else sees it.
Operation *getOnlyProducer(Value value) {
  Operation *op = value.getDefiningOp();
  return op && value.hasOneUse() && isa<NodeOpInterface>(op) ? op : nullptr;
}

/// The operand of a bias: a BiasAdd's, or the constant of an addition. -1:
/// none.
int findBiasOperand(Operation *op) {
  StringRef name = getTFOpName(op);
  if (!getControlOperands(op).empty())
    return -1;
  if (name == "BiasAdd")
    return 1;
  if (name == "Sub")
    return getConstantValue(op->getOperand(1)) ? 1 : -1;
  if (name != "Add" && name != "AddV2")
    return -1;
  return getConstantValue(op->getOperand(1))   ? 1
         : getConstantValue(op->getOperand(0)) ? 0
                                               : -1;
}

/// The linear op that makes `value`, and nobody else sees. A BatchToSpaceND
/// moves pixels, and no channels.
std::optional<LinearOp> matchLinear(Value value) {
  Operation *op = getOnlyProducer(value);
  if (op && getTFOpName(op) == "BatchToSpaceND")
    op = getOnlyProducer(op->getOperand(0));
  if (!op)
    return std::nullopt;
  int biasOperand = findBiasOperand(op);
  Operation *biasAdd = biasOperand >= 0 ? op : nullptr;
  if (biasAdd)
    op = getOnlyProducer(biasAdd->getOperand(1 - biasOperand));
  std::optional<LinearOp> linear =
      op ? matchLinearNode(op) : std::optional<LinearOp>();
  if (!linear || !biasAdd)
    return linear;
  bool isBiasAdd = getTFOpName(biasAdd) == "BiasAdd";
  if (isBiasAdd && isChannelsFirst(biasAdd) != linear->channelsFirst)
    return std::nullopt;
  Value constant = biasAdd->getOperand(biasOperand);
  std::optional<Vector> bias = isBiasAdd
                                   ? readVector(constant, linear->channels)
                                   : readChannels(constant, *linear);
  if (!bias)
    return std::nullopt;
  if (getTFOpName(biasAdd) == "Sub")
    for (double &element : *bias)
      element = -element;
  linear->biasAdd = biasAdd;
  linear->bias = *bias;
  return linear;
}

bool isInferenceBatchNorm(Operation *op) {
  StringRef name = getTFOpName(op);
  if (!getControlOperands(op).empty())
    return false;
  if (name == "BatchNormWithGlobalNormalization")
    return true;
  if (name != "FusedBatchNorm" && name != "FusedBatchNormV2" &&
      name != "FusedBatchNormV3")
    return false;
  // Training is the default.
  auto isTraining = op->getAttrOfType<BoolAttr>("is_training");
  return isTraining && !isTraining.getValue() &&
         llvm::all_of(op->getResults().drop_front(),
                      [](Value result) { return result.use_empty(); });
}

/// What a batch norm with constant parameters computes.
std::optional<Affine> readBatchNorm(Operation *op, const LinearOp &linear) {
  bool isOld = getTFOpName(op) == "BatchNormWithGlobalNormalization";
  if (!isOld && isChannelsFirst(op) != linear.channelsFirst)
    return std::nullopt;
  std::optional<Vector> parameters[4];
  for (unsigned i = 0; i < 4; ++i) {
    parameters[i] = readVector(op->getOperand(i + 1), linear.channels);
    if (!parameters[i])
      return std::nullopt;
  }
  // The old op has mean, variance, offset, scale; the others scale, offset,
  // mean, variance.
  const Vector &scale = *parameters[isOld ? 3 : 0];
  const Vector &offset = *parameters[isOld ? 2 : 1];
  const Vector &mean = *parameters[isOld ? 0 : 2];
  const Vector &variance = *parameters[isOld ? 1 : 3];
  bool isScaled = !isOld || hasFlag(op, "scale_after_normalization");
  auto epsilonAttr =
      op->getAttrOfType<FloatAttr>(isOld ? "variance_epsilon" : "epsilon");
  double epsilon = epsilonAttr ? epsilonAttr.getValueAsDouble() : 1e-4;
  Affine affine;
  for (int64_t c = 0; c < linear.channels; ++c) {
    double factor =
        (isScaled ? scale[c] : 1.0) / std::sqrt(variance[c] + epsilon);
    affine.factors.push_back(factor);
    affine.addends.push_back(offset[c] - mean[c] * factor);
  }
  return affine;
}

/// The operand that a Mul or RealDiv scales by a constant; -1: none.
int findScaledOperand(Operation *op) {
  StringRef name = getTFOpName(op);
  if ((name != "Mul" && name != "RealDiv") || !getControlOperands(op).empty())
    return -1;
  if (getConstantValue(op->getOperand(1)))
    return 0;
  return name == "Mul" && getConstantValue(op->getOperand(0)) ? 1 : -1;
}

std::optional<Affine> readScale(Operation *op, int scaled,
                                const LinearOp &linear) {
  std::optional<Vector> factors =
      readChannels(op->getOperand(1 - scaled), linear);
  if (!factors)
    return std::nullopt;
  if (getTFOpName(op) == "RealDiv")
    for (double &factor : *factors)
      factor = 1.0 / factor;
  return Affine{*factors, Vector(linear.channels, 0.0)};
}

/// The filter, scaled.
bool scaleFilter(const LinearOp &linear, const Affine &affine,
                 NodeNames &names) {
  Value filter = linear.op->getOperand(linear.filterOperand);
  auto type = cast<RankedTensorType>(filter.getType());
  std::optional<Vector> weights = readVector(filter, type.getNumElements());
  if (!weights)
    return false;
  for (auto [i, weight] : llvm::enumerate(*weights))
    weight *= affine.factors[i / linear.inner % linear.channels];
  OpBuilder builder(linear.op);
  std::string name = (getNodeName(linear.op->getLoc()) + "_weights").str();
  Value scaled = ConstOp::create(builder, names.makeLoc(name),
                                 cast<TypedAttr>(makeRounded(type, *weights)));
  linear.op->setOperand(linear.filterOperand, scaled);
  return true;
}

/// A BiasAdd of `value` with the name of `op`.
Value addBias(Operation *op, Value value, const LinearOp &linear,
              const Affine &affine, NodeNames &names) {
  Vector bias(affine.addends);
  for (auto [c, before] : llvm::enumerate(linear.bias))
    bias[c] += before * affine.factors[c];
  OpBuilder builder(op);
  auto type = RankedTensorType::get({linear.channels}, builder.getF32Type());
  std::string name = (getNodeName(linear.op->getLoc()) + "_bn_offset").str();
  Value constant = ConstOp::create(builder, names.makeLoc(name),
                                   cast<TypedAttr>(makeRounded(type, bias)));
  SmallVector<NamedAttribute> attrs;
  if (linear.channelsFirst)
    attrs.push_back(
        builder.getNamedAttr("data_format", builder.getStringAttr("NCHW")));
  return createNode(builder, op->getLoc(), "BiasAdd", {value, constant},
                    op->getResult(0).getType(), attrs)
      ->getResult(0);
}

/// Folds one batch norm, or one scaling.
bool fold(Operation *op, NodeNames &names) {
  bool isBatchNorm = isInferenceBatchNorm(op);
  int scaled = isBatchNorm ? 0 : findScaledOperand(op);
  if (scaled < 0)
    return false;
  std::optional<LinearOp> linear = matchLinear(op->getOperand(scaled));
  if (!linear)
    return false;
  std::optional<Affine> affine =
      isBatchNorm ? readBatchNorm(op, *linear) : readScale(op, scaled, *linear);
  if (!affine || !scaleFilter(*linear, *affine, names))
    return false;
  if (Operation *biasAdd = linear->biasAdd) {
    biasAdd->getResult(0).replaceAllUsesWith(linear->op->getResult(0));
    biasAdd->erase();
  }
  Value value = op->getOperand(scaled);
  if (isBatchNorm || linear->biasAdd)
    value = addBias(op, value, *linear, *affine, names);
  else
    value.getDefiningOp()->setLoc(op->getLoc());
  op->getResult(0).replaceAllUsesWith(value);
  op->erase();
  return true;
}

//===----------------------------------------------------------------------===//
// Through a concatenation
//===----------------------------------------------------------------------===//

/// The inputs of the concatenation of channels that a batch norm follows, if
/// each comes from a linear op that the batch norm would fold into.
std::optional<SmallVector<LinearOp>> matchConcat(Operation *concat,
                                                 OperandRange inputs,
                                                 Value axisValue,
                                                 bool channelsFirst) {
  std::optional<SmallVector<int64_t>> axis = readIntegers(axisValue);
  if (!axis || axis->size() != 1 || !getControlOperands(concat).empty() ||
      !llvm::is_contained(channelsFirst ? ArrayRef<int64_t>{1, -3}
                                        : ArrayRef<int64_t>{3, -1},
                          axis->front()))
    return std::nullopt;
  SmallVector<LinearOp> linears;
  for (Value input : inputs) {
    std::optional<LinearOp> linear = matchLinear(input);
    if (!linear || linear->channelsFirst != channelsFirst ||
        !readFloats(linear->op->getOperand(linear->filterOperand)))
      return std::nullopt;
    linears.push_back(*linear);
  }
  return linears;
}

/// Puts a batch norm of a concatenation of channels in front of it, one for
/// each input, with its part of the parameters.
bool splitOverConcat(Operation *op, NodeNames &names) {
  Operation *concat = getOnlyProducer(op->getOperand(0));
  StringRef name = concat ? getTFOpName(concat) : "";
  if (name != "Concat" && name != "ConcatV2")
    return false;
  size_t count = getDataOperands(concat).size() - 1, first = name == "Concat";
  OperandRange inputs = concat->getOperands().slice(first, count);
  std::optional<SmallVector<LinearOp>> linears =
      matchConcat(concat, inputs, concat->getOperand(first ? 0 : count),
                  isChannelsFirst(op));
  if (!linears)
    return false;
  int64_t channels = 0;
  for (const LinearOp &linear : *linears)
    channels += linear.channels;
  Vector parameters[4];
  for (unsigned i = 0; i < 4; ++i) {
    std::optional<Vector> values = readVector(op->getOperand(i + 1), channels);
    if (!values)
      return false;
    parameters[i] = *values;
  }
  OpBuilder builder(op);
  std::string prefix = getNodeName(op->getLoc()).str();
  int64_t begin = 0;
  for (auto [index, linear] : llvm::enumerate(*linears)) {
    auto type = RankedTensorType::get({linear.channels}, builder.getF32Type());
    Value input = concat->getOperand(first + index);
    Operation *part = builder.clone(*op);
    part->setLoc(names.makeLoc(prefix + "_" + std::to_string(index)));
    part->setOperand(0, input);
    for (unsigned i = 0; i < 4; ++i)
      part->setOperand(
          i + 1,
          ConstOp::create(
              builder, names.makeLoc(prefix + "_parameter"),
              cast<TypedAttr>(makeRounded(
                  type,
                  ArrayRef(parameters[i]).slice(begin, linear.channels)))));
    part->getResult(0).setType(input.getType());
    for (Value statistic : llvm::drop_begin(part->getResults()))
      statistic.setType(UnrankedTensorType::get(getElementType(statistic)));
    concat->setOperand(first + index, part->getResult(0));
    begin += linear.channels;
  }
  op->getResult(0).replaceAllUsesWith(concat->getResult(0));
  concat->moveBefore(op);
  concat->setLoc(op->getLoc());
  op->erase();
  return true;
}

} // namespace

void FoldBatchNormPass::runOnBody(Block &body) {
  SmallVector<Operation *> batchNorms;
  for (Operation &op : body)
    if (isInferenceBatchNorm(&op))
      batchNorms.push_back(&op);
  if (!batchNorms.empty()) {
    NodeNames names(body);
    for (Operation *op : batchNorms)
      (void)splitOverConcat(op, names);
  }
  // In an order in which what feeds a scaling was folded before it.
  SmallVector<Operation *> candidates;
  for (Operation *op : sortTopologically(body))
    if (isInferenceBatchNorm(op) || findScaledOperand(op) >= 0)
      candidates.push_back(op);
  if (candidates.empty())
    return;
  NodeNames names(body);
  for (Operation *op : candidates)
    numFolded += fold(op, names);
}

void FoldBatchNormPass::runOnOperation() {
  for (auto graph : getOperation().getOps<GraphOp>())
    runOnBody(*graph.getBodyBlock());
  for (auto func : getOperation().getOps<FuncOp>())
    runOnBody(*func.getBodyBlock());
}

} // namespace firn::tfg
