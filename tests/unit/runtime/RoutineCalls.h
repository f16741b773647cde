// Shorthand over RoutineRun for tests of many small calls:
// `Call("Unique").input<float>({4}, {…}).results({{DType::Float, 1}})`.
#ifndef FIRN_TESTS_UNIT_RUNTIME_ROUTINECALLS_H
#define FIRN_TESTS_UNIT_RUNTIME_ROUTINECALLS_H

#include "tests/unit/runtime/RoutineTest.h"

#include "gmock/gmock.h"

namespace firn::runtime::test {

/// A result: its shape and its elements.
struct Value {
  Tensor tensor;

  const Shape &shape() const { return tensor.shape(); }
  /// The elements as T, which has their size.
  template <typename T> std::vector<T> as() const {
    auto *from = static_cast<const T *>(tensor.data());
    return {from, from + tensor.numElements()};
  }
};

/// The type and rank of a result.
struct ResultType {
  DType dtype;
  size_t rank;
};

class Call {
public:
  explicit Call(const std::string &op) : routine(op) {}

  template <typename T>
  Call &input(const Shape &shape, const std::vector<T> &values) {
    routine.input<T>(shape, values);
    return *this;
  }
  template <typename T>
  Call &input(const Shape &shape, std::initializer_list<T> values) {
    return input<T>(shape, std::vector<T>(values));
  }
  Call &strings(const Shape &shape, const std::vector<std::string> &values) {
    routine.text(shape, values);
    return *this;
  }
  Call &attr(const std::string &name, AttrValue value) {
    routine.attr(name, std::move(value));
    return *this;
  }

  /// Runs the routine once; its results, or its failure.
  absl::StatusOr<std::vector<Value>> run(const std::vector<ResultType> &types) {
    for (const ResultType &type : types)
      routine.result(type.dtype, type.rank);
    absl::StatusOr<std::vector<Tensor>> tensors = routine.run();
    if (!tensors.ok())
      return tensors.status();
    std::vector<Value> values;
    for (Tensor &tensor : *tensors)
      values.push_back({std::move(tensor)});
    return values;
  }
  /// The same, for calls that succeed; fails the test if they do not.
  std::vector<Value> results(const std::vector<ResultType> &types) {
    absl::StatusOr<std::vector<Value>> values = run(types);
    EXPECT_TRUE(values.ok()) << std::string(values.status().message());
    return values.ok() ? *values : std::vector<Value>(types.size());
  }
  /// The text of the failure; empty if there was none.
  std::string failure(const std::vector<ResultType> &types) {
    return std::string(run(types).status().message());
  }

private:
  RoutineRun routine;
};

} // namespace firn::runtime::test

#endif // FIRN_TESTS_UNIT_RUNTIME_ROUTINECALLS_H
