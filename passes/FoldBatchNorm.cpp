//===- FoldBatchNorm.cpp - batch norms vanish into the weights ------------===//
//
// In inference a batch norm is y = (x - mean) * s + offset with the constant
// s = scale / sqrt(variance + epsilon), one number a channel. After a linear op
// x = conv(a, w) + b it is one again:
//
//   conv(a, w) + b -> batch norm    ==>    conv(a, w * s) + (offset + (b -
//   mean) * s)
//
// w * s scales the slices of the filter that make an output channel. Computed
// in double, rounded once. The BiasAdd takes the name of the batch norm.
// Nothing happens if another node sees the convolution's result or the filter
// is no f32 constant.
//
//===----------------------------------------------------------------------===//

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

/// A convolution and the bias after it, if there is one.
struct LinearOp {
  Operation *conv;
  Operation *biasAdd = nullptr;
  unsigned filterOperand;
  /// Filter elements of one channel that lie together; channels follow.
  int64_t inner = 1, channels;
  Vector bias; // empty: none
};

StringRef getDataFormat(Operation *op) {
  auto attr = op->getAttrOfType<StringAttr>("data_format");
  return attr ? attr.getValue() : StringRef("NHWC");
}

/// The constant f32 tensor that an operand is.
ElementsAttr getFloats(Value value) {
  auto constant = value.getDefiningOp<ConstOp>();
  auto attr =
      constant ? dyn_cast<ElementsAttr>(constant.getValue()) : ElementsAttr();
  return attr && attr.getElementType().isF32() ? attr : ElementsAttr();
}

/// The values of a constant of `count` elements; nullopt if it is none.
std::optional<Vector> readVector(Value value, int64_t count) {
  ElementsAttr attr = getFloats(value);
  SmallVector<char> scratch;
  if (!attr || attr.getNumElements() != count)
    return std::nullopt;
  std::optional<ArrayRef<char>> data = getRawData(attr, scratch);
  if (!data)
    return std::nullopt;
  bool isSplat = data->size() == sizeof(float);
  Vector values(count);
  for (int64_t i = 0; i < count; ++i) {
    float element;
    std::memcpy(&element, data->data() + (isSplat ? 0 : i * sizeof(float)),
                sizeof(float));
    values[i] = element;
  }
  return values;
}

/// `values` rounded to f32.
ElementsAttr makeFloats(RankedTensorType type, ArrayRef<double> values) {
  std::vector<float> rounded(values.begin(), values.end());
  return makeConstant(
      type, ArrayRef<char>(reinterpret_cast<const char *>(rounded.data()),
                           rounded.size() * sizeof(float)));
}

/// Where the output channels lie in the filter.
std::optional<LinearOp> matchConvolution(Operation *op) {
  StringRef name = getTFOpName(op);
  LinearOp linear;
  linear.conv = op;
  linear.filterOperand = 1;
  if (name != "Conv2D" && name != "DepthwiseConv2dNative" &&
      name != "Conv2DBackpropInput")
    return std::nullopt;
  auto filter = dyn_cast<RankedTensorType>(
      op->getOperand(linear.filterOperand).getType());
  if (!filter || filter.getRank() != 4 || !filter.hasStaticShape() ||
      filter.getNumElements() == 0)
    return std::nullopt;
  if (name == "Conv2D") // [height, width, in, out]
    linear.channels = filter.getDimSize(3);
  else if (name == "DepthwiseConv2dNative") // [height, width, in, multiplier]
    linear.channels = filter.getDimSize(2) * filter.getDimSize(3);
  else { // [height, width, out, in]
    linear.channels = filter.getDimSize(2);
    linear.inner = filter.getDimSize(3);
  }
  return linear;
}

/// The linear op that makes `value`, and nobody else sees.
std::optional<LinearOp> matchLinear(Value value, StringRef format) {
  Operation *op = value.getDefiningOp();
  Operation *biasAdd = nullptr;
  if (op && getTFOpName(op) == "BiasAdd") {
    if (!value.hasOneUse() || getDataFormat(op) != format)
      return std::nullopt;
    biasAdd = op;
    value = op->getOperand(0);
    op = value.getDefiningOp();
  }
  if (!op || !value.hasOneUse() || !isa<NodeOpInterface>(op))
    return std::nullopt;
  std::optional<LinearOp> linear = matchConvolution(op);
  if (!linear || getDataFormat(op) != format || !getControlOperands(op).empty())
    return std::nullopt;
  if (biasAdd) {
    std::optional<Vector> bias =
        readVector(biasAdd->getOperand(1), linear->channels);
    if (!bias || !getControlOperands(biasAdd).empty())
      return std::nullopt;
    linear->biasAdd = biasAdd;
    linear->bias = *bias;
  }
  return linear;
}

