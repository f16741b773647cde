// The generic path: any module that lowerings may make runs and is right,
// whatever its element types and shapes.
#include "tests/unit/jit/JitTestUtils.h"

#include "mlir/Parser/Parser.h"

#include <cmath>
#include <thread>

using namespace firn;
using namespace firn::jit::test;

namespace {

// Elementwise ops on f32, with a constant operand.
TEST(Generic, AddsAConstant) {
  Compiled code = compile(R"(
    #id = affine_map<(i, j) -> (i, j)>
    func.func @main(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
      %c = arith.constant dense<[[1., 2., 3.], [4., 5., 6.]]> : tensor<2x3xf32>
      %e = tensor.empty() : tensor<2x3xf32>
      %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
          ins(%x, %c : tensor<2x3xf32>, tensor<2x3xf32>) outs(%e : tensor<2x3xf32>) {
        ^bb0(%a: f32, %b: f32, %o: f32):
          %s = arith.addf %a, %b : f32
          linalg.yield %s : f32
      } -> tensor<2x3xf32>
      return %r : tensor<2x3xf32>
    })");
  auto out = run(code, {tensor<float>({2, 3}, {10, 20, 30, 40, 50, 60})},
                 {DType::Float});
  EXPECT_EQ(values<float>(out[0]),
            (std::vector<float>{11, 22, 33, 44, 55, 66}));
}

// An input or a constant may be returned as it is; the caller gets a copy.
TEST(Generic, ReturnsInputAndConstant) {
  Compiled code = compile(R"(
    func.func @main(%x: tensor<3xi64>) -> (tensor<3xi64>, tensor<2xf64>, tensor<3xi64>) {
      %c = arith.constant dense<[0.5, -2.0]> : tensor<2xf64>
      return %x, %c, %x : tensor<3xi64>, tensor<2xf64>, tensor<3xi64>
    })");
  auto out = run(code, {tensor<int64_t>({3}, {7, -8, 9})},
                 {DType::Int64, DType::Double, DType::Int64});
  EXPECT_EQ(values<int64_t>(out[0]), (std::vector<int64_t>{7, -8, 9}));
  EXPECT_EQ(values<double>(out[1]), (std::vector<double>{0.5, -2.0}));
  EXPECT_EQ(values<int64_t>(out[2]), (std::vector<int64_t>{7, -8, 9}));
}

// Booleans take a byte each, in arguments, constants and temporaries.
TEST(Generic, BooleansAreBytes) {
  Compiled code = compile(R"(
    #id = affine_map<(i) -> (i)>
    func.func @main(%x: tensor<9xi1>, %y: tensor<9xf32>) -> tensor<9xi1> {
      %c = arith.constant dense<[true, false, true, true, false, false, true, false, true]> : tensor<9xi1>
      %z = arith.constant 0.0 : f32
      %e = tensor.empty() : tensor<9xi1>
      %p = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
          ins(%y : tensor<9xf32>) outs(%e : tensor<9xi1>) {
        ^bb0(%a: f32, %o: i1):
          %s = arith.cmpf ogt, %a, %z : f32
          linalg.yield %s : i1
      } -> tensor<9xi1>
      %r = linalg.generic {indexing_maps = [#id, #id, #id, #id], iterator_types = ["parallel"]}
          ins(%x, %c, %p : tensor<9xi1>, tensor<9xi1>, tensor<9xi1>) outs(%e : tensor<9xi1>) {
        ^bb0(%a: i1, %b: i1, %d: i1, %o: i1):
          %s = arith.xori %a, %b : i1
          %t = arith.andi %s, %d : i1
          linalg.yield %t : i1
      } -> tensor<9xi1>
      return %r : tensor<9xi1>
    })");
  Tensor x = *Tensor::create(DType::Bool, Shape{9});
  const bool bits[9] = {true, true, false, true, false,
                        true, true, true,  false};
  std::copy(bits, bits + 9, static_cast<bool *>(x.data()));
  auto out = run(code, {x, tensor<float>({9}, {1, 1, 1, -1, 1, 1, 1, -1, 1})},
                 {DType::Bool});
  EXPECT_EQ(values<bool>(out[0]),
            (std::vector<bool>{false, true, true, false, false, true, false,
                               false, true}));
}

// Shapes that are known only when the code runs, in and out.
TEST(Generic, DynamicShapes) {
  Compiled code = compile(R"(
    #id = affine_map<(i, j) -> (i, j)>
    #row = affine_map<(i, j) -> (j)>
    func.func @main(%x: tensor<?x4xf32>, %b: tensor<4xf32>) -> (tensor<?x4xf32>, tensor<?xf32>) {
      %c0 = arith.constant 0 : index
      %z = arith.constant 0.0 : f32
      %n = tensor.dim %x, %c0 : tensor<?x4xf32>
      %e = tensor.empty(%n) : tensor<?x4xf32>
      %r = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]}
          ins(%x, %b : tensor<?x4xf32>, tensor<4xf32>) outs(%e : tensor<?x4xf32>) {
        ^bb0(%a: f32, %c: f32, %o: f32):
          %s = arith.mulf %a, %c : f32
          linalg.yield %s : f32
      } -> tensor<?x4xf32>
      %e1 = tensor.empty(%n) : tensor<?xf32>
      %f1 = linalg.fill ins(%z : f32) outs(%e1 : tensor<?xf32>) -> tensor<?xf32>
      %t = linalg.reduce ins(%r : tensor<?x4xf32>) outs(%f1 : tensor<?xf32>) dimensions = [1]
        (%a: f32, %o: f32) {
          %s = arith.addf %a, %o : f32
          linalg.yield %s : f32
        }
      return %r, %t : tensor<?x4xf32>, tensor<?xf32>
    })");
  for (int64_t n : {3, 1, 0}) {
    std::vector<float> x(n * 4), scaled(n * 4), sums(n);
    for (int64_t i = 0; i < n * 4; ++i) {
      x[i] = static_cast<float>(i);
      scaled[i] = x[i] * static_cast<float>(i % 4);
      sums[i / 4] += scaled[i];
    }
    auto out =
        run(code, {tensor<float>({n, 4}, x), tensor<float>({4}, {0, 1, 2, 3})},
            {DType::Float, DType::Float});
    EXPECT_EQ(out[0].shape(), (Shape{n, 4}));
    EXPECT_EQ(values<float>(out[0]), scaled);
    EXPECT_EQ(values<float>(out[1]), sums);
  }
}

// A failed check reports its text and ends the call; the next call is good.
TEST(Generic, ChecksAreReported) {
  Compiled code = compile(R"(
    #id = affine_map<(i) -> (i)>
    func.func @main(%x: tensor<4xf32>, %i: tensor<3xi32>) -> tensor<3xf32> {
      %e = tensor.empty() : tensor<3xf32>
      %c0 = arith.constant 0 : index
      %c4 = arith.constant 4 : index
      %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
          ins(%i : tensor<3xi32>) outs(%e : tensor<3xf32>) {
        ^bb0(%a: i32, %o: f32):
          %k = arith.index_cast %a : i32 to index
          %ok = arith.cmpi ult, %k, %c4 : index
          cf.assert %ok, "node 'g': index out of range"
          %s = arith.select %ok, %k, %c0 : index
          %v = tensor.extract %x[%s] : tensor<4xf32>
          linalg.yield %v : f32
      } -> tensor<3xf32>
      return %r : tensor<3xf32>
    })");
  Tensor x = tensor<float>({4}, {10, 11, 12, 13});
  auto bad = tryRun(code, {x, tensor<int32_t>({3}, {0, 4, 2})}, {DType::Float});
  EXPECT_EQ(bad.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(bad.status().message(), "node 'g': index out of range");
  auto good = run(code, {x, tensor<int32_t>({3}, {3, 0, 2})}, {DType::Float});
  EXPECT_EQ(values<float>(good[0]), (std::vector<float>{13, 10, 12}));
}

// Nothing behind a failed check is reached: here, an address that is not there.
TEST(Generic, FailedCheckEndsTheCall) {
  Compiled code = compile(R"(
    func.func @main(%x: tensor<4xf32>, %i: tensor<i64>) -> tensor<f32> {
      %c4 = arith.constant 4 : index
      %k = tensor.extract %i[] : tensor<i64>
      %at = arith.index_cast %k : i64 to index
      %ok = arith.cmpi ult, %at, %c4 : index
      cf.assert %ok, "out of range"
      %v = tensor.extract %x[%at] : tensor<4xf32>
      %r = tensor.from_elements %v : tensor<f32>
      return %r : tensor<f32>
    })");
  Tensor x = tensor<float>({4}, {10, 11, 12, 13});
  auto bad = tryRun(code, {x, tensor<int64_t>({}, {int64_t{1} << 44})},
                    {DType::Float});
  EXPECT_EQ(bad.status(), absl::InvalidArgumentError("out of range"));
  auto good = run(code, {x, tensor<int64_t>({}, {2})}, {DType::Float});
  EXPECT_EQ(values<float>(good[0]), std::vector<float>{12});
}

/// A module that fills a temporary of `type` and reads one of its elements.
std::string oneOfMany(const std::string &sizes, const std::string &type) {
  return R"(
    func.func @main(%n: tensor<i64>, %m: tensor<i64>) -> tensor<i64> {
      %a = tensor.extract %n[] : tensor<i64>
      %b = tensor.extract %m[] : tensor<i64>
      %ai = arith.index_cast %a : i64 to index
      %bi = arith.index_cast %b : i64 to index
      %c0 = arith.constant 0 : index
      %e = tensor.empty()" +
         sizes + ") : " + type + R"(
      %f = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
          outs(%e : )" +
         type + R"() {
        ^bb0(%o: i64):
          %i = linalg.index 0 : index
          %s = arith.index_cast %i : index to i64
          linalg.yield %s : i64
      } -> )" +
         type + R"(
      %v = tensor.extract %f[%c0, %c0] : )" +
         type + R"(
      %r = tensor.from_elements %v : tensor<i64>
      return %r : tensor<i64>
    })";
}

