//===- ControlFlowToSCF.cpp - branches and loops become regions -----------===//
//
//   %y = tfg.StatelessWhile(%i, %x, %w) {cond = @c, body = @b}
// becomes
//   %y:2 = scf.while (%a = %i, %b = %x) {
//     … nodes of @c over %a, %b, %w; scf.condition(%go) %a, %b
//   } do { … nodes of @b; scf.yield %i1, %x1 }
//
// Regions see the values around them. So what a loop hands on unchanged (%w) is
// not carried, and a constant outside is a constant inside: weights are packed,
// axes are known. Types stay those of tfg; conversion changes them with the
// nodes'.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/ControlFlowToSCF.h"
#include "backend/jit/lowering/NodeOrder.h"
#include "backend/jit/lowering/TFGToLinalg.h"
#include "ir/Identities.h"
#include "ir/TFGOps.h"
#include "ir/TypeText.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace firn {
namespace {

/// Functions that call each other many times over would grow without limit.
constexpr unsigned kMaxNodes = 1u << 20;
constexpr unsigned kMaxDepth = 64;

class Expander {
public:
  Expander(ModuleOp module, Reasons &reasons)
      : symbols(module), builder(module.getContext()), reasons(reasons) {}

  /// Replaces the nodes of `block` that run functions, and those within.
  LogicalResult expand(Block &block, unsigned depth);

private:
  using Callees = SmallVector<tfg::FuncOp>;

  LogicalResult expandNode(tfg::CallLikeOpInterface node, unsigned depth);
  LogicalResult expandCall(Operation *node, tfg::FuncOp callee, unsigned depth);
  LogicalResult expandBranches(Operation *node, ValueRange arguments,
                               ArrayRef<tfg::FuncOp> branches, unsigned depth);
  LogicalResult expandLoop(Operation *node, tfg::FuncOp body,
                           tfg::FuncOp condition, unsigned depth);

  std::optional<Callees> findCallees(tfg::CallLikeOpInterface node);
  /// Clones a function's nodes to the insertion point; gives its results.
  FailureOr<SmallVector<Value>> inlineBody(tfg::FuncOp func,
                                           ValueRange arguments);
  Value castTo(Location loc, Value value, Type type);
  Value buildPredicate(Operation *node, Value condition);
  LogicalResult stay(Operation *node, const Twine &reason) {
    reasons.try_emplace(node->getLoc(), reason.str());
    return success();
  }
  bool haveNativeForm(Operation *node, TypeRange types);

  SymbolTable symbols;
  OpBuilder builder;
  Reasons &reasons;
  LoweringTypeConverter converter;
  unsigned numNodes = 0;
};

} // namespace

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

Value Expander::castTo(Location loc, Value value, Type type) {
  if (value.getType() == type)
    return value;
  return tfg::IdentityOp::create(builder, loc, TypeRange(type),
                                 ValueRange(value), ArrayRef<NamedAttribute>())
      .getOutput();
}

FailureOr<SmallVector<Value>> Expander::inlineBody(tfg::FuncOp func,
                                                   ValueRange arguments) {
  SmallVector<Value> roots(func.getReturn()->getOperands());
  // A function that does not say what has to run in it runs its Asserts.
  if (func.getReturn().getControlOperands().empty())
    for (auto check : func.getBodyBlock()->getOps<tfg::AssertOp>())
      roots.push_back(check.getCtl());
  FailureOr<SmallVector<Operation *>> order = sortNeededNodes(roots);
  if (failed(order))
    return failure();
  numNodes += order->size();
  if (numNodes > kMaxNodes)
    return func.emitError("functions that run functions come to more than ")
           << kMaxNodes << " nodes";
  IRMapping mapping;
  for (auto [argument, value] : llvm::zip(func.getArguments(), arguments))
    mapping.map(argument, castTo(value.getLoc(), value, argument.getType()));
  for (Operation *op : *order) {
    if (isa<tfg::ControlOp, tfg::NoOp>(op))
      continue;
    Operation *clone = builder.clone(*op, mapping);
    // Their order holds all that control edges say.
    clone->setOperands(SmallVector<Value>(tfg::getDataOperands(clone)));
  }
  SmallVector<Value> results;
  for (Value value : func.getReturn().getDataOperands())
    results.push_back(mapping.lookup(value));
  return results;
}

std::optional<Expander::Callees>
Expander::findCallees(tfg::CallLikeOpInterface node) {
  Callees callees;
  for (auto [i, attr] : llvm::enumerate(node.getCallees())) {
    auto func = symbols.lookup<tfg::FuncOp>(attr.getName().getValue());
    size_t results =
        node.returnsResultsOf(i) ? tfg::getOutputs(node).size() : 1;
    std::string problem;
    if (!func || func.isExternal())
      problem = "is not in the library";
    else if (func->hasAttr("tfg.raw"))
      problem = "could not be read";
    else if (func.getNumArguments() != node.getCalleeOperands().size() ||
             func.getReturn().getDataOperands().size() != results)
      problem = "has another signature";
    if (!problem.empty()) {
      (void)stay(node,
                 "function @" + attr.getName().getValue() + " " + problem);
      return std::nullopt;
    }
    callees.push_back(func);
  }
  return callees;
}

