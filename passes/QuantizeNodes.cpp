//===- QuantizeNodes.cpp - compute in eight bits --------------------------===//
//
// Node after node in topological order: what a node takes is quantized, or is
// so already, because a node before gave it through a Dequantize:
//
//   floats -> QuantizeV2 --\                          range -\
//   ... quint8 -> Dequantize +-> QuantizedOp -> 32 bits -> Requantize ->
//   Dequantize
//
// A Dequantize that only quantized nodes looked through is removed in the end.
// A FakeQuant behind a Requantize becomes its range.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGConstants.h"
#include "passes/ConstantValues.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_QUANTIZENODESPASS
#include "passes/Passes.h.inc"

namespace {

using Range = std::pair<float, float>;

struct QuantizeNodesPass : impl::QuantizeNodesPassBase<QuantizeNodesPass> {
  using QuantizeNodesPassBase::QuantizeNodesPassBase;
  void runOnOperation() override;

private:
  LogicalResult readRange(StringRef what, StringRef min, StringRef max,
                          std::optional<Range> &range);
};

/// An op and its quantized form.
struct QuantizedForm {
  StringLiteral op, quantized;
  /// How many of the inputs are quantized; 0: all but the first (Concat).
  unsigned numQuantized;
  /// The result has 32 bits and needs to be requantized.
  bool isWide;
  /// The attributes that both have.
  std::initializer_list<StringLiteral> attrs;
};

const QuantizedForm *findForm(StringRef op) {
  static const QuantizedForm forms[] = {
      {"Add", "QuantizedAdd", 2, true, {}},
      {"AddV2", "QuantizedAdd", 2, true, {}},
      {"AvgPool",
       "QuantizedAvgPool",
       1,
       false,
       {"ksize", "strides", "padding"}},
      {"BiasAdd", "QuantizedBiasAdd", 2, true, {}},
      {"Concat", "QuantizedConcat", 0, false, {}},
      {"Conv2D",
       "QuantizedConv2D",
       2,
       true,
       {"strides", "padding", "dilations"}},
      {"MatMul", "QuantizedMatMul", 2, true, {"transpose_a", "transpose_b"}},
      {"MaxPool",
       "QuantizedMaxPool",
       1,
       false,
       {"ksize", "strides", "padding"}},
      {"Mul", "QuantizedMul", 2, true, {}},
      {"Relu", "QuantizedRelu", 1, false, {}},
      {"Relu6", "QuantizedRelu6", 1, false, {}},
      {"Reshape", "QuantizedReshape", 1, false, {}},
      {"ResizeBilinear",
       "QuantizedResizeBilinear",
       1,
       false,
       {"align_corners", "half_pixel_centers"}}};
  for (const QuantizedForm &form : forms)
    if (form.op == op)
      return &form;
  return nullptr;
}

bool isFloat(Value value) {
  auto type = dyn_cast<TensorType>(value.getType());
  return type && type.getElementType().isF32();
}

/// TensorFlow's quantized sums and products take two tensors of one shape, or a
/// scalar or vector beside one.
bool canBroadcast(Operation *op) {
  auto a = dyn_cast<RankedTensorType>(op->getOperand(0).getType());
  auto b = dyn_cast<RankedTensorType>(op->getOperand(1).getType());
  return a && b &&
         (a.getShape() == b.getShape() || a.getRank() <= 1 || b.getRank() <= 1);
}

/// Whether the quantized form computes the same of this node.
bool canQuantize(Operation *op, const QuantizedForm &form) {
  auto text = [&](StringRef name) {
    auto attr = op->getAttrOfType<StringAttr>(name);
    return attr ? attr.getValue() : StringRef();
  };
  auto isOne = [](Attribute size) {
    return cast<IntegerAttr>(size).getInt() == 1;
  };
  if (auto dilations = op->getAttrOfType<ArrayAttr>("dilations");
      dilations && !llvm::all_of(dilations, isOne))
    return false;
  if (!isFloat(op->getResult(0)) || text("data_format").starts_with("NC") ||
      text("padding") == "EXPLICIT")
    return false;
  if (form.quantized == "QuantizedAdd" || form.quantized == "QuantizedMul")
    return canBroadcast(op);
  // The axis comes first, and two are joined at least.
  return form.numQuantized > 0 || getDataOperands(op).size() > 2;
}

/// A quint8 tensor and the range that its numbers stand for.
struct Quantized {
  Value value, min, max;
};

/// Quantizes the nodes of one body.
class BodyQuantizer {
public:
  BodyQuantizer(Block &body, std::optional<Range> fallback)
      : context(body.getParentOp()->getContext()), names(body),
        fallback(fallback) {}

