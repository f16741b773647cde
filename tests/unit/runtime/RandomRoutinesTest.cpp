// The generator against its published values, and what distributions make of
// its bits.
#include "backend/runtime/routines/Philox.h"
#include "tests/unit/runtime/RoutineCalls.h"

namespace firn::runtime::test {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Philox, PublishedValues) {
  EXPECT_EQ(Philox(Philox::Block{}, Philox::Key{})(),
            (Philox::Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr uint32_t ones = 0xffffffff;
  EXPECT_EQ(Philox({ones, ones, ones, ones}, {ones, ones})(),
            (Philox::Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
}

TEST(Philox, SkippingIsDrawing) {
  Philox drawn(7, 9), skipped(7, 9);
  for (int i = 0; i < 5; ++i)
    drawn();
  skipped.skip(5);
  EXPECT_EQ(drawn(), skipped());
}

TEST(RandomRoutines, UniformTakesTheBitsInOrder) {
  Philox generator(87654321, 5);
  Philox::Block first = generator(), second = generator();
  auto r = Call("RandomUniform")
               .attr("seed", int64_t(87654321))
               .attr("seed2", int64_t(5))
               .input<int32_t>({2}, {5, 1})
               .results({{DType::Float, 2}});
  EXPECT_EQ(r[0].shape(), (Shape{5, 1}));
  EXPECT_THAT(r[0].as<float>(),
              ElementsAre(uniformFloat(first[0]), uniformFloat(first[1]),
                          uniformFloat(first[2]), uniformFloat(first[3]),
                          uniformFloat(second[0])));
}

TEST(RandomRoutines, ANodeContinuesItsNumbers) {
  RoutineRun node("RandomUniformInt");
  node.attr("seed", int64_t(1))
      .input<int32_t>({1}, {2})
      .input<int32_t>({}, {-3})
      .input<int32_t>({}, {4})
      .result(DType::Int32, 1);
  auto first = node.run(), second = node.run();
  ASSERT_TRUE(first.ok() && second.ok());
  Philox later(1, 0);
  later.skip(2 * 256);
  Philox::Block bits = later();
  EXPECT_EQ(valuesOf<int32_t>((*second)[0]),
            (std::vector<int32_t>{int32_t(bits[0] % 7) - 3,
                                  int32_t(bits[1] % 7) - 3}));
}

TEST(RandomRoutines, KeyAndCounterOfASeedGiveTheSame) {
  auto keys = Call("StatelessRandomGetKeyCounter")
                  .input<int64_t>({2}, {3, -4})
                  .results({{DType::UInt64, 1}, {DType::UInt64, 1}});
  for (const char *op : {"StatelessRandomNormal", "StatelessTruncatedNormal"}) {
    auto old = Call(op)
                   .input<int32_t>({1}, {7})
                   .input<int64_t>({2}, {3, -4})
                   .results({{DType::Float, 1}});
    auto now = Call(std::string(op) + "V2")
                   .input<int32_t>({1}, {7})
                   .input<uint64_t>({1}, keys[0].as<uint64_t>())
                   .input<uint64_t>({2}, keys[1].as<uint64_t>())
                   .input<int32_t>({}, {1})
                   .results({{DType::Float, 1}});
    EXPECT_EQ(old[0].as<float>(), now[0].as<float>());
    EXPECT_THAT(now[0].as<float>(),
                Each(testing::AllOf(testing::Gt(-6), testing::Lt(6))));
  }
}

TEST(RandomRoutines, ImpossibleClassesAreNeverDrawn) {
  auto r = Call("Multinomial")
               .attr("seed", int64_t(3))
               .input<float>({1, 3}, {-1000, 0, -1000})
               .input<int32_t>({}, {6})
               .results({{DType::Int64, 2}});
  EXPECT_THAT(r[0].as<int64_t>(), Each(1));
}

TEST(RandomRoutines, ShuffleKeepsRows) {
  auto r = Call("RandomShuffle")
               .attr("seed", int64_t(3))
               .input<int32_t>({4, 2}, {1, 10, 2, 20, 3, 30, 4, 40})
               .results({{DType::Int32, 2}});
  auto values = r[0].as<int32_t>();
  int32_t sum = 0;
  for (size_t i = 0; i < values.size(); i += 2) {
    EXPECT_EQ(values[i] * 10, values[i + 1]);
    sum += values[i];
  }
  EXPECT_EQ(sum, 10);
}

TEST(RandomRoutines, BadArgumentsAreRefused) {
  EXPECT_THAT(Call("RandomUniformInt")
                  .input<int32_t>({1}, {2})
                  .input<int32_t>({}, {4})
                  .input<int32_t>({}, {4})
                  .failure({{DType::Int32, 1}}),
              HasSubstr("minval below maxval, but got 4 and 4"));
  EXPECT_THAT(Call("RandomUniform")
                  .input<int32_t>({1}, {-2})
                  .failure({{DType::Float, 1}}),
              HasSubstr("expects a shape"));
}

} // namespace
} // namespace firn::runtime::test
