// Routines over strings against values from TensorFlow's documentation and
// tests, each with a near miss.
#include "tests/unit/runtime/RoutineTest.h"

namespace firn::runtime {
namespace {

using Texts = std::vector<std::string>;
using Ints = std::vector<int64_t>;

/// The strings that an op without other operands makes of `texts`.
Texts mapped(RoutineRun run, Texts texts) {
  Shape shape{static_cast<int64_t>(texts.size())};
  auto out = run.text(shape, std::move(texts)).result(DType::String, 1).run();
  EXPECT_TRUE(out.ok()) << out.status();
  return out.ok() ? (*out)[0].strings() : Texts();
}

TEST(StringRoutinesTest, CaseOfAsciiAndOfUnicode) {
  EXPECT_EQ(mapped(RoutineRun("StringLower"), {"AbÄ", ""}), (Texts{"abÄ", ""}));
  EXPECT_EQ(
      mapped(RoutineRun("StringUpper").attr("encoding", "utf-8"), {"straße ä"}),
      (Texts{"STRASSE Ä"}));
  EXPECT_EQ(mapped(RoutineRun("StringStrip"), {" a b\n"}), (Texts{"a b"}));
}

TEST(StringRoutinesTest, LengthInBytesAndCharacters) {
  RoutineRun bytes("StringLength");
  auto out = bytes.text({2}, {"äb", ""}).result(DType::Int32, 1).run();
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(valuesOf<int32_t>((*out)[0]), (std::vector<int32_t>{3, 0}));
  out = bytes.attr("unit", "UTF8_CHAR").run();
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(valuesOf<int32_t>((*out)[0]), (std::vector<int32_t>{2, 0}));
}

TEST(StringRoutinesTest, SubstrCountsFromBothEndsAndChecksItsStart) {
  RoutineRun run("Substr");
  run.text({2}, {"Hello", "World"})
      .input<int32_t>({}, {-3})
      .input<int32_t>({}, {2})
      .result(DType::String, 1);
  auto out = run.run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].strings(), (Texts{"ll", "rl"}));

  out = RoutineRun("Substr")
            .attr("unit", "UTF8_CHAR")
            .text({}, {"aäöb"})
            .input<int64_t>({2}, {1, -1})
            .input<int64_t>({2}, {2, 5})
            .result(DType::String, 1)
            .run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].strings(), (Texts{"äö", "b"}));

  out = RoutineRun("Substr")
            .text({}, {"abc"})
            .input<int32_t>({}, {4})
            .input<int32_t>({}, {1})
            .result(DType::String, 0)
            .run();
  EXPECT_EQ(out.status().message(),
            "pos 4 is out of range for the string 'abc' at index 0");
}

TEST(StringRoutinesTest, EqualityBroadcasts) {
  auto out = RoutineRun("Equal")
                 .text({2, 1}, {"a", "b"})
                 .text({2}, {"a", "b"})
                 .result(DType::Bool, 2)
                 .run();
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(valuesOf<bool>((*out)[0]),
            (std::vector<bool>{true, false, false, true}));
  RoutineRun unequal("NotEqual");
  unequal.text({2}, {"a", "b"}).text({3}, {"a", "b", "c"});
  out = unequal.result(DType::Bool, 1).run();
  EXPECT_EQ(out.status().message(),
            "expects shapes that broadcast, but got [2] and [3]");
}

