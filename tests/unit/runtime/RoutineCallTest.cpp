// What a RoutineCall gives a routine and checks of it, and how a call is left.
#include "backend/runtime/CallContext.h"
#include "backend/runtime/Routine.h"

#include <gtest/gtest.h>

namespace firn::runtime {
namespace {

/// A routine with one input of one dimension and one result of unknown size.
struct OneCall {
  RoutineSite site;
  CallContext context;
  std::vector<void *> data;
  std::vector<int64_t> dims, dynamic = std::vector<int64_t>(2);

  OneCall(DType inputType, void *elements, int64_t count, DType resultType) {
    site.op = "Foo";
    site.node = "foo";
    site.inputTypes = {inputType};
    site.inputRanks = {1};
    site.results.push_back({resultType, {kDynamicDim}});
    data = {elements};
    dims = {count};
  }
  ~OneCall() { context.releaseHeap(); }
  RoutineCall make() {
    return RoutineCall(context, site, data.data(), dims.data(), dynamic.data());
  }
};

// Integers of any width and sign are read as what they are.
TEST(RoutineCall, IntegersOfAnyWidth) {
  int16_t narrow[] = {-1, 300};
  EXPECT_EQ(OneCall(DType::Int16, narrow, 2, DType::Float).make().integers(0),
            (std::vector<int64_t>{-1, 300}));
  uint8_t bytes[] = {255, 3, 0};
  EXPECT_EQ(OneCall(DType::UInt8, bytes, 3, DType::Float).make().integers(0),
            (std::vector<int64_t>{255, 3, 0}));
  float real[] = {1, 2};
  EXPECT_TRUE(
      OneCall(DType::Float, real, 2, DType::Float).make().integers(0).empty());
}

// Memory that is not there is an error of the routine, not a jump over it.
TEST(RoutineCall, NoMemoryIsAStatus) {
  OneCall one(DType::Float, nullptr, 0, DType::Double);
  RoutineCall call = one.make();
  absl::Status status = call.output(0, Shape{int64_t{1} << 58}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
  EXPECT_EQ(OneCall(DType::Float, nullptr, 0, DType::Double)
                .make()
                .output(0, Shape{int64_t{1} << 62})
                .status()
                .code(),
            absl::StatusCode::kResourceExhausted);
}

// An output is asked for once, as elements of its own size.
TEST(RoutineCall, OutputsAreAskedForOnce) {
  OneCall one(DType::Float, nullptr, 0, DType::Double);
  RoutineCall call = one.make();
  EXPECT_EQ(call.outputValues<float>(0, Shape{3}).status().code(),
            absl::StatusCode::kInternal);
  ASSERT_TRUE(call.outputValues<double>(0, Shape{3}).ok());
  EXPECT_EQ(call.outputValues<double>(0, Shape{3}).status().code(),
            absl::StatusCode::kInternal);
  EXPECT_TRUE(call.finish().ok());
}

// What nobody takes is freed when the routine is done; what is taken stays.
TEST(RoutineCall, FreesWhatNobodyTakes) {
  for (bool isTaken : {true, false}) {
    OneCall one(DType::Float, nullptr, 0, DType::Double);
    one.site.results[0].isTaken = isTaken;
    RoutineCall call = one.make();
    ASSERT_TRUE(call.output(0, Shape{3}).ok());
    ASSERT_TRUE(call.finish().ok());
    EXPECT_EQ(one.context.heap.size(), isTaken ? 1u : 0u);
  }
}

/// Runs `body` as compiled code is run; why it left.
template <typename Body>
absl::Status runAndLeave(CallContext &context, Body body) {
  if (setjmp(context.leave) == 0)
    body();
  context.releaseHeap();
  return context.failure;
}

TEST(CallContext, FailedCheckLeaves) {
  CallContext context;
  absl::Status status = runAndLeave(context, [&] {
    firn_fail(&context, "broken");
    ADD_FAILURE() << "went on behind a failed check";
  });
  EXPECT_EQ(status, absl::InvalidArgumentError("broken"));
}

TEST(CallContext, NegativeSizesAreRefused) {
  CallContext context;
  absl::Status status = runAndLeave(context, [&] {
    EXPECT_NE(firn_alloc(&context, 0), nullptr);
    firn_alloc(&context, -1);
    ADD_FAILURE() << "allocated a negative size";
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
}

// The code of a routine's status survives; the node is named.
TEST(CallContext, KeepsTheCodeOfARoutine) {
  OneCall one(DType::Float, nullptr, 0, DType::Double);
  one.site.routine = [](RoutineCall &) {
    return absl::OutOfRangeError("too far");
  };
  auto site = std::unique_ptr<RoutineSite>(&one.site);
  one.context.sites = &site;
  absl::Status status = runAndLeave(one.context, [&] {
    firn_call(&one.context, 0, one.data.data(), one.dims.data(),
              one.dynamic.data());
  });
  (void)site.release();
  EXPECT_EQ(status, absl::OutOfRangeError("Foo (node 'foo'): too far"));
}

} // namespace
} // namespace firn::runtime
