// GFLOP/s of generated kernels on the shapes of convolutional networks and
// encoders; "peak" is the machine's own limit in the same run. kernels.py sets
// them beside other libraries and finds the best tile. The environment says
// how: FIRN_THREADS=2, FIRN_WINOGRAD=0 for direct sums only, FIRN_TILE=7x2 for
// register tiles of seven rows and two vectors instead of those that the model
// chooses, FIRN_DUMP=1 to print the IR.
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
  if (const char *winograd = std::getenv("FIRN_WINOGRAD"))
    options.winograd =
        std::atoi(winograd) ? jit::Winograd::Auto : jit::Winograd::Off;
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

/// A convolution of the peers' table (kernels.py), by its name there.
struct ConvShape {
  const char *name;
  int64_t size, channels, filters, kernel, stride;
};
constexpr ConvShape kConvs[] = {
    {"resnet conv1 7x7/2", 224, 3, 64, 7, 2},
    {"resnet 56 1x1 64-64", 56, 64, 64, 1, 1},
    {"resnet 56 3x3 64-64", 56, 64, 64, 3, 1},
    {"resnet 56 1x1 64-256", 56, 64, 256, 1, 1},
    {"resnet 56 1x1 256-64", 56, 256, 64, 1, 1},
    {"resnet 56 3x3/2 128-128", 56, 128, 128, 3, 2},
    {"resnet 56 1x1/2 256-512", 56, 256, 512, 1, 2},
    {"resnet 28 3x3 128-128", 28, 128, 128, 3, 1},
    {"resnet 28 1x1 128-512", 28, 128, 512, 1, 1},
    {"resnet 14 3x3 256-256", 14, 256, 256, 3, 1},
    {"resnet 14 1x1 1024-256", 14, 1024, 256, 1, 1},
    {"resnet 7 3x3 512-512", 7, 512, 512, 3, 1},
    {"resnet 7 1x1 512-2048", 7, 512, 2048, 1, 1},
    {"mobilenet conv 3x3/2", 224, 3, 32, 3, 2},
    {"mobilenet 112 1x1 32-64", 112, 32, 64, 1, 1},
    {"mobilenet 56 1x1 128-128", 56, 128, 128, 1, 1},
    {"mobilenet 28 1x1 256-256", 28, 256, 256, 1, 1},
    {"mobilenet 14 1x1 512-512", 14, 512, 512, 1, 1},
    {"mobilenet 7 1x1 1024-1024", 7, 1024, 1024, 1, 1},
};
constexpr ConvShape kDepthwise[] = {
    {"mobilenet dw 112 3x3 32", 112, 32, 32, 3, 1},
    {"mobilenet dw 112 3x3/2 64", 112, 64, 64, 3, 2},
    {"mobilenet dw 56 3x3 128", 56, 128, 128, 3, 1},
    {"mobilenet dw 14 3x3 512", 14, 512, 512, 3, 1},
    {"mobilenet dw 7 3x3 1024", 7, 1024, 1024, 3, 1},
};

struct MatmulShape {
  const char *name;
  int64_t m, n, k;
};
constexpr MatmulShape kMatmuls[] = {
    {"mlp 1x512x784", 1, 512, 784},
    {"wide mlp 1x4096x4096", 1, 4096, 4096},
    {"wide mlp 64x4096x4096", 64, 4096, 4096},
    {"lstm step 1x1024x512", 1, 1024, 512},
    {"bert qkv 128x768x768", 128, 768, 768},
    {"bert ffn1 128x3072x768", 128, 3072, 768},
    {"bert ffn2 128x768x3072", 128, 768, 3072},
    {"minilm ffn1 128x1536x384", 128, 1536, 384},
    {"bert scores 128x128x64", 128, 128, 64},
    {"bert context 128x64x128", 128, 64, 128},
    {"im2col 3136x64x576", 3136, 64, 576},
    {"1x1 3136x256x64", 3136, 256, 64},
    {"1x1 784x512x128", 784, 512, 128},
    {"1x1 196x256x1024", 196, 256, 1024},
    {"1x1 49x2048x512", 49, 2048, 512},
    {"square 256", 256, 256, 256},
    {"square 512", 512, 512, 512},
    {"square 1024", 1024, 1024, 1024},
};

int64_t outputSize(const ConvShape &shape) {
  return (shape.size + shape.kernel / 2 * 2 - shape.kernel) / shape.stride + 1;
}

/// relu(x·w), w constant.
void matmul(benchmark::State &state, const MatmulShape &shape,
            unsigned threads) {
  auto [name, m, n, k] = shape;
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

/// Convolution of an already padded input, w constant.
void conv(benchmark::State &state, const ConvShape &shape, unsigned threads) {
  auto [name, size, c, f, k, stride] = shape;
  int64_t out = outputSize(shape), in = (out - 1) * stride + k;
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
            2.0 * double(out * out) * double(f) * double(k * k * c), threads);
}

void depthwise(benchmark::State &state, const ConvShape &shape,
               unsigned threads) {
  auto [name, size, c, f, k, stride] = shape;
  int64_t out = outputSize(shape), in = (out - 1) * stride + 3;
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
            {{1, in, in, c}}, {1, out, out, c}, 2.0 * double(out * out * c) * 9,
            threads);
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

void addBenchmarks(unsigned threads) {
  auto add = [&](const char *name, auto run) {
    benchmark::RegisterBenchmark(name, run)->UseRealTime();
  };
  for (const ConvShape &shape : kConvs)
    add(shape.name,
        [&, threads](benchmark::State &state) { conv(state, shape, threads); });
  for (const ConvShape &shape : kDepthwise)
    add(shape.name, [&, threads](benchmark::State &state) {
      depthwise(state, shape, threads);
    });
  for (const MatmulShape &shape : kMatmuls)
    add(shape.name, [&, threads](benchmark::State &state) {
      matmul(state, shape, threads);
    });
}

} // namespace

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  const char *threads = std::getenv("FIRN_THREADS");
  addBenchmarks(threads ? unsigned(std::max(1, std::atoi(threads))) : 1);
  benchmark::RunSpecifiedBenchmarks();
}
