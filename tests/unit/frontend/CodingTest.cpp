// Checksums, numbers, OrderedCode keys and slices.
#include "frontend/checkpoint/Coding.h"
#include "proto/Crc32c.h"

#include <gtest/gtest.h>

using namespace firn;

// The check value of CRC-32C, and that a checksum can be taken in parts.
TEST(Crc32c, KnownValues) {
  EXPECT_EQ(crc32c("123456789"), 0xe3069283u);
  EXPECT_EQ(crc32c(""), 0u);
  EXPECT_EQ(extendCrc32c(crc32c("1234"), "56789"), 0xe3069283u);
}

TEST(ByteReader, VarintsAndTheirEnds) {
  ByteReader reader(absl::string_view("\xac\x02\x7f", 3));
  EXPECT_EQ(reader.varint64(), 300u);
  EXPECT_EQ(reader.varint32(), 127u);
  EXPECT_EQ(reader.varint32(), std::nullopt);

  ByteReader cut(absl::string_view("\xac", 1));
  EXPECT_EQ(cut.varint64(), std::nullopt);
  EXPECT_EQ(cut.rest().size(), 1u) << "a failed read takes nothing";

  std::string tenBytes(9, '\xff');
  EXPECT_EQ(ByteReader(tenBytes + "\x01").varint64(), UINT64_MAX);
  EXPECT_EQ(ByteReader(tenBytes + "\x02").varint64(), std::nullopt);
  EXPECT_EQ(ByteReader("\xff\xff\xff\xff\x10").varint32(), std::nullopt);
}

TEST(ByteReader, TakeStaysInside) {
  ByteReader reader("abc");
  EXPECT_EQ(reader.take(4), std::nullopt);
  EXPECT_EQ(reader.take(UINT64_MAX), std::nullopt);
  EXPECT_EQ(reader.take(3), absl::string_view("abc"));
}

// A full dimension is start 0, length -1; small signed numbers are 0x80 ^
// value.
TEST(TensorNameSlice, SmallNumbers) {
  std::string key = encodeTensorNameSlice("ab", {{0, -1}, {5, 63}});
  EXPECT_EQ(key, std::string("\x00"
                             "ab\x00\x01"
                             "\x01\x02"
                             "\x80\x7f"
                             "\x85\xbf",
                             11));
}

// From 64 on, a number takes a byte more for every seven bits.
TEST(TensorNameSlice, LongerNumbers) {
  std::string key = encodeTensorNameSlice(
      "", {{64, 8191}, {8192, int64_t(1) << 55}, {INT64_MAX, INT64_MIN}});
  EXPECT_EQ(key, std::string("\x00\x00\x01\x01\x03"
                             "\xc0\x40\xdf\xff"
                             "\xe0\x20\x00\xff\x80\x80\x00\x00\x00\x00\x00\x00"
                             "\xff\xc0\x7f\xff\xff\xff\xff\xff\xff\xff"
                             "\x00\x3f\x80\x00\x00\x00\x00\x00\x00\x00",
                             41));
}

TEST(TensorNameSlice, EscapesBytesOfTheName) {
  EXPECT_EQ(encodeTensorNameSlice(absl::string_view("\x00\xff", 2), {}),
            std::string("\x00\x00\xff\xff\x00\x00\x01\x00", 8));
}

TEST(ShapeAndSlice, ParsesWhatSaversWrite) {
  auto parsed = parseShapeAndSlice("10 5 0,4:-");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ((*parsed)->shape, (std::vector<int64_t>{10, 5}));
  EXPECT_EQ((*parsed)->slice, (TensorSlice{{0, 4}, {0, -1}}));
  EXPECT_EQ(formatSlice((*parsed)->slice), "0,4:-");

  auto whole = parseShapeAndSlice("");
  ASSERT_TRUE(whole.ok());
  EXPECT_FALSE(whole->has_value());
}

TEST(ShapeAndSlice, RefusesTheRest) {
  for (const char *text : {"10", "10 5 0,4", "10 a,4", "10 0,-4", "10 -1,4",
                           "x 0,4", "10 0,4:", " "})
    EXPECT_FALSE(parseShapeAndSlice(text).ok()) << "'" << text << "'";
}

TEST(TensorRegion, MustLieInside) {
  EXPECT_TRUE(TensorRegion::of({{2, 3}}, {5}).ok());
  EXPECT_FALSE(TensorRegion::of({{2, 4}}, {5}).ok());
  EXPECT_FALSE(TensorRegion::of({{6, 0}}, {5}).ok());
  EXPECT_FALSE(TensorRegion::of({{INT64_MAX, INT64_MAX}}, {5}).ok());
  EXPECT_FALSE(TensorRegion::of({{0, 1}}, {5, 5}).ok());
}

TEST(CountElements, Overflow) {
  EXPECT_EQ(countElements({}), 1);
  EXPECT_EQ(countElements({int64_t(1) << 40, int64_t(1) << 40}), std::nullopt);
  EXPECT_EQ(countElements({int64_t(1) << 40, int64_t(1) << 40, 0}), 0);
  EXPECT_EQ(countElements({2, -1}), std::nullopt);
  EXPECT_EQ(countElements(std::vector<int64_t>(255, 1)), std::nullopt);
}

// The middle of a 4x4 tensor, copied out of its left and its right half.
TEST(CopyOverlap, PutsHalvesTogether) {
  std::string left = "abefijmn", right = "cdghklop", middle(4, '?');
  TensorRegion leftRegion = *TensorRegion::of({{0, -1}, {0, 2}}, {4, 4});
  TensorRegion rightRegion = *TensorRegion::of({{0, -1}, {2, 2}}, {4, 4});
  TensorRegion target = *TensorRegion::of({{1, 2}, {1, 2}}, {4, 4});
  EXPECT_EQ(leftRegion.overlap(rightRegion), 0);
  copyOverlap(target, middle.data(), leftRegion, left.data(), 1);
  EXPECT_EQ(middle, "f?j?");
  copyOverlap(target, middle.data(), rightRegion, right.data(), 1);
  EXPECT_EQ(middle, "fgjk");
}
