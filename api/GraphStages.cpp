// Which nodes are early: those whose operands are early and of static shape,
// which wait for early nodes only, and whose results either are static too or
// have a shape that only the values of the results themselves tell (Where,
// Unique: shape inference asks for no value). Inputs of any size are such, too.
// A node whose shape inference asks for the value of an operand (Range,
// Reshape, Fill) is late; the operand is handed over by its value. What a late
// node waits for is handed over, too, so that the first stage runs it.
#include "api/GraphStages.h"

#include "api/GraphIndex.h"
#include "passes/GraphTraversal.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;

namespace firn {
namespace {

bool isStatic(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.hasStaticShape();
}

/// Of a table, an array or a list, which exist within a run of code only.
bool isHandle(Value value) {
  return isa<tfg::ResourceType, tfg::VariantType>(tfg::getElementType(value));
}

/// The operands whose values shape inference asks for and does not get.
SmallVector<Value> findAskedOperands(Operation *op) {
  auto node = dyn_cast<tfg::InferShapesOpInterface>(op);
  if (!node)
    return {};
  SmallVector<Value> asked;
  tfg::ShapeInference context([&](Value value) -> ElementsAttr {
    if (!llvm::is_contained(asked, value))
      asked.push_back(value);
    return {};
  });
  SmallVector<Type> results;
  ScopedDiagnosticHandler ignore(op->getContext(),
                                 [](Diagnostic &) { return success(); });
  (void)node.inferShapes(context, results);
  return asked;
}

class Splitter {
public:
  explicit Splitter(ModuleOp module)
      : module(module), graph(findGraph(module)) {}
  std::optional<GraphStages> run();

private:
  bool isReady(Operation *op);
  void visit(Operation *op);
  void addAwaited(Value control, llvm::SetVector<Value> &values);
  void chooseHandedOver();
  bool learnsAnything() const;
  OwningOpRef<ModuleOp> buildFirst();
  OwningOpRef<ModuleOp> buildSecond(GraphStages &stages);

