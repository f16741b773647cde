// Linking an image, and calling its code.
#include "backend/jit/NativeModule.h"

#include "backend/jit/CompileImage.h"
#include "backend/jit/ObjectLinker.h"
#include "backend/jit/Stopwatch.h"
#include "backend/jit/StringArguments.h"
#include "backend/runtime/Memory.h"

#include "absl/strings/str_cat.h"

#include <atomic>
#include <mutex>
#include <utility>

using namespace mlir;

namespace firn::jit {

namespace {

/// Memory that one running call needs.
struct CallState {
  CallState(size_t numSlots, int64_t arenaBytes)
      : slots(numSlots), arena(runtime::allocateAligned(arenaBytes)) {}
  ~CallState() { runtime::freeAligned(arena); }

  runtime::CallContext context;
  StringArguments strings;
  std::vector<void *> slots;
  void *arena;
};

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
  NativeImage image;
  RoutineSites sites;
  Profile profile;
  std::unique_ptr<ObjectLinker> linker;
  void (*entry)(void **slots) = nullptr;

  // Memory of calls that have ended, for the next ones. One call after the
  // other takes `last` without a lock.
  std::atomic<CallState *> last{nullptr};
  std::mutex mutex;
  std::vector<std::unique_ptr<CallState>> idle;

  ~Impl() { delete last.load(); }

  absl::Status link();
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
// Linking
//===----------------------------------------------------------------------===//

absl::Status NativeModule::Impl::link() {
  Stopwatch watch;
  auto linked = ObjectLinker::create();
  if (!linked.ok())
    return linked.status();
  linker = std::move(*linked);
  for (auto &object : image.objects)
    if (absl::Status status = linker->add(std::move(object)); !status.ok())
      return status;
  image.objects.clear();
  auto address = linker->lookup("main");
  if (!address.ok())
    return address.status();
  entry = reinterpret_cast<void (*)(void **)>(*address);
  image.report.linking = watch.lap();
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<NativeModule>>
NativeModule::create(NativeImage image) {
  auto impl = std::make_unique<Impl>();
  impl->image = std::move(image);
  impl->sites = makeRoutineSites(std::move(impl->image.sites));
  impl->profile.ops = std::move(impl->image.ops);
  if (absl::Status status = impl->link(); !status.ok())
    return status;
  return std::unique_ptr<NativeModule>(new NativeModule(std::move(impl)));
}

absl::StatusOr<std::unique_ptr<NativeModule>>
NativeModule::compile(ModuleOp module, const NativeOptions &options) {
  absl::StatusOr<NativeImage> image = compileImage(module, options);
  if (!image.ok())
    return image.status();
  return create(*std::move(image));
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
  auto state = std::make_unique<CallState>(
      image.numSlots, std::max<int64_t>(image.arenaBytes, 1));
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
    push(image.inputs[index].isString ? state.strings.input(view) : view.data);
    for (int64_t dim = 0; dim < view.rank; ++dim)
      if (ShapedType::isDynamic(image.inputs[index].shape[dim]))
        push(reinterpret_cast<const void *>(view.dims[dim]));
  }
  for (unsigned index : image.bound.constants)
    push(image.constants[index].data);
  for (unsigned index : image.bound.outputs) {
    const TensorView &view = outputViews[index];
    push(image.outputs[index].isString
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
  if (inputs.size() != impl->image.inputs.size() ||
      outputs.size() != impl->image.outputs.size())
    return absl::InvalidArgumentError(
        absl::StrCat("expected ", impl->image.inputs.size(), " inputs and ",
                     impl->image.outputs.size(), " outputs, found ",
                     inputs.size(), " and ", outputs.size()));
  for (size_t index = 0; index < inputs.size(); ++index)
    if (absl::Status status =
            checkView(inputs[index], impl->image.inputs[index], "input", index);
        !status.ok())
      return status;
  for (unsigned index : impl->image.bound.outputs)
    if (absl::Status status = checkView(
            outputs[index], impl->image.outputs[index], "output", index);
        !status.ok())
      return status;

  CallState *state = impl->acquire();
  if (!state)
    return absl::ResourceExhaustedError(absl::StrCat(
        "no memory for ", impl->image.arenaBytes, " bytes of temporaries"));
  // Strings of outputs whose shape comes during the call are copied, too.
  auto allocateStrings =
      [&](size_t index,
          std::span<const int64_t> dims) -> absl::StatusOr<void *> {
    absl::StatusOr<void *> memory = (*allocate)(index, dims);
    if (!memory.ok() || !impl->image.outputs[index].isString)
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

size_t NativeModule::numInputs() const { return impl->image.inputs.size(); }
size_t NativeModule::numOutputs() const { return impl->image.outputs.size(); }

std::span<const int64_t> NativeModule::outputShape(size_t index) const {
  const auto &shape = impl->image.outputs[index].shape;
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

const CompileReport &NativeModule::report() const { return impl->image.report; }

} // namespace firn::jit
