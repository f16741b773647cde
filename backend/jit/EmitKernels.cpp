// See EmitKernels.h. A kernel is generated once for each combination of buffer
// types (their strides are part of the code) and known constants.
#include "backend/jit/EmitKernels.h"

#include "backend/jit/EmitNest.h"
#include "backend/jit/EmitWinograd.h"
#include "backend/jit/JitDialect.h"
#include "backend/jit/PanelLayout.h"
#include "backend/jit/Profile.h"
#include "backend/jit/VectorCode.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;

namespace firn::jit {

namespace {

/// Work below this many cycles is not worth waking another thread for.
constexpr double kMinParallelCycles = 20000;

/// The type of a buffer with a static layout as if it began at its address: its
/// offset is part of what a kernel is given.
Type withoutOffset(Type type) {
  auto buffer = dyn_cast<MemRefType>(type);
  SmallVector<int64_t> strides;
  int64_t offset;
  if (!buffer || buffer.getLayout().isIdentity() ||
      failed(buffer.getStridesAndOffset(strides, offset)))
    return type;
  return MemRefType::get(buffer.getShape(), buffer.getElementType(),
                         StridedLayoutAttr::get(type.getContext(), 0, strides));
}

struct Kernel {
  StringAttr name;
  /// For the profile: what it computes and how, and its operations.
  StringAttr summary;
  int64_t operations = 0;
  int64_t tiles = 0;
  double cycles = 0;
  SmallVector<PanelLayout> panels;
  /// The convolution by Winograd's algorithm: `input` transforms the operand
  /// `image`, and `filter` is transformed here.
  struct Transformed {
    WinogradPlan plan;
    StringAttr input;
    Access image, filter;
  };
  std::optional<Transformed> winograd;
};

class KernelEmitter {
public:
  KernelEmitter(func::FuncOp main, BoundArguments &bound, ConstantTable &table,
                const NativeOptions &options)
      : main(main), module(main->getParentOfType<ModuleOp>()), bound(bound),
        table(table), options(options) {}

  FailureOr<unsigned> run();

private:
  /// The constant that a buffer is, whole and dense; nothing for others.
  std::optional<unsigned> constantOf(Value buffer);
  FailureOr<const Kernel *> kernelFor(LaunchOp launch);
  void emitDirect(Kernel &kernel, func::FuncOp function, KernelSpec &spec,
                  const Tiling &tiling);
  void emitWinograd(Kernel &kernel, func::FuncOp function,
                    const KernelSpec &spec, const WinogradPlan &plan);
  Value panelsOf(unsigned constant, const PanelLayout &layout, Location loc);
  Value filtersOf(unsigned constant, const Kernel &kernel, Location loc);
  Value addConstant(unsigned entry, MemRefType type, Location loc);
  void replaceConstant(OpOperand &operand, unsigned constant, Value packed);
  void transformImage(LaunchOp launch, const Kernel &kernel);
  bool isParallel(int64_t tiles, double cycles) const {
    return options.threads != 1 && tiles > 1 && cycles > kMinParallelCycles;
  }