TEST(StringRoutinesTest, AsStringPrintsAsPrintf) {
  auto print = [](RoutineRun run) {
    auto out = run.result(DType::String, 1).run();
    EXPECT_TRUE(out.ok()) << out.status();
    return out.ok() ? (*out)[0].strings() : Texts();
  };
  EXPECT_EQ(print(RoutineRun("AsString").input<float>({2}, {3.1415926f, -2})),
            (Texts{"3.141593", "-2.000000"}));
  EXPECT_EQ(print(RoutineRun("AsString")
                      .attr("precision", int64_t{2})
                      .attr("scientific", true)
                      .input<double>({1}, {12345.678})),
            (Texts{"1.23e+04"}));
  EXPECT_EQ(print(RoutineRun("AsString")
                      .attr("width", int64_t{5})
                      .attr("fill", "0")
                      .input<int32_t>({2}, {42, -7})),
            (Texts{"00042", "-0007"}));
  EXPECT_EQ(print(RoutineRun("AsString").input<uint64_t>({1}, {UINT64_MAX})),
            (Texts{"18446744073709551615"}));
  EXPECT_EQ(print(RoutineRun("AsString").input<bool>({2}, {true, false})),
            (Texts{"true", "false"}));
  EXPECT_EQ(
      print(RoutineRun("AsString").input<std::complex<float>>({1}, {{1, -2}})),
      (Texts{"(1.000000,-2.000000)"}));
  auto wrong = RoutineRun("AsString")
                   .attr("precision", int64_t{2})
                   .input<int32_t>({1}, {1})
                   .result(DType::String, 1)
                   .run();
  EXPECT_EQ(wrong.status().message(),
            "expects no precision for elements of int32");
}

TEST(StringRoutinesTest, NumbersOfStrings) {
  auto out = RoutineRun("StringToNumber")
                 .text({3}, {" 1.5 ", "-2e3", "inf"})
                 .result(DType::Float, 1)
                 .run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<float>((*out)[0]),
            (std::vector<float>{1.5f, -2000.f, HUGE_VALF}));
  out = RoutineRun("StringToNumber")
            .text({2}, {"1", "1.5"})
            .result(DType::Int32, 1)
            .run();
  EXPECT_EQ(out.status().message(),
            "expects a number of type int32, but found '1.5' at index 1");
}

TEST(StringRoutinesTest, StringFormatAbridges) {
  auto out = RoutineRun("StringFormat")
                 .attr("template", "x: %s, s: %s")
                 .attr("summarize", int64_t{1})
                 .input<int32_t>({2, 3}, {1, 2, 3, 4, 5, 6})
                 .text({}, {"t"})
                 .result(DType::String, 0)
                 .run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].strings(),
            (Texts{"x: [[1 ... 3]\n [4 ... 6]], s: \"t\""}));
}

TEST(StringRoutinesTest, Joins) {
  auto out = RoutineRun("StringJoin")
                 .attr("separator", "-")
                 .text({2}, {"a", "b"})
                 .text({}, {"x"})
                 .result(DType::String, 1)
                 .run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].strings(), (Texts{"a-x", "b-x"}));

  // The order of the indices is the order of joining.
  auto reduce = [](std::vector<int32_t> axes, size_t rank) {
    auto result = RoutineRun("ReduceJoin")
                      .text({2, 2}, {"a", "b", "c", "d"})
                      .input<int32_t>({static_cast<int64_t>(axes.size())}, axes)
                      .result(DType::String, rank)
                      .run();
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? (*result)[0].strings() : Texts();
  };
  EXPECT_EQ(reduce({0}, 1), (Texts{"ac", "bd"}));
  EXPECT_EQ(reduce({-1}, 1), (Texts{"ab", "cd"}));
  EXPECT_EQ(reduce({0, 1}, 0), (Texts{"abcd"}));
  EXPECT_EQ(reduce({1, 0}, 0), (Texts{"acbd"}));
  EXPECT_EQ(reduce({}, 2), (Texts{"a", "b", "c", "d"}));

  RoutineRun segments("UnsortedSegmentJoin");
  segments.attr("separator", ":")
      .text({4}, {"this", "a", "is", "no"})
      .input<int32_t>({4}, {1, 0, 1, -1})
      .input<int32_t>({}, {3})
      .result(DType::String, 1);
  out = segments.run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].strings(), (Texts{"a", "this:is", ""}));
}

