// .npy files: every type there and back, byte orders, Fortran order, hostile
// headers.
#include "api/Npy.h"

#include <gtest/gtest.h>

#include <fstream>

namespace firn {
namespace {

/// A version 1.0 file with this header dictionary and these elements.
std::string file(std::string header, std::string_view elements,
                 int version = 1) {
  header += '\n';
  std::string bytes("\x93NUMPY", 6);
  bytes += static_cast<char>(version);
  bytes += '\0';
  for (int i = 0; i < (version == 1 ? 2 : 4); ++i)
    bytes += static_cast<char>(header.size() >> (8 * i));
  return bytes + header + std::string(elements);
}

std::string headerOf(const std::string &descr, const std::string &shape,
                     const std::string &fortran = "False") {
  return "{'descr': '" + descr + "', 'fortran_order': " + fortran +
         ", 'shape': " + shape + ", }";
}

TEST(NpyTest, EveryTypeComesBackAsTheTypeThatHoldsIt) {
  auto holder = [](DType dtype) {
    switch (dtype) {
    case DType::QInt8:
    case DType::Int4:
    case DType::Int2:
      return DType::Int8;
    case DType::QUInt8:
    case DType::UInt4:
    case DType::UInt2:
    case DType::Float8E5M2:
    case DType::Float8E4M3FN:
    case DType::Float8E4M3FNUZ:
    case DType::Float8E4M3B11FNUZ:
    case DType::Float8E5M2FNUZ:
      return DType::UInt8;
    case DType::QInt16:
      return DType::Int16;
    case DType::QUInt16:
    case DType::BFloat16:
      return DType::UInt16;
    case DType::QInt32:
      return DType::Int32;
    default:
      return dtype;
    }
  };
  for (int i = 1; i <= static_cast<int>(DType::UInt2); ++i) {
    auto dtype = static_cast<DType>(i);
    if (sizeOf(dtype) == 0)
      continue;
    Tensor tensor = *Tensor::create(dtype, Shape{2, 3});
    auto *data = static_cast<unsigned char *>(tensor.data());
    for (int64_t at = 0; at < tensor.byteSize(); ++at)
      data[at] = dtype == DType::Bool ? at % 2 : static_cast<unsigned>(at * 7);
    absl::StatusOr<Tensor> back = parseNpy(*formatNpy(tensor));
    ASSERT_TRUE(back.ok()) << back.status();
    EXPECT_EQ(back->dtype(), holder(dtype)) << nameOf(dtype);
    EXPECT_EQ(back->shape(), tensor.shape());
    EXPECT_EQ(
        memcmp(back->data(), data, static_cast<size_t>(tensor.byteSize())), 0);
  }
}

TEST(NpyTest, WritesWhatNumpyWrites) {
  Tensor tensor = *Tensor::from<float>(Shape{3}, {1, 2, 3});
  std::string bytes = *formatNpy(tensor);
  std::string header(
      "\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'fortran_order': False, "
      "'shape': (3,), }",
      10 + 57);
  EXPECT_EQ(bytes.substr(0, header.size()), header);
  EXPECT_EQ(bytes.size(), 128u + 12);
  EXPECT_EQ(bytes[127], '\n');
  EXPECT_NE(
      formatNpy(*Tensor::create(DType::Float, Shape{}))->find("'shape': (), }"),
      std::string::npos);
  EXPECT_NE(formatNpy(*Tensor::create(DType::Float, Shape{4, 5}))
                ->find("'shape': (4, 5), }"),
            std::string::npos);
}

TEST(NpyTest, ScalarsAndEmptyArrays) {
  absl::StatusOr<Tensor> scalar = parseNpy(file(headerOf("|u1", "()"), "\x2a"));
  ASSERT_TRUE(scalar.ok()) << scalar.status();
  EXPECT_EQ(scalar->rank(), 0);
  EXPECT_EQ(scalar->values<uint8_t>()[0], 42);
  absl::StatusOr<Tensor> empty = parseNpy(file(headerOf("<f8", "(3, 0)"), ""));
  ASSERT_TRUE(empty.ok()) << empty.status();
  EXPECT_EQ(empty->shape(), (Shape{3, 0}));
}

TEST(NpyTest, BigEndianIsSwapped) {
  absl::StatusOr<Tensor> ints =
      parseNpy(file(headerOf(">i4", "(2,)"), {"\0\0\1\2\xff\xff\xff\xfe", 8}));
  ASSERT_TRUE(ints.ok()) << ints.status();
  EXPECT_EQ(ints->values<int32_t>()[0], 0x102);
  EXPECT_EQ(ints->values<int32_t>()[1], -2);
  // The parts of a complex number are swapped each for itself.
  absl::StatusOr<Tensor> number =
      parseNpy(file(headerOf(">c8", "()"), {"\x3f\x80\0\0\x40\0\0\0", 8}));
  ASSERT_TRUE(number.ok()) << number.status();
  EXPECT_EQ(number->values<std::complex<float>>()[0],
            std::complex<float>(1, 2));
}

TEST(NpyTest, FortranOrderIsTransposed) {
  absl::StatusOr<Tensor> tensor =
      parseNpy(file(headerOf("|i1", "(2, 3)", "True"), "\1\4\2\5\3\6"));
  ASSERT_TRUE(tensor.ok()) << tensor.status();
  for (int i = 0; i < 6; ++i)
    EXPECT_EQ(tensor->values<int8_t>()[static_cast<size_t>(i)], i + 1);
  absl::StatusOr<Tensor> cube =
      parseNpy(file(headerOf("|S1", "(2, 1, 2)", "True"), "abcd"));
  ASSERT_TRUE(cube.ok()) << cube.status();
  EXPECT_EQ(cube->strings(), (std::vector<std::string>{"a", "c", "b", "d"}));
}

TEST(NpyTest, StringsLosePaddingOnly) {
  Tensor tensor = *Tensor::from<std::string>(
      Shape{3}, {"", "long one", std::string("a\0b", 3)});
  absl::StatusOr<Tensor> back = parseNpy(*formatNpy(tensor));
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->strings(), tensor.strings());
  // U: UTF-32, here "é€" and a padded "x".
  absl::StatusOr<Tensor> unicode = parseNpy(file(
      headerOf("<U2", "(2,)"), {"\xe9\0\0\0\xac\x20\0\0x\0\0\0\0\0\0\0", 16}));
  ASSERT_TRUE(unicode.ok()) << unicode.status();
  EXPECT_EQ(unicode->strings(),
            (std::vector<std::string>{"\xc3\xa9\xe2\x82\xac", "x"}));
}

TEST(NpyTest, LaterVersionsHaveLongHeaders) {
  for (int version : {2, 3}) {
    std::string header = headerOf("|b1", "(1,)");
    header.resize(70000, ' ');
    absl::StatusOr<Tensor> tensor = parseNpy(file(header, "\5", version));
    ASSERT_TRUE(tensor.ok()) << tensor.status();
    EXPECT_EQ(static_cast<char *>(tensor->data())[0], 1);
  }
}

TEST(NpyTest, RefusesHostileFiles) {
  const std::string bad[] = {
      "",
      "\x93NUMPY",
      file("", ""),
      file("{", ""),
      file("{'descr': '<f4'}", ""),
      file(headerOf("<f4", "(2,)"), "abcdefg"),
      file(headerOf("<f4", "(-1,)"), ""),
      file(headerOf("<f4", "(4611686018427387904,)"), ""),
      file(headerOf("<f4", "(99999999999999999999,)"), ""),
      file(headerOf("<f4", "(4294967296, 4294967296)"), ""),
      file(headerOf("|S0", "(1000000000,)"), ""),
      file(headerOf("|S999999999", "(1,)"), "a"),
      file(headerOf("|O", "(1,)"), "a"),
      file(headerOf("<f3", "(1,)"), "abc"),
      file(headerOf("<M8[ns]", "(1,)"), "abcdefgh"),
      file(headerOf("<f4", "(1 2)"), "abcdefgh"),
      file(headerOf("<f4", "(1,)") + "x", "abcd"),
      file("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': ()}",
           "abcd"),
      file(headerOf("<f4", "(1,)"), "abcd").substr(0, 40),
      file(headerOf("<f4", "()"), "abcd", 9),
  };
  for (const std::string &bytes : bad)
    EXPECT_FALSE(parseNpy(bytes).ok()) << bytes;
}

TEST(NpyTest, FilesAreNamedInErrors) {
  std::string path = testing::TempDir() + "firn-npy-test.npy";
  Tensor tensor = *Tensor::from<int64_t>(Shape{2}, {1, -1});
  ASSERT_TRUE(writeNpy(path, tensor).ok());
  absl::StatusOr<Tensor> back = readNpy(path);
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->values<int64_t>()[1], -1);
  std::ofstream(path) << "text";
  EXPECT_NE(readNpy(path).status().message().find(path),
            absl::string_view::npos);
  std::remove(path.c_str());
  EXPECT_NE(readNpy(path).status().message().find("No such file"),
            absl::string_view::npos);
  EXPECT_FALSE(readNpy(testing::TempDir()).ok());
}

} // namespace
} // namespace firn
