// From a model's restore graph, object graphs and names to checkpoint keys.
#include "frontend/VariableBinding.h"

#include "CheckpointWriter.h"
#include "proto/object_graph.pb.h"
#include "proto/variable.pb.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>
#include <map>

using namespace firn;
using namespace firn::test;

namespace {

template <typename Message> Message parse(const std::string &text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message))
      << text;
  return message;
}

/// A node as text: `name = op(input, …) attributes`.
std::string node(const std::string &name, const std::string &op,
                 const std::vector<std::string> &inputs,
                 const std::string &attributes = "") {
  std::string text = "name: '" + name + "' op: '" + op + "' ";
  for (const std::string &input : inputs)
    text += "input: '" + input + "' ";
  return "{ " + text + attributes + " } ";
}

std::string strings(const std::vector<std::string> &values) {
  std::string text = "attr { key: 'value' value { tensor { dtype: DT_STRING "
                     "tensor_shape { dim { size: " +
                     std::to_string(values.size()) + " } } ";
  for (const std::string &value : values)
    text += "string_val: '" + value + "' ";
  return text + "} } }";
}

std::string attr(const std::string &key, const std::string &value) {
  return "attr { key: '" + key + "' value { " + value + " } } ";
}

/// Bindings as `key` or `key slice`.
std::map<std::string, std::string> show(const VariableBindings &bindings) {
  std::map<std::string, std::string> result;
  for (const auto &[name, binding] : bindings)
    result[name] =
        binding.key + (binding.slice ? " " + formatSlice(*binding.slice) : "");
  return result;
}
using Shown = std::map<std::string, std::string>;

std::string tf1Graph() {
  return "node" + node("a", "VariableV2", {}) +       //
         "node" + node("part_0", "VarHandleOp", {}) + //
         "node" + node("other", "VariableV2", {}) +   //
         "node" + node("save/Const", "Const", {}) +   //
         "node" + node("names", "Const", {}, strings({"key/a", "whole"})) +
         "node" + node("slices", "Const", {}, strings({"", "4 2 1,3:-"})) +
         "node" +
         node("r", "RestoreV2", {"save/Const", "names", "slices", "^a"}) +
         "node" + node("assign_a", "Assign", {"a", "r"}) + //
         "node" + node("id", "Identity", {"r:1"}) +        //
         "node" + node("assign_p", "AssignVariableOp", {"part_0", "id"}) +
         "node" + node("shard", "NoOp", {"^assign_a", "^assign_p"}) + "node" +
         node("save/restore_all", "NoOp", {"^shard"}) +
         // A second saver, which the MetaGraph does not name.
         "node" + node("names_2", "Const", {}, strings({"wrong", "other"})) +
         "node" +
         node("r_2", "RestoreV2", {"save/Const", "names_2", "slices"}) +
         "node" + node("assign_2", "Assign", {"a", "r_2"}) + //
         "node" + node("assign_3", "Assign", {"other", "r_2:1"});
}

TEST(BindByRestoreGraph, FollowsTheSaver) {
  auto graph = parse<tf::GraphDef>(tf1Graph());
  EXPECT_EQ(show(bindByRestoreGraph(graph, "save/restore_all")),
            (Shown{{"a", "key/a"}, {"part_0", "whole 1,3:-"}}));
}

// Without a saver, everything that restores counts; the first one wins.
TEST(BindByRestoreGraph, TakesAllWithoutASaver) {
  auto graph = parse<tf::GraphDef>(tf1Graph());
  EXPECT_EQ(show(bindByRestoreGraph(graph, "")),
            (Shown{{"a", "key/a"},
                   {"part_0", "whole 1,3:-"},
                   {"other", "other 1,3:-"}}));
}

// The oldest savers have an op for each tensor.
TEST(BindByRestoreGraph, RestoreSlice) {
  auto graph = parse<tf::GraphDef>(
      "node" + node("v", "Variable", {}) +                 //
      "node" + node("name", "Const", {}, strings({"w"})) + //
      "node" + node("slice", "Const", {}, strings({"5 2,2"})) + "node" +
      node("r", "RestoreSlice", {"f", "name", "slice"}) + "node" +
      node("restore_all", "Assign", {"v", "r"}));
  EXPECT_EQ(show(bindByRestoreGraph(graph, "restore_all")),
            (Shown{{"v", "w 2,2"}}));
}

