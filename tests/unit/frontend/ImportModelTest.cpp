// Whole models, written by the test, through importModel().
#include "frontend/ImportModel.h"

#include "CheckpointWriter.h"
#include "ir/TFGOps.h"
#include "proto/meta_graph.pb.h"

#include "mlir/IR/MLIRContext.h"

#include <filesystem>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

using namespace firn;
using namespace firn::test;

namespace {

const char *savedModelText = R"(
saved_model_schema_version: 1
meta_graphs {
  meta_info_def { tags: 'serve' tensorflow_version: '2.9.1' }
  graph_def {
    node { name: 'w' op: 'VarHandleOp'
           attr { key: 'dtype' value { type: DT_FLOAT } }
           attr { key: 'shape' value { shape { dim { size: 16 } dim { size: 32 } } } }
           attr { key: 'shared_name' value { s: 'w' } } }
    node { name: 'b' op: 'VarHandleOp'
           attr { key: 'dtype' value { type: DT_HALF } }
           attr { key: 'shape' value { shape { dim { size: 3 } } } }
           attr { key: 'shared_name' value { s: 'b' } } }
    node { name: 'x' op: 'Placeholder'
           attr { key: 'dtype' value { type: DT_FLOAT } } }
    versions { producer: 1087 }
  }
  signature_def {
    key: 'serving_default'
    value {
      inputs { key: 'in' value { name: 'x:0' dtype: DT_FLOAT
               tensor_shape { dim { size: -1 } dim { size: 16 } } } }
      outputs { key: 'out' value { name: 'x:0' dtype: DT_FLOAT
                tensor_shape { unknown_rank: true } } }
      method_name: 'tensorflow/serving/predict'
    }
  }
}
)";

class ImportModelTest : public testing::Test {
protected:
  ImportModelTest() {
    std::filesystem::create_directories(folder.path("m/variables"));
    writeFile(folder.path("m/saved_model.pbtxt"), savedModelText);
    std::vector<float> w(16 * 32);
    for (size_t i = 0; i < w.size(); ++i)
      w[i] = i;
    kernel = bytesOf(w);
    checkpoint.add("b", tf::DT_HALF, {3}, "abcdef");
  }

  absl::StatusOr<mlir::OwningOpRef<mlir::ModuleOp>>
  import(const std::string &path) {
    warnings.clear();
    options.warnings = &warnings;
    return importModel(path, options, context);
  }

  absl::StatusOr<mlir::OwningOpRef<mlir::ModuleOp>> importSavedModel() {
    checkpoint.write(folder.path("m/variables/variables"));
    return import(folder.path("m"));
  }

  static tfg::VariableOp variable(mlir::ModuleOp module, const char *name) {
    return mlir::SymbolTable(module).lookup<tfg::VariableOp>(name);
  }

  ScratchFolder folder;
  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  BundleWriter checkpoint;
  std::string kernel;
  ImportOptions options;
  std::vector<std::string> warnings;
};

TEST_F(ImportModelTest, SavedModelWithItsVariables) {
  checkpoint.pad(2); // 8 bytes before the kernel
  checkpoint.add("w", tf::DT_FLOAT, {16, 32}, kernel);
  auto module = importSavedModel();
  ASSERT_TRUE(module.ok()) << module.status();
  EXPECT_TRUE(warnings.empty()) << warnings[0];

  auto w = mlir::dyn_cast<mlir::DenseResourceElementsAttr>(
      variable(**module, "w").getValue());
  ASSERT_TRUE(w) << "large values stay in the file";
  mlir::AsmResourceBlob *blob = w.getRawHandle().getBlob();
  EXPECT_EQ(std::string(blob->getData().data(), blob->getData().size()),
            kernel);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(blob->getData().data()) % 4096, 8u)
      << "mapped, not copied";
  EXPECT_TRUE(
      mlir::isa<mlir::DenseElementsAttr>(variable(**module, "b").getValue()));

  auto signature =
      mlir::SymbolTable(**module).lookup<tfg::SignatureOp>("serving_default");
  ASSERT_TRUE(signature);
  auto input = mlir::cast<mlir::DictionaryAttr>(signature.getInputs()[0]);
  EXPECT_EQ(input.getAs<mlir::StringAttr>("key"), "in");
  EXPECT_EQ(input.getAs<mlir::StringAttr>("tensor"), "x:0");
  EXPECT_EQ(
      (**module)->getAttrOfType<mlir::StringAttr>("tfg.tensorflow_version"),
      "2.9.1");
}

