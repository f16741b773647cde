// Vectorised kernels against plain loops in double precision: every way of
// tiling, tails in rows and lanes, epilogues, strides, threads.
#include "tests/unit/jit/JitTestUtils.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"

#include <cmath>
#include <cstring>

using namespace firn;
using namespace firn::jit::test;
using absl::StrCat;
using absl::Substitute;
using firn::jit::Winograd;

namespace {

/// The values of a tensor as the text of a dense constant.
std::string dense(const Tensor &tensor) {
  auto bytes = static_cast<const unsigned char *>(tensor.data());
  std::string text = "dense<\"0x";
  static const char digits[] = "0123456789ABCDEF";
  for (int64_t index = 0; index < tensor.byteSize(); ++index) {
    text += digits[bytes[index] >> 4];
    text += digits[bytes[index] & 15];
  }
  return text + "\">";
}

std::vector<double> matmul(std::span<const float> a, std::span<const float> b,
                           int64_t m, int64_t n, int64_t k) {
  std::vector<double> c(m * n);
  for (int64_t i = 0; i < m; ++i)
    for (int64_t l = 0; l < k; ++l)
      for (int64_t j = 0; j < n; ++j)
        c[i * n + j] += double(a[i * k + l]) * b[l * n + j];
  return c;
}

void expectBitEqual(const Tensor &a, const Tensor &b) {
  ASSERT_EQ(a.byteSize(), b.byteSize());
  EXPECT_EQ(std::memcmp(a.data(), b.data(), a.byteSize()), 0);
}

struct MatmulShape {
  int64_t m, n, k;
};

class Matmul : public testing::TestWithParam<MatmulShape> {};

// relu(x·w + bias), w a constant (packed) or an input (in place); all tails.
TEST_P(Matmul, WithBiasAndRelu) {
  auto [m, n, k] = GetParam();
  Tensor x = noise({m, k}, 1), w = noise({k, n}, 2), bias = noise({n}, 3);
  std::vector<double> expected =
      matmul(x.values<float>(), w.values<float>(), m, n, k);
  for (int64_t i = 0; i < m * n; ++i)
    expected[i] = std::max(0.0, expected[i] + bias.values<float>()[i % n]);
  for (bool constant : {true, false}) {
    std::string types =
        Substitute("tensor<$0x$2xf32>, tensor<$2x$1xf32>", m, n, k);
    jit::test::Compiled code = compile(Substitute(
        R"(
      #id = affine_map<(i, j) -> (i, j)>
      #row = affine_map<(i, j) -> (j)>
      func.func @main(%x: tensor<$0x$2xf32>, %v: tensor<$2x$1xf32>, %b: tensor<$1xf32>) -> tensor<$0x$1xf32> {
        %z = arith.constant 0.0 : f32
        $3
        %e = tensor.empty() : tensor<$0x$1xf32>
        %f = linalg.fill ins(%z : f32) outs(%e : tensor<$0x$1xf32>) -> tensor<$0x$1xf32>
        %p = linalg.matmul ins(%x, %w : tensor<$0x$2xf32>, tensor<$2x$1xf32>) outs(%f : tensor<$0x$1xf32>) -> tensor<$0x$1xf32>
        %r = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]}
            ins(%p, %b : tensor<$0x$1xf32>, tensor<$1xf32>) outs(%e : tensor<$0x$1xf32>) {
          ^bb0(%a: f32, %c: f32, %o: f32):
            %s = arith.addf %a, %c : f32
            %t = arith.maximumf %s, %z : f32
            linalg.yield %t : f32
        } -> tensor<$0x$1xf32>
        return %r : tensor<$0x$1xf32>
      })",
        m, n, k,
        constant ? Substitute("%w = arith.constant $0 : tensor<$1x$2xf32>",
                              dense(w), k, n)
                 : Substitute("%w = tensor.cast %v : tensor<$0x$1xf32> to "
                              "tensor<$0x$1xf32>",
                              k, n)));
    Tensor one = std::move(run(code, {x, w, bias}, {DType::Float}, 1)[0]);
    expectNear(one, expected, 1e-5 * std::sqrt(double(k)), 1e-5);
    expectBitEqual(one, run(code, {x, w, bias}, {DType::Float}, 3)[0]);
    EXPECT_EQ(code.module->report().numKernels, 1u);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, Matmul,
    testing::Values(MatmulShape{1, 1, 1}, MatmulShape{1, 10, 64},
                    MatmulShape{1, 1000, 33}, MatmulShape{7, 16, 5},
                    MatmulShape{49, 64, 32}, MatmulShape{100, 100, 100},
                    MatmulShape{33, 17, 3}, MatmulShape{5, 1, 40},
                    MatmulShape{128, 512, 64}, MatmulShape{3, 130, 1}));

