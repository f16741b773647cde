// Parsing of tf.Example messages and lookup in tables. The messages are put
// together byte by byte.
#include "tests/unit/runtime/RoutineTest.h"

namespace firn::runtime {
namespace {

using Texts = std::vector<std::string>;
using Ints = std::vector<int64_t>;

std::string field(int number, const std::string &bytes) {
  EXPECT_LT(bytes.size(), 128u);
  return std::string{static_cast<char>(number << 3 | 2),
                     static_cast<char>(bytes.size())} +
         bytes;
}
std::string floatBytes(float value) {
  return {reinterpret_cast<const char *>(&value), sizeof(value)};
}
/// A list of the kind 1 (bytes), 2 (floats) or 3 (int64) under a key.
std::string feature(const std::string &key, int kind, const std::string &list) {
  return field(1, field(1, key) + field(2, field(kind, list)));
}
std::string example(const std::string &features) { return field(1, features); }

/// ParseExample with one sparse feature 's' of int64 and one dense one 'd'.
RoutineRun parser(Texts serialized, Texts names, std::vector<float> defaults) {
  RoutineRun run("ParseExample");
  Shape batch{static_cast<int64_t>(serialized.size())};
  run.text(batch, std::move(serialized));
  run.text({static_cast<int64_t>(names.size())}, names);
  run.text({}, {"s"}).text({}, {"d"});
  run.input<float>({static_cast<int64_t>(defaults.size())}, defaults);
  run.result(DType::Int64, 2).result(DType::Int64, 1);
  return run.result(DType::Int64, Shape{2})
      .result(DType::Float, Shape{kDynamicDim, 2});
}

TEST(ExampleRoutinesTest, SparseAndDenseFeatures) {
  // Packed and unpacked lists mean the same.
  std::string first =
      example(feature("s", 3, field(1, "\x05\x06")) +
              feature("d", 2, field(1, floatBytes(1) + floatBytes(2))));
  std::string second = example(
      feature("s", 3, std::string("\x08\x07", 2)) +
      feature("d", 2,
              std::string("\x0D", 1) + floatBytes(3) + "\x0D" + floatBytes(4)));
  auto out = parser({first, second, ""}, {}, {-1, -2}).run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<int64_t>((*out)[0]), (Ints{0, 0, 0, 1, 1, 0}));
  EXPECT_EQ(valuesOf<int64_t>((*out)[1]), (Ints{5, 6, 7}));
  EXPECT_EQ(valuesOf<int64_t>((*out)[2]), (Ints{3, 2}));
  EXPECT_EQ((*out)[3].shape(), (Shape{3, 2}));
  EXPECT_EQ(valuesOf<float>((*out)[3]),
            (std::vector<float>{1, 2, 3, 4, -1, -2}));
}

// Near misses: what is wrong with which feature of which example.
TEST(ExampleRoutinesTest, ErrorsNameTheExampleAndTheFeature) {
  std::string good =
      example(feature("d", 2, field(1, floatBytes(1) + floatBytes(2))));
  EXPECT_EQ(parser({good, ""}, {"a", "b"}, {}).run().status().message(),
            "example 'b': feature 'd': it is required (no default), but was "
            "not found; its type is float");
  EXPECT_EQ(parser({example(feature("d", 2, field(1, floatBytes(1))))}, {}, {})
                .run()
                .status()
                .message(),
            "example 0: feature 'd': expects 2 values for the shape [2], but "
            "found 1");
  EXPECT_EQ(parser({example(feature("d", 3, field(1, "\x01\x02")))}, {}, {})
                .run()
                .status()
                .message(),
            "example 0: feature 'd': expects values of type float, but found "
            "int64");
}

// Every beginning of a message is an example or is refused.
TEST(ExampleRoutinesTest, TornMessagesAreRefused) {
  std::string whole =
      example(feature("s", 3, field(1, "\x05\x06")) +
              feature("d", 2, field(1, floatBytes(1) + floatBytes(2))));
  for (size_t size = 1; size < whole.size(); ++size)
    EXPECT_FALSE(parser({whole.substr(0, size)}, {}, {0, 0}).run().ok())
        << size;
  EXPECT_FALSE(
      parser({"\x0A\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"}, {}, {0, 0})
          .run()
          .ok());
}

TEST(ExampleRoutinesTest, KeysInVectorsRaggedAndPaddedFeatures) {
  RoutineRun run("ParseExampleV2");
  run.text({2}, {example(feature("p", 1, field(1, "x") + field(1, "y")) +
                         feature("r", 3, field(1, "\x01"))),
                 example(feature("p", 1, field(1, "z")))});
  run.text({0}, {}).text({0}, {}).text({1}, {"p"}).text({1}, {"r"});
  run.text({}, {"-"});
  run.result(DType::String, Shape{2, kDynamicDim});
  run.result(DType::Int64, 1).result(DType::Int32, 1);
  auto out = run.run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].shape(), (Shape{2, 2}));
  EXPECT_EQ((*out)[0].strings(), (Texts{"x", "y", "z", "-"}));
  EXPECT_EQ(valuesOf<int64_t>((*out)[1]), (Ints{1}));
  EXPECT_EQ(valuesOf<int32_t>((*out)[2]), (std::vector<int32_t>{0, 1, 1}));
}

