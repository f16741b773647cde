// A written GraphDef file holds exactly what exportGraphDef gives; a failure
// leaves none.
#include "backend/graphdef/GraphDefFile.h"
#include "backend/graphdef/GraphDefExporter.h"
#include "ir/TFGConstants.h"
#include "ir/TFGOps.h"
#include "proto/TextForm.h"

#include "google/protobuf/text_format.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

using namespace mlir;

namespace firn {
namespace {

constexpr char source[] = R"(
  tfg.graph attributes {producer = 7 : i32} {
    %c = tfg.Const() {value = dense<[1.0, 2.0]> : tensor<2xf32>} : () -> tensor<2xf32> name("c")
    %n = tfg.node "Neg"(%c) : (tensor<2xf32>) -> tensor<2xf32> name("n")
  }
  tfg.func @f(%x: tensor<*xf32> {tfg.name = "x"}) -> (tensor<*xf32> {tfg.name = "y"}) {
    %0 = tfg.node "Neg"(%x) : (tensor<*xf32>) -> tensor<*xf32> name("neg")
    tfg.return %0 : tensor<*xf32>
  }
)";

class GraphDefFileTest : public ::testing::Test {
protected:
  GraphDefFileTest() {
    context.loadDialect<tfg::TFGDialect>();
    std::filesystem::create_directories(folder);
  }
  ~GraphDefFileTest() override { std::filesystem::remove_all(folder); }

  OwningOpRef<ModuleOp> parse(llvm::StringRef text) {
    return parseSourceString<ModuleOp>(text, ParserConfig(&context));
  }

  std::string contents() {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }

  MLIRContext context;
  std::string folder = ::testing::TempDir() + "firn-graphdef-file-test";
  std::string path = folder + "/graph.pb";
};

TEST_F(GraphDefFileTest, BinaryIsTheMessageByteForByte) {
  OwningOpRef<ModuleOp> module = parse(source);
  ASSERT_TRUE(module);
  absl::Status status = writeGraphDef(*module, path);
  ASSERT_TRUE(status.ok()) << status;
  absl::StatusOr<tf::GraphDef> graph = exportGraphDef(*module);
  ASSERT_TRUE(graph.ok()) << graph.status();
  EXPECT_EQ(graph->node_size(), 2);
  EXPECT_EQ(graph->library().function(0).ret().at("y"), "neg:y:0");
  EXPECT_EQ(contents(), toBytes(*graph));
}

// The bytes of a large constant are written from where they lie; attributes on
// either side of it and the rest of the node are in their places.
TEST_F(GraphDefFileTest, ALargeConstantIsTheMessageByteForByte) {
  OwningOpRef<ModuleOp> module = parse(R"(
    tfg.graph {
      %c = tfg.Const() {_class = ["loc:@c"], _zone = 3 : i64, zone = "last", value = dense<0.0> : tensor<2xf32>, tfg.device = "/cpu:0"} : () -> tensor<2xf32> name("c")
      %n = tfg.node "Neg"(%c) : (tensor<2xf32>) -> tensor<2xf32> name("n")
    })");
  ASSERT_TRUE(module);
  std::vector<float> values(size_t(1) << 19);
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<float>(i);
  auto type = RankedTensorType::get({int64_t(values.size())},
                                    Float32Type::get(&context));
  module->walk([&](tfg::ConstOp constant) {
    constant->setAttr(
        "value", tfg::makeResource(type, "c",
                                   UnmanagedAsmResourceBlob::allocateInferAlign(
                                       llvm::ArrayRef(values))));
    constant->getResult(0).setType(type);
  });
  absl::Status status = writeGraphDef(*module, path);
  ASSERT_TRUE(status.ok()) << status;
  absl::StatusOr<tf::GraphDef> graph = exportGraphDef(*module);
  ASSERT_TRUE(graph.ok()) << graph.status();
  EXPECT_EQ(graph->node(0).attr().at("value").tensor().tensor_content().size(),
            values.size() * sizeof(float));
  EXPECT_TRUE(graph->node(0).attr().contains("zone"));
  EXPECT_TRUE(contents() == toBytes(*graph));
}

TEST_F(GraphDefFileTest, TextIsTheSameMessage) {
  OwningOpRef<ModuleOp> module = parse(source);
  ASSERT_TRUE(module);
  absl::Status status = writeGraphDef(*module, path, GraphDefFormat::Text);
  ASSERT_TRUE(status.ok()) << status;
  tf::GraphDef written;
  ASSERT_TRUE(
      google::protobuf::TextFormat::ParseFromString(contents(), &written));
  EXPECT_EQ(toBytes(written), toBytes(*exportGraphDef(*module)));
}

TEST_F(GraphDefFileTest, AFailureLeavesNoFile) {
  OwningOpRef<ModuleOp> module = parse(R"(
    tfg.graph {
      %c = tfg.Const() {value = dense<1.0> : tensor<f32>} : () -> tensor<f32> name("c")
      %n = tfg.node "Neg"(%c) {odd = 1 : i5} : (tensor<f32>) -> tensor<f32> name("n")
    })");
  ASSERT_TRUE(module);
  absl::Status status = writeGraphDef(*module, path);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(status.message().find("node 'n' (Neg): attribute 'odd'"),
            absl::string_view::npos)
      << status;
  EXPECT_TRUE(std::filesystem::is_empty(folder));
}

} // namespace
} // namespace firn