// TensorFlow 2 restores in a function that takes the variables.
TEST(BindByRestoreGraph, FollowsCalls) {
  std::string f = attr("f", "func { name: 'outer' }");
  auto graph = parse<tf::GraphDef>(
      "node" + node("w", "VarHandleOp", {}) + //
      "node" + node("b", "VarHandleOp", {}) + //
      "node" +
      node("restore", "StatefulPartitionedCall", {"prefix", "w", "b"}, f) +
      "library { function { signature { name: 'outer' "
      "input_arg { name: 'file' } input_arg { name: 'x' } "
      "input_arg { name: 'y' } } node_def" +
      node("inner", "inner", {"y", "x", "file"}) +
      "} function { signature { name: 'inner' input_arg { name: 'b_arg' } "
      "input_arg { name: 'w_arg' } input_arg { name: 'file' } } node_def" +
      node("names", "Const", {}, strings({"key_w", "key_b"})) + "node_def" +
      node("slices", "Const", {}, strings({"", ""})) + "node_def" +
      node("r", "RestoreV2", {"file", "names:output:0", "slices:output:0"}) +
      "node_def" + node("i", "Identity", {"r:tensors:1"}) + "node_def" +
      node("a0", "AssignVariableOp", {"w_arg", "r:tensors:0"}) + "node_def" +
      node("a1", "AssignVariableOp", {"b_arg", "i:output:0"}) + "} }");
  EXPECT_EQ(show(bindByRestoreGraph(graph, "restore")),
            (Shown{{"w", "key_w"}, {"b", "key_b"}}));
}

// Calls that go round, or double at each level, come to an end.
TEST(BindByRestoreGraph, EndlessCallsEnd) {
  std::string library = "library {";
  for (int i = 0; i < 70; ++i) {
    std::string next = "f" + std::to_string((i + 1) % 70);
    library += " function { signature { name: 'f" + std::to_string(i) +
               "' } node_def" + node("x", next, {}) + "node_def" +
               node("y", next, {}) + "}";
  }
  auto graph =
      parse<tf::GraphDef>("node" + node("r", "f0", {"r"}) + library + "}");
  EXPECT_TRUE(bindByRestoreGraph(graph, "r").empty());

  // An Identity of itself.
  auto loop = parse<tf::GraphDef>("node" + node("i", "Identity", {"i"}) +
                                  "node" + node("a", "Assign", {"i", "i"}));
  EXPECT_TRUE(bindByRestoreGraph(loop, "a").empty());
}

class BindByNameTest : public testing::Test {
protected:
  std::unique_ptr<CheckpointReader>
  checkpoint(const std::vector<std::string> &keys,
             const std::string &objectGraph = "") {
    BundleWriter writer;
    for (const std::string &key : keys)
      writer.add(key, tf::DT_INT8, {1}, "x");
    if (!objectGraph.empty())
      writer.addStrings(
          "_CHECKPOINTABLE_OBJECT_GRAPH", {},
          {parse<tf::TrackableObjectGraph>(objectGraph).SerializeAsString()});
    writer.write(folder.path("c"));
    auto reader = CheckpointReader::open(folder.path("c"));
    EXPECT_TRUE(reader.ok()) << reader.status();
    return *std::move(reader);
  }
  ScratchFolder folder;
};

TEST_F(BindByNameTest, NodeNameThenSharedName) {
  auto graph = parse<tf::GraphDef>(
      "node" + node("a", "VariableV2", {}) + //
      "node" + node("b_1", "VarHandleOp", {}, attr("shared_name", "s: 'b'")) +
      "node" + node("c", "Placeholder", {}));
  EXPECT_EQ(show(bindByName(graph, nullptr, *checkpoint({"a", "b", "c"}))),
            (Shown{{"a", "a"}, {"b_1", "b"}}));
  EXPECT_EQ(show(bindByName(graph, nullptr, *checkpoint({"z"}))), Shown{});
}

