// Loops over blocks of a batch: where they are made, and that a batch gives bit
// by bit what its images give alone.
#include "backend/jit/TileBatch.h"
#include "backend/jit/JitDialect.h"
#include "tests/unit/jit/JitTestUtils.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include <cstring>

using namespace firn;
using namespace firn::jit::test;

namespace {

/// `text` with $N for the batch.
std::string ofBatch(absl::string_view text, int64_t batch) {
  return absl::StrReplaceAll(text, {{"$N", absl::StrCat(batch)}});
}

unsigned countLoops(std::string_view text) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  firn::jit::loadDialects(context);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(
      llvm::StringRef(text.data(), text.size()), &context);
  EXPECT_TRUE(module);
  if (!module)
    return 0;
  unsigned loops =
      firn::jit::tileBatch(module->lookupSymbol<mlir::func::FuncOp>("main"));
  EXPECT_TRUE(mlir::succeeded(mlir::verify(*module)));
  return loops;
}

/// Images of a batch at once and one by one, 1 thread and 2.
void expectLikeSingleImages(absl::string_view text, const Shape &image,
                            int64_t batch, const std::vector<Tensor> &weights) {
  Shape all = image;
  all[0] = batch;
  Tensor x = noise(all, 1);
  std::vector<Tensor> inputs{x};
  inputs.insert(inputs.end(), weights.begin(), weights.end());
  Compiled whole = compile(ofBatch(text, batch));
  Compiled single = compile(ofBatch(text, 1));
  ASSERT_TRUE(whole.module && single.module);
  std::vector<DType> types(whole.module->numOutputs(), DType::Float);
  std::vector<Tensor> first = run(whole, inputs, types, 1);
  std::vector<Tensor> second = run(whole, inputs, types, 2);
  for (size_t output = 0; output < types.size(); ++output)
    ASSERT_EQ(std::memcmp(first[output].data(), second[output].data(),
                          first[output].byteSize()),
              0);
  int64_t bytes = x.byteSize() / batch;
  for (int64_t index = 0; index < batch; ++index) {
    inputs[0] = *Tensor::create(DType::Float, image);
    std::memcpy(inputs[0].data(),
                static_cast<const char *>(x.data()) + index * bytes, bytes);
    std::vector<Tensor> alone = run(single, inputs, types, 1);
    for (size_t output = 0; output < types.size(); ++output) {
      int64_t part = first[output].byteSize() / batch;
      ASSERT_EQ(alone[output].byteSize(), part);
      EXPECT_EQ(std::memcmp(static_cast<const char *>(first[output].data()) +
                                index * part,
                            alone[output].data(), part),
                0)
          << "image " << index << ", output " << output;
    }
  }
}