struct ConvShape {
  int64_t size, channels, kernel, stride, dilation, filters;
  Winograd winograd = Winograd::Auto;
};

class Conv : public testing::TestWithParam<ConvShape> {};

// Padded convolution with a residual add; the padding is written in place.
TEST_P(Conv, WithPaddingAndResidual) {
  auto [size, c, kernel, stride, dilation, f, winograd] = GetParam();
  int64_t pad = (kernel - 1) * dilation / 2;
  int64_t padded = size + 2 * pad;
  int64_t out = (padded - (kernel - 1) * dilation - 1) / stride + 1;
  Tensor x = noise({2, size, size, c}, 4);
  Tensor w = noise({kernel, kernel, c, f}, 5);
  Tensor skip = noise({2, out, out, f}, 6);
  std::vector<double> expected(2 * out * out * f), limits(expected.size());
  auto xs = x.values<float>(), ws = w.values<float>(),
       ss = skip.values<float>();
  for (int64_t n = 0; n < 2; ++n)
    for (int64_t oh = 0; oh < out; ++oh)
      for (int64_t ow = 0; ow < out; ++ow)
        for (int64_t o = 0; o < f; ++o) {
          int64_t at = ((n * out + oh) * out + ow) * f + o;
          double sum = 0, magnitude = 0;
          for (int64_t kh = 0; kh < kernel; ++kh)
            for (int64_t kw = 0; kw < kernel; ++kw) {
              int64_t h = oh * stride + kh * dilation - pad;
              int64_t v = ow * stride + kw * dilation - pad;
              if (h < 0 || v < 0 || h >= size || v >= size)
                continue;
              // The producer of the padded tensor is x · 2.
              for (int64_t i = 0; i < c; ++i) {
                double product = 2.0 * xs[((n * size + h) * size + v) * c + i] *
                                 ws[((kh * kernel + kw) * c + i) * f + o];
                sum += product;
                magnitude += std::abs(product);
              }
            }
          expected[at] = sum + ss[at];
          // The limit of sums: 4 · √K · u · Σ|a·b|, and u for the residual.
          limits[at] = std::ldexp(
              4 * std::sqrt(double(kernel * kernel * c)) * magnitude + 8, -24);
        }
  std::string in = Substitute("tensor<2x$0x$0x$1xf32>", size, c);
  std::string wide = Substitute("tensor<2x$0x$0x$1xf32>", padded, c);
  std::string filter = Substitute("tensor<$0x$0x$1x$2xf32>", kernel, c, f);
  std::string result = Substitute("tensor<2x$0x$0x$1xf32>", out, f);
  jit::test::Compiled code = compile(
      StrCat(
          "#id = affine_map<(n, i, j, k) -> (n, i, j, k)>\n"
          "func.func @main(%x: ",
          in, ", %s: ", result, ") -> ", result, " {\n",
          "%z = arith.constant 0.0 : f32\n%two = arith.constant 2.0 : f32\n",
          "%w = arith.constant ", dense(w), " : ", filter, "\n",
          "%ei = tensor.empty() : ", in, "\n",
          "%d = linalg.generic {indexing_maps = [#id, #id], iterator_types = "
          "[\"parallel\", \"parallel\", \"parallel\", \"parallel\"]} ins(%x : ",
          in, ") outs(%ei : ", in,
          ") {\n^bb0(%a: f32, %o: f32):\n%m = arith.mulf %a, %two : "
          "f32\nlinalg.yield %m : f32\n} -> ",
          in, "\n%p = tensor.pad %d low[0, ", pad, ", ", pad, ", 0] high[0, ",
          pad, ", ", pad,
          ", 0] {\n^bb0(%a: index, %b: index, %c: index, %e: "
          "index):\ntensor.yield "
          "%z : f32\n} : ",
          in, " to ", wide, "\n%e = tensor.empty() : ", result,
          "\n%f = linalg.fill ins(%z : f32) outs(%e : ", result, ") -> ",
          result, "\n%c = linalg.conv_2d_nhwc_hwcf {strides = dense<", stride,
          "> : tensor<2xi64>, dilations = dense<", dilation,
          "> : tensor<2xi64>} ins(%p, %w : ", wide, ", ", filter,
          ") outs(%f : ", result, ") -> ", result,
          "\n%r = linalg.generic {indexing_maps = [#id, #id, #id], "
          "iterator_types "
          "= [\"parallel\", \"parallel\", \"parallel\", \"parallel\"]} ins(%c, "
          "%s "
          ": ",
          result, ", ", result, ") outs(%e : ", result,
          ") {\n^bb0(%a: f32, %b: f32, %o: f32):\n%t = arith.addf %a, %b : "
          "f32\nlinalg.yield %t : f32\n} -> ",
          result, "\nreturn %r : ", result, "\n}\n"),
      {.winograd = winograd});
  EXPECT_EQ(code.module->report().numCopies, 0u);
  Tensor one = std::move(run(code, {x, skip}, {DType::Float}, 1)[0]);
  expectWithin(one, expected, limits);
  expectBitEqual(one, run(code, {x, skip}, {DType::Float}, 2)[0]);
}

