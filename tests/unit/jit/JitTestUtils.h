// Compiling and running linalg modules in tests.
#ifndef FIRN_TESTS_UNIT_JIT_JITTESTUTILS_H
#define FIRN_TESTS_UNIT_JIT_JITTESTUTILS_H

#include "backend/jit/NativeModule.h"
#include "backend/runtime/Tensor.h"

#include "gtest/gtest.h"

#include <string_view>

namespace firn::jit::test {

/// A compiled module with the context that it needs.
struct Compiled {
  std::unique_ptr<mlir::MLIRContext> context;
  std::unique_ptr<NativeModule> module;
};

/// Parses and compiles; fails the test and gives null if that is not possible.
Compiled compile(std::string_view text, const NativeOptions &options = {});

/// Runs with outputs of the given types (shapes of dynamic outputs are found
/// by the call). Fails the test on errors.
std::vector<Tensor> run(const Compiled &compiled,
                        const std::vector<Tensor> &inputs,
                        const std::vector<DType> &outputTypes,
                        unsigned threads = 1);

/// As run(), with the status of the call.
absl::StatusOr<std::vector<Tensor>>
tryRun(const Compiled &compiled, const std::vector<Tensor> &inputs,
       const std::vector<DType> &outputTypes, unsigned threads = 1);

/// A tensor of these values.
template <typename T>
Tensor tensor(const Shape &shape, const std::vector<T> &values) {
  absl::StatusOr<Tensor> result = Tensor::from(shape, values);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *std::move(result) : Tensor();
}

/// A float tensor of reproducible values in [-1, 1).
Tensor noise(const Shape &shape, unsigned seed);

/// The values of a tensor.
template <typename T> std::vector<T> values(const Tensor &tensor) {
  auto span = tensor.values<T>();
  return {span.begin(), span.end()};
}

/// Fails the test where |found - expected| > absolute + relative·|expected|.
void expectNear(const Tensor &found, const std::vector<double> &expected,
                double absolute, double relative);

/// Fails the test where |found - expected| is above its limit.
void expectWithin(const Tensor &found, const std::vector<double> &expected,
                  const std::vector<double> &limits);

} // namespace firn::jit::test

#endif // FIRN_TESTS_UNIT_JIT_JITTESTUTILS_H
