// Variables that a graph writes: a model keeps them from run to run.
#include "api/Model.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

namespace firn {
namespace {

/// A counter without a value: `init` sets it to 0, `add` adds `delta`, `read`
/// reads it, `check` adds and then takes the element `index` of a vector.
absl::StatusOr<Model> loadCounter() {
  std::string path = testing::TempDir() + "/counter.pbtxt";
  std::ofstream(path) << R"(
    node { name: "counter" op: "VariableV2"
      attr { key: "dtype" value { type: DT_FLOAT } }
      attr { key: "shape" value { shape {} } } }
    node { name: "zero" op: "Const"
      attr { key: "dtype" value { type: DT_FLOAT } }
      attr { key: "value" value {
        tensor { dtype: DT_FLOAT tensor_shape {} float_val: 0 } } } }
    node { name: "delta" op: "Placeholder"
      attr { key: "dtype" value { type: DT_FLOAT } }
      attr { key: "shape" value { shape {} } } }
    node { name: "index" op: "Placeholder"
      attr { key: "dtype" value { type: DT_INT32 } }
      attr { key: "shape" value { shape {} } } }
    node { name: "init" op: "Assign" input: "counter" input: "zero"
      attr { key: "T" value { type: DT_FLOAT } } }
    node { name: "add" op: "AssignAdd" input: "counter" input: "delta"
      attr { key: "T" value { type: DT_FLOAT } } }
    node { name: "read" op: "Identity" input: "counter"
      attr { key: "T" value { type: DT_FLOAT } } }
    node { name: "vector" op: "Pack" input: "add" input: "add"
      attr { key: "T" value { type: DT_FLOAT } }
      attr { key: "N" value { i: 2 } } }
    node { name: "check" op: "Gather" input: "vector" input: "index"
      attr { key: "Tparams" value { type: DT_FLOAT } }
      attr { key: "Tindices" value { type: DT_INT32 } } })";
  return Model::load(path, {});
}

Tensor scalar(float value) {
  return *Tensor::from<float>(Shape{}, std::vector<float>{value});
}

/// The value of `fetch`, or -1 if the run fails.
float run(const Model &model, const std::string &fetch,
          const std::map<std::string, Tensor> &feeds = {}) {
  auto results = model.run(feeds, {fetch});
  return results.ok() ? results->at(fetch).values<float>()[0] : -1;
}

TEST(Variables, KeepTheirValuesFromRunToRun) {
  absl::StatusOr<Model> model = loadCounter();
  ASSERT_TRUE(model.ok()) << model.status();
  EXPECT_EQ(run(*model, "init"), 0);
  EXPECT_EQ(run(*model, "add", {{"delta", scalar(2)}}), 2);
  EXPECT_EQ(run(*model, "add", {{"delta", scalar(3)}}), 5);
  EXPECT_EQ(run(*model, "read"), 5);
  // Copies share the model; another model has variables of its own.
  Model copy = *model;
  EXPECT_EQ(run(copy, "add", {{"delta", scalar(1)}}), 6);
  EXPECT_EQ(run(*model, "read"), 6);
  absl::StatusOr<Model> other = loadCounter();
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(run(*other, "init"), 0);
  EXPECT_EQ(run(*model, "read"), 6);
}

TEST(Variables, WithoutAValueCannotBeRead) {
  absl::StatusOr<Model> model = loadCounter();
  ASSERT_TRUE(model.ok()) << model.status();
  auto results = model->run({{"delta", scalar(1)}}, {"add"});
  ASSERT_FALSE(results.ok());
  EXPECT_NE(results.status().message().find("'counter' has no value"),
            std::string::npos)
      << results.status();
  EXPECT_EQ(run(*model, "init"), 0);
  EXPECT_EQ(run(*model, "add", {{"delta", scalar(1)}}), 1);
  model->resetVariables();
  EXPECT_FALSE(model->run({{"delta", scalar(1)}}, {"add"}).ok());
}

TEST(Variables, StayAsTheyAreIfARunFails) {
  absl::StatusOr<Model> model = loadCounter();
  ASSERT_TRUE(model.ok()) << model.status();
  EXPECT_EQ(run(*model, "init"), 0);
  auto index = [](int32_t value) {
    return *Tensor::from<int32_t>(Shape{}, std::vector<int32_t>{value});
  };
  EXPECT_EQ(run(*model, "check", {{"delta", scalar(1)}, {"index", index(1)}}),
            1);
  EXPECT_FALSE(
      model->run({{"delta", scalar(1)}, {"index", index(7)}}, {"check"}).ok());
  EXPECT_EQ(run(*model, "read"), 1);
}

// Into memory of the caller's, and from many threads: no addition is lost.
TEST(Variables, RunsThatWriteFollowEachOther) {
  absl::StatusOr<Model> model = loadCounter();
  ASSERT_TRUE(model.ok()) << model.status();
  EXPECT_EQ(run(*model, "init"), 0);
  InputSpec delta{"delta", DType::Float, {}};
  std::string fetch = "add";
  auto predictor = model->prepareTensors({&delta, 1}, {&fetch, 1});
  ASSERT_TRUE(predictor.ok()) << predictor.status();
  EXPECT_EQ(predictor->inputs().size(), 1u);
  EXPECT_EQ(predictor->outputs().size(), 1u);
  constexpr int kThreads = 4, kRuns = 50;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i)
    threads.emplace_back([&] {
      Tensor one = scalar(1), sum = scalar(0);
      TensorView in = one.view(), out = sum.view();
      for (int run = 0; run < kRuns; ++run)
        EXPECT_TRUE(predictor->run({&in, 1}, std::span(&out, 1)).ok());
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(run(*model, "read"), kThreads * kRuns);
}

} // namespace
} // namespace firn
