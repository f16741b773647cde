// What compiled code calls back while it runs, and the state of one call. The
// functions are C functions because compiled code finds them by name.
#ifndef FIRN_BACKEND_RUNTIME_CALLCONTEXT_H
#define FIRN_BACKEND_RUNTIME_CALLCONTEXT_H

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"

#include <csetjmp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace firn::runtime {

class ThreadPool;
struct RoutineSite;

/// Gives the memory for output `index`, whose shape was not known before the
/// call. It may be null if the output has no elements.
using OutputAllocator = absl::FunctionRef<absl::StatusOr<void *>(
    size_t index, std::span<const int64_t> dims)>;

/// The part of a profiled call that one op took, in nanoseconds of a monotonic
/// clock.
struct OpTime {
  int64_t start = 0;
  int64_t duration = 0;
};

/// The monotonic clock, in nanoseconds.
int64_t clockNanoseconds();

/// The state of one running call. Not shared between calls, and used by the
/// calling thread only: kernels, which the pool runs, check and allocate
/// nothing.
struct CallContext {
  ThreadPool *pool = nullptr;
  const OutputAllocator *allocateOutput = nullptr;

  // Why the call ended early.
  absl::Status failure;

  // Temporaries of dynamic size that are alive.
  std::vector<void *> heap;
  /// 64-byte aligned memory for the heap; null if there is none, or if the size
  /// is negative (that of a tensor whose size is no number).
  void *allocate(int64_t bytes);
  void releaseHeap();

  // The routines that the code calls, by their numbers.
  const std::unique_ptr<RoutineSite> *sites = nullptr;

  // Strings that routines made.
  std::deque<std::string> strings;

  // The ops of a profiled call (firn_mark); empty in other code.
  std::vector<OpTime> times;
  int64_t lastMark = 0;

  // Where a call that fails goes, once `failure` is set. Compiled frames hold
  // nothing that needs to be destroyed; frames of C++ in between must not.
  std::jmp_buf leave;
};

/// The code of a kernel: runs the tiles [begin, end). slots[0] is the
/// CallContext.
using KernelFunction = void (*)(void **slots, int64_t begin, int64_t end);

extern "C" {
/// Runs a kernel's `tiles` tiles on the pool of the call.
void firn_launch(CallContext *context, KernelFunction kernel, void **slots,
                 int64_t tiles);
/// Leaves the call because a check failed, so that nothing behind it is
/// reached.
[[noreturn]] void firn_fail(CallContext *context, const char *message);
/// 64-byte aligned memory that lives until firn_free or the end of the call.
/// Leaves the call if there is no memory, or if `bytes` is negative.
void *firn_alloc(CallContext *context, int64_t bytes);
void firn_free(CallContext *context, void *memory);
/// Calls routine `site`. `data`: the buffers of the inputs, then those of the
/// results of static shape; `dims`: the dimensions of all inputs, in order.
/// `dynamicResults` receives for each other result its memory (for firn_take)
/// and its dimensions. Leaves the call if the routine fails.
void firn_call(CallContext *context, int64_t site, void *const *data,
               const int64_t *dims, int64_t *dynamicResults);
/// Moves a dynamic result of a routine to where it belongs.
void firn_take(CallContext *context, void *destination, void *result,
               int64_t bytes);
/// Gives the time since the last mark to op `index` of the profile.
void firn_mark(CallContext *context, int64_t index);
/// The memory of output `index`, now that its dimensions are known. Leaves the
/// call if there is none.
void *firn_output(CallContext *context, int64_t index, const int64_t *dims,
                  int64_t rank);
}

/// While it lives, this thread flushes denormal numbers to zero.
class FlushDenormals {
public:
  FlushDenormals();
  ~FlushDenormals();
  FlushDenormals(const FlushDenormals &) = delete;
  FlushDenormals &operator=(const FlushDenormals &) = delete;

private:
  uint64_t saved;
};

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_CALLCONTEXT_H
