//===- FuseConvolutions.cpp - convolutions resize and pad -----------------===//
//
// TensorFlow's FusedResizeAndPadConv2D and FusedPadConv2D: the resized or
// padded image is never made. Mirrored padding only, which they were made for.
//
//===----------------------------------------------------------------------===//

#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_FUSECONVOLUTIONSPASS
#include "passes/Passes.h.inc"

namespace {

struct FuseConvolutionsPass
    : impl::FuseConvolutionsPassBase<FuseConvolutionsPass> {
  using FuseConvolutionsPassBase::FuseConvolutionsPassBase;

  void runOnOperation() override {
    forEachBody(getOperation(), [&](Block &body) {
      SmallVector<Operation *> convolutions;
      for (Operation &op : body)
        if (getTFOpName(&op) == "Conv2D")
          convolutions.push_back(&op);
      if (convolutions.empty())
        return;
      NodeNames names(body);
      for (Operation *op : convolutions)
        numFused += fuse(op, names);
    });
  }

private:
  bool fuse(Operation *conv, NodeNames &names);
};

/// The node of op `name` that makes operand 0, and whose result nobody else
/// sees.
Operation *matchInput(Operation *op, StringRef name) {
  Value input = op->getOperand(0);
  Operation *producer = input.getDefiningOp();
  if (!producer || getTFOpName(producer) != name || !input.hasOneUse() ||
      !getControlOperands(producer).empty())
    return nullptr;
  return producer;
}

bool hasBool(Operation *op, StringRef name) {
  auto attr = op->getAttrOfType<BoolAttr>(name);
  return attr && attr.getValue();
}

bool canFuse(Operation *conv) {
  auto format = conv->getAttrOfType<StringAttr>("data_format");
  auto padding = conv->getAttrOfType<StringAttr>("padding");
  auto dilations = conv->getAttrOfType<ArrayAttr>("dilations");
  return (!format || format.getValue() == "NHWC") && padding &&
         padding.getValue() != "EXPLICIT" && conv->hasAttr("strides") &&
         (!dilations || llvm::all_of(dilations, [](Attribute entry) {
           auto number = dyn_cast<IntegerAttr>(entry);
           return number && number.getInt() == 1;
         }));
}

} // namespace

bool FuseConvolutionsPass::fuse(Operation *conv, NodeNames &names) {
  if (!canFuse(conv))
    return false;
  Operation *padding = matchInput(conv, "MirrorPad");
  Operation *resizing = matchInput(padding ? padding : conv, "ResizeBilinear");
  // What is computed on f32 only, and with corners or none as samples.
  if (resizing && (hasBool(resizing, "half_pixel_centers") ||
                   !getElementType(resizing->getOperand(0)).isF32()))
    resizing = nullptr;
  if (resizing && !(padding ? resizeAndPad : resize))
    resizing = nullptr;
  if (!resizing && !(padding && pad))
    return false;

  OpBuilder builder(conv);
  Operation *first = resizing ? resizing : padding;
  SmallVector<Value> operands{first->getOperand(0)};
  SmallVector<NamedAttribute> attrs{
      builder.getNamedAttr("strides", conv->getAttr("strides")),
      builder.getNamedAttr("padding", conv->getAttr("padding"))};
  if (resizing) {
    operands.push_back(resizing->getOperand(1));
    if (hasBool(resizing, "align_corners"))
      attrs.push_back(builder.getNamedAttr("resize_align_corners",
                                           builder.getBoolAttr(true)));
  }
  if (padding) {
    operands.push_back(padding->getOperand(1));
    attrs.push_back(builder.getNamedAttr("mode", padding->getAttr("mode")));
  } else {
    auto type = RankedTensorType::get({4, 2}, builder.getI32Type());
    operands.push_back(ConstOp::create(
        builder,
        names.makeLoc((getNodeName(conv->getLoc()) + "_paddings").str()),
        cast<TypedAttr>(
            ElementsAttr(DenseElementsAttr::get(type, int32_t(0))))));
    attrs.push_back(
        builder.getNamedAttr("mode", builder.getStringAttr("REFLECT")));
  }
  operands.push_back(conv->getOperand(1));
  llvm::append_range(operands, getControlOperands(conv));
  StringRef op = resizing ? "FusedResizeAndPadConv2D" : "FusedPadConv2D";
  replaceNode(conv, op, operands, conv->getResultTypes(), attrs);
  if (padding)
    padding->erase();
  if (resizing)
    resizing->erase();
  return true;
}

} // namespace firn::tfg