// Expand, depthwise with padding, project, add the input: a block of
// MobileNet V2. The expanded tensor is used by a second output, too.
constexpr char kBlock[] = R"(
#id = affine_map<(n, y, x, c) -> (n, y, x, c)>
func.func @main(%x: tensor<$Nx48x48x16xf32>, %a: tensor<1x1x16x64xf32>,
                %d: tensor<3x3x64xf32>, %p: tensor<1x1x64x16xf32>)
    -> (tensor<$Nx48x48x16xf32>, tensor<$Nx64xf32>) {
  %zero = arith.constant 0.0 : f32
  %e64 = tensor.empty() : tensor<$Nx48x48x64xf32>
  %f64 = linalg.fill ins(%zero : f32) outs(%e64 : tensor<$Nx48x48x64xf32>) -> tensor<$Nx48x48x64xf32>
  %1 = linalg.conv_2d_nhwc_hwcf {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>}
    ins(%x, %a : tensor<$Nx48x48x16xf32>, tensor<1x1x16x64xf32>) outs(%f64 : tensor<$Nx48x48x64xf32>) -> tensor<$Nx48x48x64xf32>
  %2 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
    ins(%1 : tensor<$Nx48x48x64xf32>) outs(%e64 : tensor<$Nx48x48x64xf32>) {
  ^bb0(%v: f32, %o: f32):
    %r = arith.maximumf %v, %zero : f32
    linalg.yield %r : f32
  } -> tensor<$Nx48x48x64xf32>
  %3 = tensor.pad %2 low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %zero : f32
  } : tensor<$Nx48x48x64xf32> to tensor<$Nx50x50x64xf32>
  %4 = linalg.depthwise_conv_2d_nhwc_hwc {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>}
    ins(%3, %d : tensor<$Nx50x50x64xf32>, tensor<3x3x64xf32>) outs(%f64 : tensor<$Nx48x48x64xf32>) -> tensor<$Nx48x48x64xf32>
  %e16 = tensor.empty() : tensor<$Nx48x48x16xf32>
  %f16 = linalg.fill ins(%zero : f32) outs(%e16 : tensor<$Nx48x48x16xf32>) -> tensor<$Nx48x48x16xf32>
  %5 = linalg.conv_2d_nhwc_hwcf {dilations = dense<1> : tensor<2xi64>, strides = dense<1> : tensor<2xi64>}
    ins(%4, %p : tensor<$Nx48x48x64xf32>, tensor<1x1x64x16xf32>) outs(%f16 : tensor<$Nx48x48x16xf32>) -> tensor<$Nx48x48x16xf32>
  %6 = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
    ins(%5, %x : tensor<$Nx48x48x16xf32>, tensor<$Nx48x48x16xf32>) outs(%e16 : tensor<$Nx48x48x16xf32>) {
  ^bb0(%v: f32, %s: f32, %o: f32):
    %r = arith.addf %v, %s : f32
    linalg.yield %r : f32
  } -> tensor<$Nx48x48x16xf32>
  %flat = tensor.collapse_shape %2 [[0], [1, 2], [3]] : tensor<$Nx48x48x64xf32> into tensor<$Nx2304x64xf32>
  %em = tensor.empty() : tensor<$Nx64xf32>
  %fm = linalg.fill ins(%zero : f32) outs(%em : tensor<$Nx64xf32>) -> tensor<$Nx64xf32>
  %7 = linalg.reduce { arith.addf } ins(%flat : tensor<$Nx2304x64xf32>) outs(%fm : tensor<$Nx64xf32>) dimensions = [1]
  return %6, %7 : tensor<$Nx48x48x16xf32>, tensor<$Nx64xf32>
})";

std::vector<Tensor> weightsOfBlock() {
  return {noise({1, 1, 16, 64}, 2), noise({3, 3, 64}, 3),
          noise({1, 1, 64, 16}, 4)};
}

TEST(TileBatch, BlockOfALargeBatchIsALoop) {
  EXPECT_EQ(countLoops(ofBatch(kBlock, 16)), 1u);
  expectLikeSingleImages(kBlock, {1, 48, 48, 16}, 16, weightsOfBlock());
}

TEST(TileBatch, PrimeBatch) {
  EXPECT_EQ(countLoops(ofBatch(kBlock, 13)), 1u);
  expectLikeSingleImages(kBlock, {1, 48, 48, 16}, 13, weightsOfBlock());
}

TEST(TileBatch, WhatFitsTheCacheStays) {
  EXPECT_EQ(countLoops(ofBatch(kBlock, 2)), 0u);
  EXPECT_EQ(countLoops(ofBatch(kBlock, 1)), 0u);
}

// Two products of 4096 rows; each block would read both weights again.
constexpr char kProducts[] = R"(
func.func @main(%x: tensor<4096x$Kxf32>, %a: tensor<$Kx$Kxf32>,
                %b: tensor<$Kx$Kxf32>) -> tensor<4096x$Kxf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4096x$Kxf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4096x$Kxf32>) -> tensor<4096x$Kxf32>
  %1 = linalg.matmul ins(%x, %a : tensor<4096x$Kxf32>, tensor<$Kx$Kxf32>) outs(%f : tensor<4096x$Kxf32>) -> tensor<4096x$Kxf32>
  %2 = linalg.matmul ins(%1, %b : tensor<4096x$Kxf32>, tensor<$Kx$Kxf32>) outs(%f : tensor<4096x$Kxf32>) -> tensor<4096x$Kxf32>
  return %2 : tensor<4096x$Kxf32>
})";

TEST(TileBatch, LargeWeightsAreReadOnce) {
  EXPECT_EQ(countLoops(absl::StrReplaceAll(kProducts, {{"$K", "512"}})), 1u);
  EXPECT_EQ(countLoops(absl::StrReplaceAll(kProducts, {{"$K", "8192"}})), 0u);
}

