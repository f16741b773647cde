// The maps between messages and MLIR: every dtype, tensor encoding and
// attribute kind there and back, and what must be refused.
#include "proto/AttrMap.h"
#include "proto/TensorMap.h"
#include "proto/TypeMap.h"

#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "ir/TFGConstants.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace firn {
namespace {

template <typename T> T parse(const std::string &text) {
  T message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message))
      << text;
  return message;
}

class MapsTest : public ::testing::Test {
protected:
  MapsTest() { context.loadDialect<tfg::TFGDialect>(); }

  std::string toText(Attribute attr) {
    std::string text;
    llvm::raw_string_ostream(text) << attr;
    return text;
  }

  /// The tensor's attribute; it goes back to `expected` (the text itself if
  /// empty).
  TypedAttr roundTrip(const std::string &text, std::string expected = "") {
    absl::StatusOr<TypedAttr> attr =
        tensorFromProto(parse<tf::TensorProto>(text), &context, file);
    EXPECT_TRUE(attr.ok()) << attr.status() << " " << text;
    if (!attr.ok())
      return {};
    tf::TensorProto back;
    absl::Status status = tensorToProto(*attr, back);
    EXPECT_TRUE(status.ok()) << status;
    auto want = parse<tf::TensorProto>(expected.empty() ? text : expected);
    EXPECT_EQ(back.DebugString(), want.DebugString());
    return *attr;
  }

  absl::StatusCode tensorError(const std::string &text) {
    return tensorFromProto(parse<tf::TensorProto>(text), &context, file)
        .status()
        .code();
  }

  MLIRContext context;
  TensorFile file;
};

TEST_F(MapsTest, EveryDTypeAndItsReference) {
  const auto *descriptor = tf::DataType_descriptor();
  for (int i = 0; i < descriptor->value_count(); ++i) {
    auto dtype = static_cast<tf::DataType>(descriptor->value(i)->number());
    absl::StatusOr<Type> type = elementTypeFromProto(dtype, &context);
    ASSERT_TRUE(type.ok()) << type.status();
    EXPECT_TRUE(TensorType::isValidElementType(*type));
    absl::StatusOr<tf::DataType> back = elementTypeToProto(*type);
    ASSERT_TRUE(back.ok()) << back.status();
    EXPECT_EQ(*back, dtype);
    EXPECT_EQ(isa<tfg::RefType>(*type), dtype > 100);
  }
  EXPECT_FALSE(
      elementTypeFromProto(static_cast<tf::DataType>(77), &context).ok());
  EXPECT_FALSE(elementTypeToProto(IndexType::get(&context)).ok());
}

TEST_F(MapsTest, Shapes) {
  for (const char *text :
       {"", "unknown_rank: true", "dim { size: 2 } dim { size: -1 }",
        "dim { size: 0 }"}) {
    auto proto = parse<tf::TensorShapeProto>(text);
    absl::StatusOr<tfg::ShapeAttr> shape = shapeFromProto(proto, &context);
    ASSERT_TRUE(shape.ok()) << shape.status();
    tf::TensorShapeProto back;
    shapeToProto(*shape, back);
    EXPECT_EQ(back.DebugString(), proto.DebugString());
  }
  for (const char *text :
       {"dim { size: -2 }", "unknown_rank: true dim { size: 1 }"})
    EXPECT_FALSE(
        shapeFromProto(parse<tf::TensorShapeProto>(text), &context).ok());
  tf::TensorShapeProto deep;
  for (int i = 0; i < 255; ++i)
    deep.add_dim()->set_size(0);
  EXPECT_FALSE(shapeFromProto(deep, &context).ok());
}