INSTANTIATE_TEST_SUITE_P(Shapes, Conv,
                         testing::Values(ConvShape{8, 3, 3, 1, 1, 16},
                                         ConvShape{9, 3, 7, 2, 1, 24},
                                         ConvShape{7, 32, 1, 1, 1, 40},
                                         ConvShape{8, 16, 1, 2, 1, 8},
                                         ConvShape{14, 20, 3, 1, 2, 33},
                                         ConvShape{28, 16, 3, 2, 1, 64}));

// Whole tiles, tiles over the edge, channels and filters that do not fill a
// vector or a panel, more tiles than a block has.
INSTANTIATE_TEST_SUITE_P(
    Winograd, Conv,
    testing::Values(ConvShape{8, 16, 3, 1, 1, 32, Winograd::F4},
                    ConvShape{8, 16, 3, 1, 1, 32, Winograd::F2},
                    ConvShape{13, 20, 3, 1, 1, 33, Winograd::F4},
                    ConvShape{13, 20, 3, 1, 1, 33, Winograd::F2},
                    ConvShape{3, 8, 3, 1, 1, 5, Winograd::F4},
                    ConvShape{1, 70, 3, 1, 1, 50, Winograd::F2},
                    ConvShape{30, 9, 3, 1, 1, 16, Winograd::F4},
                    ConvShape{17, 512, 3, 1, 1, 48, Winograd::Auto}));

// Depthwise convolution, channels in whole vectors and with a tail.
TEST(Window, DepthwiseConv) {
  for (int64_t c : {32, 21, 3}) {
    Tensor x = noise({1, 9, 9, c}, 7), w = noise({3, 3, c}, 8);
    auto xs = x.values<float>(), ws = w.values<float>();
    std::vector<double> expected(4 * 4 * c);
    for (int64_t oh = 0; oh < 4; ++oh)
      for (int64_t ow = 0; ow < 4; ++ow)
        for (int64_t i = 0; i < c; ++i)
          for (int64_t t = 0; t < 9; ++t)
            expected[(oh * 4 + ow) * c + i] +=
                double(xs[((oh * 2 + t / 3) * 9 + ow * 2 + t % 3) * c + i]) *
                ws[t * c + i];
    jit::test::Compiled code = compile(Substitute(
        R"(
      func.func @main(%x: tensor<1x9x9x$0xf32>) -> tensor<1x4x4x$0xf32> {
        %z = arith.constant 0.0 : f32
        %w = arith.constant $1 : tensor<3x3x$0xf32>
        %e = tensor.empty() : tensor<1x4x4x$0xf32>
        %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x4x4x$0xf32>) -> tensor<1x4x4x$0xf32>
        %r = linalg.depthwise_conv_2d_nhwc_hwc {strides = dense<2> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
          ins(%x, %w : tensor<1x9x9x$0xf32>, tensor<3x3x$0xf32>) outs(%f : tensor<1x4x4x$0xf32>) -> tensor<1x4x4x$0xf32>
        return %r : tensor<1x4x4x$0xf32>
      })",
        c, dense(w)));
    expectNear(run(code, {x}, {DType::Float})[0], expected, 1e-5, 1e-5);
  }
}