TEST(ExampleRoutinesTest, OneExampleHasNoBatchDimension) {
  RoutineRun run("ParseSingleExample");
  run.attr("sparse_keys", Texts{"s"}).attr("dense_keys", Texts{"d"});
  run.text({}, {example(feature("s", 1, field(1, "x")) +
                        feature("d", 3, field(1, "\x09")))});
  run.input<int64_t>({0}, {});
  run.result(DType::Int64, 2).result(DType::String, 1);
  run.result(DType::Int64, Shape{1}).result(DType::Int64, Shape{});
  auto out = run.run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].shape(), (Shape{1, 1}));
  EXPECT_EQ((*out)[1].strings(), (Texts{"x"}));
  EXPECT_EQ(valuesOf<int64_t>((*out)[2]), (Ints{1}));
  EXPECT_EQ(valuesOf<int64_t>((*out)[3]), (Ints{9}));
}

//===----------------------------------------------------------------------===//
// DecodeCSV
//===----------------------------------------------------------------------===//

TEST(ExampleRoutinesTest, CsvFieldsAndTheirDefaults) {
  RoutineRun run("DecodeCSV");
  run.text({2}, {"1,\"a,\"\"b\"\"\",2.5", ",,"});
  run.input<int32_t>({1}, {7}).text({1}, {"none"}).input<float>({1}, {0.5f});
  run.result(DType::Int32, 1).result(DType::String, 1).result(DType::Float, 1);
  auto out = run.run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<int32_t>((*out)[0]), (std::vector<int32_t>{1, 7}));
  EXPECT_EQ((*out)[1].strings(), (Texts{"a,\"b\"", "none"}));
  EXPECT_EQ(valuesOf<float>((*out)[2]), (std::vector<float>{2.5f, 0.5f}));
}

TEST(ExampleRoutinesTest, CsvErrorsNameTheRecordAndTheField) {
  auto parse = [](std::string record) {
    RoutineRun run("DecodeCSV");
    run.text({1}, {std::move(record)});
    run.input<int32_t>({0}, {}).text({1}, {""});
    return run.result(DType::Int32, 1).result(DType::String, 1).run().status();
  };
  EXPECT_TRUE(parse("1,a").ok());
  EXPECT_EQ(parse("1").message(), "record 0: expects 2 fields, but found 1");
  EXPECT_EQ(parse(",a").message(),
            "record 0: field 0 is required, but is empty");
  EXPECT_EQ(parse("x,a").message(),
            "record 0: expects field 0 of type int32, but found 'x'");
  EXPECT_EQ(parse("1,\"a").message(),
            "record 0: expects a closing quote of field 1");
  EXPECT_EQ(parse("1,a\"b").message(),
            "record 0: expects no quote within field 1, which is not quoted");
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

TEST(TableRoutinesTest, UnknownKeysHaveTheDefault) {
  RoutineRun run("_TableFind");
  run.text({2, 2}, {"b", "x", "", "a"});
  run.input<int64_t>({}, {-1});
  run.text({3}, {"a", "b", ""}).input<int64_t>({3}, {10, 11, 12});
  auto out = run.result(DType::Int64, 2).run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<int64_t>((*out)[0]), (Ints{11, -1, 12, 10}));
}

// The rows are found once; a table that shrinks behind them is refused.
TEST(TableRoutinesTest, TheTableStays) {
  RoutineRun run("_TableFind");
  run.input<int64_t>({1}, {5}).input<int64_t>({}, {-1});
  RoutineRun smaller = run;
  run.input<int64_t>({3}, {3, 4, 5}).input<int64_t>({3}, {10, 11, 12});
  run.result(DType::Int64, 1);
  ASSERT_TRUE(run.run().ok());
  smaller.input<int64_t>({1}, {3}).input<int64_t>({1}, {10});
  EXPECT_EQ(smaller.run().status().message(),
            "expects a table that stays the same, but found 1 keys after 3");
}

TEST(TableRoutinesTest, ValuesMayBeStringsOrVectors) {
  RoutineRun words("_TableFind");
  words.input<int64_t>({2}, {1, 5}).text({}, {"?"});
  words.input<int64_t>({2}, {0, 1}).text({2}, {"zero", "one"});
  auto out = words.result(DType::String, 1).run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].strings(), (Texts{"one", "?"}));

  RoutineRun vectors("_TableFind");
  vectors.input<int32_t>({}, {3}).input<float>({2}, {0, 0});
  vectors.input<int32_t>({1}, {3}).input<float>({1, 2}, {1, 2});
  out = vectors.result(DType::Float, 1).run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<float>((*out)[0]), (std::vector<float>{1, 2}));
}

} // namespace
} // namespace firn::runtime
