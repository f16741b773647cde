// Finding a model, choosing a MetaGraph, assets and the init node.
#include "frontend/SavedModelReader.h"

#include "CheckpointWriter.h"

#include <filesystem>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

using namespace firn;
using namespace firn::test;

namespace {

template <typename Message> Message parse(const std::string &text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message))
      << text;
  return message;
}

bool mentions(const absl::Status &status, absl::string_view text) {
  return status.message().find(text) != absl::string_view::npos;
}

TEST(LocateModel, FoldersAndFiles) {
  ScratchFolder folder;
  EXPECT_TRUE(absl::IsNotFound(locateModel(folder.path("none")).status()));
  writeFile(folder.path("notes.txt"), "");
  auto empty = locateModel(folder.path(""));
  EXPECT_TRUE(mentions(empty.status(), "found notes.txt")) << empty.status();

  auto file = locateModel(folder.path("notes.txt"));
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file->savedModelFolder, "");

  writeFile(folder.path("saved_model.cpb"), "");
  EXPECT_TRUE(absl::IsUnimplemented(locateModel(folder.path("")).status()));
  EXPECT_TRUE(absl::IsUnimplemented(
      locateModel(folder.path("saved_model.cpb")).status()));

  for (const char *name : {"saved_model.pbtxt", "saved_model.pb"}) {
    writeFile(folder.path(name), "");
    auto model = locateModel(folder.path("."));
    ASSERT_TRUE(model.ok()) << model.status();
    EXPECT_EQ(model->file, folder.path(std::string("./") + name));
    auto byFile = locateModel(folder.path(name));
    ASSERT_TRUE(byFile.ok());
    EXPECT_EQ(byFile->savedModelFolder + "/" + name, folder.path(name));
  }
}

TEST(SelectMetaGraph, TagSetsMatchExactly) {
  auto model = parse<tf::SavedModel>(
      "meta_graphs { meta_info_def { tags: 'train' } } "
      "meta_graphs { meta_info_def { tags: 'serve' } } "
      "meta_graphs { meta_info_def { tags: 'serve' tags: 'gpu' } }");
  auto select = [&](const std::vector<std::string> &tags) {
    return selectMetaGraph(model, tags, "m");
  };
  EXPECT_EQ(*select({}), 1);
  EXPECT_EQ(*select({"train"}), 0);
  EXPECT_EQ(*select({"gpu", "serve"}), 2) << "order means nothing";
  EXPECT_EQ(*select({"serve", ""}), 1) << "empty tags are dropped";
  auto none = select({"gpu"});
  ASSERT_TRUE(absl::IsNotFound(none.status()));
  EXPECT_TRUE(mentions(none.status(), "'train', 'serve', 'gpu,serve'"))
      << none.status();
}

TEST(SelectMetaGraph, TheOnlyOneNeedsNoTags) {
  auto model =
      parse<tf::SavedModel>("meta_graphs { meta_info_def { tags: 'eval' } }");
  EXPECT_EQ(*selectMetaGraph(model, {}, "m"), 0);
  EXPECT_FALSE(selectMetaGraph(model, {"serve"}, "m").ok());
  EXPECT_FALSE(selectMetaGraph(tf::SavedModel(), {}, "m").ok());
}

TEST(ReadAssets, StayInsideTheirFolder) {
  ScratchFolder folder;
  std::filesystem::create_directories(folder.path("assets"));
  writeFile(folder.path("assets/vocab.txt"), "");
  writeFile(folder.path("secret"), "");
  std::filesystem::create_symlink("vocab.txt", folder.path("assets/link"));
  std::filesystem::create_symlink("../secret", folder.path("assets/escape"));
  auto read = [&](const std::string &name) {
    tf::MetaGraphDef metaGraph;
    tf::AssetFileDef *asset = metaGraph.add_asset_file_def();
    asset->set_filename(name);
    asset->mutable_tensor_info()->set_name("asset:0");
    return readAssets(metaGraph, folder.path("."));
  };
  for (const char *name : {"vocab.txt", "link", "missing.txt", "sub/a"}) {
    auto assets = read(name);
    ASSERT_TRUE(assets.ok()) << assets.status();
    EXPECT_EQ(assets->at(0).file, name);
    EXPECT_EQ(assets->at(0).tensor, "asset:0");
  }
  for (const char *name :
       {"", "/etc/passwd", "../secret", "sub/../../secret", "escape"})
    EXPECT_TRUE(absl::IsInvalidArgument(read(name).status())) << name;
}

TEST(ReadAssets, OfTensorFlow1) {
  ScratchFolder folder;
  tf::MetaGraphDef metaGraph;
  auto &any = *(*metaGraph.mutable_collection_def())["saved_model_assets"]
                   .mutable_any_list()
                   ->add_value();
  any.set_value(parse<tf::AssetFileDef>("filename: 'words' tensor_info { name: "
                                        "'Const:0' }")
                    .SerializeAsString());
  auto assets = readAssets(metaGraph, folder.path(""));
  ASSERT_TRUE(assets.ok()) << assets.status();
  EXPECT_EQ(assets->at(0).file, "words");
  any.set_value("\xff");
  EXPECT_FALSE(readAssets(metaGraph, folder.path("")).ok());
}

TEST(FindInitNode, InTheOrderOfTensorFlow) {
  auto metaGraph = parse<tf::MetaGraphDef>(
      "collection_def { key: 'legacy_init_op' value { node_list { value: 'old' "
      "} } }");
  EXPECT_EQ(*findInitNode(tf::MetaGraphDef(), "m"), "");
  EXPECT_EQ(*findInitNode(metaGraph, "m"), "old");
  auto &mainOp = (*metaGraph.mutable_collection_def())["saved_model_main_op"];
  mainOp.mutable_node_list()->add_value("main");
  EXPECT_EQ(*findInitNode(metaGraph, "m"), "main");
  auto &signature =
      (*metaGraph.mutable_signature_def())["__saved_model_init_op"];
  EXPECT_FALSE(findInitNode(metaGraph, "m").ok()) << "no output of that key";
  (*signature.mutable_outputs())["__saved_model_init_op"].set_name("init");
  EXPECT_EQ(*findInitNode(metaGraph, "m"), "init");

  mainOp.mutable_node_list()->add_value("second");
  metaGraph.clear_signature_def();
  EXPECT_FALSE(findInitNode(metaGraph, "m").ok());
}

} // namespace