  ModuleOp module;
  tfg::GraphOp graph;
  SmallVector<Operation *> sorted;
  llvm::DenseSet<Operation *> early;
  llvm::DenseSet<Value> byValue;
  /// Results of early nodes that late ones need, in order.
  SmallVector<Value> handedOver;
  bool decidesShapes = false;
  bool hasInputOfAnySize = false;
};

/// Whether the first stage has all that a node needs, in shapes that are known.
bool Splitter::isReady(Operation *op) {
  if (isa<tfg::FetchOp, tfg::CallLikeOpInterface>(op))
    return false;
  bool isEdge = isa<tfg::ControlOp, tfg::NoOp>(op);
  // A stage is run for its outputs, and those have values.
  if (!isEdge && (tfg::getOutputs(op).empty() ||
                  llvm::any_of(tfg::getOutputs(op), isHandle)))
    return false;
  return llvm::all_of(op->getOperands(), [&](Value operand) {
    return early.contains(operand.getDefiningOp()) &&
           (isEdge || !isa<TensorType>(operand.getType()) ||
            isStatic(operand.getType()));
  });
}

void Splitter::visit(Operation *op) {
  if (!isReady(op))
    return;
  ValueRange outputs = tfg::getOutputs(op);
  if (isa<tfg::ConstOp, tfg::PlaceholderOp>(op) ||
      llvm::all_of(outputs.getTypes(), isStatic)) {
    early.insert(op);
    hasInputOfAnySize |= !llvm::all_of(outputs.getTypes(), isStatic);
    return;
  }
  SmallVector<Value> asked = findAskedOperands(op);
  for (Value value : asked)
    if (!value.getDefiningOp<tfg::ConstOp>())
      byValue.insert(value);
  decidesShapes = true;
  if (asked.empty() &&
      llvm::all_of(outputs.getTypes(), llvm::IsaPred<RankedTensorType>))
    early.insert(op);
}

/// Adds an output of each early node that something late waits for.
void Splitter::addAwaited(Value control, llvm::SetVector<Value> &values) {
  llvm::SetVector<Operation *> edges;
  edges.insert(control.getDefiningOp());
  for (size_t i = 0; i < edges.size(); ++i) {
    Operation *op = edges[i];
    if (!early.contains(op) || isa<tfg::ConstOp, tfg::PlaceholderOp>(op))
      continue;
    if (!isa<tfg::ControlOp, tfg::NoOp>(op)) {
      values.insert(tfg::getOutputs(op).front());
      continue;
    }
    for (Value operand : op->getOperands())
      edges.insert(operand.getDefiningOp());
  }
}

void Splitter::chooseHandedOver() {
  llvm::SetVector<Value> values;
  for (Operation *op : sorted)
    if (!early.contains(op))
      for (Value operand : tfg::getDataOperands(op)) {
        Operation *producer = operand.getDefiningOp();
        if (early.contains(producer) &&
            !isa<tfg::ConstOp, tfg::PlaceholderOp>(producer))
          values.insert(operand);
      }
  for (Operation *op : sorted)
    if (!early.contains(op))
      for (Value control : tfg::getControlOperands(op))
        addAwaited(control, values);
  handedOver = values.takeVector();
}

/// A module like the original with an empty graph in place of its own.
std::pair<OwningOpRef<ModuleOp>, tfg::GraphOp> emptyLike(ModuleOp module,
                                                         tfg::GraphOp graph) {
  OwningOpRef<ModuleOp> copy = ModuleOp::create(module.getLoc());
  copy->getOperation()->setAttrs(module->getAttrDictionary());
  auto builder = OpBuilder::atBlockEnd(copy->getBody());
  auto body = cast<tfg::GraphOp>(builder.cloneWithoutRegions(*graph));
  body.getBody().emplaceBlock();
  // Functions that branches and loops call.
  for (auto function : module.getOps<tfg::FuncOp>())
    builder.clone(*function);
  return {std::move(copy), body};
}

void addFetch(tfg::GraphOp graph, ValueRange values, ArrayAttr names) {
  auto builder = OpBuilder::atBlockEnd(graph.getBodyBlock());
  tfg::FetchOp::create(builder, graph.getLoc(), values, names, ArrayAttr(),
                       StringAttr(), StringAttr());
}

OwningOpRef<ModuleOp> Splitter::buildFirst() {
  auto [copy, body] = emptyLike(module, graph);
  auto builder = OpBuilder::atBlockEnd(body.getBodyBlock());
  llvm::DenseSet<Operation *> needed = tfg::findNeeded(handedOver);
  IRMapping mapping;
  for (Operation *op : sorted)
    // All inputs stay, so that their numbers do.
    if (needed.contains(op) || isa<tfg::PlaceholderOp>(op))
      builder.clone(*op, mapping);
  SmallVector<Value> values;
  SmallVector<Attribute> names;
  for (Value value : handedOver) {
    values.push_back(mapping.lookup(value));
    names.push_back(builder.getStringAttr(tfg::getNodeName(value.getLoc())));
  }
  addFetch(body, values, builder.getArrayAttr(names));
  return std::move(copy);
}

OwningOpRef<ModuleOp> Splitter::buildSecond(GraphStages &stages) {
  auto [copy, body] = emptyLike(module, graph);
  auto builder = OpBuilder::atBlockEnd(body.getBodyBlock());
  IRMapping mapping;
  auto addInput = [&](Value value, GraphStages::Input input) {
    auto placeholder =
        tfg::PlaceholderOp::create(builder, value.getLoc(), value.getType(),
                                   ValueRange(), tfg::ShapeAttr());
    placeholder->setAttr(tfg::TFGDialect::kFeedIndexAttr,
                         builder.getI64IntegerAttr(stages.inputs.size()));
    placeholder->setAttr(
        tfg::TFGDialect::kFeedNameAttr,
        builder.getStringAttr(tfg::getNodeName(value.getLoc())));
    mapping.map(value, placeholder.getResult());
    stages.inputs.push_back(input);
  };
  for (auto [index, value] : llvm::enumerate(handedOver))
    addInput(value, {true, index, byValue.contains(value)});
  for (Operation *op : sorted) {
    if (isa<tfg::FetchOp>(op) ||
        (early.contains(op) && !isa<tfg::ConstOp, tfg::PlaceholderOp>(op)))
      continue;
    if (auto feed =
            op->getAttrOfType<IntegerAttr>(tfg::TFGDialect::kFeedIndexAttr)) {
      addInput(op->getResult(0), {false, static_cast<size_t>(feed.getInt()),
                                  byValue.contains(op->getResult(0))});
      continue;
    }
    Operation *clone = builder.clone(*op, mapping);
    // What the first stage did before needs no edge; what is late keeps its
    // own.
    SmallVector<Value> operands;
    for (Value operand : clone->getOperands())
      if (operand.getParentBlock() == body.getBodyBlock())
        operands.push_back(operand);
    clone->setOperands(operands);
  }
  tfg::FetchOp fetch = graph.getFetch();
  SmallVector<Value> values;
  for (Value value : tfg::getDataOperands(fetch))
    values.push_back(mapping.lookup(value));
  // What the first stage ran is not held again.
  for (Value held : tfg::getControlOperands(fetch))
    if (Value late = mapping.lookupOrNull(held))
      values.push_back(late);
  addFetch(body, values, fetch.getNamesAttr());
  return std::move(copy);
}

/// Whether the second stage knows more than the whole graph: sizes, or values
/// that decide sizes. Else it would be cut at the same place without end.
bool Splitter::learnsAnything() const {
  auto isNew = [&](Value value) {
    return byValue.contains(value) || !isStatic(value.getType());
  };
  return hasInputOfAnySize || llvm::any_of(handedOver, isNew) ||
         llvm::any_of(byValue, [](Value value) {
           return value.getDefiningOp<tfg::PlaceholderOp>() != nullptr;
         });
}

std::optional<GraphStages> Splitter::run() {
  sorted = tfg::sortTopologically(*graph.getBodyBlock());
  llvm::for_each(sorted, [&](Operation *op) { visit(op); });
  if (!decidesShapes && !hasInputOfAnySize)
    return std::nullopt;
  chooseHandedOver();
  if (!learnsAnything())
    return std::nullopt;
  GraphStages stages;
  stages.first = buildFirst();
  // What cannot be compiled is in the first stage: it would be cut again.
  auto first = *stages.first->getOps<tfg::GraphOp>().begin();
  if (llvm::range_size(first.getBodyBlock()->getOperations()) >= sorted.size())
    return std::nullopt;
  stages.second = buildSecond(stages);
  return stages;
}

} // namespace

std::optional<GraphStages> splitAtUnknownShapes(ModuleOp module) {
  return Splitter(module).run();
}

} // namespace firn