  void quantizePlaceholder(PlaceholderOp placeholder, Range range);
  void quantizeNode(Operation *op, const QuantizedForm &form);
  void applyFakeQuant(Operation *op);
  /// Removes what was only looked through.
  void cleanUp();

private:
  Type withType(Type type, Type elementType) {
    return cast<TensorType>(type).clone(elementType);
  }
  Value makeConst(OpBuilder &builder, const Twine &name, ElementsAttr value) {
    return ConstOp::create(builder, names.makeLoc(name.str()),
                           cast<TypedAttr>(value));
  }
  Value makeEnd(OpBuilder &builder, const Twine &name, float end) {
    return makeConst(builder, name, makeFloat(context, end));
  }
  Operation *make(OpBuilder &builder, const Twine &name, StringRef op,
                  ValueRange operands, TypeRange results,
                  ArrayRef<NamedAttribute> attrs = {}) {
    return createNode(builder, names.makeLoc(name.str()), op, operands, results,
                      attrs);
  }
  NamedAttribute modeAttr() {
    Builder builder(context);
    return builder.getNamedAttr("mode", builder.getStringAttr("MIN_FIRST"));
  }

  Quantized quantize(OpBuilder &builder, Value value);
  Quantized quantizeInRange(OpBuilder &builder, const Twine &name, Value value,
                            Value min, Value max);
  Quantized requantize(OpBuilder &builder, const Twine &name, Operation *wide);
  void dequantize(Operation *op, Quantized quantized);

  MLIRContext *context;
  NodeNames names;
  std::optional<Range> fallback;
  llvm::DenseMap<Value, Quantized> done;
  llvm::SetVector<Operation *> lookedThrough;
  Type scalar = RankedTensorType::get({}, Float32Type::get(context));
  Type quint8 = QUInt8Type::get(context);
};

} // namespace

Quantized BodyQuantizer::quantizeInRange(OpBuilder &builder, const Twine &name,
                                         Value value, Value min, Value max) {
  Operation *op =
      make(builder, name, "QuantizeV2", {value, min, max},
           {withType(value.getType(), quint8), scalar, scalar}, modeAttr());
  return {op->getResult(0), op->getResult(1), op->getResult(2)};
}

/// `value` in the range that it has; once for all who take it.
Quantized BodyQuantizer::quantize(OpBuilder &builder, Value value) {
  Operation *op = value.getDefiningOp();
  if (op && getTFOpName(op) == "Dequantize") {
    auto mode = op->getAttrOfType<StringAttr>("mode");
    if (mode && mode == "MIN_FIRST" && getControlOperands(op).empty() &&
        cast<TensorType>(op->getOperand(0).getType()).getElementType() ==
            quint8)
      return {op->getOperand(0), op->getOperand(1), op->getOperand(2)};
  }
  Quantized &quantized = done[value];
  if (quantized.value)
    return quantized;
  OpBuilder::InsertionGuard guard(builder);
  std::string name = "argument";
  if (op) {
    builder.setInsertionPointAfter(op);
    name = getNodeName(op->getLoc()).str();
    if (unsigned port = cast<OpResult>(value).getResultNumber())
      name += "_" + std::to_string(port);
  }
  Type i32 = builder.getI32Type();
  auto flatType =
      RankedTensorType::get({ShapedType::kDynamic}, Float32Type::get(context));
  Value flat = make(builder, name + "/eightbit_reshape", "Reshape",
                    {value, makeConst(builder, name + "/eightbit_reshape_dims",
                                      makeIntVector(i32, {-1}))},
                    flatType)
                   ->getResult(0);
  Value axes = makeConst(builder, name + "/eightbit_reduction_dims",
                         makeIntVector(i32, {0}));
  NamedAttribute keepDims =
      builder.getNamedAttr("keep_dims", builder.getBoolAttr(false));
  Value min = make(builder, name + "/eightbit_min", "Min", {flat, axes}, scalar,
                   keepDims)
                  ->getResult(0);
  Value max = make(builder, name + "/eightbit_max", "Max", {flat, axes}, scalar,
                   keepDims)
                  ->getResult(0);
  return done[value] = quantizeInRange(builder, name + "/eightbit_quantize",
                                       value, min, max);
}