TEST_F(MapsTest, ScalarsOfEveryNumericDType) {
  for (const char *text :
       {"dtype: DT_FLOAT tensor_shape {} float_val: 1.5",
        "dtype: DT_DOUBLE tensor_shape {} double_val: -2.25",
        "dtype: DT_HALF tensor_shape {} half_val: 15360",
        "dtype: DT_BFLOAT16 tensor_shape {} half_val: 49152",
        "dtype: DT_INT32 tensor_shape {} int_val: -7",
        "dtype: DT_INT16 tensor_shape {} int_val: -7",
        "dtype: DT_INT8 tensor_shape {} int_val: -7",
        "dtype: DT_UINT8 tensor_shape {} int_val: 200",
        "dtype: DT_UINT16 tensor_shape {} int_val: 65000",
        "dtype: DT_UINT32 tensor_shape {} uint32_val: 4000000000",
        "dtype: DT_UINT64 tensor_shape {} uint64_val: 18000000000000000000",
        "dtype: DT_INT64 tensor_shape {} int64_val: -9000000000000000000",
        "dtype: DT_BOOL tensor_shape {} bool_val: true",
        "dtype: DT_COMPLEX64 tensor_shape {} scomplex_val: 1 scomplex_val: 2",
        "dtype: DT_COMPLEX128 tensor_shape {} dcomplex_val: 1 dcomplex_val: 2",
        "dtype: DT_QINT8 tensor_shape {} int_val: -3",
        "dtype: DT_QUINT8 tensor_shape {} int_val: 250",
        "dtype: DT_QINT16 tensor_shape {} int_val: -300",
        "dtype: DT_QUINT16 tensor_shape {} int_val: 60000",
        "dtype: DT_QINT32 tensor_shape {} int_val: -70000",
        "dtype: DT_FLOAT8_E5M2 tensor_shape {} float8_val: \"\\074\"",
        "dtype: DT_FLOAT8_E4M3FN tensor_shape {} float8_val: \"\\070\"",
        "dtype: DT_INT4 tensor_shape {} int_val: 5",
        "dtype: DT_UINT4 tensor_shape {} int_val: 12",
        "dtype: DT_STRING tensor_shape {} string_val: \"a\\000\\377b\""})
    roundTrip(text);
}

TEST_F(MapsTest, ContentWinsOverTheList) {
  TypedAttr attr = roundTrip(
      R"(dtype: DT_INT32 tensor_shape { dim { size: 2 } } int_val: 9
         tensor_content: "\001\000\000\000\002\000\000\000")",
      R"(dtype: DT_INT32 tensor_shape { dim { size: 2 } }
         tensor_content: "\001\000\000\000\002\000\000\000")");
  EXPECT_EQ(toText(attr), "dense<[1, 2]> : tensor<2xi32>");
}

TEST_F(MapsTest, LastValueRepeats) {
  TypedAttr attr = roundTrip(
      "dtype: DT_UINT8 tensor_shape { dim { size: 4 } } int_val: 1 int_val: 2",
      R"(dtype: DT_UINT8 tensor_shape { dim { size: 4 } }
         tensor_content: "\001\002\002\002")");
  EXPECT_EQ(toText(attr), "dense<[1, 2, 2, 2]> : tensor<4xui8>");
}

TEST_F(MapsTest, NoValuesAreZerosAndSuperfluousOnesAreDropped) {
  EXPECT_EQ(
      toText(roundTrip(
          "dtype: DT_FLOAT tensor_shape { dim { size: 3 } }",
          "dtype: DT_FLOAT tensor_shape { dim { size: 3 } } float_val: 0")),
      "dense<0.000000e+00> : tensor<3xf32>");
  EXPECT_EQ(toText(roundTrip(
                "dtype: DT_BOOL tensor_shape {} bool_val: true bool_val: false",
                "dtype: DT_BOOL tensor_shape {} bool_val: true")),
            "dense<true> : tensor<i1>");
}

TEST_F(MapsTest, SplatsStayLazyHoweverLarge) {
  TypedAttr attr = roundTrip("dtype: DT_FLOAT tensor_shape { dim { size: "
                             "1099511627776 } } float_val: 2");
  EXPECT_TRUE(cast<ElementsAttr>(attr).isSplat());
  attr =
      roundTrip("dtype: DT_STRING tensor_shape { dim { size: 1099511627776 } } "
                "string_val: \"x\"");
  EXPECT_TRUE(cast<ElementsAttr>(attr).isSplat());
}

