// The pipeline from a linalg module to running code, as a table of contents,
// and the calling of that code.
#include "backend/jit/NativeModule.h"

#include "backend/jit/ArrangeContractions.h"
#include "backend/jit/BindArguments.h"
#include "backend/jit/Bufferize.h"
#include "backend/jit/CarryInPlace.h"
#include "backend/jit/CompileObject.h"
#include "backend/jit/DecomposeSlices.h"
#include "backend/jit/ElementBytes.h"
#include "backend/jit/EmitKernels.h"
#include "backend/jit/FormKernels.h"
#include "backend/jit/JitDialect.h"
#include "backend/jit/LowerToLLVM.h"
#include "backend/jit/ObjectLinker.h"
#include "backend/jit/OwnLoopBuffers.h"
#include "backend/jit/PlanArena.h"
#include "backend/jit/RoutineSites.h"
#include "backend/jit/SimplifyTensors.h"
#include "backend/jit/SlotAbi.h"
#include "backend/jit/StringArguments.h"
#include "backend/runtime/Memory.h"

#include "mlir/IR/Diagnostics.h"

#include "absl/strings/str_cat.h"

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

using namespace mlir;

namespace firn::jit {

namespace {

/// Memory that one running call needs.
struct CallState {
  CallState(size_t numSlots, int64_t arenaBytes)
      : slots(numSlots), arena(runtime::allocateAligned(arenaBytes)) {}
  ~CallState() { std::free(arena); }

  runtime::CallContext context;
  StringArguments strings;
  std::vector<void *> slots;
  void *arena;
};

/// What run() checks a view against.
struct ArgumentType {
  SmallVector<int64_t, 4> shape;
  size_t elementBytes;
  std::string element;
  bool isString;
};

class Stopwatch {
public:
  /// Seconds since the last lap.
  double lap() {
    auto now = std::chrono::steady_clock::now();
    double seconds = std::chrono::duration<double>(now - last).count();
    last = now;
    return seconds;
  }

private:
  std::chrono::steady_clock::time_point last = std::chrono::steady_clock::now();
};

/// `mark`: the attribute of a string.
ArgumentType argumentType(Type type, Attribute mark) {
  auto tensor = cast<RankedTensorType>(type);
  ArgumentType result;
  llvm::append_range(result.shape, tensor.getShape());
  result.isString = mark != nullptr;
  result.elementBytes =
      result.isString ? 0 : elementBytes(tensor.getElementType());
  if (result.isString)
    result.element = "string";
  else
    llvm::raw_string_ostream(result.element) << tensor.getElementType();
  return result;
}

std::string shapeText(ArrayRef<int64_t> shape) {
  std::string text = "[";
  for (auto [index, dim] : llvm::enumerate(shape)) {
    absl::StrAppend(&text, index ? "," : "");
    if (ShapedType::isDynamic(dim))
      absl::StrAppend(&text, "?");
    else
      absl::StrAppend(&text, dim);
  }
  return text + "]";
}

absl::Status checkView(const TensorView &view, const ArgumentType &type,
                       const char *what, size_t index) {
  bool fits = view.rank == static_cast<int64_t>(type.shape.size()) &&
              sizeOf(view.dtype) == type.elementBytes &&
              (view.dtype == DType::String) == type.isString;
  for (int64_t dim = 0; fits && dim < view.rank; ++dim)
    fits = view.dims[dim] >= 0 && (ShapedType::isDynamic(type.shape[dim]) ||
                                   view.dims[dim] == type.shape[dim]);
  if (fits)
    return absl::OkStatus();
  std::string name(nameOf(view.dtype));
  return absl::InvalidArgumentError(absl::StrCat(
      what, " ", index, ": expected ", type.element, shapeText(type.shape),
      ", found ", name,
      shapeText(ArrayRef<int64_t>(view.dims, static_cast<size_t>(view.rank)))));
}

} // namespace

struct NativeModule::Impl {
  ConstantTable constants;
  BoundArguments bound;
  SmallVector<ArgumentType> inputs, outputs;
  CompileReport report;
  Profile profile;
  RoutineSites sites;
  std::unique_ptr<ObjectLinker> linker;
  void (*entry)(void **slots) = nullptr;
  size_t numSlots = 1;
  int64_t arenaBytes = 0;

  // Memory of calls that have ended, for the next ones. One call after the
  // other takes `last` without a lock.
  std::atomic<CallState *> last{nullptr};
  std::mutex mutex;
  std::vector<std::unique_ptr<CallState>> idle;

  ~Impl() { delete last.load(); }

