// Types from attributes and attributes from types, with lists and parameters.
#include "proto/NodeSignature.h"
#include "proto/OpCatalog.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

using namespace mlir;

namespace firn {
namespace {

class NodeSignatureTest : public ::testing::Test {
protected:
  NodeSignatureTest() { context.loadDialect<tfg::TFGDialect>(); }

  /// The derived attribute, null if the values do not imply it.
  Attribute derive(const char *op, ArrayRef<Type> inputs,
                   ArrayRef<Type> outputs, StringRef name) {
    DerivedAttrs derived;
    absl::Status status = deriveAttrs(
        *OpCatalog::findBuiltin(op), inputs, outputs,
        [](StringRef) { return Attribute(); }, &context, derived);
    EXPECT_TRUE(status.ok()) << status;
    for (auto &[key, attr] : derived)
      if (key == name)
        return attr;
    return {};
  }

  int64_t deriveInt(const char *op, ArrayRef<Type> inputs,
                    ArrayRef<Type> outputs, StringRef name) {
    auto attr =
        dyn_cast_or_null<IntegerAttr>(derive(op, inputs, outputs, name));
    return attr ? attr.getInt() : -1;
  }

  MLIRContext context;
  Type f32 = Float32Type::get(&context);
  Type i32 = IntegerType::get(&context, 32);
};

TEST_F(NodeSignatureTest, LengthsAndTypesAreDerived) {
  EXPECT_EQ(deriveInt("ConcatV2", {f32, f32, f32, i32}, {f32}, "N"), 3);
  EXPECT_EQ(derive("ConcatV2", {f32, f32, i32}, {f32}, "T"),
            TypeAttr::get(f32));
  // Two lists of one length.
  EXPECT_EQ(deriveInt("DynamicStitch", {i32, i32, f32, f32}, {f32}, "N"), 2);
  // A list of the outputs.
  EXPECT_EQ(deriveInt("Split", {i32, f32}, {f32, f32}, "num_split"), 2);
  // The base type of a reference.
  EXPECT_EQ(derive("Identity", {tfg::RefType::get(&context, f32)}, {f32}, "T"),
            TypeAttr::get(f32));
}

TEST_F(NodeSignatureTest, ParametersArePlaceholders) {
  Type parameter =
      tfg::TypeParamType::get(&context, StringAttr::get(&context, "U"));
  EXPECT_TRUE(isa_and_nonnull<tfg::PlaceholderAttr>(
      derive("Neg", {parameter}, {parameter}, "T")));
}

TEST_F(NodeSignatureTest, WhatIsAmbiguousIsLeftOut) {
  // Two lists of different lengths on both sides.
  EXPECT_FALSE(derive("CudnnRNNCanonicalToParamsV2",
                      {i32, i32, i32, f32, f32, f32}, {f32},
                      "num_params_weights"));
  EXPECT_FALSE(derive("Identity", {tfg::UnknownType::get(&context)},
                      {tfg::UnknownType::get(&context)}, "T"));
}

TEST_F(NodeSignatureTest, NumbersOfValuesThatDoNotFitAreRefused) {
  DerivedAttrs derived;
  auto none = [](StringRef) { return Attribute(); };
  EXPECT_FALSE(deriveAttrs(*OpCatalog::findBuiltin("Neg"), {f32, f32}, {f32},
                           none, &context, derived)
                   .ok());
  EXPECT_FALSE(deriveAttrs(*OpCatalog::findBuiltin("DynamicStitch"),
                           {i32, i32, f32}, {f32}, none, &context, derived)
                   .ok());
}

TEST_F(NodeSignatureTest, AttributesGiveTheTypes) {
  AttrValueMap attrs;
  attrs["T"].set_type(tf::DT_FLOAT);
  attrs["num_split"].set_i(3);
  NodeSignature signature;
  ASSERT_TRUE(resolveSignature(*OpCatalog::findBuiltin("Split"), attrs,
                               &context, signature)
                  .ok());
  EXPECT_EQ(signature.inputs, (SmallVector<Type>{i32, f32}));
  EXPECT_EQ(signature.outputs, (SmallVector<Type>{f32, f32, f32}));
  attrs["num_split"].set_i(1 << 30);
  EXPECT_FALSE(resolveSignature(*OpCatalog::findBuiltin("Split"), attrs,
                                &context, signature)
                   .ok());
}

} // namespace
} // namespace firn
