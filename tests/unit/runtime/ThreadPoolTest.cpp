// The pool: every iteration runs once, whoever calls, nested and from many
// threads.
#include "backend/runtime/ThreadPool.h"

#include <gtest/gtest.h>

#include <set>

namespace firn::runtime {
namespace {

struct Counters {
  explicit Counters(size_t size) : counts(size) {}
  std::vector<std::atomic<int>> counts;

  static void add(void *context, int64_t begin, int64_t end) {
    auto *self = static_cast<Counters *>(context);
    for (int64_t i = begin; i < end; ++i)
      self->counts[static_cast<size_t>(i)].fetch_add(1);
  }
};

TEST(ThreadPoolTest, RunsEveryIterationOnce) {
  for (unsigned threads : {1u, 2u, 3u, 8u}) {
    ThreadPool pool(threads);
    EXPECT_EQ(pool.numThreads(), threads);
    for (int64_t count : {0, 1, 2, 7, 100}) {
      Counters counters(static_cast<size_t>(count));
      for (int repeat = 0; repeat < 50; ++repeat)
        pool.parallelFor(count, Counters::add, &counters);
      for (std::atomic<int> &value : counters.counts)
        EXPECT_EQ(value.load(), 50);
    }
  }
}

// The ranges of a loop are the same in every call.
TEST(ThreadPoolTest, PartitionIsStatic) {
  ThreadPool pool(3);
  struct Ranges {
    std::mutex mutex;
    std::set<std::pair<int64_t, int64_t>> all;
  } ranges;
  for (int repeat = 0; repeat < 20; ++repeat)
    pool.parallelFor(
        10,
        [](void *context, int64_t begin, int64_t end) {
          auto *all = static_cast<Ranges *>(context);
          std::lock_guard<std::mutex> lock(all->mutex);
          all->all.insert({begin, end});
        },
        &ranges);
  std::set<std::pair<int64_t, int64_t>> expected{{0, 3}, {3, 6}, {6, 10}};
  EXPECT_EQ(ranges.all, expected);
}

TEST(ThreadPoolTest, NestedLoopsRunInTheCaller) {
  ThreadPool pool(2);
  struct Context {
    ThreadPool &pool;
    Counters counters{16};
  } context{pool};
  pool.parallelFor(
      4,
      [](void *opaque, int64_t begin, int64_t end) {
        auto *context = static_cast<Context *>(opaque);
        for (int64_t i = begin; i < end; ++i)
          context->pool.parallelFor(16, Counters::add, &context->counters);
      },
      &context);
  for (std::atomic<int> &value : context.counters.counts)
    EXPECT_EQ(value.load(), 4);
}

TEST(ThreadPoolTest, ManyCallersShareIt) {
  ThreadPool pool(2);
  Counters counters(64);
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i)
    callers.emplace_back([&] {
      for (int repeat = 0; repeat < 200; ++repeat)
        pool.parallelFor(64, Counters::add, &counters);
    });
  for (std::thread &caller : callers)
    caller.join();
  for (std::atomic<int> &value : counters.counts)
    EXPECT_EQ(value.load(), 800);
}

// Longer than the workers spin, so that sleeping and waking is tested too.
TEST(ThreadPoolTest, WakesSleepingWorkers) {
  ThreadPool pool(2);
  Counters counters(2);
  for (int repeat = 0; repeat < 5; ++repeat) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    pool.parallelFor(2, Counters::add, &counters);
  }
  EXPECT_EQ(counters.counts[1].load(), 5);
}

} // namespace
} // namespace firn::runtime