bool isInferenceBatchNorm(Operation *op) {
  StringRef name = getTFOpName(op);
  if (name != "FusedBatchNorm" && name != "FusedBatchNormV2" &&
      name != "FusedBatchNormV3")
    return false;
  // Training is the default.
  auto isTraining = op->getAttrOfType<BoolAttr>("is_training");
  return isTraining && !isTraining.getValue() &&
         getControlOperands(op).empty() &&
         llvm::all_of(op->getResults().drop_front(),
                      [](Value result) { return result.use_empty(); });
}

/// Folds one batch norm.
bool foldBatchNorm(Operation *op, NodeNames &names) {
  if (!isInferenceBatchNorm(op))
    return false;
  std::optional<LinearOp> linear =
      matchLinear(op->getOperand(0), getDataFormat(op));
  if (!linear)
    return false;
  std::optional<Vector> parameters[4]; // scale, offset, mean, variance
  for (unsigned i = 0; i < 4; ++i) {
    parameters[i] = readVector(op->getOperand(i + 1), linear->channels);
    if (!parameters[i])
      return false;
  }
  auto &[scale, offset, mean, variance] = parameters;
  Value filter = linear->conv->getOperand(linear->filterOperand);
  auto filterType = cast<RankedTensorType>(filter.getType());
  std::optional<Vector> weights =
      readVector(filter, filterType.getNumElements());
  if (!weights)
    return false;

  auto epsilonAttr = op->getAttrOfType<FloatAttr>("epsilon");
  double epsilon = epsilonAttr ? epsilonAttr.getValueAsDouble() : 1e-4;
  Vector factors(linear->channels), bias(linear->channels);
  for (int64_t c = 0; c < linear->channels; ++c) {
    factors[c] = (*scale)[c] / std::sqrt((*variance)[c] + epsilon);
    double before = linear->bias.empty() ? 0.0 : linear->bias[c];
    bias[c] = (*offset)[c] + (before - (*mean)[c]) * factors[c];
  }
  for (auto [i, weight] : llvm::enumerate(*weights))
    weight *= factors[i / linear->inner % linear->channels];

  OpBuilder builder(linear->conv);
  StringRef convName = getNodeName(linear->conv->getLoc());
  Value newFilter =
      ConstOp::create(builder, names.makeLoc((convName + "_weights").str()),
                      cast<TypedAttr>(makeFloats(filterType, *weights)));
  linear->conv->setOperand(linear->filterOperand, newFilter);
  builder.setInsertionPoint(op);
  auto biasType =
      RankedTensorType::get({linear->channels}, builder.getF32Type());
  Value newBias =
      ConstOp::create(builder, names.makeLoc((convName + "_bn_offset").str()),
                      cast<TypedAttr>(makeFloats(biasType, bias)));
  SmallVector<NamedAttribute> attrs;
  if (getDataFormat(op) != "NHWC")
    attrs.push_back(
        builder.getNamedAttr("data_format", op->getAttr("data_format")));
  Value convolved = linear->conv->getResult(0);
  Operation *add =
      createNode(builder, op->getLoc(), "BiasAdd", {convolved, newBias},
                 op->getResult(0).getType(), attrs);
  op->getResult(0).replaceAllUsesWith(add->getResult(0));
  op->erase();
  if (linear->biasAdd)
    linear->biasAdd->erase();
  return true;
}

} // namespace

void FoldBatchNormPass::runOnBody(Block &body) {
  SmallVector<Operation *> batchNorms;
  for (Operation &op : body)
    if (isInferenceBatchNorm(&op))
      batchNorms.push_back(&op);
  if (batchNorms.empty())
    return;
  NodeNames names(body);
  for (Operation *op : batchNorms)
    numFolded += foldBatchNorm(op, names);
}

void FoldBatchNormPass::runOnOperation() {
  for (auto graph : getOperation().getOps<GraphOp>())
    runOnBody(*graph.getBodyBlock());
  for (auto func : getOperation().getOps<FuncOp>())
    runOnBody(*func.getBodyBlock());
}

} // namespace firn::tfg