/// The eight bits of a 32-bit result.
Quantized BodyQuantizer::requantize(OpBuilder &builder, const Twine &name,
                                    Operation *wide) {
  SmallVector<Value> operands(wide->getResults());
  if (fallback) {
    operands.push_back(
        makeEnd(builder, name + "/eightbit_fallback_min", fallback->first));
    operands.push_back(
        makeEnd(builder, name + "/eightbit_fallback_max", fallback->second));
  } else {
    Operation *range = make(builder, name + "/eightbit_requant_range",
                            "RequantizationRange", operands, {scalar, scalar});
    llvm::append_range(operands, range->getResults());
  }
  Operation *narrow =
      make(builder, name + "/eightbit_requantize", "Requantize", operands,
           {withType(wide->getResult(0).getType(), quint8), scalar, scalar});
  return {narrow->getResult(0), narrow->getResult(1), narrow->getResult(2)};
}

/// The floats of `quantized` in the place of `op`.
void BodyQuantizer::dequantize(Operation *op, Quantized quantized) {
  bool hasUses = !op->use_empty();
  Operation *floats = replaceNode(
      op, "Dequantize", {quantized.value, quantized.min, quantized.max},
      op->getResult(0).getType(), modeAttr());
  if (hasUses)
    lookedThrough.insert(floats);
}

void BodyQuantizer::quantizePlaceholder(PlaceholderOp placeholder,
                                        Range range) {
  OpBuilder builder(context);
  builder.setInsertionPointAfter(placeholder);
  Value value = placeholder.getOutput();
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : value.getUses())
    if (!isa<ControlOp>(use.getOwner()))
      uses.push_back(&use);
  Type type = value.getType();
  value.setType(cast<TensorType>(withType(type, quint8)));
  std::string name = placeholder.getNodeName().str();
  Operation *floats = make(builder, name + "_dequantized", "Dequantize",
                           {value, makeEnd(builder, name + "_min", range.first),
                            makeEnd(builder, name + "_max", range.second)},
                           type, modeAttr());
  for (OpOperand *use : uses)
    use->set(floats->getResult(0));
  lookedThrough.insert(floats);
}

void BodyQuantizer::quantizeNode(Operation *op, const QuantizedForm &form) {
  OpBuilder builder(op);
  std::string name = getNodeName(op->getLoc()).str();
  SmallVector<Value> inputs(getDataOperands(op));
  size_t first = form.numQuantized ? 0 : 1;
  size_t last = form.numQuantized ? form.numQuantized : inputs.size();
  SmallVector<Value> mins, maxes, ranges;
  for (size_t i = first; i < last; ++i) {
    Quantized quantized = quantize(builder, inputs[i]);
    inputs[i] = quantized.value;
    mins.push_back(quantized.min);
    maxes.push_back(quantized.max);
    llvm::append_values(ranges, quantized.min, quantized.max);
  }
  // Concat has all lower ends, then all upper ones.
  if (!form.numQuantized) {
    ranges = mins;
    llvm::append_range(ranges, maxes);
  }
  llvm::append_range(inputs, ranges);
  llvm::append_range(inputs, getControlOperands(op));
  SmallVector<NamedAttribute> attrs;
  for (StringRef attr : form.attrs)
    if (Attribute value = op->getAttr(attr))
      attrs.push_back(builder.getNamedAttr(attr, value));
  Type elementType = form.isWide ? Type(QInt32Type::get(context)) : quint8;
  Operation *result =
      make(builder, name + "/eightbit", form.quantized, inputs,
           {withType(op->getResult(0).getType(), elementType), scalar, scalar},
           attrs);
  dequantize(op, form.isWide
                     ? requantize(builder, name, result)
                     : Quantized{result->getResult(0), result->getResult(1),
                                 result->getResult(2)});
}

