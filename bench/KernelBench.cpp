// GFLOP/s of generated kernels on the shapes of convolutional networks and
// encoders, one thread unless the name says otherwise; "peak" is the machine's
// own limit in the same run. FIRN_TILE=7x2 forces register tiles of seven rows
// and two vectors, to compare with the tiles that the model chooses;
// FIRN_DUMP=1 prints the IR.
#include "backend/jit/NativeModule.h"
#include "backend/runtime/Tensor.h"

#include "mlir/Parser/Parser.h"

#include "absl/strings/substitute.h"
#include "benchmark/benchmark.h"

#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

using namespace firn;

namespace {

/// Compiles `text` and times its calls; `flops` and `bytes` are those of a
/// call.
void runModule(benchmark::State &state, const std::string &text,
               const std::vector<Shape> &inputShapes, const Shape &outputShape,
               double flops, unsigned threads = 1) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  jit::loadDialects(context);
  auto parsed = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
  if (!parsed) {
    state.SkipWithError("the module does not parse");
    return;
  }
  jit::NativeOptions options;
  options.dumpIR = std::getenv("FIRN_DUMP") != nullptr;
  if (const char *tile = std::getenv("FIRN_TILE"))
    std::sscanf(tile, "%dx%d", &options.tile.rows, &options.tile.vectors);
  auto module = jit::NativeModule::compile(*parsed, options);
  if (!module.ok()) {
    state.SkipWithError(module.status().ToString().c_str());
    return;
  }
  std::vector<Tensor> inputs;
  std::vector<TensorView> views;
  for (const Shape &shape : inputShapes) {
    inputs.push_back(*Tensor::create(DType::Float, shape));
    float next = 0;
    for (float &value : inputs.back().values<float>())
      value = next = next > 1 ? -1 : next + 0.013F;
  }
  for (const Tensor &input : inputs)
    views.push_back(input.view());
  Tensor output = *Tensor::create(DType::Float, outputShape);
  TensorView outputView = output.view();
  runtime::ThreadPool pool(threads);
  for (auto _ : state) {
    absl::Status status = (*module)->run(views, {&outputView, 1}, pool);
    if (!status.ok())
      state.SkipWithError(status.ToString().c_str());
  }
  state.counters["GFLOP/s"] = benchmark::Counter(
      flops * double(state.iterations()) * 1e-9, benchmark::Counter::kIsRate);
  const jit::CompileReport &report = (*module)->report();
  state.counters["compile_ms"] =
      1e3 * (report.tensors + report.buffers + report.kernels +
             report.lowering + report.machine + report.linking);
}

std::string weights(const Shape &shape) {
  // Distinct values, so that the constant is not a splat.
  int64_t count = *numElements(shape);
  std::string text = "dense<\"0x";
  static const char digits[] = "0123456789ABCDEF";
  text.reserve(count * 8 + 16);
  for (int64_t index = 0; index < count; ++index) {
    text += "00";
    text += digits[index % 16];
    text += digits[index / 16 % 16];
    text += "003C";
  }
  std::string type;
  for (int64_t dim : shape)
    type += std::to_string(dim) + "x";
  return text + "\"> : tensor<" + type + "f32>";
}

/// relu(x·w), w constant.
void matmul(benchmark::State &state, unsigned threads) {
  int64_t m = state.range(0), n = state.range(1), k = state.range(2);
  runModule(state,
            absl::Substitute(R"(
    #id = affine_map<(i, j) -> (i, j)>
    func.func @main(%x: tensor<$0x$2xf32>) -> tensor<$0x$1xf32> {
      %w = arith.constant $3
      %z = arith.constant 0.0 : f32
      %e = tensor.empty() : tensor<$0x$1xf32>
      %f = linalg.fill ins(%z : f32) outs(%e : tensor<$0x$1xf32>) -> tensor<$0x$1xf32>
      %p = linalg.matmul ins(%x, %w : tensor<$0x$2xf32>, tensor<$2x$1xf32>) outs(%f : tensor<$0x$1xf32>) -> tensor<$0x$1xf32>
      %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
          ins(%p : tensor<$0x$1xf32>) outs(%e : tensor<$0x$1xf32>) {
        ^bb0(%a: f32, %o: f32):
          %t = arith.maximumf %a, %z : f32
          linalg.yield %t : f32
      } -> tensor<$0x$1xf32>
      return %r : tensor<$0x$1xf32>
    })",
                             m, n, k, weights({k, n})),
            {{m, k}}, {m, n}, 2.0 * double(m) * double(n) * double(k), threads);
}

void matmulOneThread(benchmark::State &state) { matmul(state, 1); }
void matmulTwoThreads(benchmark::State &state) { matmul(state, 2); }

/// Convolution of an already padded input, w constant.
void conv(benchmark::State &state) {
  int64_t out = state.range(0), c = state.range(1), k = state.range(2),
          stride = state.range(3), f = state.range(4);
  int64_t in = (out - 1) * stride + k;
  runModule(state,
            absl::Substitute(R"(
    func.func @main(%x: tensor<1x$0x$0x$1xf32>) -> tensor<1x$2x$2x$3xf32> {
      %w = arith.constant $4
      %z = arith.constant 0.0 : f32
      %e = tensor.empty() : tensor<1x$2x$2x$3xf32>
      %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x$2x$2x$3xf32>) -> tensor<1x$2x$2x$3xf32>
      %r = linalg.conv_2d_nhwc_hwcf {strides = dense<$5> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
        ins(%x, %w : tensor<1x$0x$0x$1xf32>, tensor<$6x$6x$1x$3xf32>) outs(%f : tensor<1x$2x$2x$3xf32>) -> tensor<1x$2x$2x$3xf32>
      return %r : tensor<1x$2x$2x$3xf32>
    })",
                             in, c, out, f, weights({k, k, c, f}), stride, k),
            {{1, in, in, c}}, {1, out, out, f},
            2.0 * double(out * out) * double(f) * double(k * k * c));
}

