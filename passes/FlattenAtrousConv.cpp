//===- FlattenAtrousConv.cpp - a convolution by its filter ----------------===//
//
// Frameworks wrote a dilated convolution as
//
//   BatchToSpaceND(Conv2D(SpaceToBatchND(x, b, pads), w), b, crops)
//
// which is crop(conv(pad(x), w dilated by b)) with stride 1. Cropping the end
// of a convolution's result takes as much off the padding at the end, so with
// crops at the end only it is one convolution with pads [p, q - c]. Its padding
// is
//
//   VALID      if nothing is padded,
//   SAME       if the result is as large as x: p + q - c = (k - 1) * b, p the
//   half, EXPLICIT   else.
//
//===----------------------------------------------------------------------===//

#include "passes/ConstantValues.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_FLATTENATROUSCONVPASS
#include "passes/Passes.h.inc"

namespace {

/// No real block or kernel is larger.
constexpr int64_t kMaxDilatedElements = 1 << 10;

struct FlattenAtrousConvPass
    : impl::FlattenAtrousConvPassBase<FlattenAtrousConvPass> {
  using FlattenAtrousConvPassBase::FlattenAtrousConvPassBase;

  void runOnOperation() override {
    forEachBody(getOperation(), [&](Block &body) {
      SmallVector<Operation *> ends;
      for (Operation &op : body)
        if (getTFOpName(&op) == "BatchToSpaceND")
          ends.push_back(&op);
      if (ends.empty())
        return;
      NodeNames names(body);
      for (Operation *op : ends)
        numFlattened += flatten(op, names);
    });
  }

private:
  bool flatten(Operation *end, NodeNames &names);
};

/// The node that makes operand 0, if nobody else sees it and it waits for
/// nothing.
Operation *getOnlyProducer(Operation *op) {
  Value input = op->getOperand(0);
  Operation *producer = input.getDefiningOp();
  if (!producer || !isa<NodeOpInterface>(producer) || !input.hasOneUse() ||
      !getControlOperands(op).empty())
    return nullptr;
  return producer;
}

bool isPlainConvolution(Operation *conv) {
  StringRef name = getTFOpName(conv);
  if (name != "Conv2D" && name != "DepthwiseConv2dNative")
    return false;
  auto isOnes = [&](StringRef attr) {
    auto list = conv->getAttrOfType<ArrayAttr>(attr);
    return !list || llvm::all_of(list, [](Attribute entry) {
      auto number = dyn_cast<IntegerAttr>(entry);
      return number && number.getInt() == 1;
    });
  };
  auto padding = conv->getAttrOfType<StringAttr>("padding");
  auto format = conv->getAttrOfType<StringAttr>("data_format");
  return isOnes("strides") && isOnes("dilations") && padding &&
         padding.getValue() == "VALID" &&
         (!format || format.getValue() == "NHWC");
}

/// The padding of the one convolution: [top, bottom, left, right].
std::optional<SmallVector<int64_t>> findPadding(ArrayRef<int64_t> pads,
                                                ArrayRef<int64_t> crops) {
  SmallVector<int64_t> result;
  for (unsigned i = 0; i < 2; ++i) {
    int64_t before = pads[2 * i] - crops[2 * i];
    int64_t after = pads[2 * i + 1] - crops[2 * i + 1];
    if (before < 0 || after < 0)
      return std::nullopt;
    result.append({before, after});
  }
  return result;
}

/// The filter with zeros between its elements.
ElementsAttr dilate(ElementsAttr filter, ArrayRef<int64_t> blocks) {
  auto type = cast<RankedTensorType>(filter.getType());
  std::optional<std::vector<float>> values = readFloats(filter);
  if (!values)
    return {};
  SmallVector<int64_t> shape(type.getShape());
  int64_t inner = shape[2] * shape[3];
  int64_t height = shape[0], width = shape[1];
  shape[0] = (height - 1) * blocks[0] + 1;
  shape[1] = (width - 1) * blocks[1] + 1;
  std::vector<float> dilated(shape[0] * shape[1] * inner, 0.0f);
  for (int64_t y = 0; y < height; ++y)
    for (int64_t x = 0; x < width; ++x)
      std::copy_n(values->begin() + (y * width + x) * inner, inner,
                  dilated.begin() +
                      (y * blocks[0] * shape[1] + x * blocks[1]) * inner);
  return makeFloats(type.clone(shape), dilated);
}

void setPadding(Operation *conv, ArrayRef<int64_t> padding,
                ArrayRef<int64_t> kernel, ArrayRef<int64_t> blocks) {
  Builder builder(conv->getContext());
  bool isSame = true;
  for (unsigned i = 0; i < 2; ++i) {
    int64_t total = (kernel[i] - 1) * blocks[i];
    isSame &=
        padding[2 * i] == total / 2 && padding[2 * i + 1] == total - total / 2;
  }
  StringRef text = isSame ? "SAME" : "EXPLICIT";
  if (llvm::all_of(padding, [](int64_t pad) { return pad == 0; }))
    text = "VALID";
  conv->setAttr("padding", builder.getStringAttr(text));
  conv->removeAttr("explicit_paddings");
  if (text == "EXPLICIT")
    conv->setAttr("explicit_paddings",
                  builder.getI64ArrayAttr({0, 0, padding[0], padding[1],
                                           padding[2], padding[3], 0, 0}));
}

} // namespace

