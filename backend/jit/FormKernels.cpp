// Groups tensor ops into kernels.
//
// A kernel is a root and its epilogue. Each linalg op in program order that is
// not yet in a kernel becomes a root; the chain then grows by the one user of
// the last result as long as that user is elementwise over it:
//
//   %c = linalg.conv_2d_nhwc_hwcf ins(%x, %w) outs(%fill)
//   %b = linalg.generic ins(%c, %bias) …               // bias and relu
//   %r = linalg.generic ins(%b, %skip) …               // residual add
// becomes
//   %r = jit.launch @kernel_0(%x, %w, %bias, %skip) outs(%empty)
// with
//   func.func private @kernel_0(%x, %w, %bias, %skip, %out) { the three ops }
//
// The launch stands where the last op of the chain stood, so that all operands
// are there. What kernels compute is read again from their function when code
// is generated (KernelSpec.h), because only then are the buffers' strides
// known.
#include "backend/jit/FormKernels.h"

#include "backend/jit/JitDialect.h"
#include "backend/jit/KernelSpec.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace firn::jit {

namespace {

using Chain = SmallVector<linalg::LinalgOp>;

/// A user that computes each element of its one result from that element of
/// `value` (and more).
linalg::LinalgOp elementwiseUser(Value value) {
  if (value.use_empty())
    return {};
  Operation *user = *value.user_begin();
  auto op = dyn_cast<linalg::LinalgOp>(user);
  if (!op || isa<linalg::FillOp>(user) || !isNestOp(op) ||
      op.getNumParallelLoops() != op.getNumLoops() ||
      user->getBlock() != value.getDefiningOp()->getBlock())
    return {};
  for (OpOperand &use : value.getUses())
    if (use.getOwner() != user || !op.isDpsInput(&use) ||
        !op.getMatchingIndexingMap(&use).isIdentity())
      return {};
  for (OpOperand &init : op.getDpsInitsMutable())
    if (!op.getMatchingIndexingMap(&init).isIdentity() ||
        op.payloadUsesValueFromOperand(&init))
      return {};
  return op;
}

Chain growChain(linalg::LinalgOp root) {
  Chain chain{root};
  while (chain.back()->getNumResults() == 1) {
    linalg::LinalgOp user = elementwiseUser(chain.back()->getResult(0));
    if (!user)
      break;
    chain.push_back(user);
  }
  return chain;
}

/// Builds the function of a kernel and collects the operands of its launch.
class Outliner {
public:
  Outliner(ModuleOp module, ArrayRef<linalg::LinalgOp> chain)
      : module(module), chain(chain), builder(module.getContext()) {}

  func::FuncOp outline(StringRef name);
  ArrayRef<Value> inputs() const { return operands; }
  /// Inputs that are read elementwise only, by whoever writes the element.
  SmallVector<int64_t> inplaceInputs();

private:
  void addOperand(Value value);
  void cloneInit(OpOperand &init, linalg::LinalgOp op);