// Max pooling keeps NaN; average pooling is a sum.
TEST(Window, Pooling) {
  Tensor x = noise({1, 6, 6, 19}, 9);
  x.values<float>()[40] = NAN;
  jit::test::Compiled code = compile(R"(
    func.func @main(%x: tensor<1x6x6x19xf32>) -> (tensor<1x3x3x19xf32>, tensor<1x3x3x19xf32>) {
      %z = arith.constant 0.0 : f32
      %low = arith.constant 0xFF800000 : f32
      %k = tensor.empty() : tensor<2x2xf32>
      %e = tensor.empty() : tensor<1x3x3x19xf32>
      %f = linalg.fill ins(%low : f32) outs(%e : tensor<1x3x3x19xf32>) -> tensor<1x3x3x19xf32>
      %g = linalg.fill ins(%z : f32) outs(%e : tensor<1x3x3x19xf32>) -> tensor<1x3x3x19xf32>
      %m = linalg.pooling_nhwc_max {strides = dense<2> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
        ins(%x, %k : tensor<1x6x6x19xf32>, tensor<2x2xf32>) outs(%f : tensor<1x3x3x19xf32>) -> tensor<1x3x3x19xf32>
      %s = linalg.pooling_nhwc_sum {strides = dense<2> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
        ins(%x, %k : tensor<1x6x6x19xf32>, tensor<2x2xf32>) outs(%g : tensor<1x3x3x19xf32>) -> tensor<1x3x3x19xf32>
      return %m, %s : tensor<1x3x3x19xf32>, tensor<1x3x3x19xf32>
    })");
  auto out = run(code, {x}, {DType::Float, DType::Float});
  auto xs = x.values<float>();
  for (int64_t at = 0; at < 9 * 19; ++at) {
    int64_t c = at % 19, ow = at / 19 % 3, oh = at / 57;
    float most = -INFINITY, sum = 0;
    bool nan = false;
    for (int64_t t = 0; t < 4; ++t) {
      float value = xs[((oh * 2 + t / 2) * 6 + ow * 2 + t % 2) * 19 + c];
      nan |= std::isnan(value);
      most = std::max(most, value);
      sum += value;
    }
    if (nan) {
      EXPECT_TRUE(std::isnan(out[0].values<float>()[at]));
      continue;
    }
    EXPECT_EQ(out[0].values<float>()[at], most);
    EXPECT_NEAR(out[1].values<float>()[at], sum, 1e-6);
  }
}

// Reductions over rows, columns and everything, of several kinds and types.
TEST(Reduce, RowsColumnsAll) {
  for (int64_t n : {5, 16, 70, 257}) {
    Tensor x = noise({9, n}, 10);
    jit::test::Compiled code = compile(Substitute(
        R"(
      func.func @main(%x: tensor<9x$0xf32>) -> (tensor<9xf32>, tensor<$0xf32>, tensor<f32>, tensor<9xf32>) {
        %z = arith.constant 0.0 : f32
        %low = arith.constant 0xFF800000 : f32
        %e9 = tensor.empty() : tensor<9xf32>
        %en = tensor.empty() : tensor<$0xf32>
        %e0 = tensor.empty() : tensor<f32>
        %f9 = linalg.fill ins(%z : f32) outs(%e9 : tensor<9xf32>) -> tensor<9xf32>
        %l9 = linalg.fill ins(%low : f32) outs(%e9 : tensor<9xf32>) -> tensor<9xf32>
        %fn = linalg.fill ins(%z : f32) outs(%en : tensor<$0xf32>) -> tensor<$0xf32>
        %f0 = linalg.fill ins(%z : f32) outs(%e0 : tensor<f32>) -> tensor<f32>
        %a = linalg.reduce { arith.addf } ins(%x : tensor<9x$0xf32>) outs(%f9 : tensor<9xf32>) dimensions = [1]
        %b = linalg.reduce { arith.addf } ins(%x : tensor<9x$0xf32>) outs(%fn : tensor<$0xf32>) dimensions = [0]
        %c = linalg.reduce { arith.addf } ins(%x : tensor<9x$0xf32>) outs(%f0 : tensor<f32>) dimensions = [0, 1]
        %d = linalg.reduce { arith.maximumf } ins(%x : tensor<9x$0xf32>) outs(%l9 : tensor<9xf32>) dimensions = [1]
        return %a, %b, %c, %d : tensor<9xf32>, tensor<$0xf32>, tensor<f32>, tensor<9xf32>
      })",
        n));
    auto out = run(code, {x},
                   {DType::Float, DType::Float, DType::Float, DType::Float});
    std::vector<double> rows(9), columns(n), all(1), most(9, -INFINITY);
    for (int64_t i = 0; i < 9 * n; ++i) {
      double value = x.values<float>()[i];
      rows[i / n] += value;
      columns[i % n] += value;
      all[0] += value;
      most[i / n] = std::max(most[i / n], value);
    }
    expectNear(out[0], rows, 2e-5, 1e-6);
    expectNear(out[1], columns, 1e-6, 1e-6);
    expectNear(out[2], all, 1e-4, 1e-6);
    expectNear(out[3], most, 0, 0);
  }
}

// softmax: producers fuse into reductions, elementwise chains into one op.
TEST(Fusion, Softmax) {
  jit::test::Compiled code = compile(R"(
    #id = affine_map<(i, j) -> (i, j)>
    #row = affine_map<(i, j) -> (i)>
    func.func @main(%x: tensor<6x37xf32>) -> tensor<6x37xf32> {
      %z = arith.constant 0.0 : f32
      %low = arith.constant 0xFF800000 : f32
      %e = tensor.empty() : tensor<6x37xf32>
      %e1 = tensor.empty() : tensor<6xf32>
      %fl = linalg.fill ins(%low : f32) outs(%e1 : tensor<6xf32>) -> tensor<6xf32>
      %fz = linalg.fill ins(%z : f32) outs(%e1 : tensor<6xf32>) -> tensor<6xf32>
      %m = linalg.reduce { arith.maximumf } ins(%x : tensor<6x37xf32>) outs(%fl : tensor<6xf32>) dimensions = [1]
      %mb = linalg.broadcast ins(%m : tensor<6xf32>) outs(%e : tensor<6x37xf32>) dimensions = [1]
      %d = linalg.sub ins(%x, %mb : tensor<6x37xf32>, tensor<6x37xf32>) outs(%e : tensor<6x37xf32>) -> tensor<6x37xf32>
      %p = linalg.exp ins(%d : tensor<6x37xf32>) outs(%e : tensor<6x37xf32>) -> tensor<6x37xf32>
      %s = linalg.reduce { arith.addf } ins(%p : tensor<6x37xf32>) outs(%fz : tensor<6xf32>) dimensions = [1]
      %r = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]}
          ins(%p, %s : tensor<6x37xf32>, tensor<6xf32>) outs(%e : tensor<6x37xf32>) {
        ^bb0(%a: f32, %b: f32, %o: f32):
          %q = arith.divf %a, %b : f32
          linalg.yield %q : f32
      } -> tensor<6x37xf32>
      return %r : tensor<6x37xf32>
    })");
  Tensor x = noise({6, 37}, 13);
  std::vector<double> expected(6 * 37);
  for (int64_t i = 0; i < 6; ++i) {
    double sum = 0;
    for (int64_t j = 0; j < 37; ++j)
      sum += expected[i * 37 + j] =
          std::exp(double(x.values<float>()[i * 37 + j]));
    for (int64_t j = 0; j < 37; ++j)
      expected[i * 37 + j] /= sum;
  }
  expectNear(run(code, {x}, {DType::Float})[0], expected, 1e-6, 1e-5);
  // max; exp(x - max); sum; divide.
  EXPECT_LE(code.module->report().numLaunches, 4u);
}