// A function that is kept as its message has its weights in it.
TEST_F(ImportModelTest, RawFunctionsHaveTheirContents) {
  tf::GraphDef graph;
  tf::FunctionDef *function = graph.mutable_library()->add_function();
  function->mutable_signature()->set_name("f");
  tf::OpDef::ArgDef *list = function->mutable_signature()->add_input_arg();
  list->set_name("values");
  list->set_type(tf::DT_FLOAT);
  list->set_number_attr("N");
  tf::NodeDef *node = function->add_node_def();
  node->set_name("w");
  node->set_op("Const");
  (*node->mutable_attr())["dtype"].set_type(tf::DT_INT8);
  tf::TensorProto &tensor = *(*node->mutable_attr())["value"].mutable_tensor();
  tensor.set_dtype(tf::DT_INT8);
  tensor.mutable_tensor_shape()->add_dim()->set_size(100000);
  tensor.set_tensor_content(std::string(100000, 'w'));
  writeFile(folder.path("g.pb"), graph.SerializeAsString());
  auto module = import(folder.path("g.pb"));
  ASSERT_TRUE(module.ok()) << module.status();
  auto raw = mlir::SymbolTable(**module)
                 .lookup<tfg::FuncOp>("f")
                 ->getAttrOfType<mlir::StringAttr>("tfg.raw");
  ASSERT_TRUE(raw);
  EXPECT_TRUE(raw.getValue().contains(std::string(100000, 'w')));
}

// Two handles of one shared name are one variable.
TEST_F(ImportModelTest, HandlesShareTheirVariable) {
  std::string text = savedModelText;
  text.insert(text.find("    node { name: 'x'"),
              "node { name: 'b_1' op: 'VarHandleOp' "
              "attr { key: 'dtype' value { type: DT_HALF } } "
              "attr { key: 'shape' value { shape { dim { size: 3 } } } } "
              "attr { key: 'shared_name' value { s: 'b' } } }");
  // The saver knows the second handle, by a key that is no node's name.
  text.insert(
      text.find("    versions {"),
      "node { name: 'keys' op: 'Const' attr { key: 'dtype' value { "
      "type: DT_STRING } } attr { key: 'value' value { tensor { dtype: "
      "DT_STRING tensor_shape { dim { size: 1 } } string_val: 'key' } } } }"
      "node { name: 'slices' op: 'Const' attr { key: 'dtype' value { "
      "type: DT_STRING } } attr { key: 'value' value { tensor { dtype: "
      "DT_STRING tensor_shape { dim { size: 1 } } string_val: '' } } } }"
      "node { name: 'file' op: 'Placeholder' attr { key: 'dtype' value { "
      "type: DT_STRING } } }"
      "node { name: 'r' op: 'RestoreV2' input: 'file' input: 'keys' "
      "input: 'slices' attr { key: 'dtypes' value { list { type: DT_HALF "
      "} } } }"
      "node { name: 'assign' op: 'AssignVariableOp' input: 'b_1' input: "
      "'r' attr { key: 'dtype' value { type: DT_HALF } } }");
  writeFile(folder.path("m/saved_model.pbtxt"), text);
  checkpoint.entries["key"] = checkpoint.entries["b"];
  checkpoint.entries.erase("b");
  checkpoint.add("w", tf::DT_FLOAT, {16, 32}, kernel);
  auto module = importSavedModel();
  ASSERT_TRUE(module.ok()) << module.status();
  EXPECT_TRUE(warnings.empty()) << warnings[0];
  ASSERT_TRUE(variable(**module, "b"));
  EXPECT_EQ(variable(**module, "b").getValue(),
            variable(**module, "b_1").getValue());
}

// Values follow one another in a shard without gaps.
TEST_F(ImportModelTest, AMisalignedValueIsNotCopied) {
  checkpoint.pad(1);
  checkpoint.add("w", tf::DT_FLOAT, {16, 32}, kernel);
  auto module = importSavedModel();
  ASSERT_TRUE(module.ok()) << module.status();
  auto w = mlir::cast<mlir::DenseResourceElementsAttr>(
      variable(**module, "w").getValue());
  mlir::AsmResourceBlob *blob = w.getRawHandle().getBlob();
  EXPECT_NE(reinterpret_cast<uintptr_t>(blob->getData().data()) % 4, 0u);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(blob->getData().data()) %
                blob->getDataAlignment(),
            0u);
  EXPECT_EQ(std::string(blob->getData().data(), blob->getData().size()),
            kernel);
}

