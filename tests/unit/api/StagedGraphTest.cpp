// Models whose shapes depend on values: they are cut, and the second part is
// compiled for what the first one gave.
#include "api/Model.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <numeric>

namespace firn {
namespace {

/// A model from the text of a GraphDef.
absl::StatusOr<Model> loadText(const std::string &text) {
  std::string path = testing::TempDir() + "/staged.pbtxt";
  std::ofstream(path) << text;
  return Model::load(path, {});
}

std::string node(const std::string &name, const std::string &op,
                 const std::vector<std::string> &inputs,
                 const std::string &attributes) {
  std::string text = "node { name: \"" + name + "\" op: \"" + op + "\" ";
  for (const std::string &input : inputs)
    text += "input: \"" + input + "\" ";
  return text + attributes + "}\n";
}

std::string type(const std::string &key, const std::string &value) {
  return "attr { key: \"" + key + "\" value { type: " + value + " } } ";
}

std::string floatConstant(const std::string &name, float value) {
  return node(name, "Const", {},
              type("dtype", "DT_FLOAT") +
                  "attr { key: \"value\" value { tensor { dtype: DT_FLOAT "
                  "tensor_shape {} float_val: " +
                  std::to_string(value) + " } } } ");
}

/// y = tanh(fill(dims, 3) * 0.5), its shape given by the value of an input.
std::string fillModel() {
  return node("dims", "Placeholder", {},
              type("dtype", "DT_INT32") +
                  "attr { key: \"shape\" value { shape { dim { size: 2 } } } "
                  "} ") +
         floatConstant("three", 3) + floatConstant("half", 0.5) +
         node("fill", "Fill", {"dims", "three"},
              type("T", "DT_FLOAT") + type("index_type", "DT_INT32")) +
         node("mul", "Mul", {"fill", "half"}, type("T", "DT_FLOAT")) +
         node("sum", "Tanh", {"mul"}, type("T", "DT_FLOAT"));
}

// Each value of the shape gives a result of that shape; one that was met before
// is served again.
TEST(StagedGraph, ShapeFromTheValueOfAnInput) {
  absl::StatusOr<Model> model = loadText(fillModel());
  ASSERT_TRUE(model.ok()) << model.status();
  std::vector<std::vector<int32_t>> shapes{{2, 3}, {4, 1}, {2, 3}, {0, 5}};
  for (const auto &shape : shapes) {
    auto dims = Tensor::from<int32_t>(Shape{2}, shape);
    ASSERT_TRUE(dims.ok());
    auto results = model->run({{"dims", *dims}}, {"sum"});
    ASSERT_TRUE(results.ok()) << results.status();
    const Tensor &result = results->at("sum");
    EXPECT_EQ(result.shape(), Shape(shape.begin(), shape.end()));
    for (float value : result.values<float>())
      EXPECT_NEAR(value, 0.905148f, 1e-6f);
  }
}

// A shape that cannot be is an error of that call; the model stays usable.
TEST(StagedGraph, BadShapeIsAnErrorOfTheCall) {
  absl::StatusOr<Model> model = loadText(fillModel());
  ASSERT_TRUE(model.ok()) << model.status();
  auto bad = Tensor::from<int32_t>(Shape{2}, std::vector<int32_t>{2, -3});
  auto good = Tensor::from<int32_t>(Shape{2}, std::vector<int32_t>{2, 2});
  ASSERT_TRUE(bad.ok() && good.ok());
  EXPECT_FALSE(model->run({{"dims", *bad}}, {"sum"}).ok());
  EXPECT_TRUE(model->run({{"dims", *good}}, {"sum"}).ok());
}

// The output of strings of a call may have no elements.
TEST(StagedGraph, NoStrings) {
  absl::StatusOr<Model> model = loadText(
      node("x", "Placeholder", {},
           type("dtype", "DT_STRING") +
               "attr { key: \"shape\" value { shape { dim { size: 1 } } } } ") +
      node("sep", "Const", {},
           type("dtype", "DT_STRING") +
               "attr { key: \"value\" value { tensor { dtype: DT_STRING "
               "tensor_shape {} string_val: \"\" } } } ") +
      node("split", "StringSplitV2", {"x", "sep"}, ""));
  ASSERT_TRUE(model.ok()) << model.status();
  for (const std::string text : {"a b", "", "c"}) {
    auto x = Tensor::create(DType::String, Shape{1});
    ASSERT_TRUE(x.ok());
    x->strings()[0] = text;
    auto results = model->run({{"x", *x}}, {"split:1"});
    ASSERT_TRUE(results.ok()) << results.status();
    EXPECT_EQ(results->at("split:1").numElements(),
              text.size() == 3 ? 2 : int64_t(text.size()));
  }
}

} // namespace
} // namespace firn