// Payloads that mix element widths, booleans, indices and scalars from outside.
TEST(Elementwise, MixedTypes) {
  jit::test::Compiled code = compile(R"(
    #id = affine_map<(i, j) -> (i, j)>
    func.func @main(%x: tensor<3x21xi8>, %m: tensor<3x21xi1>, %n: tensor<i32>) -> (tensor<3x21xi64>, tensor<3x21xi1>) {
      %k = tensor.extract %n[] : tensor<i32>
      %e = tensor.empty() : tensor<3x21xi64>
      %eb = tensor.empty() : tensor<3x21xi1>
      %r:2 = linalg.generic {indexing_maps = [#id, #id, #id, #id], iterator_types = ["parallel", "parallel"]}
          ins(%x, %m : tensor<3x21xi8>, tensor<3x21xi1>) outs(%e, %eb : tensor<3x21xi64>, tensor<3x21xi1>) {
        ^bb0(%a: i8, %b: i1, %o: i64, %ob: i1):
          %i = linalg.index 0 : index
          %j = linalg.index 1 : index
          %ij = arith.addi %i, %j : index
          %w = arith.index_cast %ij : index to i64
          %u = arith.extsi %a : i8 to i64
          %v = arith.extsi %k : i32 to i64
          %s = arith.addi %u, %v : i64
          %t = arith.select %b, %s, %w : i64
          %c = arith.cmpi sgt, %t, %v : i64
          linalg.yield %t, %c : i64, i1
      } -> (tensor<3x21xi64>, tensor<3x21xi1>)
      return %r#0, %r#1 : tensor<3x21xi64>, tensor<3x21xi1>
    })");
  Tensor x = *Tensor::create(DType::Int8, Shape{3, 21});
  Tensor m = *Tensor::create(DType::Bool, Shape{3, 21});
  for (int i = 0; i < 63; ++i) {
    static_cast<int8_t *>(x.data())[i] = static_cast<int8_t>(i * 5 - 120);
    static_cast<bool *>(m.data())[i] = i % 3 == 0;
  }
  auto out =
      run(code, {x, m, tensor<int32_t>({}, {7})}, {DType::Int64, DType::Bool});
  for (int i = 0; i < 63; ++i) {
    int64_t expected = i % 3 == 0 ? int8_t(i * 5 - 120) + 7 : i / 21 + i % 21;
    EXPECT_EQ(out[0].values<int64_t>()[i], expected);
    EXPECT_EQ(out[1].values<bool>()[i], expected > 7);
  }
}

// Lanes beyond the end of a tensor do not divide by zero.
TEST(Elementwise, IntegerDivisionWithTail) {
  jit::test::Compiled code = compile(R"(
    #id = affine_map<(i) -> (i)>
    func.func @main(%x: tensor<21xi32>, %y: tensor<21xi32>) -> tensor<21xi32> {
      %e = tensor.empty() : tensor<21xi32>
      %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]}
          ins(%x, %y : tensor<21xi32>, tensor<21xi32>) outs(%e : tensor<21xi32>) {
        ^bb0(%a: i32, %b: i32, %o: i32):
          %s = arith.divsi %a, %b : i32
          linalg.yield %s : i32
      } -> tensor<21xi32>
      return %r : tensor<21xi32>
    })");
  std::vector<int32_t> x(21), y(21), expected(21);
  for (int i = 0; i < 21; ++i) {
    x[i] = i * 31 - 300;
    y[i] = i - 25;
    expected[i] = x[i] / y[i];
  }
  auto out = run(code, {tensor<int32_t>({21}, x), tensor<int32_t>({21}, y)},
                 {DType::Int32});
  EXPECT_EQ(values<int32_t>(out[0]), expected);
}

