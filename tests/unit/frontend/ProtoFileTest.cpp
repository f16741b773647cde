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
  auto parse = [&](const std::string &written, tf::GraphDef &parsed) {
    writeFile(folder.path("g"), written);
    std::vector<absl::string_view> contents;
    return parseModelFile(**MappedFile::open(folder.path("g")),
                          ModelFileKind::GraphDef, parsed, contents);
  };
  tf::GraphDef parsed;
  parsed.add_node()->set_name("left over");
  ASSERT_TRUE(parse(bytes, parsed).ok());
  EXPECT_EQ(parsed.SerializeAsString(), bytes);
  EXPECT_FALSE(parse(bytes.substr(0, bytes.size() - 1), parsed).ok());
  EXPECT_FALSE(parse(bytes + "\x07", parsed).ok());
}

namespace {

tf::NodeDef constant(const std::string &name, tf::DataType dtype,
                     const std::string &content) {
  tf::NodeDef node;
  node.set_name(name);
  node.set_op("Const");
  (*node.mutable_attr())["dtype"].set_type(dtype);
  tf::TensorProto &tensor = *(*node.mutable_attr())["value"].mutable_tensor();
  tensor.set_dtype(dtype);
  tensor.mutable_tensor_shape()->add_dim()->set_size(int64_t(content.size()));
  tensor.set_tensor_content(content);
  return node;
}

} // namespace

// In graphs and functions, of every kind of file; the rest is parsed as it is.
TEST(ParseProto, LargeContentsStayInTheFile) {
  ScratchFolder folder;
  const std::string first(100000, 'a'), second(70000, 'b');
  tf::SavedModel model;
  model.set_saved_model_schema_version(1);
  tf::MetaGraphDef *metaGraph = model.add_meta_graphs();
  tf::GraphDef *graph = metaGraph->mutable_graph_def();
  *graph->add_node() = constant("first", tf::DT_INT8, first);
  *graph->add_node() = constant("small", tf::DT_INT8, std::string(1000, 'c'));
  *graph->add_node() = constant("bool", tf::DT_BOOL, std::string(90000, '\1'));
  tf::FunctionDef *function = graph->mutable_library()->add_function();
  function->mutable_signature()->set_name("f");
  *function->add_node_def() = constant("second", tf::DT_UINT8, second);
  graph->mutable_versions()->set_producer(21);

  auto check = [&](const google::protobuf::Message &message, ModelFileKind kind,
                   google::protobuf::Message &parsed) {
    std::string bytes = message.SerializeAsString();
    writeFile(folder.path("m"), bytes);
    auto file = *MappedFile::open(folder.path("m"));
    std::vector<absl::string_view> contents;
    absl::Status status = parseModelFile(*file, kind, parsed, contents);
    ASSERT_TRUE(status.ok()) << status;
    ASSERT_EQ(contents.size(), 2u);
    EXPECT_EQ(contents[0], first);
    EXPECT_EQ(contents[1], second);
    EXPECT_GE(contents[0].data(), file->bytes().data());
    EXPECT_LT(parsed.ByteSizeLong(), 100000u);
  };
  tf::SavedModel parsed;
  check(model, ModelFileKind::SavedModel, parsed);
  tf::MetaGraphDef parsedMetaGraph;
  check(*metaGraph, ModelFileKind::MetaGraphDef, parsedMetaGraph);
  tf::GraphDef parsedGraph;
  check(*graph, ModelFileKind::GraphDef, parsedGraph);

  // The file is one message, so each cut damages it.
  std::string bytes = model.SerializeAsString();
  for (size_t size = 1; size < bytes.size(); size += 997) {
    writeFile(folder.path("cut"), bytes.substr(0, size));
    std::vector<absl::string_view> contents;
    EXPECT_FALSE(parseModelFile(**MappedFile::open(folder.path("cut")),
                                ModelFileKind::SavedModel, parsed, contents)
                     .ok() &&
                 size > 4)
        << size;
  }

  auto tensorOf = [](const tf::NodeDef &node) {
    return node.attr().at("value").tensor();
  };
  EXPECT_EQ(tensorOf(parsedGraph.node(0)).content_in_file(), 1u);
  EXPECT_TRUE(tensorOf(parsedGraph.node(0)).tensor_content().empty());
  for (int other : {1, 2})
    EXPECT_TRUE(tensorOf(parsedGraph.node(other)).tensor_content() ==
                tensorOf(graph->node(other)).tensor_content());
  const tf::NodeDef &inner = parsedGraph.library().function(0).node_def(0);
  EXPECT_EQ(tensorOf(inner).content_in_file(), 2u);
  EXPECT_EQ(parsedGraph.versions().producer(), 21);
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
