// See JitTestUtils.h.
#include "tests/unit/jit/JitTestUtils.h"

#include "mlir/Parser/Parser.h"

#include <random>

namespace firn::jit::test {

Compiled compile(std::string_view text, const NativeOptions &options) {
  Compiled result;
  result.context = std::make_unique<mlir::MLIRContext>(
      mlir::MLIRContext::Threading::DISABLED);
  loadDialects(*result.context);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(
      llvm::StringRef(text.data(), text.size()), result.context.get());
  EXPECT_TRUE(module) << "the test's module does not parse";
  if (!module)
    return result;
  NativeOptions dumping = options;
  dumping.dumpIR |= std::getenv("FIRN_DUMP") != nullptr;
  auto native = NativeModule::compile(*module, dumping);
  EXPECT_TRUE(native.ok()) << native.status();
  if (native.ok())
    result.module = *std::move(native);
  return result;
}

absl::StatusOr<std::vector<Tensor>>
tryRun(const Compiled &compiled, const std::vector<Tensor> &inputs,
       const std::vector<DType> &outputTypes, unsigned threads) {
  if (!compiled.module)
    return absl::FailedPreconditionError("not compiled");
  runtime::ThreadPool pool(threads);
  std::vector<TensorView> inputViews, outputViews;
  for (const Tensor &input : inputs)
    inputViews.push_back(input.view());
  std::vector<Tensor> outputs(outputTypes.size());
  for (size_t index = 0; index < outputTypes.size(); ++index) {
    auto dims = compiled.module->outputShape(index);
    bool isStatic = llvm::none_of(dims, [](int64_t dim) { return dim < 0; });
    if (isStatic)
      outputs[index] = *Tensor::create(outputTypes[index], dims);
    outputViews.push_back(outputs[index].view());
    outputViews.back().dtype = outputTypes[index];
  }
  auto allocate = [&](size_t index,
                      std::span<const int64_t> dims) -> absl::StatusOr<void *> {
    auto made = Tensor::create(outputTypes[index], dims);
    if (!made.ok())
      return made.status();
    outputs[index] = *std::move(made);
    return outputs[index].data();
  };
  runtime::OutputAllocator allocator(allocate);
  absl::Status status =
      compiled.module->run(inputViews, outputViews, pool, &allocator);
  if (!status.ok())
    return status;
  return outputs;
}

std::vector<Tensor> run(const Compiled &compiled,
                        const std::vector<Tensor> &inputs,
                        const std::vector<DType> &outputTypes,
                        unsigned threads) {
  auto result = tryRun(compiled, inputs, outputTypes, threads);
  EXPECT_TRUE(result.ok()) << result.status();
  if (!result.ok())
    return std::vector<Tensor>(outputTypes.size());
  return *std::move(result);
}

Tensor noise(const Shape &shape, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> uniform(-1, 1);
  Tensor result = *Tensor::create(DType::Float, shape);
  for (float &value : result.values<float>())
    value = uniform(random);
  return result;
}

void expectNear(const Tensor &found, const std::vector<double> &expected,
                double absolute, double relative) {
  std::vector<double> limits;
  for (double value : expected)
    limits.push_back(absolute + relative * std::abs(value));
  expectWithin(found, expected, limits);
}

void expectWithin(const Tensor &found, const std::vector<double> &expected,
                  const std::vector<double> &limits) {
  auto span = found.values<float>();
  ASSERT_EQ(span.size(), expected.size());
  size_t reported = 0;
  for (size_t index = 0; index < span.size(); ++index) {
    if (std::abs(span[index] - expected[index]) <= limits[index])
      continue;
    ADD_FAILURE() << "element " << index << ": " << span[index] << ", expected "
                  << expected[index] << " within " << limits[index];
    if (++reported == 5)
      return;
  }
}

} // namespace firn::jit::test
