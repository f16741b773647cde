// See EmitKernels.h. A kernel is generated once for each combination of buffer
// types (their strides are part of the code) and known constants.
#include "backend/jit/EmitKernels.h"

#include "backend/jit/EmitNest.h"
#include "backend/jit/JitDialect.h"
#include "backend/jit/PanelLayout.h"
#include "backend/jit/Profile.h"
#include "backend/jit/VectorCode.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;

namespace firn::jit {

namespace {

/// Work below this many cycles is not worth waking another thread for.
constexpr double kMinParallelCycles = 30000;

struct Kernel {
  StringAttr name;
  /// For the profile: what it computes and how, and its operations.
  StringAttr summary;
  int64_t operations = 0;
  Tiling tiling;
  SmallVector<PanelLayout> panels;
};

class KernelEmitter {
public:
  KernelEmitter(func::FuncOp main, BoundArguments &bound, ConstantTable &table,
                bool parallel)
      : main(main), module(main->getParentOfType<ModuleOp>()), bound(bound),
        table(table), parallel(parallel) {}

  FailureOr<unsigned> run();

private:
  /// The constant that a buffer is, whole and dense; nothing for others.
  std::optional<unsigned> constantOf(Value buffer);
  FailureOr<const Kernel *> kernelFor(LaunchOp launch);
  Value panelsOf(unsigned constant, const PanelLayout &layout, Location loc);

  func::FuncOp main;
  ModuleOp module;
  BoundArguments &bound;
  ConstantTable &table;
  bool parallel;
  std::map<std::string, Kernel> kernels;
  DenseMap<std::pair<unsigned, const PanelLayout *>, Value> packed;
};

std::optional<unsigned> KernelEmitter::constantOf(Value buffer) {
  while (Operation *op = buffer.getDefiningOp()) {
    if (!isa<memref::ExpandShapeOp, memref::CollapseShapeOp, memref::CastOp>(
            op))
      return std::nullopt;
    buffer = op->getOperand(0);
  }
  auto argument = cast<BlockArgument>(buffer);
  if (argument.getOwner() != &main.getBody().front())
    return std::nullopt;
  int64_t number = int64_t(argument.getArgNumber()) - bound.numInputs;
  if (number < 0 || number >= int64_t(bound.constants.size()))
    return std::nullopt;
  return bound.constants[number];
}

FailureOr<const Kernel *> KernelEmitter::kernelFor(LaunchOp launch) {
  std::string key = launch.getKernel().str();
  llvm::raw_string_ostream stream(key);
  llvm::BitVector constants(launch->getNumOperands());
  for (auto [number, operand] : llvm::enumerate(launch->getOperands())) {
    auto buffer = dyn_cast<MemRefType>(operand.getType());
    if (buffer && buffer.getLayout().isIdentity() && constantOf(operand))
      constants.set(number);
    // The offset of a buffer is part of its address.
    stream << ' ' << operand.getType() << (constants.test(number) ? "!" : "");
  }
  auto [it, inserted] = kernels.try_emplace(key);
  Kernel &result = it->second;
  if (!inserted)
    return &result;
  auto function = module.lookupSymbol<func::FuncOp>(launch.getKernel());
  std::optional<KernelSpec> spec =
      readKernel(function, SmallVector<Type>(launch->getOperandTypes()));
  if (!spec)
    return launch.emitError("kernel with buffers that code cannot address");
  simplifyLoops(*spec);
  result.tiling = chooseTiling(*spec, constants, HostTarget::get());
  result.panels = usePanels(*spec, result.tiling);
  result.name = StringAttr::get(module.getContext(),
                                "k" + std::to_string(kernels.size()));
  result.summary = StringAttr::get(module.getContext(),
                                   summarize(*spec, result.tiling));
  result.operations = countOperations(*spec);
  emitNest(module, result.name, function, *spec, result.tiling);
  return &result;
}

Value KernelEmitter::panelsOf(unsigned constant, const PanelLayout &layout,
                              Location loc) {
  Value &argument = packed[{constant, &layout}];
  if (argument)
    return argument;
  int64_t count = layout.numElements();
  int64_t bytes = count * bytesOf(layout.element);
  auto [entry, memory] = table.allocate(bytes);
  packPanels(table[constant].data, memory, layout);
  unsigned position = bound.numInputs + bound.constants.size();
  bound.constants.push_back(entry);
  argument = main.getBody().front().insertArgument(
      position, MemRefType::get({count}, layout.element), loc);
  return argument;
}

FailureOr<unsigned> KernelEmitter::run() {
  SmallVector<LaunchOp> launches;
  main.walk([&](LaunchOp op) { launches.push_back(op); });
  for (LaunchOp launch : launches) {
    FailureOr<const Kernel *> kernel = kernelFor(launch);
    if (failed(kernel))
      return failure();
    for (const PanelLayout &layout : (*kernel)->panels) {
      OpOperand &operand = launch->getOpOperand(layout.argument);
      operand.set(
          panelsOf(*constantOf(operand.get()), layout, launch.getLoc()));
    }
    const Tiling &tiling = (*kernel)->tiling;
    launch.setKernelAttr(FlatSymbolRefAttr::get((*kernel)->name));
    launch.setTiles(tiling.numTiles);
    launch->setAttr(kSummaryAttr, (*kernel)->summary);
    launch->setAttr(kOperationsAttr, OpBuilder(launch).getI64IntegerAttr(
                                         (*kernel)->operations));
    launch.setParallel(parallel && tiling.numTiles > 1 &&
                       tiling.cycles > kMinParallelCycles);
  }
  main.setType(FunctionType::get(
      main.getContext(), main.getBody().front().getArgumentTypes(), {}));
  for (func::FuncOp function :
       llvm::make_early_inc_range(module.getOps<func::FuncOp>()))
    if (function != main && function.getNumResults() > 0)
      function.erase();
  return kernels.size();
}

} // namespace

FailureOr<unsigned> emitKernels(func::FuncOp main, BoundArguments &bound,
                                ConstantTable &table, bool parallel) {
  return KernelEmitter(main, bound, table, parallel).run();
}

} // namespace firn::jit