  ModuleOp module;
  ArrayRef<linalg::LinalgOp> chain;
  OpBuilder builder;
  func::FuncOp function;
  IRMapping mapping;
  SmallVector<Value> operands;
};

void Outliner::addOperand(Value value) {
  if (mapping.contains(value))
    return;
  if (auto constant = value.getDefiningOp<arith::ConstantOp>();
      constant && !isa<TensorType>(value.getType())) {
    mapping.map(value, builder.clone(*constant)->getResult(0));
    return;
  }
  operands.push_back(value);
  mapping.map(value, function.getBody().front().addArgument(value.getType(),
                                                            value.getLoc()));
}

void Outliner::cloneInit(OpOperand &init, linalg::LinalgOp op) {
  Value value = init.get();
  if (mapping.contains(value))
    return;
  if (op.payloadUsesValueFromOperand(&init)) {
    if (auto fill = value.getDefiningOp<linalg::FillOp>();
        fill && fill.getInputs()[0].getType() ==
                    getElementTypeOrSelf(value.getType())) {
      addOperand(fill.getInputs()[0]);
      cloneInit(fill.getDpsInitsMutable()[0], fill);
      builder.clone(*fill, mapping); // maps the result, too
      return;
    }
    addOperand(value);
    return;
  }
  auto type = cast<RankedTensorType>(value.getType());
  mapping.map(value, tensor::EmptyOp::create(builder, value.getLoc(), type,
                                             ValueRange())
                         .getResult());
}

func::FuncOp Outliner::outline(StringRef name) {
  Location loc = chain.front()->getLoc();
  builder.setInsertionPointToEnd(module.getBody());
  function =
      func::FuncOp::create(builder, loc, name, builder.getFunctionType({}, {}));
  function.setPrivate();
  Block *body = function.addEntryBlock();
  builder.setInsertionPointToStart(body);
  for (linalg::LinalgOp op : chain) {
    for (OpOperand *operand : op.getDpsInputOperands())
      addOperand(operand->get());
    SetVector<Value> captured;
    getUsedValuesDefinedAbove(op->getRegions(), captured);
    for (Value value : captured)
      addOperand(value);
    for (OpOperand &init : op.getDpsInitsMutable())
      cloneInit(init, op);
    Operation *clone = builder.clone(*op, mapping);
    clone->setDiscardableAttrs(ArrayRef<NamedAttribute>());
    if (op == chain.front())
      clone->setAttr("root", builder.getUnitAttr());
    mapping.map(op->getResults(), clone->getResults());
  }
  SmallVector<Value> results;
  for (Value result : chain.back()->getResults()) {
    results.push_back(mapping.lookup(result));
    body->addArgument(result.getType(), loc);
  }
  func::ReturnOp::create(builder, loc, results);
  function.setType(builder.getFunctionType(body->getArgumentTypes(),
                                           TypeRange(ValueRange(results))));
  return function;
}

SmallVector<int64_t> Outliner::inplaceInputs() {
  SmallVector<int64_t> result;
  for (auto [index, value] : llvm::enumerate(operands)) {
    bool elementwise = isa<TensorType>(value.getType());
    for (linalg::LinalgOp op : chain)
      for (OpOperand &operand : op->getOpOperands())
        if (operand.get() == value)
          elementwise &= op.getNumParallelLoops() == op.getNumLoops() &&
                         op.getMatchingIndexingMap(&operand).isIdentity();
    if (elementwise)
      result.push_back(index);
  }
  return result;
}

class KernelFormer {
public:
  explicit KernelFormer(ModuleOp module) : module(module) {}

  unsigned run() {
    auto main = module.lookupSymbol<func::FuncOp>("main");
    // Fills last: most of them have become inits of kernels by then.
    SmallVector<linalg::LinalgOp> roots, fills;
    main.walk([&](linalg::LinalgOp op) {
      (isa<linalg::FillOp>(op) ? fills : roots).push_back(op);
    });
    for (linalg::LinalgOp op : roots)
      if (!done.contains(op) && isNestOp(op))
        form(op);
    for (Operation *op : llvm::reverse(erase))
      op->erase();
    for (linalg::LinalgOp op : fills)
      if (op->use_empty())
        op->erase();
      else if (isNestOp(op))
        form(op)->erase();
    return launches;
  }

private:
  /// Makes the kernel of `root`; returns the root, which is dead now.
  Operation *form(linalg::LinalgOp root);

  ModuleOp module;
  unsigned launches = 0;
  unsigned kernels = 0;
  llvm::StringMap<StringAttr> known;
  DenseSet<Operation *> done;
  SmallVector<Operation *> erase;
};

Operation *KernelFormer::form(linalg::LinalgOp root) {
  Chain chain = isa<linalg::FillOp>(root) ? Chain{root} : growChain(root);
  Outliner outliner(module, chain);
  func::FuncOp kernel = outliner.outline("kernel");
  // Alike kernels print alike: locations are not printed.
  std::string text;
  llvm::raw_string_ostream stream(text);
  kernel.print(stream, OpPrintingFlags().useLocalScope().assumeVerified());
  StringAttr &name = known[text];
  if (name) {
    kernel.erase();
  } else {
    name = StringAttr::get(module.getContext(),
                           "kernel_" + std::to_string(kernels++));
    kernel.setSymNameAttr(name);
  }

  linalg::LinalgOp last = chain.back();
  OpBuilder builder(last);
  SmallVector<Value> outputs;
  for (Value result : last->getResults())
    outputs.push_back(tensor::EmptyOp::create(
        builder, last.getLoc(), cast<RankedTensorType>(result.getType()),
        ValueRange()));
  auto launch =
      LaunchOp::create(builder, last.getLoc(), last->getResultTypes(),
                       FlatSymbolRefAttr::get(name), outliner.inputs(), outputs,
                       builder.getI64IntegerAttr(1), /*parallel=*/UnitAttr(),
                       builder.getDenseI64ArrayAttr(outliner.inplaceInputs()));
  last->replaceAllUsesWith(launch);
  for (linalg::LinalgOp op : chain) {
    done.insert(op);
    if (!isa<linalg::FillOp>(op))
      erase.push_back(op);
  }
  ++launches;
  return root;
}

} // namespace

unsigned formKernels(ModuleOp module) { return KernelFormer(module).run(); }

} // namespace firn::jit
