// Telling model files apart, and parsing within limits.
#include "frontend/ProtoFile.h"

#include "CheckpointWriter.h"
#include "frontend/MappedFile.h"
#include "proto/meta_graph.pb.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

using namespace firn;
using namespace firn::test;

namespace {

/// "GraphDef", "MetaGraphDef" or "SavedModel", with " text"; or the error.
std::string kindOf(absl::string_view bytes) {
  ModelFileFormat format;
  absl::Status status = detectModelFile(bytes, "model", format);
  if (!status.ok())
    return std::string(status.message());
  const char *names[] = {"GraphDef", "MetaGraphDef", "SavedModel"};
  return names[int(format.kind)] + std::string(format.isText ? " text" : "");
}

/// Both forms of a message given as text are of the kind.
template <typename Message>
void expectKind(const char *text, const std::string &kind) {
  Message message;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  EXPECT_EQ(kindOf(text), kind + " text") << text;
  EXPECT_EQ(kindOf(message.SerializeAsString()), kind) << text;
}

TEST(DetectModelFile, GraphDefs) {
  expectKind<tf::GraphDef>("node { name: 'x' op: 'Const' }", "GraphDef");
  expectKind<tf::GraphDef>("node { name: 'x' op: 'Const' } node { name: 'y' }",
                           "GraphDef");
  expectKind<tf::GraphDef>("# a comment\nversions { producer: 9 }", "GraphDef");
  expectKind<tf::GraphDef>("library { function { signature { name: 'f' } } } "
                           "version: 9",
                           "GraphDef");
  expectKind<tf::GraphDef>("node { name: 'x' op: 'Const' attr { key: 'dtype' "
                           "value { type: DT_FLOAT } } } versions { } "
                           "library { }",
                           "GraphDef");
}

// A MetaGraphDef's first fields have the numbers and wire types of a
// GraphDef's.
TEST(DetectModelFile, MetaGraphDefs) {
  expectKind<tf::MetaGraphDef>(
      "meta_info_def { stripped_op_list { op { name: 'Const' } } tags: 'serve' "
      "tensorflow_version: '1.0' } graph_def { node { name: 'x' op: 'Const' } "
      "}",
      "MetaGraphDef");
  expectKind<tf::MetaGraphDef>(
      "meta_info_def { meta_graph_version: 'v' } graph_def { }",
      "MetaGraphDef");
  expectKind<tf::MetaGraphDef>(
      "graph_def { } saver_def { filename_tensor_name: 'x' }", "MetaGraphDef");
}

TEST(DetectModelFile, SavedModels) {
  expectKind<tf::SavedModel>(
      "saved_model_schema_version: 1 meta_graphs { graph_def { } }",
      "SavedModel");
}

TEST(DetectModelFile, SaysWhatOtherFilesAre) {
  auto expectFound = [](absl::string_view bytes, const char *found) {
    EXPECT_NE(kindOf(bytes).find(found), std::string::npos) << kindOf(bytes);
  };
  expectFound("", "an empty file");
  expectFound("\x89HDF\r\n\x1a\n", "HDF5");
  expectFound(absl::string_view("\x1c\0\0\0TFL3....", 12), "TensorFlow Lite");
  expectFound("PK\x03\x04", "zip");
  expectFound("hello world", "other data");
  expectFound("node x", "other data");
  expectFound("version https://git-lfs.github.com/spec/v1", "Git LFS");
}

TEST(ParseProto, DepthIsLimitedInBothForms) {
  // Attributes of functions nest: func { attr { value { func …
  std::string text;
  tf::GraphDef graph;
  tf::NodeDef *node = graph.add_node();
  tf::AttrValue *value = &(*node->mutable_attr())["f"];
  for (int i = 0; i < 60; ++i) {
    tf::NameAttrList *function = value->mutable_func();
    function->set_name("g");
    value = &(*function->mutable_attr())["f"];
  }
  tf::GraphDef parsed;
  google::protobuf::TextFormat::PrintToString(graph, &text);
  EXPECT_TRUE(absl::IsInvalidArgument(parseTextProto(text, "model", parsed)));
  EXPECT_TRUE(absl::IsInvalidArgument(
      parseBinaryProto(graph.SerializeAsString(), "model", parsed)));
}

TEST(ParseProto, TextErrorsHaveALine) {
  tf::GraphDef graph;
  absl::Status status = parseTextProto(
      "node { name: 'x' }\nnode { nam: 'y' }\n", "m.pbtxt", graph);
  EXPECT_TRUE(absl::IsInvalidArgument(status));
  EXPECT_NE(
      status.message().find("m.pbtxt: expected a GraphDef as text: line 2"),
      absl::string_view::npos)
      << status;
}

TEST(ParseProto, BinaryCutsAreSeen) {
  tf::GraphDef graph;
  graph.add_node()->set_name("some name");
  std::string bytes = graph.SerializeAsString();
  for (size_t size = 1; size < bytes.size(); ++size)
    EXPECT_FALSE(
        parseBinaryProto(absl::string_view(bytes).substr(0, size), "m", graph)
            .ok());
}

// A file larger than what is parsed at a time.
TEST(ParseProto, FilesAreParsedInParts) {
  ScratchFolder folder;
  tf::GraphDef graph;
  for (int i = 0; i < 12; ++i) {
    tf::NodeDef *node = graph.add_node();
    node->set_name("node" + std::to_string(i));
    (*node->mutable_attr())["value"].set_s(std::string(900000 + i, 'a' + i));
  }
  graph.mutable_versions()->set_producer(21);
  std::string bytes = graph.SerializeAsString();
  auto parse = [&](const std::string &contents, tf::GraphDef &parsed) {
    writeFile(folder.path("g"), contents);
    return parseBinaryProto(**MappedFile::open(folder.path("g")), parsed);
  };
  tf::GraphDef parsed;
  parsed.add_node()->set_name("left over");
  ASSERT_TRUE(parse(bytes, parsed).ok());
  EXPECT_EQ(parsed.SerializeAsString(), bytes);
  EXPECT_FALSE(parse(bytes.substr(0, bytes.size() - 1), parsed).ok());
  EXPECT_FALSE(parse(bytes + "\x07", parsed).ok());
}

// Collections of old MetaGraphs hold assets as Any, under TensorFlow's name.
TEST(ParseProto, AnyUnderTensorFlowsNames) {
  tf::CollectionDef collection;
  absl::Status status = parseTextProto(
      "any_list { value { [type.googleapis.com/tensorflow.AssetFileDef] { "
      "filename: 'vocab.txt' } } }",
      "m", collection);
  ASSERT_TRUE(status.ok()) << status;
  const google::protobuf::Any &any = collection.any_list().value(0);
  EXPECT_EQ(any.type_url(), "type.googleapis.com/tensorflow.AssetFileDef");
  tf::AssetFileDef asset;
  ASSERT_TRUE(asset.ParseFromString(any.value()));
  EXPECT_EQ(asset.filename(), "vocab.txt");
}

} // namespace