bool FlattenAtrousConvPass::flatten(Operation *end, NodeNames &names) {
  Operation *conv = getOnlyProducer(end);
  if (!conv || !isPlainConvolution(conv))
    return false;
  Operation *start = getOnlyProducer(conv);
  if (!start || getTFOpName(start) != "SpaceToBatchND" ||
      !getControlOperands(start).empty())
    return false;
  auto blocks = readIntegers(start->getOperand(1));
  auto pads = readIntegers(start->getOperand(2));
  auto crops = readIntegers(end->getOperand(2));
  ElementsAttr filter = getConstantValue(conv->getOperand(1));
  // Blocks of more dimensions than two would reach into the channels. Crops at
  // the start that padding does not outweigh shift the blocks.
  if (!blocks || !pads || !crops || blocks->size() != 2 || pads->size() != 4 ||
      crops->size() != 4 || blocks != readIntegers(end->getOperand(1)) ||
      llvm::any_of(*blocks, [](int64_t block) { return block < 1; }) ||
      !filter || filter.getShapedType().getRank() != 4 ||
      filter.getNumElements() == 0)
    return false;
  std::optional<SmallVector<int64_t>> padding = findPadding(*pads, *crops);
  if (!padding)
    return false;
  OpBuilder builder(conv);
  SmallVector<int64_t> kernel(filter.getShapedType().getShape().take_front(2));
  if (dilations) {
    conv->setAttr("dilations",
                  builder.getI64ArrayAttr({1, (*blocks)[0], (*blocks)[1], 1}));
  } else {
    // A filter that is too large, or not of f32, stays.
    int64_t limit = kMaxDilatedElements;
    for (unsigned i = 0; i < 2; ++i)
      if ((*blocks)[i] > limit || kernel[i] > limit)
        return false;
    ElementsAttr dilated = dilate(filter, *blocks);
    if (!dilated)
      return false;
    std::string name = getNodeName(conv->getLoc()).str() + "_weights";
    conv->setOperand(1, ConstOp::create(builder, names.makeLoc(name),
                                        cast<TypedAttr>(dilated)));
  }
  setPadding(conv, *padding, kernel, *blocks);
  conv->setOperand(0, start->getOperand(0));
  conv->getResult(0).setType(end->getResult(0).getType());
  conv->setLoc(end->getLoc());
  end->getResult(0).replaceAllUsesWith(conv->getResult(0));
  end->erase();
  start->erase();
  return true;
}

} // namespace firn::tfg
