// A contraction's lanes run along the innermost dimension of its result
// (Tiling.h). Two kinds of contraction make poor use of that:
//
// q·kᵀ and its like read an operand that is contiguous along the sum instead.
// If the operand is used for enough rows, transposing it first costs less than
// summing across lanes:
//   out[b, i, j] += q[b, i, d] · k[b, j, d]
// becomes
//   t[b, d, j] = k[b, j, d];  out[b, i, j] += q[b, i, d] · t[b, d, j]
// Constants are packed when kernels are generated and stay as they are.
//
// A convolution with few filters leaves most lanes idle. `q` neighbouring
// pixels of a row are computed side by side, each with the filter at its own
// place of a wider one:
//   out[y, q·x + p, k] += in[y + i, q·x + p + j, c] · w[i, j, c, k]
// becomes, with v[i, j, c, (p, k)] = w[i, j - p, c, k] or zero,
//   wide[y, x, (p, k)] += in[y + i, q·x + j, c] · v[i, j, c, (p, k)]
// whose result lies in memory as the original does. That is more products, of
// which more are useful: 256×256×3 of 9×9×16 runs three times as fast with q
// = 4.
#include "backend/jit/ArrangeContractions.h"

#include "backend/jit/HostTarget.h"
#include "backend/jit/KernelSpec.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace firn::jit {

