// Runs one routine on tensors, as compiled code would call it: operands and
// results by value, strings as std::string. Results have unknown dimensions
// unless a test gives them.
#ifndef FIRN_TESTS_UNIT_RUNTIME_ROUTINETEST_H
#define FIRN_TESTS_UNIT_RUNTIME_ROUTINETEST_H

#include "backend/runtime/CallContext.h"
#include "backend/runtime/Routine.h"
#include "backend/runtime/Tensor.h"
#include "backend/runtime/ThreadPool.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>

namespace firn::runtime {

/// A node of the op, built by chained calls and then run, also several times.
class RoutineRun {
public:
  explicit RoutineRun(std::string op) {
    site.routine = routines().find(op);
    site.op = std::move(op);
    site.node = "node";
  }
  RoutineRun &attr(std::string name, AttrValue value) {
    site.attributes.set(std::move(name), std::move(value));
    return *this;
  }
  RoutineRun &input(Tensor tensor) {
    inputs.push_back(std::move(tensor));
    return *this;
  }
  template <typename T>
  RoutineRun &input(const Shape &shape, const std::vector<T> &values) {
    return input(make<T>(shape, values));
  }
  RoutineRun &text(const Shape &shape, std::vector<std::string> values) {
    return input(makeText(shape, std::move(values)));
  }
  /// A result of unknown dimensions.
  RoutineRun &result(DType dtype, size_t rank) {
    return result(dtype, Shape(rank, kDynamicDim));
  }
  RoutineRun &result(DType dtype, Shape shape) {
    site.results.push_back({dtype, std::move(shape), true});
    return *this;
  }

  absl::StatusOr<std::vector<Tensor>> run() {
    if (!site.routine)
      return absl::NotFoundError("no routine " + site.op);
    ThreadPool pool(1);
    CallContext context;
    context.pool = &pool;
    site.inputTypes.clear();
    site.inputRanks.clear();
    std::vector<std::vector<StringRef>> refs;
    std::vector<void *> data;
    std::vector<int64_t> dims;
    for (Tensor &tensor : inputs) {
      site.inputTypes.push_back(tensor.dtype());
      site.inputRanks.push_back(tensor.shape().size());
      dims.insert(dims.end(), tensor.shape().begin(), tensor.shape().end());
      if (tensor.dtype() != DType::String) {
        data.push_back(tensor.data());
        continue;
      }
      std::vector<StringRef> &list = refs.emplace_back();
      for (const std::string &text : tensor.strings())
        list.push_back(text.empty() ? nullptr : &text);
      data.push_back(list.data());
    }
    std::vector<std::vector<uint64_t>> fixed;
    size_t dynamicSize = 1;
    for (const RoutineSite::Result &result : site.results) {
      if (result.isDynamic())
        dynamicSize += 1 + result.dims.size();
      else
        data.push_back(
            fixed.emplace_back(2 * *firn::numElements(result.dims) + 1).data());
    }
    std::vector<int64_t> dynamic(dynamicSize);
    RoutineCall call(context, site, data.data(), dims.data(), dynamic.data());
    absl::Status status = site.routine(call);
    if (status.ok())
      status = call.finish();
    std::vector<Tensor> tensors;
    if (status.ok())
      tensors = collect(data, dynamic);
    context.releaseHeap();
    if (!status.ok())
      return status;
    return tensors;
  }

  template <typename T>
  static Tensor make(const Shape &shape, const std::vector<T> &values) {
    absl::StatusOr<Tensor> tensor = Tensor::create(dtypeOf<T>(), shape);
    EXPECT_TRUE(tensor.ok()) << tensor.status();
    if (!tensor.ok())
      return {};
    EXPECT_EQ(static_cast<size_t>(tensor->numElements()), values.size());
    std::copy(values.begin(), values.end(), tensor->values<T>().begin());
    return *std::move(tensor);
  }
  static Tensor makeText(const Shape &shape, std::vector<std::string> values) {
    absl::StatusOr<Tensor> tensor = Tensor::create(DType::String, shape);
    EXPECT_TRUE(tensor.ok()) << tensor.status();
    if (!tensor.ok())
      return {};
    EXPECT_EQ(tensor->strings().size(), values.size());
    tensor->strings() = std::move(values);
    return *std::move(tensor);
  }

private:
  std::vector<Tensor> collect(const std::vector<void *> &data,
                              const std::vector<int64_t> &dynamic) {
    std::vector<Tensor> tensors;
    size_t position = 0, buffer = inputs.size();
    for (const RoutineSite::Result &result : site.results) {
      Shape shape = result.dims;
      const void *from = nullptr;
      if (result.isDynamic()) {
        from = reinterpret_cast<const void *>(dynamic[position]);
        shape.assign(dynamic.begin() + position + 1,
                     dynamic.begin() + position + 1 + shape.size());
        position += 1 + shape.size();
      } else {
        from = data[buffer++];
      }
      Tensor tensor = *Tensor::create(result.dtype, shape);
      if (result.dtype == DType::String) {
        for (int64_t i = 0; i < tensor.numElements(); ++i)
          if (StringRef ref = static_cast<const StringRef *>(from)[i])
            tensor.strings()[i] = *ref;
      } else if (tensor.byteSize()) {
        std::memcpy(tensor.data(), from, tensor.byteSize());
      }
      tensors.push_back(std::move(tensor));
    }
    return tensors;
  }

  // Copies of a run are of one node.
  std::shared_ptr<RoutineSite> node = std::make_shared<RoutineSite>();
  RoutineSite &site = *node;
  std::vector<Tensor> inputs;
};

/// The elements of a tensor, for EXPECT_EQ.
template <typename T> std::vector<T> valuesOf(const Tensor &tensor) {
  std::span<const T> values = tensor.values<T>();
  return {values.begin(), values.end()};
}

} // namespace firn::runtime

#endif // FIRN_TESTS_UNIT_RUNTIME_ROUTINETEST_H