// The size of a temporary that is no number, or more than there is, is an error
// of the call.
TEST(Generic, ImpossibleTemporaries) {
  Compiled code = compile(oneOfMany("%ai, %bi", "tensor<?x?xi64>"));
  auto call = [&](int64_t n, int64_t m) {
    return tryRun(code, {tensor<int64_t>({}, {n}), tensor<int64_t>({}, {m})},
                  {DType::Int64})
        .status();
  };
  EXPECT_TRUE(call(3, 5).ok());
  constexpr int64_t large = int64_t{1} << 32;
  for (auto [n, m] : {std::pair<int64_t, int64_t>{large, large / 8},
                      {large, large},
                      {-1, 5},
                      {-3, -5},
                      {large << 20, 1}})
    EXPECT_EQ(call(n, m).code(), absl::StatusCode::kResourceExhausted)
        << n << " x " << m;
}

// The same where all sizes are known: it does not compile.
TEST(Generic, ImpossibleStaticTemporaries) {
  mlir::MLIRContext context;
  jit::loadDialects(context);
  for (const char *type : {"tensor<4294967296x4294967296xi64>",
                           "tensor<4294967296x268435456xi64>"}) {
    auto module =
        mlir::parseSourceString<mlir::ModuleOp>(oneOfMany("", type), &context);
    ASSERT_TRUE(module);
    auto code = jit::NativeModule::compile(*module, {});
    ASSERT_FALSE(code.ok()) << type;
    EXPECT_NE(code.status().message().find("there is no memory"),
              absl::string_view::npos)
        << code.status();
  }
}

