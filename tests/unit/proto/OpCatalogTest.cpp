// The op catalog: every line parses and is consistent, samples are what
// TensorFlow has, a model's own ops are found beside them.
#include "proto/OpCatalog.h"
#include "proto/OpCatalogParser.h"

#include "absl/strings/match.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

#include <limits>

namespace firn {
namespace {

tf::OpDef parse(const char *text) {
  tf::OpDef op;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &op));
  return op;
}

void expectBuiltin(const char *name, const char *text) {
  const tf::OpDef *op = OpCatalog::findBuiltin(name);
  ASSERT_NE(op, nullptr) << name;
  google::protobuf::util::MessageDifferencer differencer;
  std::string report;
  differencer.ReportDifferencesToString(&report);
  EXPECT_TRUE(differencer.Compare(parse(text), *op)) << report;
}

TEST(OpCatalog, EverySignatureParsesAndIsConsistent) {
  std::vector<absl::string_view> names = OpCatalog::builtinNames();
  EXPECT_GE(names.size(), 1564u);
  for (absl::string_view name : names) {
    const tf::OpDef *op = OpCatalog::findBuiltin(name);
    ASSERT_NE(op, nullptr) << name;
    EXPECT_EQ(op->name(), name);
    EXPECT_TRUE(checkOpDef(*op).ok()) << name;
    for (const auto *args : {&op->input_arg(), &op->output_arg()}) {
      for (const tf::OpDef::ArgDef &arg : *args) {
        auto expectKind = [&](const std::string &attr, const char *kind) {
          const tf::OpDef::AttrDef *def = findAttrDef(*op, attr);
          ASSERT_NE(def, nullptr) << name << " " << attr;
          EXPECT_EQ(def->type(), kind) << name << " " << attr;
        };
        if (!arg.type_attr().empty())
          expectKind(arg.type_attr(), "type");
        if (!arg.number_attr().empty())
          expectKind(arg.number_attr(), "int");
        if (!arg.type_list_attr().empty())
          expectKind(arg.type_list_attr(), "list(type)");
        EXPECT_EQ((arg.type() != tf::DT_INVALID) + !arg.type_attr().empty() +
                      !arg.type_list_attr().empty(),
                  1)
            << name << " " << arg.name();
      }
    }
  }
}

TEST(OpCatalog, PlainOp) {
  expectBuiltin("MatMul", R"(
    name: "MatMul"
    input_arg { name: "a" type_attr: "T" }
    input_arg { name: "b" type_attr: "T" }
    output_arg { name: "product" type_attr: "T" }
    attr { name: "transpose_a" type: "bool" default_value { b: false } }
    attr { name: "transpose_b" type: "bool" default_value { b: false } }
    attr { name: "T" type: "type" allowed_values { list {
      type: [DT_FLOAT, DT_DOUBLE, DT_HALF, DT_BFLOAT16, DT_INT32, DT_INT64,
             DT_COMPLEX64, DT_COMPLEX128, DT_UINT8, DT_UINT16, DT_UINT32,
             DT_UINT64] } } }
    attr { name: "grad_a" type: "bool" default_value { b: false } }
    attr { name: "grad_b" type: "bool" default_value { b: false } })");
}

TEST(OpCatalog, ListsReferencesAndFlags) {
  expectBuiltin("RefMerge", R"(
    name: "RefMerge"
    input_arg { name: "inputs" type_attr: "T" number_attr: "N" is_ref: true }
    output_arg { name: "output" type_attr: "T" is_ref: true }
    output_arg { name: "value_index" type: DT_INT32 }
    attr { name: "T" type: "type" }
    attr { name: "N" type: "int" has_minimum: true minimum: 1 })");
  expectBuiltin("PartitionedCall", R"text(
    name: "PartitionedCall"
    input_arg { name: "args" type_list_attr: "Tin" }
    output_arg { name: "output" type_list_attr: "Tout" }
    attr { name: "Tin" type: "list(type)" has_minimum: true }
    attr { name: "Tout" type: "list(type)" has_minimum: true }
    attr { name: "f" type: "func" }
    attr { name: "config" type: "string" default_value { s: "" } }
    attr { name: "config_proto" type: "string" default_value { s: "" } }
    attr { name: "executor_type" type: "string" default_value { s: "" } })text");
  EXPECT_TRUE(OpCatalog::findBuiltin("StatefulPartitionedCall")->is_stateful());
  EXPECT_TRUE(OpCatalog::findBuiltin("AddN")->is_aggregate());
  EXPECT_TRUE(OpCatalog::findBuiltin("AddN")->is_commutative());
  EXPECT_TRUE(OpCatalog::findBuiltin("Assign")->allows_uninitialized_input());
  EXPECT_EQ(OpCatalog::findBuiltin("TFRecordReader")->deprecation().version(),
            26);
}

TEST(OpCatalog, DefaultsOfEveryKind) {
  auto defaultOf = [](const char *op, const char *attr) {
    return findAttrDef(*OpCatalog::findBuiltin(op), attr)->default_value();
  };
  EXPECT_EQ(defaultOf("InitializeTableFromTextFile", "delimiter").s(), "\t");
  EXPECT_EQ(defaultOf("DebugNumericSummary", "lower_bound").f(),
            -std::numeric_limits<float>::infinity());
  EXPECT_EQ(defaultOf("Conv2D", "dilations").list().i_size(), 4);
  EXPECT_TRUE(defaultOf("Placeholder", "shape").shape().unknown_rank());
  EXPECT_EQ(defaultOf("AllCandidateSampler", "seed").value_case(),
            tf::AttrValue::kI);
  EXPECT_EQ(defaultOf("ImageSummary", "bad_color").tensor().int_val_size(), 4);
  EXPECT_EQ(defaultOf("All", "Tidx").type(), tf::DT_INT32);
}

TEST(OpCatalog, ModelOpsAreAddedAndDoNotReplaceTensorFlows) {
  OpCatalog catalog;
  EXPECT_EQ(catalog.find("ZeroOut"), nullptr);
  tf::OpList ops;
  *ops.add_op() =
      parse(R"(name: "ZeroOut" input_arg { name: "to_zero" type: DT_INT32 })");
  *ops.add_op() = parse(R"(name: "MatMul")");
  ASSERT_TRUE(catalog.addModelOps(ops).ok());
  ASSERT_NE(catalog.find("ZeroOut"), nullptr);
  EXPECT_EQ(catalog.find("ZeroOut")->input_arg(0).name(), "to_zero");
  EXPECT_EQ(catalog.find("MatMul")->input_arg_size(), 2);
  EXPECT_EQ(OpCatalog::findBuiltin("ZeroOut"), nullptr);
}

TEST(OpCatalog, RefusesDuplicates) {
  tf::OpList ops;
  *ops.add_op() =
      parse(R"(name: "Foo" attr { name: "a" type: "int" } attr { name: "a" })");
  OpCatalog catalog;
  absl::Status status = catalog.addModelOps(ops);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(absl::StrContains(status.message(), "two attributes"));
}

TEST(OpCatalogParser, ReportsWhereALineIsWrong) {
  for (const char *line :
       {"Foo(x", "Foo(x floaty)", "Foo() -> (y T)", "Foo(); a int = x",
        "Foo(); a type {@none}", "Foo(); !odd", "Foo() rest", "(x float)"}) {
    tf::OpDef op;
    EXPECT_FALSE(parseOpSignature(line, {}, op).ok()) << line;
  }
}

} // namespace
} // namespace firn