// A contraction whose operand is not contiguous along the result (q · kᵀ), in
// batches, and integer arithmetic.
TEST(Contraction, BatchesAndIntegers) {
  Tensor q = noise({3, 20, 24}, 11), k = noise({3, 18, 24}, 12);
  jit::test::Compiled code = compile(R"(
    #a = affine_map<(b, m, n, k) -> (b, m, k)>
    #b = affine_map<(b, m, n, k) -> (b, n, k)>
    #c = affine_map<(b, m, n, k) -> (b, m, n)>
    func.func @main(%q: tensor<3x20x24xf32>, %k: tensor<3x18x24xf32>, %i: tensor<5x6xi32>) -> (tensor<3x20x18xf32>, tensor<5x5xi32>) {
      %z = arith.constant 0.0 : f32
      %zi = arith.constant 0 : i32
      %e = tensor.empty() : tensor<3x20x18xf32>
      %f = linalg.fill ins(%z : f32) outs(%e : tensor<3x20x18xf32>) -> tensor<3x20x18xf32>
      %r = linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
          ins(%q, %k : tensor<3x20x24xf32>, tensor<3x18x24xf32>) outs(%f : tensor<3x20x18xf32>) {
        ^bb0(%a: f32, %b: f32, %o: f32):
          %m = arith.mulf %a, %b : f32
          %s = arith.addf %o, %m : f32
          linalg.yield %s : f32
      } -> tensor<3x20x18xf32>
      %et = tensor.empty() : tensor<6x5xi32>
      %t = linalg.transpose ins(%i : tensor<5x6xi32>) outs(%et : tensor<6x5xi32>) permutation = [1, 0]
      %ei = tensor.empty() : tensor<5x5xi32>
      %fi = linalg.fill ins(%zi : i32) outs(%ei : tensor<5x5xi32>) -> tensor<5x5xi32>
      %ri = linalg.matmul ins(%i, %t : tensor<5x6xi32>, tensor<6x5xi32>) outs(%fi : tensor<5x5xi32>) -> tensor<5x5xi32>
      return %r, %ri : tensor<3x20x18xf32>, tensor<5x5xi32>
    })");
  std::vector<int32_t> numbers(30);
  for (int i = 0; i < 30; ++i)
    numbers[i] = i * 37 % 11 - 5;
  auto out = run(code, {q, k, tensor<int32_t>({5, 6}, numbers)},
                 {DType::Float, DType::Int32});
  std::vector<double> expected(3 * 20 * 18);
  for (int64_t at = 0; at < 3 * 20 * 18; ++at)
    for (int64_t l = 0; l < 24; ++l)
      expected[at] += double(q.values<float>()[at / 18 * 24 + l]) *
                      k.values<float>()[(at / 360 * 18 + at % 18) * 24 + l];
  expectNear(out[0], expected, 1e-5, 1e-5);
  for (int i = 0; i < 25; ++i) {
    int32_t sum = 0;
    for (int l = 0; l < 6; ++l)
      sum += numbers[i / 5 * 6 + l] * numbers[i % 5 * 6 + l];
    EXPECT_EQ(out[1].values<int32_t>()[i], sum);
  }
}