TEST(StringRoutinesTest, SplitsAtSeparators) {
  auto split = [](RoutineRun run, Texts texts, std::string separator) {
    Shape shape{static_cast<int64_t>(texts.size())};
    auto out = run.text(shape, texts)
                   .text({}, {separator})
                   .result(DType::Int64, 2)
                   .result(DType::String, 1)
                   .result(DType::Int64, Shape{2})
                   .run();
    EXPECT_TRUE(out.ok()) << out.status();
    return out.ok() ? *out : std::vector<Tensor>(3);
  };
  auto v2 = split(RoutineRun("StringSplitV2"), {"a<>b<>", "<>c"}, "<>");
  EXPECT_EQ(v2[1].strings(), (Texts{"a", "b", "", "", "c"}));
  EXPECT_EQ(valuesOf<int64_t>(v2[0]), (Ints{0, 0, 0, 1, 0, 2, 1, 0, 1, 1}));
  EXPECT_EQ(valuesOf<int64_t>(v2[2]), (Ints{2, 3}));
  EXPECT_EQ(split(RoutineRun("StringSplitV2"), {" a  b c "}, "")[1].strings(),
            (Texts{"a", "b", "c"}));
  EXPECT_EQ(split(RoutineRun("StringSplitV2").attr("maxsplit", int64_t{1}),
                  {"a  b c"}, "")[1]
                .strings(),
            (Texts{"a", "b c"}));
  EXPECT_EQ(split(RoutineRun("StringSplit"), {"a,,b;c"}, ",;")[1].strings(),
            (Texts{"a", "b", "c"}));
  EXPECT_EQ(split(RoutineRun("StringSplit").attr("skip_empty", false), {"a,,b"},
                  ",")[1]
                .strings(),
            (Texts{"a", "", "b"}));
  EXPECT_EQ(split(RoutineRun("StringSplit"), {"abc"}, "")[1].strings(),
            (Texts{"a", "b", "c"}));
}

TEST(StringRoutinesTest, NGramsArePaddedAtBothEnds) {
  RoutineRun run("StringNGrams");
  run.attr("separator", "|")
      .attr("ngram_widths", Ints{3})
      .attr("left_pad", "LP")
      .attr("right_pad", "RP")
      .attr("pad_width", int64_t{-1})
      .attr("preserve_short_sequences", false)
      .text({6}, {"a", "b", "c", "d", "e", "f"})
      .input<int64_t>({3}, {0, 4, 6})
      .result(DType::String, 1)
      .result(DType::Int64, 1);
  auto out = run.run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].strings(),
            (Texts{"LP|LP|a", "LP|a|b", "a|b|c", "b|c|d", "c|d|RP", "d|RP|RP",
                   "LP|LP|e", "LP|e|f", "e|f|RP", "f|RP|RP"}));
  EXPECT_EQ(valuesOf<int64_t>((*out)[1]), (Ints{0, 6, 10}));
  // Without padding the second row is too short, but may be kept whole.
  out = run.attr("pad_width", int64_t{0}).run();
  ASSERT_TRUE(out.ok());
  EXPECT_EQ((*out)[0].strings(), (Texts{"a|b|c", "b|c|d"}));
  out = run.attr("preserve_short_sequences", true).run();
  ASSERT_TRUE(out.ok());
  EXPECT_EQ((*out)[0].strings(), (Texts{"a|b|c", "b|c|d", "e|f"}));
}

TEST(StringRoutinesTest, RegularExpressions) {
  EXPECT_EQ(mapped(RoutineRun("StaticRegexReplace")
                       .attr("pattern", "a(.)")
                       .attr("rewrite", "<\\1>"),
                   {"abac", "x"}),
            (Texts{"<b><c>", "x"}));
  EXPECT_EQ(mapped(RoutineRun("StaticRegexReplace")
                       .attr("pattern", "a")
                       .attr("rewrite", "")
                       .attr("replace_global", false),
                   {"aa"}),
            (Texts{"a"}));
  auto out = RoutineRun("RegexFullMatch")
                 .text({2}, {"abc", "abcd"})
                 .text({}, {"a.c"})
                 .result(DType::Bool, 1)
                 .run();
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(valuesOf<bool>((*out)[0]), (std::vector<bool>{true, false}));
  out = RoutineRun("StaticRegexFullMatch")
            .attr("pattern", "(")
            .text({1}, {""})
            .result(DType::Bool, 1)
            .run();
  EXPECT_EQ(out.status().message(),
            "expects a regular expression, but found '(': missing ): (");
}