// A part of a partitioned variable is a slice of the tensor without `/part_N`.
TEST_F(BindByNameTest, PartitionsOfTheCollections) {
  tf::MetaGraphDef metaGraph;
  *metaGraph.mutable_graph_def() =
      parse<tf::GraphDef>("node" + node("w/part_1", "VariableV2", {}));
  (*metaGraph.mutable_collection_def())["variables"]
      .mutable_bytes_list()
      ->add_value(parse<tf::VariableDef>(
                      "variable_name: 'w/part_1:0' save_slice_info_def { "
                      "full_name: 'w' full_shape: 4 var_offset: 2 "
                      "var_shape: 2 }")
                      .SerializeAsString());
  EXPECT_EQ(
      show(bindByName(metaGraph.graph_def(), &metaGraph, *checkpoint({"w"}))),
      (Shown{{"w/part_1", "w 2,2"}}));
}

const char *trackedObjects = R"(
  nodes { children { node_id: 2 local_name: 'layer' }
          children { node_id: 1 local_name: 'b' } }
  nodes { attributes { name: 'VARIABLE_VALUE' full_name: 'dense/bias'
                       checkpoint_key: 'b/.ATTRIBUTES/VARIABLE_VALUE' } }
  nodes { children { node_id: 3 local_name: 'w' }
          children { node_id: 0 local_name: 'parent' } }
  nodes { attributes { name: 'VARIABLE_VALUE' full_name: ''
                       checkpoint_key: 'layer/w/.ATTRIBUTES/VARIABLE_VALUE' } }
  nodes { attributes { name: 'VARIABLE_VALUE' full_name: 'twice'
                       checkpoint_key: 'one' } }
  nodes { attributes { name: 'VARIABLE_VALUE' full_name: 'twice'
                       checkpoint_key: 'two' } }
)";

// By full name where there is one, by path where the name is empty, not at all
// where two tensors claim it.
TEST_F(BindByNameTest, ObjectGraphs) {
  auto graph = parse<tf::GraphDef>(
      "node" +
      node("v0", "VarHandleOp", {}, attr("shared_name", "s: 'kernel'")) +
      "node" +
      node("v1", "VarHandleOp", {}, attr("shared_name", "s: 'dense/bias'")) +
      "node" +
      node("v2", "VarHandleOp", {}, attr("shared_name", "s: 'twice'")));
  auto saved = parse<tf::SavedObjectGraph>(R"(
    nodes { user_object {} children { node_id: 1 local_name: 'layer' } }
    nodes { user_object {} children { node_id: 2 local_name: 'w' }
            children { node_id: 1 local_name: 'parent' } }
    nodes { variable { name: 'kernel' } }
  )");
  auto reader = checkpoint({"b/.ATTRIBUTES/VARIABLE_VALUE",
                            "layer/w/.ATTRIBUTES/VARIABLE_VALUE", "one", "two"},
                           trackedObjects);
  auto bindings = bindByObjectGraph(graph, saved, *reader);
  ASSERT_TRUE(bindings.ok()) << bindings.status();
  EXPECT_EQ(show(*bindings),
            (Shown{{"v0", "layer/w/.ATTRIBUTES/VARIABLE_VALUE"},
                   {"v1", "b/.ATTRIBUTES/VARIABLE_VALUE"}}));
}

TEST_F(BindByNameTest, ObjectGraphsWithWrongNumbers) {
  auto saved = parse<tf::SavedObjectGraph>(
      "nodes { children { node_id: 7 local_name: 'x' } "
      "children { node_id: -1 local_name: 'b' } }");
  auto reader =
      checkpoint({}, "nodes { children { node_id: 9 local_name: 'x' } "
                     "children { node_id: -5 local_name: 'b' } }");
  auto bindings = bindByObjectGraph(tf::GraphDef(), saved, *reader);
  ASSERT_TRUE(bindings.ok()) << bindings.status();
  EXPECT_TRUE(bindings->empty());
}

} // namespace
