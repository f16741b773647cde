//===- TFGFunctionalOps.cpp - calls, branches and loops over functions ----===//
//
// A node that runs functions is checked against their signatures once the whole
// module is there. A function that the library lacks is no error here: the
// graph is carried through as it came, and whatever needs the body says so.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGFunctionalOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace firn::tfg;

//===----------------------------------------------------------------------===//
// Callees
//===----------------------------------------------------------------------===//

/// The op's own attributes, sorted by name.
static ArrayRef<StringAttr> inherentNames(Operation *op) {
  return op->getRegisteredInfo()->getAttributeNames();
}

SmallVector<FuncAttr> firn::tfg::detail::getCallees(Operation *op) {
  SmallVector<FuncAttr> callees;
  for (StringAttr name : inherentNames(op)) {
    Attribute attr = op->getAttr(name);
    if (auto func = dyn_cast_or_null<FuncAttr>(attr))
      callees.push_back(func);
    else if (auto list = dyn_cast_or_null<ArrayAttr>(attr))
      for (Attribute element : list)
        if (auto func = dyn_cast<FuncAttr>(element))
          callees.push_back(func);
  }
  return callees;
}

void firn::tfg::detail::updateCallees(
    Operation *op, llvm::function_ref<FuncAttr(FuncAttr)> callback) {
  for (StringAttr name : inherentNames(op)) {
    Attribute attr = op->getAttr(name);
    if (auto func = dyn_cast_or_null<FuncAttr>(attr)) {
      op->setAttr(name, callback(func));
    } else if (auto list = dyn_cast_or_null<ArrayAttr>(attr)) {
      SmallVector<Attribute> elements(list.getValue());
      for (Attribute &element : elements)
        if (auto func = dyn_cast<FuncAttr>(element))
          element = callback(func);
      op->setAttr(name, ArrayAttr::get(op->getContext(), elements));
    }
  }
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

/// Whether a value of type `a` may stand where `b` is expected: same element
/// type, unless one is not known before a polymorphic function is instantiated,
/// and shapes that do not contradict each other.
static bool areCompatible(Type a, Type b) {
  auto first = dyn_cast<TensorType>(a), second = dyn_cast<TensorType>(b);
  if (!first || !second)
    return a == b;
  auto strip = [](Type type) {
    auto ref = dyn_cast<RefType>(type);
    return ref ? ref.getElementType() : type;
  };
  Type firstElement = strip(first.getElementType());
  Type secondElement = strip(second.getElementType());
  return firstElement == secondElement ||
         isa<UnknownType, TypeParamType>(firstElement) ||
         isa<UnknownType, TypeParamType>(secondElement);
}

static LogicalResult checkTypes(Operation *op, FuncAttr callee, StringRef what,
                                TypeRange actual, ArrayRef<Type> expected) {
  if (actual.size() != expected.size())
    return op->emitOpError("expects ")
           << expected.size() << ' ' << what << "s for function "
           << callee.getName() << ", but has " << actual.size();
  for (auto [i, pair] : llvm::enumerate(llvm::zip(actual, expected)))
    if (auto [a, e] = pair; !areCompatible(a, e))
      return op->emitOpError("has ")
             << what << ' ' << i << " of type " << a << ", but function "
             << callee.getName() << " has " << e;
  return success();
}

static LogicalResult verifyCallees(CallLikeOpInterface op,
                                   SymbolTableCollection &symbols) {
  auto node = cast<NodeOpInterface>(op.getOperation());
  for (auto [i, callee] : llvm::enumerate(op.getCallees())) {
    auto func = symbols.lookupNearestSymbolFrom<FuncOp>(op, callee.getName());
    if (!func)
      continue;
    if (failed(checkTypes(op, callee, "argument",
                          op.getCalleeOperands().getTypes(),
                          func.getArgumentTypes())))
      return failure();
    if (op.returnsResultsOf(i)) {
      if (failed(checkTypes(op, callee, "result", node.getOutputs().getTypes(),
                            func.getResultTypes())))
        return failure();
    } else if (func.getResultTypes().size() != 1) {
      return op->emitOpError("expects one result of condition ")
             << callee.getName() << ", but it has "
             << func.getResultTypes().size();
    }
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Constant conditions
//===----------------------------------------------------------------------===//

/// What a constant condition says; nullopt if it is not known.
static std::optional<bool> isTrueConstant(Value condition) {
  DenseElementsAttr value;
  if (!matchPattern(condition, m_Constant(&value)))
    return std::nullopt;
  if (value.getType().getRank() > 0)
    return value.getNumElements() > 0;
  if (value.getElementType().isIntOrIndex())
    return !value.getSplatValue<APInt>().isZero();
  if (isa<FloatType>(value.getElementType()))
    return !value.getSplatValue<APFloat>().isZero();
  return std::nullopt;
}

/// A call of `branch` with what the node passes to its branches.
static LogicalResult replaceByCall(CallLikeOpInterface op, FuncAttr branch,
                                   PatternRewriter &rewriter) {
  OperationState state(op->getLoc(), PartitionedCallOp::getOperationName());
  state.addOperands(op.getCalleeOperands());
  state.addOperands(firn::tfg::getControlOperands(op));
  state.addTypes(op->getResultTypes());
  state.addAttribute("f", branch);
  if (Attribute device = op->getAttr(TFGDialect::kDeviceAttr))
    state.addAttribute(TFGDialect::kDeviceAttr, device);
  rewriter.replaceOp(op, rewriter.create(state));
  return success();
}

template <typename If>
static LogicalResult takeBranch(If op, PatternRewriter &rewriter) {
  std::optional<bool> isTrue = isTrueConstant(op.getCond());
  if (!isTrue)
    return rewriter.notifyMatchFailure(op, "the condition is no constant");
  FuncAttr branch = *isTrue ? op.getThenBranch() : op.getElseBranch();
  return replaceByCall(op, branch, rewriter);
}

template <typename Case>
static LogicalResult takeCase(Case op, PatternRewriter &rewriter) {
  DenseIntElementsAttr index;
  if (!matchPattern(op.getBranchIndex(), m_Constant(&index)) ||
      index.getNumElements() != 1 || op.getBranches().empty())
    return rewriter.notifyMatchFailure(op, "the index is no constant");
  int64_t number = index.getSplatValue<APInt>().getSExtValue();
  int64_t last = op.getBranches().size() - 1;
  if (number < 0 || number > last)
    number = last;
  return replaceByCall(op, cast<FuncAttr>(op.getBranches()[number]), rewriter);
}

void IfOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                       MLIRContext *) {
  patterns.add(takeBranch<IfOp>);
}
void StatelessIfOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                MLIRContext *) {
  patterns.add(takeBranch<StatelessIfOp>);
}
void CaseOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                         MLIRContext *) {
  patterns.add(takeCase<CaseOp>);
}
void StatelessCaseOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                  MLIRContext *) {
  patterns.add(takeCase<StatelessCaseOp>);
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

/// Dimensions that both shapes agree on.
static Type commonShape(TensorType a, TensorType b) {
  if (!a.hasRank() || !b.hasRank() || a.getRank() != b.getRank())
    return UnrankedTensorType::get(a.getElementType());
  SmallVector<int64_t> shape(a.getShape());
  for (auto [size, other] : llvm::zip(shape, b.getShape()))
    if (size != other)
      size = ShapedType::kDynamic;
  return RankedTensorType::get(shape, a.getElementType());
}

/// The types that the callee returns, with the element types of the node's
/// outputs; nullopt if the library lacks it or it does not fit.
static std::optional<SmallVector<Type>> returnedTypes(Operation *op,
                                                      FuncAttr callee) {
  auto func =
      SymbolTable::lookupNearestSymbolFrom<FuncOp>(op, callee.getName());
  ResultRange outputs = getOutputs(op);
  if (!func || func.isExternal() ||
      func.getReturn().getDataOperands().size() != outputs.size())
    return std::nullopt;
  SmallVector<Type> types;
  for (auto [value, output] :
       llvm::zip(func.getReturn().getDataOperands(), outputs))
    types.push_back(makeTensorType(
        shapeOf(value), cast<TensorType>(output.getType()).getElementType()));
  return types;
}

/// The shapes that all branches agree on, else the op's own `output_shapes`.
static LogicalResult inferBranches(CallLikeOpInterface op, ArrayAttr shapes,
                                   SmallVectorImpl<Type> &results) {
  SmallVector<Type> types;
  for (FuncAttr callee : op.getCallees()) {
    std::optional<SmallVector<Type>> next = returnedTypes(op, callee);
    if (!next) {
      types.clear();
      break;
    }
    if (types.empty())
      types = *next;
    for (auto [type, other] : llvm::zip(types, *next))
      type = commonShape(cast<TensorType>(type), cast<TensorType>(other));
  }
  for (auto [i, output] : llvm::enumerate(getOutputs(op))) {
    auto type = cast<TensorType>(output.getType());
    if (i < types.size())
      type = cast<TensorType>(types[i]);
    if (shapes && i < shapes.size()) {
      auto declared =
          cast<ShapeAttr>(shapes[i]).getTensorType(type.getElementType());
      if (FailureOr<TensorType> merged =
              mergeTypes(type, cast<TensorType>(declared));
          succeeded(merged))
        type = *merged;
    }
    results.push_back(type);
  }
  return success();
}

/// Loop variables may change their shape from one iteration to the next, unless
/// `output_shapes` says what they keep.
static LogicalResult inferLoop(Operation *op, ArrayAttr shapes,
                               SmallVectorImpl<Type> &results) {
  for (auto [i, output] : llvm::enumerate(getOutputs(op))) {
    auto type = cast<TensorType>(output.getType());
    if (shapes && i < shapes.size())
      results.push_back(
          cast<ShapeAttr>(shapes[i]).getTensorType(type.getElementType()));
    else
      results.push_back(type);
  }
  return success();
}

template <typename WhileLike> static LogicalResult verifyLoop(WhileLike op) {
  auto node = cast<NodeOpInterface>(op.getOperation());
  if (node.getDataOperands().size() != node.getOutputs().size())
    return op.emitOpError("expects as many outputs as inputs, but has ")
           << node.getOutputs().size() << " outputs for "
           << node.getDataOperands().size() << " inputs";
  return success();
}
LogicalResult WhileOp::verify() { return verifyLoop(*this); }
LogicalResult StatelessWhileOp::verify() { return verifyLoop(*this); }

// The callees are `body` and `cond`, in this order.
bool WhileOp::returnsResultsOf(unsigned index) { return index == 0; }
bool StatelessWhileOp::returnsResultsOf(unsigned index) { return index == 0; }

#define FIRN_CALL_LIKE(Op, firstArgument, infer)                               \
  OperandRange Op::getCalleeOperands() {                                       \
    return firn::tfg::getDataOperands(*this).drop_front(firstArgument);        \
  }                                                                            \
  LogicalResult Op::verifySymbolUses(SymbolTableCollection &symbols) {         \
    return verifyCallees(*this, symbols);                                      \
  }                                                                            \
  LogicalResult Op::inferShapes(const ShapeInference &,                        \
                                SmallVectorImpl<Type> &results) {              \
    return infer;                                                              \
  }

FIRN_CALL_LIKE(PartitionedCallOp, 0, inferBranches(*this, {}, results))
FIRN_CALL_LIKE(StatefulPartitionedCallOp, 0, inferBranches(*this, {}, results))
FIRN_CALL_LIKE(IfOp, 1, inferBranches(*this, getOutputShapesAttr(), results))
FIRN_CALL_LIKE(StatelessIfOp, 1,
               inferBranches(*this, getOutputShapesAttr(), results))
FIRN_CALL_LIKE(CaseOp, 1, inferBranches(*this, getOutputShapesAttr(), results))
FIRN_CALL_LIKE(StatelessCaseOp, 1,
               inferBranches(*this, getOutputShapesAttr(), results))
FIRN_CALL_LIKE(WhileOp, 0, inferLoop(*this, getOutputShapesAttr(), results))
FIRN_CALL_LIKE(StatelessWhileOp, 0,
               inferLoop(*this, getOutputShapesAttr(), results))

#define GET_OP_CLASSES
#include "ir/TFGFunctionalOps.cpp.inc"
