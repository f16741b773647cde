//===- TFGSpaceOps.cpp - blocks of an image moved to batch or channels ----===//

#include "ir/TFGSpaceOps.h"

using namespace mlir;
using namespace firn::tfg;

static bool isDynamic(int64_t size) { return ShapedType::isDynamic(size); }

static LogicalResult checkBlockSize(Operation *op, int64_t size,
                                    int64_t smallest) {
  if (size < smallest || size > INT32_MAX)
    return op->emitOpError("expects block sizes from ")
           << smallest << " to " << INT32_MAX << ", but got " << size;
  return success();
}

//===----------------------------------------------------------------------===//
// SpaceToBatch, BatchToSpace and their ND forms
//===----------------------------------------------------------------------===//

/// The block sizes; nullopt if they are an operand that is not known.
static std::optional<SmallVector<int64_t>>
getBlockShape(Operation *op, const ShapeInference &context) {
  if (auto size = op->getAttrOfType<IntegerAttr>("block_size"))
    return SmallVector<int64_t>(2, size.getInt());
  return context.constantInts(op->getOperand(1));
}

/// Paddings or crops, flat; nullopt if they are not known.
static std::optional<SmallVector<int64_t>>
getBorders(Operation *op, const ShapeInference &context) {
  return context.constantInts(
      op->getOperand(op->hasAttr("block_size") ? 1 : 2));
}

FailureOr<std::optional<BatchBlocks>>
firn::tfg::getBatchBlocks(Operation *op, const ShapeInference &context) {
  std::optional<SmallVector<int64_t>> sizes = getBlockShape(op, context);
  std::optional<SmallVector<int64_t>> borders = getBorders(op, context);
  if (!sizes || !borders)
    return std::optional<BatchBlocks>();
  if (borders->size() != 2 * sizes->size())
    return op->emitOpError("expects two paddings or crops per block size, "
                           "but got ")
           << borders->size() << " for " << sizes->size();
  BatchBlocks blocks;
  for (auto [i, block] : llvm::enumerate(*sizes)) {
    BatchBlocks::Dim dim{block, (*borders)[2 * i], (*borders)[2 * i + 1]};
    if (failed(checkBlockSize(op, block, 1)))
      return failure();
    for (int64_t border : {dim.before, dim.after})
      if (border < 0 || border > INT32_MAX)
        return op->emitOpError("expects paddings and crops from 0 to ")
               << INT32_MAX << ", but got " << border;
    std::optional<int64_t> size = checkedProduct(blocks.size, block);
    if (!size)
      return op->emitOpError("expects fewer elements in a block");
    blocks.size = *size;
    blocks.dims.push_back(dim);
  }
  return std::optional(blocks);
}

/// A dimension that is padded and cut into blocks.
static FailureOr<int64_t> divideByBlock(Operation *op, int64_t size,
                                        BatchBlocks::Dim dim) {
  int64_t padded = size + dim.before + dim.after;
  if (padded % dim.block != 0)
    return op->emitOpError("expects a padded size that is a multiple of the "
                           "block size ")
           << dim.block << ", but it is " << padded;
  return padded / dim.block;
}

/// A dimension that is made of blocks and cropped.
static FailureOr<int64_t> multiplyByBlock(Operation *op, int64_t size,
                                          BatchBlocks::Dim dim) {
  std::optional<int64_t> whole = checkedProduct(size, dim.block);
  if (!whole || *whole < dim.before + dim.after)
    return op->emitOpError("expects crops within the image, but they are ")
           << dim.before << " and " << dim.after << " of " << size << " blocks";
  return *whole - dim.before - dim.after;
}

static FailureOr<SmallVector<int64_t>>
inferBlockShape(Operation *op, ArrayRef<int64_t> input,
                const BatchBlocks &blocks, bool toBatch) {
  if (input.size() <= blocks.dims.size())
    return op->emitOpError("expects an input of at least ")
           << blocks.dims.size() + 1 << " dimensions, but got "
           << op->getOperand(0).getType();
  SmallVector<int64_t> shape(input);
  if (!isDynamic(shape[0])) {
    if (toBatch) {
      std::optional<int64_t> batch = checkedProduct(shape[0], blocks.size);
      if (!batch)
        return op->emitOpError("expects a smaller batch");
      shape[0] = *batch;
    } else if (shape[0] % blocks.size != 0) {
      return op->emitOpError(
                 "expects a batch that is a multiple of the block's "
                 "size ")
             << blocks.size << ", but it is " << shape[0];
    } else {
      shape[0] /= blocks.size;
    }
  }
  for (auto [i, dim] : llvm::enumerate(blocks.dims)) {
    int64_t &size = shape[i + 1];
    if (isDynamic(size))
      continue;
    if (size > INT64_MAX / 4)
      return op->emitOpError("expects an image of a possible size");
    FailureOr<int64_t> result =
        toBatch ? divideByBlock(op, size, dim) : multiplyByBlock(op, size, dim);
    if (failed(result))
      return failure();
    size = *result;
  }
  return shape;
}