// Every row is multiplied with every other: these products need their right
// operand whole, be it made just before or given.
constexpr char kGram[] = R"(
#left = affine_map<(i, j, k) -> (i, k)>
#right = affine_map<(i, j, k) -> (j, k)>
#out = affine_map<(i, j, k) -> (i, j)>
func.func @main(%x: tensor<2048x512xf32>, %a: tensor<512x64xf32>,
                %b: tensor<2048x64xf32>) -> tensor<2048x2048xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2048x64xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<2048x64xf32>) -> tensor<2048x64xf32>
  %y = linalg.matmul ins(%x, %a : tensor<2048x512xf32>, tensor<512x64xf32>) outs(%f : tensor<2048x64xf32>) -> tensor<2048x64xf32>
  %eg = tensor.empty() : tensor<2048x2048xf32>
  %fg = linalg.fill ins(%zero : f32) outs(%eg : tensor<2048x2048xf32>) -> tensor<2048x2048xf32>
  %g = linalg.matmul indexing_maps = [#left, #right, #out]
    ins(%y, %y : tensor<2048x64xf32>, tensor<2048x64xf32>) outs(%fg : tensor<2048x2048xf32>) -> tensor<2048x2048xf32>
  %h = linalg.matmul indexing_maps = [#left, #right, #out]
    ins(%b, %b : tensor<2048x64xf32>, tensor<2048x64xf32>) outs(%g : tensor<2048x2048xf32>) -> tensor<2048x2048xf32>
  return %h : tensor<2048x2048xf32>
})";

TEST(TileBatch, WhatAnOpReadsWholeIsWhole) {
  EXPECT_EQ(countLoops(kGram), 1u); // of the last two
  std::vector<Tensor> inputs{noise({2048, 512}, 1), noise({512, 64}, 2),
                             noise({2048, 64}, 3)};
  std::vector<Tensor> found = run(compile(kGram), inputs, {DType::Float}, 2);
  auto x = inputs[0].values<float>(), a = inputs[1].values<float>();
  auto b = inputs[2].values<float>();
  auto row = [&](int64_t i) {
    std::vector<double> y(64);
    for (int64_t k = 0; k < 512; ++k)
      for (int64_t j = 0; j < 64; ++j)
        y[j] += double(x[i * 512 + k]) * a[k * 64 + j];
    return y;
  };
  for (auto [i, j] : {std::pair(3, 2000), std::pair(2047, 5)}) {
    std::vector<double> left = row(i), right = row(j);
    double expected = 0;
    for (int64_t k = 0; k < 64; ++k)
      expected += left[k] * right[k] + double(b[i * 64 + k]) * b[j * 64 + k];
    EXPECT_NEAR(found[0].values<float>()[i * 2048 + j], expected, 0.01);
  }
}

// The second op mixes the images, the third knows which image it is at.
TEST(TileBatch, OpsThatTellImagesApartStay) {
  EXPECT_EQ(countLoops(R"(
#id = affine_map<(n, x) -> (n, x)>
#t = affine_map<(n, x) -> (x, n)>
func.func @main(%x: tensor<2048x2048xf32>) -> tensor<2048x2048xf32> {
  %e = tensor.empty() : tensor<2048x2048xf32>
  %1 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
    ins(%x : tensor<2048x2048xf32>) outs(%e : tensor<2048x2048xf32>) {
  ^bb0(%v: f32, %o: f32):
    %r = arith.mulf %v, %v : f32
    linalg.yield %r : f32
  } -> tensor<2048x2048xf32>
  %2 = linalg.generic {indexing_maps = [#id, #t, #id], iterator_types = ["parallel", "parallel"]}
    ins(%1, %1 : tensor<2048x2048xf32>, tensor<2048x2048xf32>) outs(%e : tensor<2048x2048xf32>) {
  ^bb0(%v: f32, %w: f32, %o: f32):
    %r = arith.addf %v, %w : f32
    linalg.yield %r : f32
  } -> tensor<2048x2048xf32>
  %3 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
    ins(%2 : tensor<2048x2048xf32>) outs(%e : tensor<2048x2048xf32>) {
  ^bb0(%v: f32, %o: f32):
    %n = linalg.index 0 : index
    %i = arith.index_cast %n : index to i32
    %s = arith.sitofp %i : i32 to f32
    %r = arith.mulf %v, %s : f32
    linalg.yield %r : f32
  } -> tensor<2048x2048xf32>
  return %3 : tensor<2048x2048xf32>
})"),
            0u);
}

} // namespace
