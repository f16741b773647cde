// See CallContext.h.
#include "backend/runtime/CallContext.h"

#include "backend/runtime/Memory.h"
#include "backend/runtime/ThreadPool.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace firn::runtime {

FlushDenormals::FlushDenormals() {
#if defined(__x86_64__)
  saved = _mm_getcsr();
  // Bit 15 flushes results, bit 6 treats inputs as zero.
  _mm_setcsr(static_cast<unsigned>(saved) | 0x8040U);
#elif defined(__aarch64__)
  asm volatile("mrs %0, fpcr" : "=r"(saved));
  asm volatile("msr fpcr, %0" : : "r"(saved | (uint64_t(1) << 24)));
#else
  saved = 0;
#endif
}

FlushDenormals::~FlushDenormals() {
#if defined(__x86_64__)
  _mm_setcsr(static_cast<unsigned>(saved));
#elif defined(__aarch64__)
  asm volatile("msr fpcr, %0" : : "r"(saved));
#endif
}

int64_t clockNanoseconds() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

void *CallContext::allocate(int64_t bytes) {
  void *memory = allocateAligned(bytes);
  if (memory)
    heap.push_back(memory);
  return memory;
}

void CallContext::releaseHeap() {
  for (void *memory : heap)
    freeAligned(memory);
  heap.clear();
}

namespace {
struct Launch {
  KernelFunction kernel;
  void **slots;
};

void runLaunch(void *context, int64_t begin, int64_t end) {
  FlushDenormals flush;
  auto *launch = static_cast<Launch *>(context);
  launch->kernel(launch->slots, begin, end);
}
} // namespace

extern "C" {

void firn_launch(CallContext *context, KernelFunction kernel, void **slots,
                 int64_t tiles) {
  Launch launch{kernel, slots};
  context->pool->parallelFor(tiles, runLaunch, &launch);
}

void firn_fail(CallContext *context, const char *message) {
  context->failure = absl::InvalidArgumentError(message);
  std::longjmp(context->leave, 1);
}

void firn_mark(CallContext *context, int64_t index) {
  int64_t now = clockNanoseconds();
  OpTime &time = context->times[static_cast<size_t>(index)];
  if (time.duration == 0)
    time.start = context->lastMark;
  time.duration += now - context->lastMark; // a loop comes here again
  context->lastMark = now;
}

void *firn_alloc(CallContext *context, int64_t bytes) {
  if (void *memory = context->allocate(bytes))
    return memory;
  context->failure = absl::ResourceExhaustedError(
      "no memory for a tensor whose size became known while running");
  std::longjmp(context->leave, 1);
}

void firn_free(CallContext *context, void *memory) {
  auto it = std::find(context->heap.rbegin(), context->heap.rend(), memory);
  if (it == context->heap.rend())
    return;
  *it = context->heap.back();
  context->heap.pop_back();
  freeAligned(memory);
}

void *firn_output(CallContext *context, int64_t index, const int64_t *dims,
                  int64_t rank) {
  {
    absl::StatusOr<void *> memory =
        context->allocateOutput
            ? (*context->allocateOutput)(
                  static_cast<size_t>(index),
                  std::span<const int64_t>(dims, static_cast<size_t>(rank)))
            : absl::FailedPreconditionError(
                  "an output's shape became known while running, and nobody "
                  "gives memory for it");
    if (memory.ok())
      return *memory;
    context->failure = memory.status();
  }
  std::longjmp(context->leave, 1);
}
}

} // namespace firn::runtime
