// A small persistent pool for the parallel loops of compiled code. The
// partition of a loop is static (part p of n is the same range whoever runs
// it), so results do not depend on timing; the caller works too, and a call
// allocates nothing.
#ifndef FIRN_BACKEND_RUNTIME_THREADPOOL_H
#define FIRN_BACKEND_RUNTIME_THREADPOOL_H

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace firn::runtime {

/// Runs loops on `numThreads()` threads, the caller among them.
class ThreadPool {
public:
  /// Runs the iterations [begin, end) of a loop.
  using Body = void (*)(void *context, int64_t begin, int64_t end);

  /// `threads` 0 means one for each processor this process may use.
  explicit ThreadPool(unsigned threads = 0);
  ~ThreadPool();
  ThreadPool(const ThreadPool &) = delete;
  ThreadPool &operator=(const ThreadPool &) = delete;

  unsigned numThreads() const {
    return static_cast<unsigned>(workers.size()) + 1;
  }

  /// Calls `body` on consecutive ranges that together are [0, count), in
  /// parallel, and returns when all have ended. Safe from any thread: while
  /// another loop has the pool (also from within a body), the caller runs its
  /// loop alone.
  void parallelFor(int64_t count, Body body, void *context);

  /// Calls `body(i)` for each i of [0, count), in parallel; whoever is free
  /// takes the next one, in order.
  template <typename Fn> void forEach(int64_t count, Fn body) {
    struct Loop {
      Fn &body;
      int64_t count;
      std::atomic<int64_t> next{0};
    } loop{body, count};
    auto run = [](void *context, int64_t, int64_t) {
      auto &loop = *static_cast<Loop *>(context);
      for (int64_t i; (i = loop.next.fetch_add(1)) < loop.count;)
        loop.body(i);
    };
    parallelFor(std::min<int64_t>(count, numThreads()), run, &loop);
  }

private:
  void work(unsigned part);
  void runPart(unsigned part);
  /// Waits until a loop newer than `seen` starts; false when the pool ends.
  bool waitForLoop(uint64_t seen);

  // The loop that runs; written while `busy` is held and no worker is active.
  Body loopBody = nullptr;
  void *loopContext = nullptr;
  int64_t loopCount = 0;
  unsigned loopParts = 0;

  std::atomic<bool> busy{false};
  std::atomic<uint64_t> generation{0};
  std::atomic<unsigned> active{0};
  std::atomic<bool> stopping{false};
  std::mutex mutex;
  std::condition_variable loopStarted;
  std::condition_variable loopEnded;
  std::vector<std::thread> workers;
};

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_THREADPOOL_H
