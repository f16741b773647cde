// Memory of tensors: alignment, sizes that there are not, guard pages.
#include "backend/runtime/Memory.h"

#include "gtest/gtest.h"

#include <cstdint>
#include <cstdlib>

namespace firn::runtime {
namespace {

TEST(Memory, BlocksAreAligned) {
  for (int64_t bytes : {0, 1, 63, 64, 65, 5 << 20}) {
    void *memory = allocateAligned(bytes);
    ASSERT_NE(memory, nullptr) << bytes;
    EXPECT_EQ(reinterpret_cast<uintptr_t>(memory) % 64, 0u) << bytes;
    freeAligned(memory);
  }
  freeAligned(nullptr);
}

TEST(Memory, WhatThereIsNotIsNull) {
  EXPECT_EQ(allocateAligned(-1), nullptr);
  EXPECT_EQ(allocateAligned(INT64_MAX), nullptr);
}

// Each in a process of its own: the environment is read once.
TEST(MemoryDeathTest, GuardPagesEndThePastOfABlock) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  for (int64_t bytes : {0, 1, 100, 4096, 5000}) {
    auto touch = [bytes](int64_t at) {
      setenv("FIRN_GUARD_PAGES", "1", 1);
      auto *memory = static_cast<volatile char *>(allocateAligned(bytes));
      for (int64_t i = 0; i < bytes; ++i)
        memory[i] = 1;
      memory[at] = 1;
      freeAligned(const_cast<char *>(memory));
      std::exit(0);
    };
    EXPECT_DEATH(touch(bytes), "") << bytes;
    if (bytes > 0)
      EXPECT_EXIT(touch(bytes - 1), testing::ExitedWithCode(0), "") << bytes;
  }
}

} // namespace
} // namespace firn::runtime
