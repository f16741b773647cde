// Branches, loops, arrays, lists and recurrent cells, from graphs with
// functions to values.
#include "tests/unit/lowering/LoweringTestUtils.h"

#include "backend/jit/lowering/TFGToLinalg.h"
#include "ir/TFGDialect.h"
#include "passes/Passes.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

#include <cmath>

using namespace firn;
using namespace firn::jit::test;

namespace {

/// Compiles a module of a tfg.graph and functions, through the passes that a
/// compilation runs on them.
Compiled compileModule(const std::string &text) {
  Compiled result;
  result.context = std::make_unique<mlir::MLIRContext>(
      mlir::MLIRContext::Threading::DISABLED);
  jit::loadDialects(*result.context);
  result.context->loadDialect<tfg::TFGDialect>();
  auto module =
      mlir::parseSourceString<mlir::ModuleOp>(text, result.context.get());
  EXPECT_TRUE(module) << text;
  if (!module)
    return result;
  mlir::PassManager passes(result.context.get());
  passes.addPass(tfg::createSpecializeFunctionsPass());
  passes.addPass(tfg::createInferShapesPass());
  passes.addPass(mlir::createCanonicalizerPass());
  passes.addPass(tfg::createArraysToTensorsPass());
  passes.addPass(tfg::createDecomposeRecurrentCellsPass());
  passes.addPass(tfg::createSpecializeFunctionsPass());
  passes.addPass(tfg::createInferShapesPass());
  passes.addPass(mlir::createCanonicalizerPass());
  bool lowered =
      succeeded(passes.run(*module)) && succeeded(lowerToLinalg(*module));
  EXPECT_TRUE(lowered) << text;
  if (!lowered)
    return result;
  jit::NativeOptions options;
  options.dumpIR = std::getenv("FIRN_DUMP") != nullptr;
  auto native = jit::NativeModule::compile(*module, options);
  EXPECT_TRUE(native.ok()) << native.status() << "\n" << text;
  if (native.ok())
    result.module = *std::move(native);
  return result;
}

std::string graph(const std::string &nodes, const std::string &functions) {
  return "tfg.graph attributes {producer = 1000 : i32} {\n" + nodes + "\n}\n" +
         functions;
}

/// A function of one result: `name(arguments) -> type { nodes; return value }`.
std::string function(const std::string &name, const std::string &arguments,
                     const std::string &type, const std::string &nodes,
                     const std::string &value) {
  return "tfg.func @" + name + "(" + arguments + ") -> " + type + " {\n" +
         nodes + "tfg.return " + value + " : " + type + "\n}\n";
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

const char *kBranches =
    "tfg.func @double(%x: tensor<3xf32>) -> tensor<3xf32> {\n"
    "  %y = tfg.AddV2(%x, %x) : (tensor<3xf32>, tensor<3xf32>) -> "
    "tensor<3xf32>\n"
    "  tfg.return %y : tensor<3xf32>\n}\n"
    "tfg.func @minus(%x: tensor<3xf32>) -> tensor<3xf32> {\n"
    "  %y = tfg.Neg(%x) : (tensor<3xf32>) -> tensor<3xf32>\n"
    "  tfg.return %y : tensor<3xf32>\n}\n"
    "tfg.func @same(%x: tensor<3xf32>) -> tensor<3xf32> {\n"
    "  tfg.return %x : tensor<3xf32>\n}\n";

Compiled compileIf(const std::string &conditionType) {
  return compileModule(graph(
      feed("c", 0, conditionType) + feed("x", 1, "3xf32") +
          "%y = tfg.StatelessIf(%c, %x) {then_branch = #tfg.func<@double, {}>, "
          "else_branch = #tfg.func<@minus, {}>} : (tensor<" +
          conditionType +
          ">, tensor<3xf32>) -> tensor<3xf32> name(\"y\")\n"
          "tfg.fetch %y [\"y\"] : tensor<3xf32>",
      kBranches));
}

// A bool is itself, a number true if it is not zero, a tensor if it is not
// empty.
TEST(If, Conditions) {
  Tensor x = tensor<float>({3}, {1, -2, 3});
  std::vector<float> yes{2, -4, 6}, no{-1, 2, -3};
  Compiled flag = compileIf("i1");
  auto boolean = [](bool value) {
    Tensor result = *Tensor::create(DType::Bool, Shape{});
    result.values<bool>()[0] = value;
    return result;
  };
  EXPECT_EQ(values<float>(run(flag, {boolean(true), x}, {DType::Float})[0]),
            yes);
  EXPECT_EQ(values<float>(run(flag, {boolean(false), x}, {DType::Float})[0]),
            no);
  Compiled number = compileIf("f32");
  EXPECT_EQ(values<float>(run(number, {tensor<float>({}, {-0.5f}), x},
                              {DType::Float})[0]),
            yes);
  EXPECT_EQ(values<float>(
                run(number, {tensor<float>({}, {0}), x}, {DType::Float})[0]),
            no);
  Compiled full = compileIf("2xi32");
  EXPECT_EQ(values<float>(run(full, {tensor<int32_t>({2}, {0, 0}), x},
                              {DType::Float})[0]),
            yes);
}

// A result's declared size is checked where a branch's own is known only while
// it runs.
TEST(If, ResultsHaveTheDeclaredSize) {
  Compiled compiled = compileModule(graph(
      feed("c", 0, "i1") + feed("x", 1, "?xf32") +
          "%y = tfg.StatelessIf(%c, %x) {then_branch = #tfg.func<@same, {}>, "
          "else_branch = #tfg.func<@minus, {}>} : (tensor<i1>, "
          "tensor<?xf32>) -> tensor<3xf32> name(\"y\")\n"
          "tfg.fetch %y [\"y\"] : tensor<3xf32>",
      "tfg.func @minus(%x: tensor<?xf32>) -> tensor<?xf32> {\n"
      "  %y = tfg.Neg(%x) : (tensor<?xf32>) -> tensor<?xf32>\n"
      "  tfg.return %y : tensor<?xf32>\n}\n"
      "tfg.func @same(%x: tensor<?xf32>) -> tensor<?xf32> {\n"
      "  tfg.return %x : tensor<?xf32>\n}\n"));
  for (bool condition : {true, false}) {
    Tensor c = *Tensor::create(DType::Bool, Shape{});
    c.values<bool>()[0] = condition;
    float sign = condition ? 1 : -1;
    EXPECT_EQ(values<float>(run(compiled, {c, tensor<float>({3}, {1, 2, 3})},
                                {DType::Float})[0]),
              (std::vector<float>{sign, 2 * sign, 3 * sign}));
    EXPECT_EQ(tryRun(compiled, {c, tensor<float>({2}, {1, 2})}, {DType::Float})
                  .status()
                  .message(),
              "node 'y': expects size 3 in dimension 0");
  }
}

// An index out of range takes the last branch.
TEST(Case, Indices) {
  Compiled compiled = compileModule(graph(
      feed("i", 0, "i32") + feed("x", 1, "3xf32") +
          "%y = tfg.StatelessCase(%i, %x) {branches = [#tfg.func<@double, {}>, "
          "#tfg.func<@minus, {}>, #tfg.func<@same, {}>]} : (tensor<i32>, "
          "tensor<3xf32>) -> tensor<3xf32> name(\"y\")\n"
          "tfg.fetch %y [\"y\"] : tensor<3xf32>",
      kBranches));
  Tensor x = tensor<float>({3}, {1, -2, 3});
  std::vector<std::pair<int32_t, float>> cases{
      {0, 2}, {1, -1}, {2, 1}, {3, 1}, {-1, 1}};
  for (auto [index, expected] : cases)
    EXPECT_EQ(values<float>(run(compiled, {tensor<int32_t>({}, {index}), x},
                                {DType::Float})[0])[0],
              expected)
        << index;
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

std::string lessThan(const std::string &arguments, const std::string &limit) {
  return function("cond", arguments, "tensor<i1>",
                  "%n = tfg.Const() {value = dense<" + limit +
                      "> : tensor<i32>} : () -> tensor<i32>\n"
                      "%go = tfg.Less(%i, %n) : (tensor<i32>, tensor<i32>) -> "
                      "tensor<i1>\n",
                  "%go");
}

const char *kStep =
    "%one = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32>\n"
    "%next = tfg.AddV2(%i, %one) : (tensor<i32>, tensor<i32>) -> tensor<i32>\n";

// h = tanh(h w) ten times: a product in the body, its weights from outside, and
// no memory taken from the heap.
TEST(While, Recurrence) {
  Compiled compiled = compileModule(graph(
      feed("h", 0, "2x8xf32") + feed("w", 1, "8x8xf32") +
          constant("zero", "i32", "0") +
          "%y:3 = tfg.StatelessWhile(%zero, %h, %w) {cond = #tfg.func<@cond, "
          "{}>, body = #tfg.func<@body, {}>} : (tensor<i32>, tensor<2x8xf32>, "
          "tensor<8x8xf32>) -> (tensor<*xi32>, tensor<*xf32>, tensor<*xf32>) "
          "name(\"y\")\n"
          "tfg.fetch %y#1, %y#0 [\"y\", \"i\"] : tensor<*xf32>, tensor<*xi32>",
      lessThan("%i: tensor<i32>, %h: tensor<*xf32>, %w: tensor<*xf32>", "10") +
          "tfg.func @body(%i: tensor<i32>, %h: tensor<*xf32>, %w: "
          "tensor<*xf32>) -> (tensor<i32>, tensor<*xf32>, tensor<*xf32>) {\n" +
          kStep +
          "%p = tfg.MatMul(%h, %w) : (tensor<*xf32>, tensor<*xf32>) -> "
          "tensor<*xf32>\n"
          "%t = tfg.Tanh(%p) : (tensor<*xf32>) -> tensor<*xf32>\n"
          "tfg.return %next, %t, %w : tensor<i32>, tensor<*xf32>, "
          "tensor<*xf32>\n}\n"));
  ASSERT_TRUE(compiled.module);
  EXPECT_EQ(compiled.module->report().numDynamic, 0u);
  Tensor h = noise(Shape{2, 8}, 1), w = noise(Shape{8, 8}, 2);
  auto out = run(compiled, {h, w}, {DType::Float, DType::Int32});
  std::vector<double> state(16);
  llvm::copy(values<float>(h), state.begin());
  std::vector<float> weights = values<float>(w);
  for (int step = 0; step < 10; ++step) {
    std::vector<double> next(16);
    for (int b = 0; b < 2; ++b)
      for (int n = 0; n < 8; ++n) {
        double sum = 0;
        for (int k = 0; k < 8; ++k)
          sum += state[8 * b + k] * weights[8 * k + n];
        next[8 * b + n] = std::tanh(sum);
      }
    state = next;
  }
  expectNear(out[0], state, 1e-5, 1e-5);
  EXPECT_EQ(values<int32_t>(out[1])[0], 10);
}

// Variables that change places, and a loop that runs no time at all.
TEST(While, Swap) {
  for (int steps : {0, 1, 3, 4}) {
    Compiled compiled = compileModule(graph(
        feed("a", 0, "4xf32") + feed("b", 1, "4xf32") +
            constant("zero", "i32", "0") +
            "%y:3 = tfg.While(%zero, %a, %b) {cond = #tfg.func<@cond, {}>, "
            "body "
            "= #tfg.func<@body, {}>} : (tensor<i32>, tensor<4xf32>, "
            "tensor<4xf32>) -> (tensor<i32>, tensor<4xf32>, tensor<4xf32>) "
            "name(\"y\")\n"
            "tfg.fetch %y#1, %y#2 [\"a\", \"b\"] : tensor<4xf32>, "
            "tensor<4xf32>",
        lessThan("%i: tensor<i32>, %a: tensor<4xf32>, %b: tensor<4xf32>",
                 std::to_string(steps)) +
            "tfg.func @body(%i: tensor<i32>, %a: tensor<4xf32>, %b: "
            "tensor<4xf32>) -> (tensor<i32>, tensor<4xf32>, tensor<4xf32>) "
            "{\n" +
            kStep +
            "tfg.return %next, %b, %a : tensor<i32>, tensor<4xf32>, "
            "tensor<4xf32>\n}\n"));
    std::vector<float> a{1, 2, 3, 4}, b{5, 6, 7, 8};
    auto out = run(compiled, {tensor<float>({4}, a), tensor<float>({4}, b)},
                   {DType::Float, DType::Float});
    EXPECT_EQ(values<float>(out[0]), steps % 2 ? b : a) << steps;
    EXPECT_EQ(values<float>(out[1]), steps % 2 ? a : b) << steps;
  }
}

// (a, b) = (b, a + b), with a branch in the body that adds only to even steps.
TEST(While, BranchInBody) {
  Compiled compiled = compileModule(graph(
      feed("a", 0, "2xi64") + feed("n", 1, "i32") +
          constant("zero", "i32", "0") +
          "%y:3 = tfg.StatelessWhile(%zero, %a, %n) {cond = #tfg.func<@cond, "
          "{}>, body = #tfg.func<@body, {}>} : (tensor<i32>, tensor<2xi64>, "
          "tensor<i32>) -> (tensor<i32>, tensor<2xi64>, tensor<i32>) "
          "name(\"y\")\ntfg.fetch %y#1 [\"y\"] : tensor<2xi64>",
      function("cond", "%i: tensor<i32>, %a: tensor<2xi64>, %n: tensor<i32>",
               "tensor<i1>",
               "%go = tfg.Less(%i, %n) : (tensor<i32>, tensor<i32>) -> "
               "tensor<i1>\n",
               "%go") +
          "tfg.func @body(%i: tensor<i32>, %a: tensor<2xi64>, %n: tensor<i32>) "
          "-> (tensor<i32>, tensor<2xi64>, tensor<i32>) {\n" +
          kStep +
          "%two = tfg.Const() {value = dense<2> : tensor<i32>} : () -> "
          "tensor<i32>\n"
          "%odd = tfg.FloorMod(%i, %two) : (tensor<i32>, tensor<i32>) -> "
          "tensor<i32>\n"
          "%s = tfg.StatelessIf(%odd, %a) {then_branch = #tfg.func<@same, {}>, "
          "else_branch = #tfg.func<@twice, {}>} : (tensor<i32>, tensor<2xi64>) "
          "-> tensor<2xi64>\n"
          "tfg.return %next, %s, %n : tensor<i32>, tensor<2xi64>, "
          "tensor<i32>\n}\n" +
          function("same", "%x: tensor<2xi64>", "tensor<2xi64>", "", "%x") +
          function("twice", "%x: tensor<2xi64>", "tensor<2xi64>",
                   "%y = tfg.AddV2(%x, %x) : (tensor<2xi64>, tensor<2xi64>) -> "
                   "tensor<2xi64>\n",
                   "%y")));
  for (int32_t steps : {0, 1, 2, 5}) {
    auto out = run(
        compiled, {tensor<int64_t>({2}, {1, -3}), tensor<int32_t>({}, {steps})},
        {DType::Int64});
    int64_t factor = int64_t(1) << ((steps + 1) / 2);
    EXPECT_EQ(values<int64_t>(out[0]),
              (std::vector<int64_t>{factor, -3 * factor}))
        << steps;
  }
}

//===----------------------------------------------------------------------===//
// Lists and arrays
//===----------------------------------------------------------------------===//

const std::string kVariant = "tensor<!tfg.variant>";

// Squares of a sequence's slices, written to a list in a loop; the element's
// shape follows from the write. Nothing is allocated by an iteration.
TEST(Lists, WrittenInLoop) {
  std::string types = "tensor<i32>, " + kVariant + ", " + kVariant;
  std::string arguments =
      "%i: tensor<i32>, %in: " + kVariant + ", %out: " + kVariant;
  Compiled compiled = compileModule(graph(
      feed("x", 0, "5x3xf32") + constant("zero", "i32", "0") +
          constant("n", "i32", "5") + constant("any", "i32", "-1") +
          constant("shape", "1xi32", "[3]") +
          "%in = tfg.TensorListFromTensor(%x, %shape) : (tensor<5x3xf32>, "
          "tensor<1xi32>) -> " +
          kVariant +
          "\n"
          "%out = tfg.TensorListReserve(%any, %n) {element_dtype = f32} : "
          "(tensor<i32>, tensor<i32>) -> " +
          kVariant +
          "\n"
          "%y:3 = tfg.StatelessWhile(%zero, %in, %out) {cond = "
          "#tfg.func<@cond, {}>, body = #tfg.func<@body, {}>} : (" +
          types + ") -> (" + types +
          ") name(\"y\")\n"
          "%z = tfg.TensorListStack(%y#2, %any) : (" +
          kVariant +
          ", tensor<i32>) -> tensor<*xf32>\n"
          "tfg.fetch %z [\"z\"] : tensor<*xf32>",
      lessThan(arguments, "4") + "tfg.func @body(" + arguments + ") -> (" +
          types + ") {\n" + kStep +
          "%any = tfg.Const() {value = dense<-1> : tensor<i32>} : () -> "
          "tensor<i32>\n"
          "%x = tfg.TensorListGetItem(%in, %i, %any) : (" +
          kVariant +
          ", tensor<i32>, tensor<i32>) -> tensor<*xf32>\n"
          "%s = tfg.Square(%x) : (tensor<*xf32>) -> tensor<*xf32>\n"
          "%set = tfg.TensorListSetItem(%out, %i, %s) : (" +
          kVariant + ", tensor<i32>, tensor<*xf32>) -> " + kVariant +
          "\n"
          "tfg.return %next, %in, %set : " +
          types + "\n}\n"));
  ASSERT_TRUE(compiled.module);
  EXPECT_EQ(compiled.module->report().numDynamic, 0u);
  Tensor x = noise(Shape{5, 3}, 3);
  std::vector<double> expected;
  for (size_t i = 0; float value : values<float>(x))
    expected.push_back(i++ < 12 ? double(value) * value : 0); // not written: 0
  expectNear(run(compiled, {x}, {DType::Float})[0], expected, 0, 1e-6);
}

// Pushed and popped outside of loops: sizes are known at each step.
TEST(Lists, PushAndPop) {
  Compiled compiled = compileModule(graph(
      feed("x", 0, "2xf32") + feed("y", 1, "2xf32") +
          constant("any", "i32", "-1") + constant("shape", "1xi32", "[2]") +
          "%l0 = tfg.EmptyTensorList(%shape, %any) {element_dtype = f32} : "
          "(tensor<1xi32>, tensor<i32>) -> " +
          kVariant +
          "\n"
          "%l1 = tfg.TensorListPushBack(%l0, %x) : (" +
          kVariant + ", tensor<2xf32>) -> " + kVariant +
          "\n"
          "%l2 = tfg.TensorListPushBack(%l1, %y) : (" +
          kVariant + ", tensor<2xf32>) -> " + kVariant +
          "\n"
          "%n = tfg.TensorListLength(%l2) : (" +
          kVariant +
          ") -> tensor<i32>\n"
          "%p:2 = tfg.TensorListPopBack(%l2, %shape) : (" +
          kVariant + ", tensor<1xi32>) -> (" + kVariant +
          ", tensor<*xf32>)\n"
          "%s = tfg.TensorListStack(%l2, %shape) : (" +
          kVariant +
          ", tensor<1xi32>) -> tensor<*xf32>\n"
          "%r = tfg.TensorListStack(%p#0, %shape) : (" +
          kVariant +
          ", tensor<1xi32>) -> tensor<*xf32>\n"
          "tfg.fetch %s, %r, %p#1, %n [\"s\", \"r\", \"p\", \"n\"] : "
          "tensor<*xf32>, tensor<*xf32>, tensor<*xf32>, tensor<i32>",
      ""));
  auto out =
      run(compiled, {tensor<float>({2}, {1, 2}), tensor<float>({2}, {3, 4})},
          {DType::Float, DType::Float, DType::Float, DType::Int32});
  EXPECT_EQ(values<float>(out[0]), (std::vector<float>{1, 2, 3, 4}));
  EXPECT_EQ(values<float>(out[1]), (std::vector<float>{1, 2}));
  EXPECT_EQ(values<float>(out[2]), (std::vector<float>{3, 4}));
  EXPECT_EQ(values<int32_t>(out[3])[0], 2);
}

// A write behind the end of an array is an error that names its node.
TEST(Arrays, IndexOutOfRange) {
  std::string handle = "tensor<2x!tfg.resource>";
  Compiled compiled = compileModule(graph(
      feed("x", 0, "2xf32") + feed("i", 1, "i32") + constant("n", "i32", "2") +
          constant("k", "i32", "1") +
          "%a:2 = tfg.TensorArrayV3(%n) {dtype = f32} : (tensor<i32>) -> (" +
          handle +
          ", tensor<f32>)\n"
          "%f = tfg.TensorArrayWriteV3(%a#0, %i, %x, %a#1) : (" +
          handle +
          ", tensor<i32>, tensor<2xf32>, tensor<f32>) -> tensor<f32> "
          "name(\"write\")\n"
          "%y = tfg.TensorArrayReadV3(%a#0, %k, %f) : (" +
          handle +
          ", tensor<i32>, tensor<f32>) -> tensor<*xf32>\n"
          "tfg.fetch %y [\"y\"] : tensor<*xf32>",
      ""));
  Tensor x = tensor<float>({2}, {1, 2});
  auto at = [&](int32_t index) {
    return tryRun(compiled, {x, tensor<int32_t>({}, {index})}, {DType::Float});
  };
  auto written = at(1), other = at(0), bad = at(2);
  ASSERT_TRUE(written.ok() && other.ok());
  EXPECT_EQ(values<float>((*written)[0]), (std::vector<float>{1, 2}));
  EXPECT_EQ(values<float>((*other)[0]), (std::vector<float>{0, 0}));
  EXPECT_EQ(bad.status().message(),
            "node 'write': the index is not that of an element");
}

//===----------------------------------------------------------------------===//
// Cells
//===----------------------------------------------------------------------===//

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

struct CellInputs {
  static constexpr int kBatch = 2, kInputs = 5, kCells = 3, kTime = 4;
  Tensor x = noise(Shape{kTime, kBatch, kInputs}, 1);
  Tensor cs = noise(Shape{kBatch, kCells}, 2);
  Tensor h = noise(Shape{kBatch, kCells}, 3);
  Tensor w = noise(Shape{kInputs + kCells, 4 * kCells}, 4);
  Tensor wci = noise(Shape{kCells}, 5), wcf = noise(Shape{kCells}, 6),
         wco = noise(Shape{kCells}, 7);
  Tensor b = noise(Shape{4 * kCells}, 8);
};

/// Outputs h and cs of `steps` steps; `order`: where i, ci, f, o lie.
std::pair<std::vector<double>, std::vector<double>>
expectedLSTM(const CellInputs &in, int steps, std::array<int, 4> order,
             double forgetBias, double clip) {
  constexpr int B = CellInputs::kBatch, I = CellInputs::kInputs,
                C = CellInputs::kCells, T = CellInputs::kTime;
  auto x = values<float>(in.x), w = values<float>(in.w),
       b = values<float>(in.b);
  auto wci = values<float>(in.wci), wcf = values<float>(in.wcf),
       wco = values<float>(in.wco);
  std::vector<double> h, cs, hs(T * B * C), css(T * B * C);
  for (float value : values<float>(in.h))
    h.push_back(value);
  for (float value : values<float>(in.cs))
    cs.push_back(value);
  for (int t = 0; t < steps; ++t) {
    std::vector<double> nextH = h, nextCs = cs;
    for (int n = 0; n < B; ++n)
      for (int c = 0; c < C; ++c) {
        auto gate = [&](int which) {
          int column = order[which] * C + c;
          double sum = b[column];
          for (int k = 0; k < I; ++k)
            sum += x[(t * B + n) * I + k] * w[k * 4 * C + column];
          for (int k = 0; k < C; ++k)
            sum += h[n * C + k] * w[(I + k) * 4 * C + column];
          return sum;
        };
        double old = cs[n * C + c];
        double i = sigmoid(gate(0) + old * wci[c]);
        double f = sigmoid(gate(2) + old * wcf[c] + forgetBias);
        double value = std::tanh(gate(1)) * i + old * f;
        if (clip > 0)
          value = std::min(clip, std::max(-clip, value));
        double o = sigmoid(gate(3) + value * wco[c]);
        nextCs[n * C + c] = value;
        nextH[n * C + c] = std::tanh(value) * o;
      }
    h = nextH;
    cs = nextCs;
    std::copy(h.begin(), h.end(), hs.begin() + t * B * C);
    std::copy(cs.begin(), cs.end(), css.begin() + t * B * C);
  }
  return {hs, css};
}

std::string cellFeeds() {
  return feed("x", 0, "4x2x5xf32") + feed("cs", 1, "2x3xf32") +
         feed("h", 2, "2x3xf32") + feed("w", 3, "8x12xf32") +
         feed("wci", 4, "3xf32") + feed("wcf", 5, "3xf32") +
         feed("wco", 6, "3xf32") + feed("b", 7, "12xf32");
}

void checkBlockLSTM(const std::string &op, const std::string &attributes,
                    int64_t steps, std::array<int, 4> order, double forgetBias,
                    double clip) {
  std::string list = "tensor<*xf32>";
  Compiled compiled = compileModule(graph(
      cellFeeds() + feed("n", 8, "i64") + "%y:7 = tfg." + op +
          "(%n, %x, %cs, %h, %w, %wci, %wcf, %wco, %b) {use_peephole = true" +
          attributes +
          "} : (tensor<i64>, tensor<4x2x5xf32>, tensor<2x3xf32>, "
          "tensor<2x3xf32>, tensor<8x12xf32>, tensor<3xf32>, tensor<3xf32>, "
          "tensor<3xf32>, tensor<12xf32>) -> (" +
          list + ", " + list + ", " + list + ", " + list + ", " + list + ", " +
          list + ", " + list +
          ")\ntfg.fetch %y#6, %y#1 [\"h\", \"cs\"] : " + list + ", " + list,
      ""));
  ASSERT_TRUE(compiled.module);
  EXPECT_EQ(compiled.module->report().numDynamic, 0u);
  CellInputs in;
  auto out = run(compiled,
                 {in.x, in.cs, in.h, in.w, in.wci, in.wcf, in.wco, in.b,
                  tensor<int64_t>({}, {steps})},
                 {DType::Float, DType::Float});
  auto [h, cs] =
      expectedLSTM(in, std::min<int64_t>(steps, 4), order, forgetBias, clip);
  expectNear(out[0], h, 1e-5, 1e-5);
  expectNear(out[1], cs, 1e-5, 1e-5);
}

// The default forget bias is 1, the default clip 3; what is behind the longest
// sequence is zero.
TEST(BlockLSTM, StepsAndDefaults) {
  checkBlockLSTM("BlockLSTM", "", 4, {0, 1, 2, 3}, 1, 3);
  checkBlockLSTM("BlockLSTM",
                 ", cell_clip = 0.3 : f32, forget_bias = 2.0 : f32", 3,
                 {0, 1, 2, 3}, 2, 0.3);
  checkBlockLSTM("BlockLSTM", ", cell_clip = -1.0 : f32", 0, {0, 1, 2, 3}, 1,
                 -1);
}

// The second version has another order of gates, no forget bias and no clip.
TEST(BlockLSTM, V2) {
  checkBlockLSTM("BlockLSTMV2", "", 9, {0, 2, 1, 3}, 0, 0);
  checkBlockLSTM("BlockLSTMV2", ", cell_clip = 0.2 : f32", 4, {0, 2, 1, 3}, 0,
                 0.2);
}

} // namespace
