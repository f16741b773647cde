//===- TFGSampleOps.cpp - windows of images, colours
//-----------------------===//

#include "ir/TFGSampleOps.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = SmallVector<int64_t>;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

//===----------------------------------------------------------------------===//
// Windows
//===----------------------------------------------------------------------===//

/// How many places a window has along a dimension; kDynamic if unknown.
static int64_t countPlaces(int64_t input, int64_t window, int64_t stride,
                           int64_t rate, bool isSame) {
  if (ShapedType::isDynamic(input) || ShapedType::isDynamic(window))
    return kDynamic;
  if (isSame)
    return input / stride + (input % stride != 0);
  int64_t extent = (window - 1) * rate + 1;
  return input < extent ? 0 : (input - extent) / stride + 1;
}

/// The sizes of a window over the rows and columns of NHWC images.
struct ImageWindow {
  Dims sizes, strides, rates;
  bool isSame;
};

/// [batch, places, places, depth]; with `stacksTaps` all elements of a window
/// lie along the depth.
static LogicalResult inferWindow(Operation *op, const ImageWindow &window,
                                 bool stacksTaps, Types &results) {
  for (const Dims *dims : {&window.sizes, &window.strides, &window.rates}) {
    bool fits = dims->size() == 4;
    for (size_t i = 0; fits && i < 4; ++i)
      fits = ShapedType::isDynamic((*dims)[i]) ||
             ((*dims)[i] > 0 && (*dims)[i] <= INT32_MAX);
    if (!fits)
      return op->emitOpError("expects 4 sizes, strides and rates above 0");
  }
  std::optional<ArrayRef<int64_t>> images = shapeOf(op->getOperand(0));
  if (images && images->size() != 4)
    return op->emitOpError("expects images of 4 dimensions, but got ")
           << op->getOperand(0).getType();
  Dims shape(4, kDynamic);
  if (images) {
    shape = Dims(*images);
    for (size_t dim : {1, 2})
      shape[dim] =
          countPlaces((*images)[dim], window.sizes[dim], window.strides[dim],
                      window.rates[dim], window.isSame);
    if (stacksTaps && !ShapedType::isDynamic(shape[3])) {
      std::optional<int64_t> taps =
          checkedProduct(window.sizes[1], window.sizes[2]);
      taps = taps ? checkedProduct(*taps, shape[3]) : taps;
      if (!taps)
        return op->emitOpError("has more elements than can be");
      shape[3] = *taps;
    }
  }
  for (Value output : op->getResults())
    (void)pushResult(results, output, shape);
  return success();
}

static Dims readList(ArrayAttr list) {
  Dims values;
  for (Attribute value : list)
    values.push_back(cast<IntegerAttr>(value).getInt());
  return values;
}

LogicalResult ExtractImagePatchesOp::inferShapes(const ShapeInference &,
                                                 Types &results) {
  return inferWindow(*this,
                     {readList(getKsizes()), readList(getStrides()),
                      readList(getRates()), getPadding() == "SAME"},
                     /*stacksTaps=*/true, results);
}

LogicalResult MaxPoolWithArgmaxOp::inferShapes(const ShapeInference &,
                                               Types &results) {
  return inferWindow(*this,
                     {readList(getKsize()), readList(getStrides()), Dims(4, 1),
                      getPadding() == "SAME"},
                     /*stacksTaps=*/false, results);
}

//===----------------------------------------------------------------------===//
// Colours
//===----------------------------------------------------------------------===//

#define FIRN_SAME_AS_FIRST(Op)                                                 \
  LogicalResult Op::inferShapes(const ShapeInference &, Types &results) {      \
    return pushResult(results, getOutput(), shapeOf(getImages()));             \
  }

FIRN_SAME_AS_FIRST(AdjustContrastv2Op)
FIRN_SAME_AS_FIRST(AdjustHueOp)
FIRN_SAME_AS_FIRST(AdjustSaturationOp)
FIRN_SAME_AS_FIRST(RGBToHSVOp)
FIRN_SAME_AS_FIRST(HSVToRGBOp)

#define GET_OP_CLASSES
#include "ir/TFGSampleOps.cpp.inc"