  func::FuncOp main;
  ModuleOp module;
  BoundArguments &bound;
  ConstantTable &table;
  const NativeOptions &options;
  std::map<std::string, Kernel> kernels;
  /// By constant and what it is packed for, a layout or a kernel.
  DenseMap<std::pair<unsigned, const void *>, Value> packed;
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
    stream << ' ' << withoutOffset(operand.getType())
           << (constants.test(number) ? "!" : "");
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
  result.name = StringAttr::get(module.getContext(),
                                "k" + std::to_string(kernels.size()));
  KernelSpec simple = *spec;
  simplifyLoops(simple);
  Tiling tiling =
      chooseTiling(simple, constants, HostTarget::get(), options.tile);
  result.operations = countOperations(*spec);
  if (auto plan =
          planWinograd(*spec, constants, HostTarget::get(), options.winograd))
    emitWinograd(result, function, *spec, *plan);
  else
    emitDirect(result, function, simple, tiling);
  return &result;
}

void KernelEmitter::emitDirect(Kernel &kernel, func::FuncOp function,
                               KernelSpec &spec, const Tiling &tiling) {
  kernel.summary =
      StringAttr::get(module.getContext(), summarize(spec, tiling));
  kernel.tiles = tiling.numTiles;
  kernel.cycles = tiling.cycles;
  kernel.panels = usePanels(spec, tiling);
  emitNest(module, kernel.name, function, spec, tiling);
}

void KernelEmitter::emitWinograd(Kernel &kernel, func::FuncOp function,
                                 const KernelSpec &spec,
                                 const WinogradPlan &plan) {
  const Stage &root = spec.stages[0];
  auto input = StringAttr::get(module.getContext(),
                               kernel.name.getValue().str() + "_input");
  kernel.winograd = {plan, input, root.inputs[0], root.inputs[1]};
  kernel.summary = StringAttr::get(module.getContext(), summarize(spec, plan));
  kernel.tiles = plan.blocks() * plan.panels();
  kernel.cycles = plan.outputCycles;
  emitWinogradInput(module, input, plan, root.inputs[0]);
  emitWinogradOutput(module, kernel.name, function, spec, plan);
}

/// Adds a constant of the table to main's arguments.
Value KernelEmitter::addConstant(unsigned entry, MemRefType type,
                                 Location loc) {
  unsigned position = bound.numInputs + bound.constants.size();
  bound.constants.push_back(entry);
  return main.getBody().front().insertArgument(position, type, loc);
}

/// Replaces `constant`, of which `operand` is the whole, by what it was packed
/// into. With the last use its own values go: at no time all constants are in
/// memory twice.
void KernelEmitter::replaceConstant(OpOperand &operand, unsigned constant,
                                    Value packed) {
  Value old = operand.get();
  operand.set(packed);
  while (Operation *op = old.getDefiningOp()) {
    if (!op->use_empty())
      return;
    old = op->getOperand(0);
    op->erase();
  }
  if (old.use_empty())
    table.drop(constant, options.releaseConstant);
}

Value KernelEmitter::panelsOf(unsigned constant, const PanelLayout &layout,
                              Location loc) {
  Value &argument = packed[{constant, &layout}];
  if (argument)
    return argument;
  int64_t count = layout.numElements();
  auto [entry, memory] = table.allocate(count * bytesOf(layout.element));
  packPanels(table[constant].data, memory, layout);
  argument = addConstant(entry, MemRefType::get({count}, layout.element), loc);
  return argument;
}

Value KernelEmitter::filtersOf(unsigned constant, const Kernel &kernel,
                               Location loc) {
  Value &argument = packed[{constant, &kernel}];
  if (argument)
    return argument;
  const Kernel::Transformed &winograd = *kernel.winograd;
  int64_t count = winograd.plan.filterElements();
  auto [entry, memory] = table.allocate(count * int64_t(sizeof(float)));
  transformFilters(winograd.plan, winograd.filter,
                   static_cast<const char *>(table[constant].data),
                   static_cast<float *>(memory));
  Type element = winograd.filter.element;
  argument = addConstant(entry, MemRefType::get({count}, element), loc);
  return argument;
}

/// Puts the first kernel of the algorithm before `launch`, which takes its
/// result.
void KernelEmitter::transformImage(LaunchOp launch, const Kernel &kernel) {
  const Kernel::Transformed &winograd = *kernel.winograd;
  const WinogradPlan &plan = winograd.plan;
  Location loc = launch.getLoc();
  OpBuilder b(launch);
  OpOperand &image = launch->getOpOperand(winograd.image.argument);
  OpOperand &filter = launch->getOpOperand(winograd.filter.argument);
  auto type = MemRefType::get({plan.inputElements()}, winograd.image.element);
  Value tiles = memref::AllocOp::create(b, loc, type);
  int64_t parts = plan.blocks() * plan.rows;
  auto transform = LaunchOp::create(
      b, loc, TypeRange(), FlatSymbolRefAttr::get(winograd.input), image.get(),
      tiles, b.getI64IntegerAttr(parts), UnitAttr(),
      b.getDenseI64ArrayAttr({}));
  transform.setParallel(isParallel(parts, plan.inputCycles));
  transform->setAttr(kSummaryAttr, b.getStringAttr("winograd_input"));
  unsigned constant = *constantOf(filter.get());
  replaceConstant(filter, constant, filtersOf(constant, kernel, loc));
  image.set(tiles);
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
      unsigned constant = *constantOf(operand.get());
      replaceConstant(operand, constant,
                      panelsOf(constant, layout, launch.getLoc()));
    }
    if ((*kernel)->winograd)
      transformImage(launch, **kernel);
    OpBuilder b(launch);
    launch.setKernelAttr(FlatSymbolRefAttr::get((*kernel)->name));
    launch.setTiles((*kernel)->tiles);
    launch.setParallel(isParallel((*kernel)->tiles, (*kernel)->cycles));
    launch->setAttr(kSummaryAttr, (*kernel)->summary);
    launch->setAttr(kOperationsAttr,
                    b.getI64IntegerAttr((*kernel)->operations));
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
                                ConstantTable &table,
                                const NativeOptions &options) {
  return KernelEmitter(main, bound, table, options).run();
}

} // namespace firn::jit