// What is not there, or is of another type or shape, is said and left out.
TEST_F(ImportModelTest, VariablesWithoutAValueAreWarnings) {
  struct Case {
    tf::DataType dtype;
    std::vector<int64_t> shape;
    const char *text;
  };
  for (const Case &c :
       {Case{tf::DT_FLOAT, {32, 16}, "expected a value of shape [16, 32]"},
        Case{tf::DT_INT32, {16, 32}, "expected a value of DT_FLOAT"}}) {
    checkpoint.entries.erase("w");
    checkpoint.add("w", c.dtype, c.shape, kernel);
    auto module = importSavedModel();
    ASSERT_TRUE(module.ok()) << module.status();
    EXPECT_FALSE(variable(**module, "w"));
    EXPECT_TRUE(variable(**module, "b"));
    ASSERT_EQ(warnings.size(), 1u);
    EXPECT_NE(warnings[0].find(c.text), std::string::npos) << warnings[0];
    EXPECT_NE(warnings[0].find("node 'w'"), std::string::npos) << warnings[0];
  }
  checkpoint.entries.erase("w");
  auto module = importSavedModel();
  ASSERT_TRUE(module.ok()) << module.status();
  EXPECT_EQ(warnings.size(), 1u);

  std::filesystem::remove(folder.path("m/variables/variables.index"));
  module = import(folder.path("m"));
  ASSERT_TRUE(module.ok()) << module.status();
  EXPECT_EQ(warnings.size(), 1u) << "the checkpoint, once";
}

TEST_F(ImportModelTest, ADamagedValueIsAnError) {
  checkpoint.add("w", tf::DT_FLOAT, {16, 32}, kernel);
  checkpoint.shards[0][100] ^= 1;
  auto module = importSavedModel();
  ASSERT_FALSE(module.ok());
  EXPECT_TRUE(absl::IsDataLoss(module.status())) << module.status();
  EXPECT_NE(module.status().message().find("node 'w'"), absl::string_view::npos)
      << module.status();

  options.loadVariables = false;
  EXPECT_TRUE(import(folder.path("m")).ok());
}

// A graph of its own takes values by name from the checkpoint that is given.
TEST_F(ImportModelTest, GraphDefAndMetaGraphWithACheckpoint) {
  tf::SavedModel model;
  ASSERT_TRUE(
      google::protobuf::TextFormat::ParseFromString(savedModelText, &model));
  const tf::MetaGraphDef &metaGraph = model.meta_graphs(0);
  checkpoint.add("w", tf::DT_FLOAT, {16, 32}, kernel);
  checkpoint.write(folder.path("model"));
  writeFile(folder.path("graph.pb"), metaGraph.graph_def().SerializeAsString());
  writeFile(folder.path("model.meta"), metaGraph.SerializeAsString());

  auto bare = import(folder.path("graph.pb"));
  ASSERT_TRUE(bare.ok()) << bare.status();
  EXPECT_FALSE(variable(**bare, "w"));
  auto byItsName = import(folder.path("model.meta"));
  ASSERT_TRUE(byItsName.ok()) << byItsName.status();
  EXPECT_TRUE(variable(**byItsName, "w"));

  options.checkpoint = folder.path("model");
  auto given = import(folder.path("graph.pb"));
  ASSERT_TRUE(given.ok()) << given.status();
  EXPECT_TRUE(variable(**given, "w"));
  options.checkpoint = folder.path("none");
  EXPECT_TRUE(absl::IsNotFound(import(folder.path("graph.pb")).status()));
}

TEST_F(ImportModelTest, DescribesWithoutImporting) {
  auto summary = describeModel(folder.path("m"));
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(summary->format, "SavedModel");
  EXPECT_TRUE(summary->isText);
  ASSERT_EQ(summary->metaGraphs.size(), 1u);
  EXPECT_EQ(summary->metaGraphs[0].tags, std::vector<std::string>{"serve"});
  EXPECT_EQ(summary->metaGraphs[0].signatures,
            std::vector<std::string>{"serving_default"});
  EXPECT_EQ(summary->metaGraphs[0].producer, 1087);
}

TEST_F(ImportModelTest, RefusesWhatIsNoModel) {
  writeFile(folder.path("x"), "hello");
  EXPECT_TRUE(absl::IsInvalidArgument(import(folder.path("x")).status()));
  EXPECT_TRUE(absl::IsNotFound(import(folder.path("y")).status()));
  writeFile(folder.path("m/saved_model.pbtxt"),
            "saved_model_schema_version: 2");
  EXPECT_TRUE(absl::IsUnimplemented(import(folder.path("m")).status()));
}

} // namespace