TEST(StringRoutinesTest, HashesAreThoseThatModelsWereTrainedWith) {
  auto hash = [](RoutineRun run) {
    auto out = run.attr("num_buckets", int64_t{10})
                   .text({3}, {"a", "b", "c"})
                   .result(DType::Int64, 1)
                   .run();
    EXPECT_TRUE(out.ok()) << out.status();
    return out.ok() ? valuesOf<int64_t>((*out)[0]) : Ints();
  };
  EXPECT_EQ(hash(RoutineRun("StringToHashBucketFast")), (Ints{9, 2, 2}));
  EXPECT_EQ(hash(RoutineRun("StringToHashBucket")), (Ints{8, 0, 7}));
  EXPECT_EQ(
      hash(
          RoutineRun("StringToHashBucketStrong").attr("key", Ints{98765, 132})),
      (Ints{4, 2, 8}));
}

TEST(StringRoutinesTest, RawBytes) {
  RoutineRun run("DecodeRaw");
  run.text({2}, {std::string("\x01\0\x02\0", 4), std::string("\0\x01\0\0", 4)});
  auto out = run.result(DType::Int16, 2).run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<int16_t>((*out)[0]), (std::vector<int16_t>{1, 2, 256, 0}));
  out = run.attr("little_endian", false).run();
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(valuesOf<int16_t>((*out)[0]),
            (std::vector<int16_t>{256, 512, 1, 0}));
  out =
      RoutineRun("DecodeRaw").text({1}, {"abc"}).result(DType::Int16, 2).run();
  EXPECT_EQ(out.status().message(),
            "expects strings of a multiple of 2 bytes, but found 3 bytes for "
            "elements of int16");
}

TEST(StringRoutinesTest, Base64) {
  EXPECT_EQ(mapped(RoutineRun("EncodeBase64"), {"a", "ab", "abc", "\xFB\xFF"}),
            (Texts{"YQ", "YWI", "YWJj", "-_8"}));
  EXPECT_EQ(mapped(RoutineRun("EncodeBase64").attr("pad", true), {"a", ""}),
            (Texts{"YQ==", ""}));
  EXPECT_EQ(mapped(RoutineRun("DecodeBase64"), {"YQ", "YQ==", "-_8"}),
            (Texts{"a", "a", "\xFB\xFF"}));
  for (const char *bad : {"YQ=", "Y", "Y Q=", "+/8"}) {
    auto out = RoutineRun("DecodeBase64")
                   .text({1}, {bad})
                   .result(DType::String, 1)
                   .run();
    EXPECT_FALSE(out.ok()) << bad;
  }
}

TEST(StringRoutinesTest, Unicode) {
  EXPECT_EQ(mapped(RoutineRun("UnicodeTranscode")
                       .attr("input_encoding", "UTF-8")
                       .attr("output_encoding", "UTF-16-BE"),
                   {"a\xF0\x9F\x98\x80"}),
            (Texts{std::string("\0a\xD8\x3D\xDE\x00", 6)}));
  EXPECT_EQ(mapped(RoutineRun("UnicodeTranscode")
                       .attr("input_encoding", "UTF-8")
                       .attr("output_encoding", "UTF-8"),
                   {"a\xE2\x82z", "\xC0\xAF"}),
            (Texts{"a\xEF\xBF\xBDz", "\xEF\xBF\xBD\xEF\xBF\xBD"}));
  RoutineRun run("UnicodeDecodeWithOffsets");
  run.attr("input_encoding", "UTF-8")
      .text({3}, {"äb", "", "\xFF"})
      .result(DType::Int64, 1)
      .result(DType::Int32, 1)
      .result(DType::Int64, 1);
  auto out = run.run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<int64_t>((*out)[0]), (Ints{0, 2, 2, 3}));
  EXPECT_EQ(valuesOf<int32_t>((*out)[1]),
            (std::vector<int32_t>{0xE4, 'b', 0xFFFD}));
  EXPECT_EQ(valuesOf<int64_t>((*out)[2]), (Ints{0, 2, 0}));
  out = run.attr("errors", "strict").run();
  EXPECT_EQ(out.status().message(),
            "expects well-formed text, but found an error at byte 0");
}

} // namespace
} // namespace firn::runtime