TEST_F(MapsTest, ExpandedValuesAreCounted) {
  file.expandedBytes = 1000;
  EXPECT_EQ(tensorError("dtype: DT_FLOAT tensor_shape { dim { size: 251 } } "
                        "float_val: 1 float_val: 2"),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(tensorError("dtype: DT_FLOAT tensor_shape { dim { size: 250 } } "
                        "float_val: 1 float_val: 2"),
            absl::StatusCode::kOk);
  EXPECT_EQ(tensorError("dtype: DT_QINT8 tensor_shape { dim { size: 20000 } }"),
            absl::StatusCode::kResourceExhausted);
}

TEST_F(MapsTest, LargeValuesLieInAResource) {
  tf::TensorProto proto;
  proto.set_dtype(tf::DT_FLOAT);
  proto.mutable_tensor_shape()->add_dim()->set_size(1000);
  std::string content(4000, '\0');
  for (int i = 0; i < 1000; ++i)
    content[4 * i] = static_cast<char>(i);
  proto.set_tensor_content(content);
  absl::StatusOr<TypedAttr> attr = tensorFromProto(proto, &context, file);
  ASSERT_TRUE(attr.ok()) << attr.status();
  ASSERT_TRUE(isa<DenseResourceElementsAttr>(*attr));
  tf::TensorProto back;
  ASSERT_TRUE(tensorToProto(*attr, back).ok());
  EXPECT_EQ(back.SerializeAsString(), proto.SerializeAsString());
}

// A tensor whose content was left in the file points there; what the file says
// of such contents itself is checked.
TEST_F(MapsTest, ContentsInTheFile) {
  std::string content(4096, '\0');
  for (size_t i = 0; i < content.size(); ++i)
    content[i] = static_cast<char>(i);
  file.contents = {ArrayRef(content.data(), content.size())};
  std::string released;
  file.releasePages = [&](const char *data, size_t size) {
    released.assign(data, size);
  };
  auto text = [](int number, int size) {
    return "dtype: DT_FLOAT content_in_file: " + std::to_string(number) +
           " tensor_shape { dim { size: " + std::to_string(size) + " } }";
  };
  EXPECT_EQ(tensorError(text(2, 1024)), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(tensorError(text(1, 1024) + " tensor_content: \"x\""),
            absl::StatusCode::kInvalidArgument);
  absl::StatusOr<TypedAttr> attr =
      tensorFromProto(parse<tf::TensorProto>(text(1, 1024)), &context, file);
  ASSERT_TRUE(attr.ok()) << attr.status();
  auto resource = dyn_cast<DenseResourceElementsAttr>(*attr);
  ASSERT_TRUE(resource);
  EXPECT_EQ(resource.getRawHandle().getBlob()->getData().data(),
            content.data());
  tfg::releasePages(*attr);
  EXPECT_EQ(released, content);
  // Another tensor cannot have it, too.
  EXPECT_EQ(tensorError(text(1, 1024)), absl::StatusCode::kInvalidArgument);
  file.contents = {ArrayRef(content.data(), content.size())};
  EXPECT_EQ(tensorError(text(1, 1000)), absl::StatusCode::kInvalidArgument);
  // One value is kept once.
  content.assign(4096, 'x');
  file.contents = {ArrayRef(content.data(), content.size())};
  attr = tensorFromProto(parse<tf::TensorProto>(text(1, 1024)), &context, file);
  ASSERT_TRUE(attr.ok());
  EXPECT_TRUE(isa<SplatElementsAttr>(*attr));
}

TEST_F(MapsTest, EmptyTensors) {
  for (const char *dtype : {"DT_FLOAT", "DT_BOOL", "DT_STRING", "DT_QINT8"})
    roundTrip(std::string("dtype: ") + dtype +
              " tensor_shape { dim { size: 0 } dim { size: 3 } }");
}

TEST_F(MapsTest, Strings) {
  EXPECT_EQ(toText(roundTrip(
                R"(dtype: DT_STRING tensor_shape { dim { size: 2 } }
                   tensor_content: "\001\002abc")",
                R"(dtype: DT_STRING tensor_shape { dim { size: 2 } }
                   string_val: "a" string_val: "bc")")),
            "dense<[\"a\", \"bc\"]> : tensor<2x!tfg.string>");
  EXPECT_EQ(tensorError(R"(dtype: DT_STRING tensor_shape { dim { size: 2 } }
                           tensor_content: "\001\005abc")"),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(
      tensorError(R"(dtype: DT_STRING tensor_shape { dim { size: 100000000 } }
                     tensor_content: "\001\005abc")"),
      absl::StatusCode::kInvalidArgument);
}

TEST_F(MapsTest, VariantsAreCarriedAsTheyAre) {
  TypedAttr attr = roundTrip(
      R"(dtype: DT_VARIANT tensor_shape {}
         variant_val { type_name: "tensorflow::TensorList" metadata: "\001" })");
  EXPECT_TRUE(isa<tfg::RawTensorAttr>(attr));
}

TEST_F(MapsTest, BadTensorsAreRefused) {
  for (const char *text :
       {"", "dtype: DT_INVALID tensor_shape { dim { size: 0 } }",
        "dtype: DT_FLOAT_REF tensor_shape {}",
        "dtype: DT_FLOAT tensor_shape { unknown_rank: true }",
        "dtype: DT_FLOAT tensor_shape { dim { size: -1 } }",
        "dtype: DT_FLOAT tensor_shape { dim { size: 4294967296 } dim { size: "
        "4294967296 } }",
        "dtype: DT_INT32 tensor_shape { dim { size: 2 } } tensor_content: "
        "\"abc\"",
        "dtype: DT_COMPLEX64 tensor_shape {} scomplex_val: 1",
        "dtype: DT_RESOURCE tensor_shape {} resource_handle_val {}"})
    EXPECT_EQ(tensorError(text), absl::StatusCode::kInvalidArgument) << text;
  tf::TensorProto odd = parse<tf::TensorProto>("tensor_shape { dim {} }");
  odd.set_dtype(static_cast<tf::DataType>(60));
  EXPECT_FALSE(tensorFromProto(odd, &context, file).ok());
}

TEST_F(MapsTest, EveryKindOfAttribute) {
  for (const char *text :
       {"s: \"a\\377\"", "i: -5", "f: 0.25", "b: true", "type: DT_INT64_REF",
        "shape { dim { size: 3 } }",
        "tensor { dtype: DT_INT32 tensor_shape {} int_val: 4 }",
        "func { name: \"f\" attr { key: \"T\" value { type: DT_HALF } } }",
        "placeholder: \"T\"", "list {}", "list { s: \"a\" s: \"b\" }",
        "list { i: 1 i: 2 }", "list { f: 1.5 }", "list { b: true b: false }",
        "list { type: DT_FLOAT type: DT_STRING }",
        "list { shape { unknown_rank: true } shape {} }",
        "list { tensor { dtype: DT_BOOL tensor_shape {} bool_val: true } }",
        "list { func { name: \"g\" } }", ""}) {
    auto value = parse<tf::AttrValue>(text);
    absl::StatusOr<Attribute> attr = attrFromProto(value, &context, file);
    ASSERT_TRUE(attr.ok()) << attr.status() << text;
    tf::AttrValue back;
    absl::Status status = attrToProto(*attr, back);
    ASSERT_TRUE(status.ok()) << status << text;
    EXPECT_EQ(back.DebugString(), value.DebugString());
  }
}

TEST_F(MapsTest, AttributeErrorsNameTheAttribute) {
  AttrValueMap attrs;
  attrs["value"] = parse<tf::AttrValue>(
      "tensor { dtype: DT_FLOAT tensor_content: \"abc\" }");
  absl::StatusOr<DictionaryAttr> result = attrsFromProto(attrs, &context, file);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.status().message().find("attribute 'value': "), 0u);
  attrs.clear();
  attrs[""].set_i(1);
  EXPECT_FALSE(attrsFromProto(attrs, &context, file).ok());
}

TEST_F(MapsTest, KindsAreNamedAsInOpDefs) {
  EXPECT_EQ(attrKind(parse<tf::AttrValue>("s: \"\"")), "string");
  EXPECT_EQ(attrKind(parse<tf::AttrValue>("list {}")), "list()");
  EXPECT_EQ(attrKind(parse<tf::AttrValue>("list { shape {} }")), "list(shape)");
  EXPECT_EQ(attrKind(tf::AttrValue()), "");
}

TEST_F(MapsTest, AttributesWithoutAMessageAreRefused) {
  tf::AttrValue value;
  EXPECT_FALSE(
      attrToProto(IntegerAttr::get(IntegerType::get(&context, 32), 1), value)
          .ok());
}

} // namespace
} // namespace firn