// Padding and concatenation are written in place; transposes and slices read.
TEST(Generic, MovesData) {
  Compiled code = compile(R"(
    func.func @main(%x: tensor<2x3xf32>, %y: tensor<2x1xf32>) -> tensor<5x4xf32> {
      %z = arith.constant -1.0 : f32
      %c = tensor.concat dim(1) %x, %y : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
      %p = tensor.pad %c low[1, 0] high[2, 0] {
        ^bb0(%i: index, %j: index):
          tensor.yield %z : f32
      } : tensor<2x4xf32> to tensor<5x4xf32>
      return %p : tensor<5x4xf32>
    })");
  auto out = run(code,
                 {tensor<float>({2, 3}, {1, 2, 3, 4, 5, 6}),
                  tensor<float>({2, 1}, {7, 8})},
                 {DType::Float});
  EXPECT_EQ(values<float>(out[0]),
            (std::vector<float>{-1, -1, -1, -1, 1,  2,  3,  7,  4,  5,
                                6,  8,  -1, -1, -1, -1, -1, -1, -1, -1}));
}

// A loop that carries tensors; its temporaries do not trample on each other.
TEST(Generic, LoopsCarryTensors) {
  Compiled code = compile(R"(
    #id = affine_map<(i) -> (i)>
    #rev = affine_map<(i) -> (3 - i)>
    func.func @main(%x: tensor<4xf32>, %n: tensor<i64>) -> tensor<4xf32> {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %ni = tensor.extract %n[] : tensor<i64>
      %k = arith.index_cast %ni : i64 to index
      %r = scf.for %i = %c0 to %k step %c1 iter_args(%t = %x) -> tensor<4xf32> {
        %e = tensor.empty() : tensor<4xf32>
        %u = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
            ins(%t : tensor<4xf32>) outs(%e : tensor<4xf32>) {
          ^bb0(%a: f32, %o: f32):
            %j = linalg.index 0 : index
            %c3 = arith.constant 3 : index
            %m = arith.subi %c3, %j : index
            %v = tensor.extract %t[%m] : tensor<4xf32>
            %s = arith.addf %a, %v : f32
            linalg.yield %v : f32
        } -> tensor<4xf32>
        scf.yield %u : tensor<4xf32>
      }
      return %r : tensor<4xf32>
    })");
  Tensor x = tensor<float>({4}, {1, 2, 3, 4});
  auto odd = run(code, {x, tensor<int64_t>({}, {3})}, {DType::Float});
  EXPECT_EQ(values<float>(odd[0]), (std::vector<float>{4, 3, 2, 1}));
  auto even = run(code, {x, tensor<int64_t>({}, {4})}, {DType::Float});
  EXPECT_EQ(values<float>(even[0]), (std::vector<float>{1, 2, 3, 4}));
}