static LogicalResult inferBatchSpace(Operation *op,
                                     const ShapeInference &context,
                                     SmallVectorImpl<Type> &results) {
  Type elementType = getElementType(op->getResult(0));
  std::optional<ArrayRef<int64_t>> input = shapeOf(op->getOperand(0));
  FailureOr<std::optional<BatchBlocks>> blocks = getBatchBlocks(op, context);
  if (failed(blocks))
    return failure();
  if (!input) {
    results.push_back(UnrankedTensorType::get(elementType));
    return success();
  }
  if (!*blocks) {
    SmallVector<int64_t> shape(input->size(), ShapedType::kDynamic);
    results.push_back(RankedTensorType::get(shape, elementType));
    return success();
  }
  bool toBatch = isa<SpaceToBatchOp, SpaceToBatchNDOp>(op);
  FailureOr<SmallVector<int64_t>> shape =
      inferBlockShape(op, *input, **blocks, toBatch);
  if (failed(shape))
    return failure();
  results.push_back(RankedTensorType::get(*shape, elementType));
  return success();
}

LogicalResult SpaceToBatchNDOp::inferShapes(const ShapeInference &context,
                                            SmallVectorImpl<Type> &results) {
  return inferBatchSpace(*this, context, results);
}
LogicalResult BatchToSpaceNDOp::inferShapes(const ShapeInference &context,
                                            SmallVectorImpl<Type> &results) {
  return inferBatchSpace(*this, context, results);
}

/// SpaceToBatch and BatchToSpace.
template <typename OpT> static LogicalResult verifySquareBlocks(OpT op) {
  if (auto shape = shapeOf(op.getInput()); shape && shape->size() != 4)
    return op.emitOpError("expects an image of rank 4, but got ")
           << op.getInput().getType();
  return checkBlockSize(op, op.getBlockSize(), 2);
}

LogicalResult SpaceToBatchOp::verify() { return verifySquareBlocks(*this); }
LogicalResult SpaceToBatchOp::inferShapes(const ShapeInference &context,
                                          SmallVectorImpl<Type> &results) {
  return inferBatchSpace(*this, context, results);
}

LogicalResult BatchToSpaceOp::verify() { return verifySquareBlocks(*this); }
LogicalResult BatchToSpaceOp::inferShapes(const ShapeInference &context,
                                          SmallVectorImpl<Type> &results) {
  return inferBatchSpace(*this, context, results);
}

//===----------------------------------------------------------------------===//
// DepthToSpace, SpaceToDepth
//===----------------------------------------------------------------------===//

template <typename OpT> static LogicalResult verifyDepthSpace(OpT op) {
  std::optional<ImageLayout> layout = parseDataFormat(op.getDataFormat());
  if (!layout || layout->numSpatial != 2)
    return op.emitOpError("expects data_format NHWC or NCHW, but got \"")
           << op.getDataFormat() << '"';
  if (auto shape = shapeOf(op.getInput()); shape && shape->size() != 4)
    return op.emitOpError("expects an image of rank 4, but got ")
           << op.getInput().getType();
  return checkBlockSize(op, op.getBlockSize(), 2);
}

/// `size` divided or multiplied by `factor`; dynamic stays dynamic.
static FailureOr<int64_t> scaleSize(Operation *op, int64_t size, int64_t factor,
                                    bool divide) {
  if (isDynamic(size))
    return size;
  if (divide && size % factor != 0)
    return op->emitOpError("expects a size that is a multiple of ")
           << factor << ", but it is " << size;
  if (divide)
    return size / factor;
  if (std::optional<int64_t> product = checkedProduct(size, factor))
    return *product;
  return op->emitOpError("expects an image of a possible size");
}

template <typename OpT>
static LogicalResult inferDepthSpace(OpT op, bool toDepth,
                                     SmallVectorImpl<Type> &results) {
  ImageLayout layout = *parseDataFormat(op.getDataFormat());
  SmallVector<int64_t> shape(4, ShapedType::kDynamic);
  if (auto known = shapeOf(op.getInput()))
    shape.assign(known->begin(), known->end());
  int64_t block = op.getBlockSize();
  FailureOr<int64_t> channels =
      scaleSize(op, shape[layout.channelDim()], block * block, !toDepth);
  FailureOr<int64_t> height =
      scaleSize(op, shape[layout.spatialDim(0)], block, toDepth);
  FailureOr<int64_t> width =
      scaleSize(op, shape[layout.spatialDim(1)], block, toDepth);
  if (failed(channels) || failed(height) || failed(width))
    return failure();
  results.push_back(RankedTensorType::get(
      layout.makeShape(shape[0], {*height, *width}, *channels),
      getElementType(op.getOutput())));
  return success();
}

LogicalResult DepthToSpaceOp::verify() { return verifyDepthSpace(*this); }
LogicalResult DepthToSpaceOp::inferShapes(const ShapeInference &,
                                          SmallVectorImpl<Type> &results) {
  return inferDepthSpace(*this, /*toDepth=*/false, results);
}

LogicalResult SpaceToDepthOp::verify() { return verifyDepthSpace(*this); }
LogicalResult SpaceToDepthOp::inferShapes(const ShapeInference &,
                                          SmallVectorImpl<Type> &results) {
  return inferDepthSpace(*this, /*toDepth=*/true, results);
}

#define GET_OP_CLASSES
#include "ir/TFGSpaceOps.cpp.inc"
