//===- DecomposeFusedOps.cpp - fused ops become the ops they stand for ----===//
//
// Firn fuses for itself, better than by name. The last part takes the node's
// name.
//
//===----------------------------------------------------------------------===//

#include "passes/NodeBuilder.h"
#include "passes/Passes.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_DECOMPOSEFUSEDOPSPASS
#include "passes/Passes.h.inc"

namespace {

struct DecomposeFusedOpsPass
    : impl::DecomposeFusedOpsPassBase<DecomposeFusedOpsPass> {
  void runOnOperation() override;
};

/// Takes one node apart.
class Decomposer {
public:
  explicit Decomposer(Operation *op)
      : op(op), builder(op), inputs(getDataOperands(op)) {}

  /// Fails, and changes nothing, if a part is not known.
  LogicalResult run();

private:
  Value node(StringRef name, ValueRange operands,
             ArrayRef<NamedAttribute> attrs = {});
  SmallVector<NamedAttribute> pick(ArrayRef<StringRef> names);
  NamedAttribute attr(StringRef name, Attribute value) {
    return builder.getNamedAttr(name, value);
  }
  Type elementType() { return getElementType(op->getResult(0)); }

  bool knowsEpilogue();
  Value addEpilogue(Value value);
  Value batchNorm(Value x, ValueRange parameters, Attribute epsilon);
  Value convolve(Value input);
  Value globalNormalization();
  LogicalResult batchNormEx();

  Operation *op;
  OpBuilder builder;
  SmallVector<Value> inputs;
};

} // namespace

Value Decomposer::node(StringRef name, ValueRange operands,
                       ArrayRef<NamedAttribute> attrs) {
  return createNode(builder, op->getLoc(), name, operands,
                    TypeRange(UnrankedTensorType::get(elementType())), attrs)
      ->getResult(0);
}

SmallVector<NamedAttribute> Decomposer::pick(ArrayRef<StringRef> names) {
  SmallVector<NamedAttribute> attrs;
  for (StringRef name : names)
    if (Attribute value = op->getAttr(name))
      attrs.push_back(attr(name, value));
  return attrs;
}

//===----------------------------------------------------------------------===//
// What follows a product
//===----------------------------------------------------------------------===//

/// How many further inputs a fused op takes; nullopt: it is not known.
static std::optional<unsigned> numInputsOf(StringRef name) {
  if (name == "BiasAdd" || name == "Add")
    return 1;
  if (name == "FusedBatchNorm")
    return 4;
  for (StringRef known :
       {"Relu", "Relu6", "Elu", "Tanh", "Sigmoid", "LeakyRelu"})
    if (name == known)
      return 0;
  return std::nullopt;
}

bool Decomposer::knowsEpilogue() {
  size_t needed = 2;
  if (auto fused = op->getAttrOfType<ArrayAttr>("fused_ops"))
    for (auto name : fused.getAsRange<StringAttr>()) {
      std::optional<unsigned> more = numInputsOf(name.getValue());
      if (!more)
        return false;
      needed += *more;
    }
  return needed == inputs.size();
}

/// The parameters of a batch norm are f32.
Value Decomposer::batchNorm(Value x, ValueRange parameters, Attribute epsilon) {
  SmallVector<Value> operands{x};
  for (Value parameter : parameters) {
    Type type = getElementType(parameter);
    if (type.isF16() || type.isBF16())
      parameter =
          createNode(builder, op->getLoc(), "Cast", parameter,
                     TypeRange(UnrankedTensorType::get(builder.getF32Type())))
              ->getResult(0);
    operands.push_back(parameter);
  }
  SmallVector<NamedAttribute> attrs = pick({"data_format"});
  attrs.push_back(attr("is_training", builder.getBoolAttr(false)));
  if (epsilon)
    attrs.push_back(attr("epsilon", epsilon));
  Type parameterType = getElementType(operands[1]);
  SmallVector<Type> results(6, UnrankedTensorType::get(parameterType));
  results[0] = UnrankedTensorType::get(elementType());
  return createNode(builder, op->getLoc(), "FusedBatchNormV3", operands,
                    results, attrs)
      ->getResult(0);
}

Value Decomposer::addEpilogue(Value value) {
  auto fused = op->getAttrOfType<ArrayAttr>("fused_ops");
  if (!fused)
    return value;
  size_t next = 2;
  for (auto part : fused.getAsRange<StringAttr>()) {
    StringRef name = part.getValue();
    ValueRange own = ValueRange(inputs).slice(next, *numInputsOf(name));
    next += own.size();
    if (name == "BiasAdd") {
      value = node("BiasAdd", {value, own[0]}, pick({"data_format"}));
    } else if (name == "Add") {
      value = node("AddV2", {value, own[0]});
    } else if (name == "FusedBatchNorm") {
      Attribute epsilon = op->getAttr("epsilon");
      value = batchNorm(value, own,
                        epsilon ? epsilon : builder.getF32FloatAttr(1e-4f));
    } else if (name == "LeakyRelu") {
      SmallVector<NamedAttribute> attrs;
      if (Attribute alpha = op->getAttr("leakyrelu_alpha"))
        attrs.push_back(attr("alpha", alpha));
      value = node(name, value, attrs);
    } else {
      value = node(name, value);
    }
  }
  return value;
}