void depthwise(benchmark::State &state) {
  int64_t out = state.range(0), c = state.range(1), stride = state.range(2);
  int64_t in = (out - 1) * stride + 3;
  runModule(state,
            absl::Substitute(R"(
    func.func @main(%x: tensor<1x$0x$0x$1xf32>) -> tensor<1x$2x$2x$1xf32> {
      %w = arith.constant $3
      %z = arith.constant 0.0 : f32
      %e = tensor.empty() : tensor<1x$2x$2x$1xf32>
      %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x$2x$2x$1xf32>) -> tensor<1x$2x$2x$1xf32>
      %r = linalg.depthwise_conv_2d_nhwc_hwc {strides = dense<$4> : tensor<2xi64>, dilations = dense<1> : tensor<2xi64>}
        ins(%x, %w : tensor<1x$0x$0x$1xf32>, tensor<3x3x$1xf32>) outs(%f : tensor<1x$2x$2x$1xf32>) -> tensor<1x$2x$2x$1xf32>
      return %r : tensor<1x$2x$2x$1xf32>
    })",
                             in, c, out, weights({3, 3, c}), stride),
            {{1, in, in, c}}, {1, out, out, c},
            2.0 * double(out * out * c) * 9);
}

#if defined(__x86_64__)
/// What the FMA units do when nothing else is in the way.
__attribute__((target("avx512f"))) void peak(benchmark::State &state) {
  if (!__builtin_cpu_supports("avx512f")) {
    state.SkipWithError("no AVX-512");
    return;
  }
  // Variables and no array: this file is not compiled to unroll loops. Eight
  // cover the latency.
  __m512 factor = _mm512_set1_ps(0.5F);
  __m512 a = factor, b = factor, c = factor, d = factor;
  __m512 e = factor, f = factor, g = factor, h = factor;
  for (auto _ : state) {
    for (int step = 0; step < 2000; ++step) {
      a = _mm512_fmadd_ps(a, factor, factor);
      b = _mm512_fmadd_ps(b, factor, factor);
      c = _mm512_fmadd_ps(c, factor, factor);
      d = _mm512_fmadd_ps(d, factor, factor);
      e = _mm512_fmadd_ps(e, factor, factor);
      f = _mm512_fmadd_ps(f, factor, factor);
      g = _mm512_fmadd_ps(g, factor, factor);
      h = _mm512_fmadd_ps(h, factor, factor);
      asm volatile("" : "+v"(factor));
    }
  }
  __m512 sum = a + b + c + d + e + f + g + h;
  benchmark::DoNotOptimize(sum);
  state.counters["GFLOP/s"] = benchmark::Counter(
      2000.0 * 8 * 16 * 2 * double(state.iterations()) * 1e-9,
      benchmark::Counter::kIsRate);
}
BENCHMARK(peak);
#endif

/// Bytes read and written by a copy that no cache holds.
void copy(benchmark::State &state) {
  constexpr int64_t kBytes = int64_t(256) << 20;
  Tensor from = *Tensor::create(DType::Float, Shape{kBytes / 4});
  Tensor to = *Tensor::create(DType::Float, Shape{kBytes / 4});
  std::memset(from.view().data, 1, kBytes);
  for (auto _ : state) {
    std::memcpy(to.view().data, from.view().data, kBytes);
    benchmark::ClobberMemory();
  }
  state.counters["GB/s"] = benchmark::Counter(
      2.0 * double(kBytes) * double(state.iterations()) * 1e-9,
      benchmark::Counter::kIsRate);
}
BENCHMARK(copy)->UseRealTime();

void gemmShapes(benchmark::internal::Benchmark *bench) {
  for (const std::vector<int64_t> &shape :
       std::vector<std::vector<int64_t>>{{3136, 64, 576},
                                         {196, 1024, 256},
                                         {196, 256, 1024},
                                         {784, 128, 1152},
                                         {49, 512, 4608},
                                         {49, 2048, 512},
                                         {12544, 32, 32},
                                         {128, 768, 768},
                                         {128, 3072, 768},
                                         {1, 1000, 2048},
                                         {1, 128, 784}})
    bench->Args(shape);
}
BENCHMARK(matmulOneThread)->Apply(gemmShapes)->UseRealTime();
BENCHMARK(matmulTwoThreads)->Args({784, 128, 1152})->UseRealTime();

// out, channels, kernel, stride, filters
BENCHMARK(conv)
    ->Args({112, 3, 7, 2, 64})
    ->Args({56, 64, 3, 1, 64})
    ->Args({56, 64, 1, 1, 256})
    ->Args({28, 128, 3, 1, 128})
    ->Args({14, 256, 3, 1, 256})
    ->Args({7, 512, 3, 1, 512})
    ->Args({28, 256, 1, 2, 512})
    ->Args({112, 3, 3, 2, 32})
    ->UseRealTime();
BENCHMARK(depthwise)
    ->Args({112, 32, 1})
    ->Args({56, 64, 2})
    ->Args({28, 256, 1})
    ->Args({14, 512, 1})
    ->Args({7, 1024, 1})
    ->UseRealTime();

} // namespace

BENCHMARK_MAIN();