namespace {

/// An operand that fewer rows use is read as it lies.
constexpr int64_t kMinRows = 8;
/// A wider convolution must promise this much.
constexpr double kMinGain = 1.3;

int64_t lanesOf(Type element) {
  return HostTarget::get().vectorBits / element.getIntOrFloatBitWidth();
}

bool isConstant(Value value) {
  while (isa_and_nonnull<tensor::ExpandShapeOp, tensor::CollapseShapeOp>(
      value.getDefiningOp()))
    value = value.getDefiningOp()->getOperand(0);
  return matchPattern(value, m_Constant());
}

//===----------------------------------------------------------------------===//
// Operands along the sum
//===----------------------------------------------------------------------===//

/// The dimension of `map`, a list of distinct loops, that is `loop`.
std::optional<unsigned> dimOf(AffineMap map, unsigned loop) {
  if (!map.isProjectedPermutation())
    return std::nullopt;
  return map.getResultPosition(getAffineDimExpr(loop, map.getContext()));
}

void transposeOperands(linalg::GenericOp op) {
  if (!isNestOp(op) || !isMultiplyAdd(op))
    return;
  AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (!result.isProjectedPermutation() || result.getNumResults() == 0)
    return;
  unsigned lane = cast<AffineDimExpr>(result.getResults().back()).getPosition();
  SmallVector<int64_t> extents = op.getStaticLoopRanges();
  if (extents[lane] < lanesOf(getElementTypeOrSelf(op->getResult(0))))
    return;
  for (OpOperand *operand : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(operand);
    std::optional<unsigned> dim = dimOf(map, lane);
    if (!dim || *dim + 1 == map.getNumResults() || isConstant(operand->get()))
      continue;
    int64_t rows = 1;
    for (unsigned loop = 0; loop < extents.size(); ++loop)
      if (op.getIteratorTypesArray()[loop] == utils::IteratorType::parallel &&
          !dimOf(map, loop))
        rows *= extents[loop];
    if (rows < kMinRows)
      continue;
    auto type = cast<RankedTensorType>(operand->get().getType());
    SmallVector<int64_t> order, shape;
    SmallVector<AffineExpr> exprs;
    for (int64_t i = 0; i < type.getRank(); ++i)
      if (i != int64_t(*dim))
        order.push_back(i);
    order.push_back(*dim);
    for (int64_t i : order) {
      shape.push_back(type.getDimSize(i));
      exprs.push_back(map.getResult(i));
    }
    OpBuilder b(op);
    Value empty =
        tensor::EmptyOp::create(b, op.getLoc(), shape, type.getElementType());
    auto transpose = linalg::TransposeOp::create(b, op.getLoc(), operand->get(),
                                                 empty, order);
    operand->set(transpose->getResult(0));
    SmallVector<AffineMap> maps = op.getIndexingMapsArray();
    maps[operand->getOperandNumber()] =
        AffineMap::get(map.getNumDims(), 0, exprs, op.getContext());
    op.setIndexingMapsAttr(b.getAffineMapArrayAttr(maps));
  }
}

//===----------------------------------------------------------------------===//
// Few filters
//===----------------------------------------------------------------------===//

/// The values of a constant of f32; nothing for other values.
std::optional<SmallVector<float>> floatsOf(Value value) {
  Attribute attribute;
  if (!matchPattern(value, m_Constant(&attribute)))
    return std::nullopt;
  if (auto dense = dyn_cast<DenseFPElementsAttr>(attribute))
    return llvm::to_vector(dense.getValues<float>());
  auto resource = dyn_cast<DenseResourceElementsAttr>(attribute);
  AsmResourceBlob *blob =
      resource && resource.getType().getElementType().isF32()
          ? resource.getRawHandle().getBlob()
          : nullptr;
  if (!blob)
    return std::nullopt;
  // Of any alignment.
  SmallVector<float> values(blob->getData().size() / sizeof(float));
  if (!values.empty())
    std::memcpy(values.data(), blob->getData().data(),
                values.size() * sizeof(float));
  return values;
}

/// The share of the lanes' work that is useful with `pixels` side by side.
double efficiency(int64_t pixels, int64_t filters, int64_t kernelWidth,
                  int64_t lanes) {
  int64_t used = pixels * filters;
  return double(used) / double(llvm::alignTo(used, lanes)) *
         double(kernelWidth) / double(kernelWidth + pixels - 1);
}

/// How many pixels to compute side by side; 1 if that is best.
int64_t choosePixels(int64_t width, int64_t filters, int64_t kernelWidth,
                     int64_t lanes) {
  int64_t best = 1;
  double most = efficiency(1, filters, kernelWidth, lanes) * kMinGain;
  for (int64_t pixels = 2; pixels <= 2 * lanes; ++pixels) {
    double now = efficiency(pixels, filters, kernelWidth, lanes);
    if (width % pixels != 0 || now <= most)
      continue;
    most = now;
    best = pixels;
  }
  return best;
}

void widen(linalg::Conv2DNhwcHwcfOp conv) {
  auto filterType = cast<RankedTensorType>(conv.getInputs()[1].getType());
  auto type = cast<RankedTensorType>(conv->getResult(0).getType());
  auto fill = conv.getOutputs()[0].getDefiningOp<linalg::FillOp>();
  if (!isNestOp(conv) || !type.getElementType().isF32() ||
      !filterType.getElementType().isF32() || !fill)
    return;
  auto strides = llvm::to_vector(conv.getStrides().getValues<int64_t>());
  auto dilations = llvm::to_vector(conv.getDilations().getValues<int64_t>());
  int64_t height = filterType.getDimSize(0), width = filterType.getDimSize(1),
          channels = filterType.getDimSize(2),
          filters = filterType.getDimSize(3);
  if (strides[1] != 1 || dilations[1] != 1)
    return;
  int64_t pixels = choosePixels(type.getDimSize(2), filters, width,
                                lanesOf(type.getElementType()));
  if (pixels == 1)
    return;
  std::optional<SmallVector<float>> given = floatsOf(conv.getInputs()[1]);
  if (!given)
    return;
  int64_t wide = width + pixels - 1;
  auto wideType = RankedTensorType::get(
      {height, wide, channels, pixels * filters}, type.getElementType());
  SmallVector<float> values(wideType.getNumElements(), 0);
  for (int64_t i = 0; i < height; ++i)
    for (int64_t j = 0; j < width; ++j)
      for (int64_t c = 0; c < channels; ++c)
        for (int64_t p = 0; p < pixels; ++p)
          for (int64_t k = 0; k < filters; ++k)
            values[(((i * wide + j + p) * channels + c) * pixels + p) *
                       filters +
                   k] =
                (*given)[((i * width + j) * channels + c) * filters + k];

  OpBuilder b(conv);
  Location loc = conv.getLoc();
  ArrayRef<int64_t> shape = type.getShape();
  auto sideBySide = RankedTensorType::get(
      {shape[0], shape[1], shape[2] / pixels, pixels * filters},
      type.getElementType());
  Value filter = arith::ConstantOp::create(
      b, loc, DenseElementsAttr::get(wideType, ArrayRef<float>(values)));
  Value empty = tensor::EmptyOp::create(b, loc, sideBySide.getShape(),
                                        type.getElementType());
  Value init =
      linalg::FillOp::create(b, loc, fill.getInputs()[0], empty).getResult(0);
  auto vector = RankedTensorType::get({2}, b.getI64Type());
  auto result = linalg::Conv2DNhwcHwcfOp::create(
      b, loc, TypeRange{sideBySide}, ValueRange{conv.getInputs()[0], filter},
      ValueRange{init},
      DenseIntElementsAttr::get(vector, ArrayRef<int64_t>{strides[0], pixels}),
      conv.getDilations());
  SmallVector<int64_t> split{shape[0], shape[1], shape[2] / pixels, pixels,
                             filters};
  Value apart = tensor::ExpandShapeOp::create(
      b, loc, RankedTensorType::get(split, type.getElementType()),
      result->getResult(0),
      SmallVector<ReassociationIndices>{{0}, {1}, {2}, {3, 4}});
  Value joined = tensor::CollapseShapeOp::create(
      b, loc, type, apart,
      SmallVector<ReassociationIndices>{{0}, {1}, {2, 3}, {4}});
  conv->getResult(0).replaceAllUsesWith(joined);
  conv.erase();
}

} // namespace

void arrangeContractions(func::FuncOp main) {
  SmallVector<linalg::LinalgOp> ops;
  main.walk([&](linalg::LinalgOp op) { ops.push_back(op); });
  for (linalg::LinalgOp op : ops)
    if (auto generic = dyn_cast<linalg::GenericOp>(*op))
      transposeOperands(generic);
    else if (auto conv = dyn_cast<linalg::Conv2DNhwcHwcfOp>(*op))
      widen(conv);
}

} // namespace firn::jit