void BodyQuantizer::applyFakeQuant(Operation *op) {
  OpBuilder builder(op);
  Value min = op->getOperand(1), max = op->getOperand(2);
  Operation *floats = op->getOperand(0).getDefiningOp();
  Operation *narrow =
      floats && getTFOpName(floats) == "Dequantize" && floats->hasOneUse()
          ? floats->getOperand(0).getDefiningOp()
          : nullptr;
  if (narrow && getTFOpName(narrow) == "Requantize" &&
      narrow->getResult(0).hasOneUse()) {
    for (unsigned end : {3u, 4u})
      lookedThrough.insert(narrow->getOperand(end).getDefiningOp());
    narrow->setOperand(3, min);
    narrow->setOperand(4, max);
    dequantize(
        op, {narrow->getResult(0), narrow->getResult(1), narrow->getResult(2)});
    return;
  }
  dequantize(op, quantizeInRange(
                     builder, getNodeName(op->getLoc()) + "/eightbit_quantize",
                     op->getOperand(0), min, max));
}

void BodyQuantizer::cleanUp() {
  for (Operation *op : lookedThrough)
    if (op->use_empty())
      op->erase();
}

LogicalResult QuantizeNodesPass::readRange(StringRef what, StringRef min,
                                           StringRef max,
                                           std::optional<Range> &range) {
  if (min.empty() && max.empty())
    return success();
  double low, high;
  if (min.getAsDouble(low) || max.getAsDouble(high) || !(low < high))
    return getOperation().emitError("the ")
           << what << " range is given as '" << min << "' to '" << max
           << "'; expected two numbers, the lower one first";
  range = {static_cast<float>(low), static_cast<float>(high)};
  return success();
}

/// A FakeQuant of the eight bits that quantized ops have.
static bool isEightBitFakeQuant(Operation *op) {
  auto bits = op->getAttrOfType<IntegerAttr>("num_bits");
  auto isNarrow = op->getAttrOfType<BoolAttr>("narrow_range");
  return getTFOpName(op) == "FakeQuantWithMinMaxVars" &&
         (!bits || bits.getInt() == 8) && (!isNarrow || !isNarrow.getValue()) &&
         getControlOperands(op).empty() &&
         getConstantValue(op->getOperand(1)) &&
         getConstantValue(op->getOperand(2));
}

void QuantizeNodesPass::runOnOperation() {
  std::optional<Range> input, fallback;
  if (failed(readRange("input", inputMin, inputMax, input)) ||
      failed(readRange("fallback", fallbackMin, fallbackMax, fallback)))
    return signalPassFailure();
  forEachBody(getOperation(), [&](Block &body) {
    BodyQuantizer quantizer(body, fallback);
    if (input && isa<GraphOp>(body.getParentOp()))
      for (auto placeholder : llvm::to_vector(body.getOps<PlaceholderOp>()))
        if (isFloat(placeholder.getOutput()))
          quantizer.quantizePlaceholder(placeholder, *input);
    for (Operation *op : sortTopologically(body)) {
      StringRef name = getTFOpName(op);
      if (llvm::is_contained(ignoreOps, name))
        continue;
      if (isEightBitFakeQuant(op)) {
        quantizer.applyFakeQuant(op);
      } else if (const QuantizedForm *form = findForm(name);
                 form && canQuantize(op, *form)) {
        quantizer.quantizeNode(op, *form);
        ++numQuantized;
      }
    }
    quantizer.cleanUp();
  });
}

} // namespace firn::tfg