// scf.while with a tensor state.
TEST(Generic, WhileLoops) {
  Compiled code = compile(R"(
    func.func @main(%x: tensor<2xi32>) -> tensor<2xi32> {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %lim = arith.constant 100 : i32
      %two = arith.constant 2 : i32
      %r = scf.while (%t = %x) : (tensor<2xi32>) -> tensor<2xi32> {
        %v = tensor.extract %t[%c0] : tensor<2xi32>
        %go = arith.cmpi slt, %v, %lim : i32
        scf.condition(%go) %t : tensor<2xi32>
      } do {
      ^bb0(%t: tensor<2xi32>):
        %v = tensor.extract %t[%c0] : tensor<2xi32>
        %d = arith.muli %v, %two : i32
        %w = tensor.extract %t[%c1] : tensor<2xi32>
        %s = arith.addi %w, %v : i32
        %u = tensor.from_elements %d, %s : tensor<2xi32>
        scf.yield %u : tensor<2xi32>
      }
      return %r : tensor<2xi32>
    })");
  auto out = run(code, {tensor<int32_t>({2}, {3, 0})}, {DType::Int32});
  EXPECT_EQ(values<int32_t>(out[0]), (std::vector<int32_t>{192, 189}));
}

// Wrong views are refused with what was expected.
TEST(Generic, RefusesWrongViews) {
  Compiled code = compile(R"(
    func.func @main(%x: tensor<2x?xf32>) -> tensor<2x?xf32> {
      return %x : tensor<2x?xf32>
    })");
  auto shape = tryRun(code, {noise({3, 1}, 1)}, {DType::Float});
  EXPECT_EQ(shape.status().message(),
            "input 0: expected f32[2,?], found float[3,1]");
  auto type = tryRun(code, {tensor<double>({2, 1}, {1, 2})}, {DType::Float});
  EXPECT_EQ(type.status().message(),
            "input 0: expected f32[2,?], found double[2,1]");
}

