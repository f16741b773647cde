//===- FoldConstants.cpp - compute what does not depend on inputs ---------===//
//
// Finds the nodes that depend on constants only, takes the values that other
// nodes use of them, and has all of them computed at once by the evaluator: one
// graph without inputs, compiled and run like any other, so that there is one
// meaning of every op. Without an evaluator nothing happens here; what fold()
// can do, canonicalize does.
//
// A value is not folded if it is larger than the limit, or (Grappler's rule) if
// it is both at least 100 KiB and larger than the constants it is made of.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/IRMapping.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_FOLDCONSTANTSPASS
#include "passes/Passes.h.inc"

namespace {

constexpr int64_t kMaxGrowingBytes = 100 * 1024;

/// Calls of the evaluator in one run: each compiles code.
constexpr unsigned kMaxTries = 32;

struct FoldConstantsPass : impl::FoldConstantsPassBase<FoldConstantsPass> {
  using FoldConstantsPassBase::FoldConstantsPassBase;
  explicit FoldConstantsPass(ConstantEvaluator evaluator,
                             const FoldConstantsPassOptions &options = {})
      : FoldConstantsPassBase(options), evaluator(std::move(evaluator)) {}
  void runOnOperation() override;

private:
  bool isExcluded(Operation *op);
  SmallVector<Value> findFrontier(ArrayRef<Operation *> sorted);
  OwningOpRef<ModuleOp> extract(ArrayRef<Operation *> sorted,
                                ArrayRef<Value> frontier);
  void replace(ArrayRef<Value> frontier, ArrayRef<ElementsAttr> values);
  void fold(ArrayRef<Operation *> sorted, ArrayRef<Value> frontier);

  ConstantEvaluator evaluator;
};

/// Bytes of a static numeric tensor; 0 for strings and for shapes that only the
/// values tell; nullopt for what is no tensor of values.
std::optional<int64_t> getByteSize(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return std::nullopt;
  if (isa<StringType>(tensor.getElementType()))
    return 0;
  std::optional<unsigned> size = getElementByteSize(tensor.getElementType());
  if (!size || !tensor.hasStaticShape())
    return size ? std::optional<int64_t>(0) : std::nullopt;
  std::optional<int64_t> count = checkedNumElements(tensor.getShape());
  return count ? checkedProduct(*count, *size) : std::nullopt;
}

bool canEvaluate(Operation *op) {
  return isMemoryEffectFree(op) && isa<NodeOpInterface>(op) &&
         !isa<NodeOp, CallLikeOpInterface>(op) &&
         !op->hasAttr(TFGDialect::kFeedIndexAttr) &&
         llvm::all_of(op->getResultTypes(),
                      [](Type type) { return getByteSize(type).has_value(); });
}

} // namespace

bool FoldConstantsPass::isExcluded(Operation *op) {
  return llvm::is_contained(excludeOps, getTFOpName(op)) ||
         llvm::is_contained(excludeNodes, getNodeName(op->getLoc()));
}

/// The values that depend on constants only and that others use, within limits.
SmallVector<Value>
FoldConstantsPass::findFrontier(ArrayRef<Operation *> sorted) {
  // For each constant node, the bytes of the constants below it.
  llvm::DenseMap<Operation *, int64_t> sourceBytes;
  for (Operation *op : sorted) {
    if (!canEvaluate(op) || isExcluded(op))
      continue;
    int64_t bytes = 0;
    bool isConstant = op->getNumOperands() > 0 || isa<ConstOp>(op);
    for (Value operand : op->getOperands()) {
      auto it = sourceBytes.find(operand.getDefiningOp());
      isConstant &= operand.getDefiningOp() && it != sourceBytes.end();
      if (isConstant)
        bytes += it->second;
    }
    if (isa<ConstOp>(op))
      bytes = *getByteSize(op->getResult(0).getType());
    int64_t made = 0;
    for (Type type : op->getResultTypes())
      made += *getByteSize(type);
    bool grows = made >= kMaxGrowingBytes && made > bytes;
    if (isConstant && made <= maxBytes && (isa<ConstOp>(op) || !grows))
      sourceBytes[op] = bytes;
  }
  SmallVector<Value> frontier;
  for (Operation *op : sorted) {
    if (isa<ConstOp>(op) || !sourceBytes.contains(op))
      continue;
    for (Value result : op->getResults())
      if (llvm::any_of(result.getUsers(), [&](Operation *user) {
            return !sourceBytes.contains(user) && !isa<ControlOp>(user);
          }))
        frontier.push_back(result);
  }
  return frontier;
}