bool Expander::haveNativeForm(Operation *node, TypeRange types) {
  for (Type type : types)
    if (!converter.convertType(type)) {
      (void)stay(node, "no native form of " + tfg::describeType(type));
      return false;
    }
  return true;
}

/// The condition of a branch as i1: a scalar is true if it is not zero, a
/// tensor if it is not empty. Null, with a reason, if that cannot be told.
Value Expander::buildPredicate(Operation *node, Value condition) {
  auto type = dyn_cast<RankedTensorType>(condition.getType());
  if (!type || !converter.convertType(type)) {
    (void)stay(node, type ? "no native form of its condition"
                          : "the rank of its condition is not known");
    return {};
  }
  Location loc = node->getLoc();
  if (type.getRank() > 0) {
    if (!type.hasStaticShape()) {
      (void)stay(node, "the shape of its condition is not known");
      return {};
    }
    return arith::ConstantOp::create(
        builder, loc, builder.getBoolAttr(type.getNumElements() != 0));
  }
  if (!type.getElementType().isSignlessInteger(1)) {
    auto zero = builder.getZeroAttr(type.getElementType());
    if (!zero) {
      (void)stay(node, "no zero of its condition's type");
      return {};
    }
    Value constant =
        tfg::ConstOp::create(builder, loc, DenseElementsAttr::get(type, zero));
    condition = tfg::NotEqualOp::create(
        builder, loc, TypeRange(RankedTensorType::get({}, builder.getI1Type())),
        ValueRange{condition, constant}, ArrayRef<NamedAttribute>());
  }
  return tensor::ExtractOp::create(builder, loc, condition, ValueRange());
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

LogicalResult Expander::expandCall(Operation *node, tfg::FuncOp callee,
                                   unsigned depth) {
  // A block of its own for a moment, to know what the call brought.
  auto holder =
      scf::ExecuteRegionOp::create(builder, node->getLoc(), TypeRange());
  Block &block = holder.getRegion().emplaceBlock();
  builder.setInsertionPointToEnd(&block);
  FailureOr<SmallVector<Value>> results =
      inlineBody(callee, tfg::getDataOperands(node));
  if (failed(results))
    return failure();
  for (auto [result, value] : llvm::zip(tfg::getOutputs(node), *results))
    result.replaceAllUsesWith(castTo(node->getLoc(), value, result.getType()));
  if (failed(expand(block, depth + 1)))
    return failure();
  node->getBlock()->getOperations().splice(node->getIterator(),
                                           block.getOperations());
  holder.erase();
  node->erase();
  return success();
}

LogicalResult Expander::expandBranches(Operation *node, ValueRange arguments,
                                       ArrayRef<tfg::FuncOp> branches,
                                       unsigned depth) {
  Location loc = node->getLoc();
  SmallVector<Value> outputs;
  for (Value output : tfg::getOutputs(node))
    if (!output.use_empty())
      outputs.push_back(output);
  TypeRange types = ValueRange(outputs).getTypes();
  if (branches.empty() || !haveNativeForm(node, types))
    return success();
  Operation *branch;
  if (isa<tfg::IfOp, tfg::StatelessIfOp>(node)) {
    Value predicate = buildPredicate(node, node->getOperand(0));
    if (!predicate)
      return success();
    branch = scf::IfOp::create(builder, loc, types, predicate,
                               /*addThenBlock=*/true, /*addElseBlock=*/true);
  } else {
    auto type = dyn_cast<RankedTensorType>(node->getOperand(0).getType());
    if (!type || type.getRank() != 0)
      return stay(node, "its branch_index is not known to be a scalar");
    Value index = tensor::ExtractOp::create(builder, loc, node->getOperand(0),
                                            ValueRange());
    index =
        arith::IndexCastOp::create(builder, loc, builder.getIndexType(), index);
    SmallVector<int64_t> cases =
        llvm::to_vector(llvm::seq<int64_t>(0, branches.size() - 1));
    auto select = scf::IndexSwitchOp::create(builder, loc, types, index, cases,
                                             cases.size());
    for (Region &region : select->getRegions())
      region.emplaceBlock();
    branch = select;
  }
  // The default of a switch is its first region, and the last branch.
  bool isIf = isa<scf::IfOp>(branch);
  for (auto [i, func] : llvm::enumerate(branches)) {
    unsigned region = isIf ? i : (i + 1) % branches.size();
    Block &block = branch->getRegion(region).front();
    builder.setInsertionPointToEnd(&block);
    FailureOr<SmallVector<Value>> results = inlineBody(func, arguments);
    if (failed(results))
      return failure();
    SmallVector<Value> yielded;
    for (Value output : outputs)
      yielded.push_back(
          castTo(loc, (*results)[cast<OpResult>(output).getResultNumber()],
                 output.getType()));
    scf::YieldOp::create(builder, loc, yielded);
    if (failed(expand(block, depth + 1)))
      return failure();
  }
  for (auto [output, result] : llvm::zip(outputs, branch->getResults()))
    output.replaceAllUsesWith(result);
  node->erase();
  return success();
}

LogicalResult Expander::expandLoop(Operation *node, tfg::FuncOp body,
                                   tfg::FuncOp condition, unsigned depth) {
  Location loc = node->getLoc();
  SmallVector<Value> inits(tfg::getDataOperands(node));
  // What the body hands on unchanged is seen from outside.
  SmallVector<unsigned> carried;
  for (auto [i, value] : llvm::enumerate(body.getReturn().getDataOperands()))
    if (tfg::skipIdentities(value) != body.getArgument(i))
      carried.push_back(i);
  SmallVector<Type> types;
  SmallVector<Value> carriedInits;
  for (unsigned i : carried) {
    types.push_back(body.getArgument(i).getType());
    if (!haveNativeForm(node, types.back()))
      return success();
    carriedInits.push_back(castTo(loc, inits[i], types.back()));
  }
  auto loop = scf::WhileOp::create(builder, loc, types, carriedInits);
  auto startRegion = [&](Region &region) {
    SmallVector<Value> arguments(inits);
    Block &block = region.emplaceBlock();
    for (auto [i, type] : llvm::zip(carried, types))
      arguments[i] = block.addArgument(type, loc);
    builder.setInsertionPointToEnd(&block);
    return arguments;
  };

  FailureOr<SmallVector<Value>> go =
      inlineBody(condition, startRegion(loop.getBefore()));
  if (failed(go))
    return failure();
  Value predicate = buildPredicate(node, go->front());
  if (!predicate) {
    loop.erase();
    return success();
  }
  scf::ConditionOp::create(builder, loc, predicate,
                           loop.getBefore().getArguments());

  FailureOr<SmallVector<Value>> next =
      inlineBody(body, startRegion(loop.getAfter()));
  if (failed(next))
    return failure();
  SmallVector<Value> yielded;
  for (auto [i, type] : llvm::zip(carried, types))
    yielded.push_back(castTo(loc, (*next)[i], type));
  scf::YieldOp::create(builder, loc, yielded);

  builder.setInsertionPoint(node);
  SmallVector<Value> results(inits);
  for (auto [i, result] : llvm::zip(carried, loop.getResults()))
    results[i] = result;
  for (auto [output, value] : llvm::zip(tfg::getOutputs(node), results))
    if (!output.use_empty())
      output.replaceAllUsesWith(castTo(loc, value, output.getType()));
  node->erase();
  if (failed(expand(loop.getBefore().front(), depth + 1)))
    return failure();
  return expand(loop.getAfter().front(), depth + 1);
}

LogicalResult Expander::expandNode(tfg::CallLikeOpInterface node,
                                   unsigned depth) {
  std::optional<Callees> callees = findCallees(node);
  if (!callees)
    return success();
  if (depth > kMaxDepth)
    return stay(node, "functions run each other more than " + Twine(kMaxDepth) +
                          " deep");
  builder.setInsertionPoint(node);
  if (isa<tfg::PartitionedCallOp, tfg::StatefulPartitionedCallOp>(node))
    return expandCall(node, callees->front(), depth);
  // Sorted by name: body and cond, else_branch and then_branch.
  if (isa<tfg::WhileOp, tfg::StatelessWhileOp>(node))
    return expandLoop(node, (*callees)[0], (*callees)[1], depth);
  if (isa<tfg::IfOp, tfg::StatelessIfOp>(node))
    std::swap((*callees)[0], (*callees)[1]);
  return expandBranches(node, node.getCalleeOperands(), *callees, depth);
}

LogicalResult Expander::expand(Block &block, unsigned depth) {
  SmallVector<tfg::CallLikeOpInterface> nodes;
  for (Operation &op : block)
    if (auto node = dyn_cast<tfg::CallLikeOpInterface>(op))
      nodes.push_back(node);
  for (tfg::CallLikeOpInterface node : nodes)
    if (failed(expandNode(node, depth)))
      return failure();
  return success();
}

LogicalResult expandControlFlow(func::FuncOp function, ModuleOp module,
                                Reasons &reasons) {
  return Expander(module, reasons).expand(function.getBody().front(), 0);
}

} // namespace firn