// Calls from several threads at once do not disturb each other.
TEST(Generic, ConcurrentCalls) {
  Compiled code = compile(R"(
    func.func @main(%x: tensor<16x16xf32>) -> tensor<16x16xf32> {
      %z = arith.constant 0.0 : f32
      %e = tensor.empty() : tensor<16x16xf32>
      %f = linalg.fill ins(%z : f32) outs(%e : tensor<16x16xf32>) -> tensor<16x16xf32>
      %a = linalg.matmul ins(%x, %x : tensor<16x16xf32>, tensor<16x16xf32>) outs(%f : tensor<16x16xf32>) -> tensor<16x16xf32>
      %b = linalg.matmul ins(%a, %x : tensor<16x16xf32>, tensor<16x16xf32>) outs(%f : tensor<16x16xf32>) -> tensor<16x16xf32>
      return %b : tensor<16x16xf32>
    })");
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (unsigned seed = 0; seed < 4; ++seed)
    threads.emplace_back([&, seed] {
      std::vector<Tensor> in{noise({16, 16}, seed)};
      auto first = values<float>(run(code, in, {DType::Float})[0]);
      for (int round = 0; round < 200; ++round)
        wrong += values<float>(run(code, in, {DType::Float})[0]) != first;
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0);
}

// half, bfloat16 and complex pass through arithmetic.
TEST(Generic, OtherElementTypes) {
  Compiled code = compile(R"(
    #id = affine_map<(i) -> (i)>
    func.func @main(%x: tensor<3xf16>, %y: tensor<3xbf16>, %c: tensor<2xcomplex<f32>>)
        -> (tensor<3xf32>, tensor<3xbf16>, tensor<2xcomplex<f32>>) {
      %e = tensor.empty() : tensor<3xf32>
      %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]}
          ins(%x, %y : tensor<3xf16>, tensor<3xbf16>) outs(%e : tensor<3xf32>) {
        ^bb0(%a: f16, %b: bf16, %o: f32):
          %u = arith.extf %a : f16 to f32
          %v = arith.extf %b : bf16 to f32
          %s = arith.mulf %u, %v : f32
          linalg.yield %s : f32
      } -> tensor<3xf32>
      %eb = tensor.empty() : tensor<3xbf16>
      %rb = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
          ins(%r : tensor<3xf32>) outs(%eb : tensor<3xbf16>) {
        ^bb0(%a: f32, %o: bf16):
          %v = arith.truncf %a : f32 to bf16
          linalg.yield %v : bf16
      } -> tensor<3xbf16>
      %ec = tensor.empty() : tensor<2xcomplex<f32>>
      %rc = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
          ins(%c : tensor<2xcomplex<f32>>) outs(%ec : tensor<2xcomplex<f32>>) {
        ^bb0(%a: complex<f32>, %o: complex<f32>):
          %v = complex.mul %a, %a : complex<f32>
          linalg.yield %v : complex<f32>
      } -> tensor<2xcomplex<f32>>
      return %r, %rb, %rc : tensor<3xf32>, tensor<3xbf16>, tensor<2xcomplex<f32>>
    })");
  Tensor x = *Tensor::create(DType::Half, Shape{3});
  const uint16_t half[3] = {0x3c00, 0xc000, 0x3800}; // 1, -2, 0.5
  std::copy(half, half + 3, static_cast<uint16_t *>(x.data()));
  Tensor y = *Tensor::create(DType::BFloat16, Shape{3});
  const uint16_t brain[3] = {0x4040, 0x3f80, 0xc080}; // 3, 1, -4
  std::copy(brain, brain + 3, static_cast<uint16_t *>(y.data()));
  using Complex = std::complex<float>;
  auto out = run(code, {x, y, tensor<Complex>({2}, {{1, 2}, {0, -1}})},
                 {DType::Float, DType::BFloat16, DType::Complex64});
  EXPECT_EQ(values<float>(out[0]), (std::vector<float>{3, -2, -2}));
  auto *bits = static_cast<const uint16_t *>(out[1].data());
  EXPECT_EQ(bits[0], 0x4040);
  EXPECT_EQ(bits[1], 0xc000);
  EXPECT_EQ(values<Complex>(out[2]), (std::vector<Complex>{{-3, 4}, {-1, 0}}));
}

} // namespace