// double precision and accumulation onto an init that is not a fill.
TEST(Contraction, DoubleOntoInit) {
  jit::test::Compiled code = compile(R"(
    func.func @main(%x: tensor<4x6xf64>, %y: tensor<6x11xf64>, %c: tensor<4x11xf64>) -> tensor<4x11xf64> {
      %r = linalg.matmul ins(%x, %y : tensor<4x6xf64>, tensor<6x11xf64>) outs(%c : tensor<4x11xf64>) -> tensor<4x11xf64>
      return %r : tensor<4x11xf64>
    })");
  std::vector<double> x(24), y(66), c(44), expected(44);
  for (size_t i = 0; i < 66; ++i) {
    y[i] = std::sin(double(i));
    if (i < 24)
      x[i] = std::cos(double(i));
    if (i < 44)
      expected[i] = c[i] = double(i);
  }
  for (size_t i = 0; i < 44; ++i)
    for (size_t l = 0; l < 6; ++l)
      expected[i] += x[i / 11 * 6 + l] * y[l * 11 + i % 11];
  auto out = run(code,
                 {tensor<double>({4, 6}, x), tensor<double>({6, 11}, y),
                  tensor<double>({4, 11}, c)},
                 {DType::Double});
  for (size_t i = 0; i < 44; ++i)
    EXPECT_NEAR(out[0].values<double>()[i], expected[i], 1e-12);
}

} // namespace