//===----------------------------------------------------------------------===//
// The ops
//===----------------------------------------------------------------------===//

/// MirrorPad with the last but one input, Conv2D with the last.
Value Decomposer::convolve(Value input) {
  Value padded =
      node("MirrorPad", {input, inputs[inputs.size() - 2]}, pick({"mode"}));
  return node("Conv2D", {padded, inputs.back()}, pick({"strides", "padding"}));
}

Value Decomposer::globalNormalization() {
  Value t = inputs[0], mean = inputs[1], variance = inputs[2], beta = inputs[3],
        gamma = inputs[4];
  bool scales = true;
  if (auto scale = op->getAttrOfType<BoolAttr>("scale_after_normalization"))
    scales = scale.getValue();
  auto epsilon = op->getAttrOfType<FloatAttr>("variance_epsilon");
  // A form that folds into the weights of a convolution before it.
  if (elementType().isF32())
    return batchNorm(
        t, {scales ? gamma : node("OnesLike", gamma), beta, mean, variance},
        epsilon);
  auto type = RankedTensorType::get({}, elementType());
  Value small = ConstOp::create(
      builder, op->getLoc(),
      DenseElementsAttr::get(
          type,
          builder.getFloatAttr(elementType(), epsilon.getValueAsDouble())));
  Value factor = node("Rsqrt", node("AddV2", {variance, small}));
  if (scales)
    factor = node("Mul", {factor, gamma});
  Value scaled = node("Mul", {node("Sub", {t, mean}), factor});
  return node("AddV2", {scaled, beta});
}

LogicalResult Decomposer::batchNormEx() {
  auto mode = op->getAttrOfType<StringAttr>("activation_mode");
  bool isRelu = mode && mode.getValue() == "Relu";
  if ((mode && !isRelu && mode.getValue() != "Identity") || inputs.size() < 5 ||
      inputs.size() > 6)
    return failure();
  Operation *norm =
      createNode(builder, op->getLoc(), "FusedBatchNormV3",
                 ValueRange(inputs).take_front(5), op->getResultTypes(),
                 pick({"epsilon", "exponential_avg_factor", "data_format",
                       "is_training"}));
  Value y = norm->getResult(0);
  if (inputs.size() == 6)
    y = node("AddV2", {y, inputs[5]});
  if (isRelu)
    y = node("Relu", y);
  for (unsigned i = 1; i < op->getNumResults(); ++i)
    op->getResult(i).replaceAllUsesWith(norm->getResult(i));
  op->getResult(0).replaceAllUsesWith(y);
  op->erase();
  return success();
}

LogicalResult Decomposer::run() {
  StringRef name = getTFOpName(op);
  if (name == "_FusedBatchNormEx")
    return batchNormEx();
  Value value;
  if (name == "FusedPadConv2D" && inputs.size() == 3) {
    value = convolve(inputs[0]);
  } else if (name == "FusedResizeAndPadConv2D" && inputs.size() == 4) {
    SmallVector<NamedAttribute> attrs;
    if (Attribute corners = op->getAttr("resize_align_corners"))
      attrs.push_back(attr("align_corners", corners));
    Operation *resized = createNode(
        builder, op->getLoc(), "ResizeBilinear", {inputs[0], inputs[1]},
        TypeRange(UnrankedTensorType::get(builder.getF32Type())), attrs);
    Value image = resized->getResult(0);
    if (!elementType().isF32())
      image = node("Cast", image);
    value = convolve(image);
  } else if (name == "BatchNormWithGlobalNormalization" && inputs.size() == 5 &&
             isa<FloatType>(elementType()) &&
             op->getAttrOfType<FloatAttr>("variance_epsilon")) {
    value = globalNormalization();
  } else if (name == "ConjugateTranspose" && inputs.size() == 2) {
    value = node("Transpose", inputs);
    if (isa<ComplexType>(elementType()))
      value = node("Conj", value);
  } else if (name.starts_with("_Fused") && knowsEpilogue()) {
    StringRef product = name.drop_front(StringRef("_Fused").size());
    value = addEpilogue(
        node(product, {inputs[0], inputs[1]},
             pick({"strides", "padding", "explicit_paddings", "data_format",
                   "dilations", "transpose_a", "transpose_b"})));
  } else {
    return failure();
  }
  // What was known of the shape stays known.
  value.setType(op->getResult(0).getType());
  op->getResult(0).replaceAllUsesWith(value);
  op->erase();
  return success();
}

void DecomposeFusedOpsPass::runOnOperation() {
  static const llvm::StringSet<> names = {"_FusedConv2D",
                                          "_FusedDepthwiseConv2dNative",
                                          "_FusedMatMul",
                                          "_FusedBatchNormEx",
                                          "ConjugateTranspose",
                                          "FusedPadConv2D",
                                          "FusedResizeAndPadConv2D",
                                          "BatchNormWithGlobalNormalization"};
  SmallVector<Operation *> fused;
  getOperation().walk([&](NodeOpInterface node) {
    if (names.contains(node.getTFOpName()))
      fused.push_back(node);
  });
  for (Operation *op : fused)
    numDecomposed += succeeded(Decomposer(op).run());
}

} // namespace firn::tfg
