// How the pool waits: both sides spin for some microseconds, because the loops
// of one prediction follow each other closely, and then sleep on a condition
// variable. The counters are atomics; the mutex only guards the falling asleep.
#include "backend/runtime/ThreadPool.h"

#include <algorithm>
#include <sched.h>

namespace firn::runtime {
namespace {

constexpr int kSpins = 2000;

inline void pause() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

unsigned usableProcessors() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) == 0)
    return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
  return std::max(1u, std::thread::hardware_concurrency());
}

} // namespace

ThreadPool::ThreadPool(unsigned threads) {
  if (threads == 0)
    threads = usableProcessors();
  // More than this is a slip of the user's, and would exhaust the system.
  threads = std::min(threads, 1024u);
  workers.reserve(threads - 1);
  for (unsigned part = 1; part < threads; ++part)
    workers.emplace_back([this, part] { work(part); });
}

ThreadPool::~ThreadPool() {
  {
    std::lock_guard<std::mutex> lock(mutex);
    stopping.store(true);
  }
  loopStarted.notify_all();
  for (std::thread &worker : workers)
    worker.join();
}

void ThreadPool::parallelFor(int64_t count, Body body, void *context) {
  if (count <= 0)
    return;
  if (count == 1 || workers.empty() ||
      busy.exchange(true, std::memory_order_acquire)) {
    body(context, 0, count);
    return;
  }
  loopBody = body;
  loopContext = context;
  loopCount = count;
  loopParts = static_cast<unsigned>(
      std::min<int64_t>(count, static_cast<int64_t>(numThreads())));
  active.store(static_cast<unsigned>(workers.size()),
               std::memory_order_relaxed);
  {
    std::lock_guard<std::mutex> lock(mutex);
    generation.fetch_add(1, std::memory_order_release);
  }
  loopStarted.notify_all();
  runPart(0);
  for (int spin = 0; spin < kSpins; ++spin) {
    if (active.load(std::memory_order_acquire) == 0)
      break;
    pause();
  }
  if (active.load(std::memory_order_acquire) != 0) {
    std::unique_lock<std::mutex> lock(mutex);
    loopEnded.wait(lock,
                   [&] { return active.load(std::memory_order_acquire) == 0; });
  }
  busy.store(false, std::memory_order_release);
}

void ThreadPool::runPart(unsigned part) {
  if (part >= loopParts)
    return;
  // 128 bits: a count may be near the end of 64.
  auto bound = [&](unsigned index) {
    return static_cast<int64_t>(static_cast<__int128>(loopCount) * index /
                                loopParts);
  };
  loopBody(loopContext, bound(part), bound(part + 1));
}

bool ThreadPool::waitForLoop(uint64_t seen) {
  auto changed = [&] {
    return generation.load(std::memory_order_acquire) != seen ||
           stopping.load(std::memory_order_relaxed);
  };
  for (int spin = 0; spin < kSpins && !changed(); ++spin)
    pause();
  if (!changed()) {
    std::unique_lock<std::mutex> lock(mutex);
    loopStarted.wait(lock, changed);
  }
  return !stopping.load(std::memory_order_relaxed);
}

void ThreadPool::work(unsigned part) {
  // The pool cannot start another loop before this worker has taken part in the
  // last one, so loops are seen one by one.
  for (uint64_t seen = 0; waitForLoop(seen); ++seen) {
    runPart(part);
    if (active.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      // The lock orders this with a caller that is about to sleep.
      std::lock_guard<std::mutex> lock(mutex);
      loopEnded.notify_one();
    }
  }
}

} // namespace firn::runtime