/// A graph without inputs that fetches `frontier`.
OwningOpRef<ModuleOp> FoldConstantsPass::extract(ArrayRef<Operation *> sorted,
                                                 ArrayRef<Value> frontier) {
  llvm::DenseSet<Operation *> needed = findNeeded(frontier);
  OwningOpRef<ModuleOp> module = ModuleOp::create(getOperation().getLoc());
  auto builder = OpBuilder::atBlockEnd(module->getBody());
  auto graph = GraphOp::create(builder, getOperation().getLoc());
  builder.setInsertionPointToEnd(graph.getBodyBlock());
  IRMapping mapping;
  for (Operation *op : sorted)
    if (needed.contains(op))
      builder.clone(*op, mapping);
  SmallVector<Value> values;
  SmallVector<std::string> names;
  for (Value value : frontier) {
    values.push_back(mapping.lookup(value));
    names.push_back(std::to_string(names.size()));
  }
  SmallVector<StringRef> nameRefs(names.begin(), names.end());
  FetchOp::create(builder, graph.getLoc(), values,
                  builder.getStrArrayAttr(nameRefs), ArrayAttr(), StringAttr(),
                  StringAttr());
  return module;
}

void FoldConstantsPass::replace(ArrayRef<Value> frontier,
                                ArrayRef<ElementsAttr> values) {
  for (auto [index, attr] : llvm::enumerate(values)) {
    Value value = frontier[index];
    auto typed = dyn_cast_or_null<TypedAttr>(attr);
    // The value of a result of unknown shape has a more precise type.
    auto declared = cast<TensorType>(value.getType());
    if (!typed ||
        failed(mergeTypes(declared, cast<TensorType>(typed.getType()))))
      continue;
    OpBuilder builder(value.getDefiningOp());
    Value constant = ConstOp::create(builder, value.getLoc(), typed);
    value.replaceAllUsesWith(constant);
    ++numFolded;
  }
}

/// Folds `frontier` at once, or in halves if the evaluator cannot compute all
/// of it; what it cannot compute alone stays as it is.
void FoldConstantsPass::fold(ArrayRef<Operation *> sorted,
                             ArrayRef<Value> frontier) {
  SmallVector<ArrayRef<Value>> worklist{frontier};
  // Replaced at the end: what stands in `sorted` must not change before.
  SmallVector<std::pair<ArrayRef<Value>, SmallVector<ElementsAttr>>> folded;
  for (unsigned tries = 0; !worklist.empty() && tries < kMaxTries; ++tries) {
    ArrayRef<Value> part = worklist.pop_back_val();
    SmallVector<ElementsAttr> values;
    if (succeeded(evaluator(*extract(sorted, part), values)) &&
        values.size() == part.size()) {
      folded.emplace_back(part, std::move(values));
    } else if (part.size() > 1) {
      worklist.push_back(part.drop_front(part.size() / 2));
      worklist.push_back(part.take_front(part.size() / 2));
    }
  }
  for (auto &[part, values] : folded)
    replace(part, values);
}

void FoldConstantsPass::runOnOperation() {
  if (!evaluator)
    return;
  for (auto graph : getOperation().getOps<GraphOp>()) {
    SmallVector<Operation *> sorted = sortTopologically(*graph.getBodyBlock());
    SmallVector<Value> frontier = findFrontier(sorted);
    if (frontier.empty())
      continue;
    fold(sorted, frontier);
    for (Operation *op : llvm::reverse(sorted))
      if (isOpTriviallyDead(op))
        op->erase();
  }
}

std::unique_ptr<Pass> createFoldConstantsPass(ConstantEvaluator evaluator) {
  return std::make_unique<FoldConstantsPass>(std::move(evaluator));
}

std::unique_ptr<Pass>
createFoldConstantsPass(ConstantEvaluator evaluator,
                        const FoldConstantsPassOptions &options) {
  return std::make_unique<FoldConstantsPass>(std::move(evaluator), options);
}

} // namespace firn::tfg