  absl::Status compile(ModuleOp module, const NativeOptions &options);
  LogicalResult toBuffers(func::FuncOp main);
  CallState *acquire();
  void release(CallState *state);
  void fillSlots(CallState &state, std::span<const TensorView> inputs,
                 std::span<const TensorView> outputs) const;
  absl::Status call(CallState &state) const;
  void recordTimes(std::span<const runtime::OpTime> times);
};

NativeModule::NativeModule(std::unique_ptr<Impl> impl)
    : impl(std::move(impl)) {}
NativeModule::~NativeModule() = default;

//===----------------------------------------------------------------------===//
// Compiling
//===----------------------------------------------------------------------===//

LogicalResult NativeModule::Impl::toBuffers(func::FuncOp main) {
  FailureOr<BoundArguments> arguments = bindArguments(main, constants);
  if (failed(arguments) || failed(bufferize(main)))
    return failure();
  bound = std::move(*arguments);
  return success();
}

absl::Status NativeModule::Impl::compile(ModuleOp original,
                                         const NativeOptions &options) {
  MLIRContext *context = original.getContext();
  loadDialects(*context);
  std::string errors;
  ScopedDiagnosticHandler collect(context, [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
      absl::StrAppend(&errors, errors.empty() ? "" : "\n", diagnostic.str());
    return success();
  });
  auto failure = [&](const char *step) {
    return absl::InternalError(absl::StrCat(step, ": ", errors));
  };
  auto main = original.lookupSymbol<func::FuncOp>("main");
  if (!main)
    return absl::InvalidArgumentError("the module has no function @main");
  for (auto [index, type] : llvm::enumerate(main.getArgumentTypes()))
    inputs.push_back(argumentType(type, main.getArgAttr(index, kStringAttr)));
  for (auto [index, type] : llvm::enumerate(main.getResultTypes()))
    outputs.push_back(
        argumentType(type, main.getResultAttr(index, kStringAttr)));

  OwningOpRef<ModuleOp> owner(original.clone());
  ModuleOp module = *owner;
  main = module.lookupSymbol<func::FuncOp>("main");
  auto dump = [&](const char *step) {
    if (options.dumpIR)
      llvm::errs() << "// ----- " << step << "\n" << module << "\n";
  };
  Stopwatch watch;

  if (failed(simplifyTensors(module, /*fuse=*/options.optLevel > 0)))
    return failure("simplifying");
  arrangeContractions(main);
  decomposeSlices(main);
  dump("simplified");
  report.numLaunches = formKernels(module);
  carryInPlace(main);
  report.tensors = watch.lap();

  dump("tensors");
  if (failed(toBuffers(main)))
    return failure("assigning buffers");
  if (failed(cleanUp(module)))
    return failure("simplifying");
  report.numCopies = removeSelfCopies(main);
  ownLoopBuffers(main);
  report.buffers = watch.lap();

  FailureOr<unsigned> kernels = emitKernels(main, bound, constants, options);
  if (failed(kernels))
    return failure("generating kernels");
  report.numKernels = *kernels;
  report.kernels = watch.lap();
  FailureOr<RoutineSites> calls = collectRoutineSites(main);
  if (failed(calls))
    return failure("calling routines");
  sites = std::move(*calls);
  FailureOr<ArenaPlan> plan = planArena(main);
  if (failed(plan))
    return failure("planning memory");
  arenaBytes = plan->bytes;
  report.arenaBytes = plan->bytes;
  report.livePeakBytes = plan->livePeak;
  report.numDynamic = plan->numDynamic;

  dump("buffers");
  if (options.profile)
    profile.ops = markOps(main);
  if (failed(lowerLinalgToLoops(module)))
    return failure("making loops");
  for (Type type : main.getFunctionType().getInputs())
    numSlots += jit::numSlots(type);
  useSlots(main);
  declareRuntime(module);
  dump("slots");
  if (failed(lowerToLLVM(module)))
    return failure("lowering to LLVM");
  report.lowering = watch.lap();

  auto objects = compileObjects(
      module, options.optLevel,
      std::min(2U, std::thread::hardware_concurrency()), options.dumpIR);
  if (!objects.ok())
    return objects.status();
  report.machine = watch.lap();

  auto linked = ObjectLinker::create();
  if (!linked.ok())
    return linked.status();
  linker = std::move(*linked);
  for (auto &object : *objects) {
    report.objectBytes += object->getBufferSize();
    if (absl::Status status = linker->add(std::move(object)); !status.ok())
      return status;
  }
  auto address = linker->lookup("main");
  if (!address.ok())
    return address.status();
  entry = reinterpret_cast<void (*)(void **)>(*address);
  report.linking = watch.lap();
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<NativeModule>>
NativeModule::compile(ModuleOp module, const NativeOptions &options) {
  auto impl = std::make_unique<Impl>();
  if (absl::Status status = impl->compile(module, options); !status.ok())
    return status;
  return std::unique_ptr<NativeModule>(new NativeModule(std::move(impl)));
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

CallState *NativeModule::Impl::acquire() {
  if (CallState *state = last.exchange(nullptr))
    return state;
  {
    std::lock_guard<std::mutex> lock(mutex);
    if (!idle.empty()) {
      CallState *state = idle.back().release();
      idle.pop_back();
      return state;
    }
  }
  auto state =
      std::make_unique<CallState>(numSlots, std::max<int64_t>(arenaBytes, 1));
  return state->arena ? state.release() : nullptr;
}

void NativeModule::Impl::release(CallState *state) {
  CallState *none = nullptr;
  if (last.compare_exchange_strong(none, state))
    return;
  std::lock_guard<std::mutex> lock(mutex);
  idle.emplace_back(state);
}

void NativeModule::Impl::fillSlots(
    CallState &state, std::span<const TensorView> inputViews,
    std::span<const TensorView> outputViews) const {
  size_t next = 0;
  auto push = [&](const void *value) {
    state.slots[next++] = const_cast<void *>(value);
  };
  push(&state.context);
  for (size_t index = 0; index < inputViews.size(); ++index) {
    const TensorView &view = inputViews[index];
    push(inputs[index].isString ? state.strings.input(view) : view.data);
    for (int64_t dim = 0; dim < view.rank; ++dim)
      if (ShapedType::isDynamic(inputs[index].shape[dim]))
        push(reinterpret_cast<const void *>(view.dims[dim]));
  }
  for (unsigned index : bound.constants)
    push(constants[index].data);
  for (unsigned index : bound.outputs) {
    const TensorView &view = outputViews[index];
    push(outputs[index].isString
             ? state.strings.output(static_cast<std::string *>(view.data),
                                    numElements(view.shape()).value_or(0))
             : view.data);
  }
  push(state.arena);
}

/// Runs the code on filled slots. What leaves the call early comes back here.
absl::Status NativeModule::Impl::call(CallState &state) const {
  runtime::CallContext &context = state.context;
  runtime::FlushDenormals flush;
  if (setjmp(context.leave) != 0)
    return std::exchange(context.failure, absl::OkStatus());
  entry(state.slots.data());
  state.strings.finish();
  return absl::OkStatus();
}

absl::Status NativeModule::run(std::span<const TensorView> inputs,
                               std::span<const TensorView> outputs,
                               runtime::ThreadPool &pool,
                               const runtime::OutputAllocator *allocate) const {
  if (inputs.size() != impl->inputs.size() ||
      outputs.size() != impl->outputs.size())
    return absl::InvalidArgumentError(absl::StrCat(
        "expected ", impl->inputs.size(), " inputs and ", impl->outputs.size(),
        " outputs, found ", inputs.size(), " and ", outputs.size()));
  for (size_t index = 0; index < inputs.size(); ++index)
    if (absl::Status status =
            checkView(inputs[index], impl->inputs[index], "input", index);
        !status.ok())
      return status;
  for (unsigned index : impl->bound.outputs)
    if (absl::Status status =
            checkView(outputs[index], impl->outputs[index], "output", index);
        !status.ok())
      return status;

  CallState *state = impl->acquire();
  if (!state)
    return absl::ResourceExhaustedError(absl::StrCat(
        "no memory for ", impl->arenaBytes, " bytes of temporaries"));
  // Strings of outputs whose shape comes during the call are copied, too.
  auto allocateStrings =
      [&](size_t index,
          std::span<const int64_t> dims) -> absl::StatusOr<void *> {
    absl::StatusOr<void *> memory = (*allocate)(index, dims);
    if (!memory.ok() || !impl->outputs[index].isString)
      return memory;
    return state->strings.output(static_cast<std::string *>(*memory),
                                 numElements(dims).value_or(0));
  };
  runtime::OutputAllocator allocator = allocateStrings;
  runtime::CallContext &context = state->context;
  context.pool = &pool;
  context.allocateOutput = allocate ? &allocator : nullptr;
  context.sites = impl->sites.data();
  context.times.assign(impl->profile.ops.size(), {});
  if (!context.times.empty())
    context.lastMark = runtime::clockNanoseconds();
  impl->fillSlots(*state, inputs, outputs);
  absl::Status status = impl->call(*state);
  if (!context.times.empty())
    impl->recordTimes(context.times);
  state->strings.clear();
  context.strings.clear();
  if (!context.heap.empty())
    context.releaseHeap();
  impl->release(state);
  return status;
}

size_t NativeModule::numInputs() const { return impl->inputs.size(); }
size_t NativeModule::numOutputs() const { return impl->outputs.size(); }

std::span<const int64_t> NativeModule::outputShape(size_t index) const {
  const auto &shape = impl->outputs[index].shape;
  return {shape.data(), shape.size()};
}

void NativeModule::Impl::recordTimes(std::span<const runtime::OpTime> times) {
  std::lock_guard<std::mutex> lock(mutex);
  ++profile.runs;
  for (auto [op, time] : llvm::zip(profile.ops, times)) {
    op.seconds += double(time.duration) * 1e-9;
    op.lastStart = double(time.start - times.front().start) * 1e-9;
    op.lastDuration = double(time.duration) * 1e-9;
  }
}

Profile NativeModule::profile() const {
  std::lock_guard<std::mutex> lock(impl->mutex);
  return impl->profile;
}

const CompileReport &NativeModule::report() const { return impl->report; }

} // namespace firn::jit
