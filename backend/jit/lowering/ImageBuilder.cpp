//===- ImageBuilder.cpp - what lowerings of image ops share ---------------===//

#include "backend/jit/lowering/ImageBuilder.h"
#include "ir/TFGConstants.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace firn {

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

ElementsAttr getConstant(Value value) {
  Attribute attr;
  if (!matchPattern(value, m_Constant(&attr)))
    return {};
  return dyn_cast_or_null<ElementsAttr>(attr);
}

tfg::ShapeInference knownOperands(Operation *op, ValueRange lowered) {
  SmallVector<Value> operands(lowered);
  return tfg::ShapeInference([op, operands](Value value) -> ElementsAttr {
    for (auto [original, lowered] : llvm::zip(op->getOperands(), operands))
      if (original == value)
        return getConstant(lowered);
    return {};
  });
}

/// The same values in another shape.
static ElementsAttr reshapeConstant(ElementsAttr attr, RankedTensorType type) {
  if (auto dense = dyn_cast<DenseElementsAttr>(attr))
    return dense.reshape(type);
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(attr))
    return DenseResourceElementsAttr::get(type, resource.getRawHandle());
  return {};
}

/// The values of a constant in the order of its permuted dimensions; null if
/// they cannot be read.
static ElementsAttr transposeConstant(ElementsAttr attr,
                                      ArrayRef<int64_t> permutation,
                                      RankedTensorType type) {
  auto source = cast<RankedTensorType>(attr.getType());
  if (auto dense = dyn_cast<DenseElementsAttr>(attr); dense && dense.isSplat())
    return reshapeConstant(attr, type);
  SmallVector<char> scratch;
  std::optional<ArrayRef<char>> data = tfg::getRawData(attr, scratch);
  std::optional<unsigned> size =
      tfg::getElementByteSize(source.getElementType());
  if (!data || !size || data->size() != size_t(*size * source.getNumElements()))
    return {};

  // Steps through the source, in the order of the result's dimensions.
  unsigned rank = source.getRank();
  SmallVector<int64_t> strides(rank), steps(rank), index(rank, 0);
  int64_t stride = 1;
  for (int64_t dim = rank - 1; dim >= 0; --dim) {
    strides[dim] = stride;
    stride *= source.getDimSize(dim);
  }
  for (unsigned dim = 0; dim < rank; ++dim)
    steps[dim] = strides[permutation[dim]];
  std::vector<char> result(data->size());
  int64_t offset = 0;
  for (size_t at = 0; at < result.size(); at += *size) {
    std::copy_n(data->data() + offset * *size, *size, result.data() + at);
    for (int64_t dim = rank - 1; dim >= 0; --dim) {
      offset += steps[dim];
      if (++index[dim] < type.getDimSize(dim))
        break;
      offset -= steps[dim] * index[dim];
      index[dim] = 0;
    }
  }
  return tfg::makeConstant(type, result);
}

//===----------------------------------------------------------------------===//
// Elements and dimensions
//===----------------------------------------------------------------------===//

Type getAccumulatorType(Type elementType) {
  if (isa<Float16Type, BFloat16Type>(elementType))
    return Float32Type::get(elementType.getContext());
  return elementType;
}

Value convertElements(OpBuilder &builder, Location loc, Value tensor,
                      Type elementType) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (type.getElementType() == elementType)
    return tensor;
  bool narrows =
      elementType.getIntOrFloatBitWidth() < type.getElementTypeBitWidth();
  Value empty =
      makeEmpty(builder, loc, getDims(builder, loc, tensor), elementType);
  SmallVector<AffineMap> maps(2,
                              builder.getMultiDimIdentityMap(type.getRank()));
  SmallVector<utils::IteratorType> iterators(type.getRank(),
                                             utils::IteratorType::parallel);
  auto body = [&](OpBuilder &body, Location loc, ValueRange arguments) {
    Value result =
        narrows ? arith::TruncFOp::create(body, loc, elementType, arguments[0])
                      .getResult()
                : arith::ExtFOp::create(body, loc, elementType, arguments[0])
                      .getResult();
    linalg::YieldOp::create(body, loc, result);
  };
  return linalg::GenericOp::create(builder, loc, empty.getType(), tensor, empty,
                                   maps, iterators, body)
      .getResult(0);
}

Value transposeTensor(OpBuilder &builder, Location loc, Value tensor,
                      ArrayRef<int64_t> permutation) {
  if (llvm::is_sorted(permutation))
    return tensor;
  auto type = cast<RankedTensorType>(tensor.getType());
  SmallVector<int64_t> shape;
  SmallVector<OpFoldResult> sizes;
  for (int64_t dim : permutation) {
    shape.push_back(type.getDimSize(dim));
    sizes.push_back(getDim(builder, loc, tensor, dim));
  }
  if (ElementsAttr attr = getConstant(tensor))
    if (ElementsAttr transposed =
            transposeConstant(attr, permutation, type.clone(shape)))
      return arith::ConstantOp::create(builder, loc, transposed);
  Value empty = makeEmpty(builder, loc, sizes, type.getElementType());
  return linalg::TransposeOp::create(builder, loc, tensor, empty, permutation)
      ->getResult(0);
}

Value collapseDims(OpBuilder &builder, Location loc, Value tensor,
                   ArrayRef<ReassociationIndices> groups) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (int64_t(groups.size()) == type.getRank())
    return tensor;
  auto collapsed = tensor::CollapseShapeOp::inferCollapsedType(type, groups);
  if (ElementsAttr attr = getConstant(tensor))
    if (ElementsAttr reshaped = reshapeConstant(attr, collapsed))
      return arith::ConstantOp::create(builder, loc, reshaped);
  return tensor::CollapseShapeOp::create(builder, loc, tensor, groups);
}

Value expandDims(OpBuilder &builder, Location loc, Value tensor,
                 ArrayRef<int64_t> shape,
                 ArrayRef<ReassociationIndices> groups) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (int64_t(shape.size()) == type.getRank())
    return tensor;
  if (ElementsAttr attr = getConstant(tensor))
    if (ElementsAttr reshaped = reshapeConstant(attr, type.clone(shape)))
      return arith::ConstantOp::create(builder, loc, reshaped);
  return tensor::ExpandShapeOp::create(builder, loc, type.clone(shape), tensor,
                                       groups);
}

//===----------------------------------------------------------------------===//
// Images
//===----------------------------------------------------------------------===//

Value toChannelsLast(OpBuilder &builder, Location loc, Value image,
                     tfg::ImageLayout layout) {
  if (!layout.channelsFirst)
    return image;
  SmallVector<int64_t> permutation{0};
  for (unsigned i = 0; i < layout.numSpatial; ++i)
    permutation.push_back(i + 2);
  permutation.push_back(1);
  return transposeTensor(builder, loc, image, permutation);
}

Value fromChannelsLast(OpBuilder &builder, Location loc, Value image,
                       tfg::ImageLayout layout) {
  if (!layout.channelsFirst)
    return image;
  SmallVector<int64_t> permutation{0, layout.numSpatial + 1};
  for (unsigned i = 0; i < layout.numSpatial; ++i)
    permutation.push_back(i + 1);
  return transposeTensor(builder, loc, image, permutation);
}

Value padTensor(OpBuilder &builder, Location loc, Value tensor,
                ArrayRef<std::pair<int64_t, int64_t>> amounts, Value scalar) {
  SmallVector<OpFoldResult> offsets, sizes, before, after;
  SmallVector<OpFoldResult> strides(amounts.size(), builder.getIndexAttr(1));
  bool cuts = false, pads = false;
  auto type = cast<RankedTensorType>(tensor.getType());
  for (auto [dim, amount] : llvm::enumerate(amounts)) {
    auto [low, high] = amount;
    before.push_back(builder.getIndexAttr(std::max<int64_t>(low, 0)));
    after.push_back(builder.getIndexAttr(std::max<int64_t>(high, 0)));
    pads |= low > 0 || high > 0;
    int64_t cut = std::max<int64_t>(-low, 0) + std::max<int64_t>(-high, 0);
    offsets.push_back(builder.getIndexAttr(std::max<int64_t>(-low, 0)));
    sizes.push_back(cut ? builder.getIndexAttr(type.getDimSize(dim) - cut)
                        : getDim(builder, loc, tensor, dim));
    assert((!cut || !type.isDynamicDim(dim)) && "cuts a static size");
    cuts |= cut != 0;
  }
  if (cuts)
    tensor = tensor::ExtractSliceOp::create(builder, loc, tensor, offsets,
                                            sizes, strides);
  if (!pads)
    return tensor;
  return tensor::PadOp::create(builder, loc, Type(), tensor, before, after,
                               scalar);
}

Value padForWindow(OpBuilder &builder, Location loc, Value image,
                   ArrayRef<tfg::WindowDim> dims, Value scalar) {
  SmallVector<std::pair<int64_t, int64_t>> amounts{{0, 0}};
  for (const tfg::WindowDim &dim : dims)
    amounts.push_back({dim.padBefore, dim.padAfter});
  amounts.push_back({0, 0});
  return padTensor(builder, loc, image, amounts, scalar);
}

SmallVector<OpFoldResult> getWindowedSizes(OpBuilder &builder, Location loc,
                                           Value padded,
                                           ArrayRef<tfg::WindowDim> dims,
                                           int64_t channels) {
  SmallVector<OpFoldResult> sizes{getDim(builder, loc, padded, 0)};
  for (auto [i, dim] : llvm::enumerate(dims)) {
    if (!ShapedType::isDynamic(dim.output)) {
      sizes.push_back(builder.getIndexAttr(dim.output));
      continue;
    }
    // max(size - extent + stride, 0) / stride
    auto constant = [&](int64_t value) {
      return arith::ConstantIndexOp::create(builder, loc, value);
    };
    Value size = tensor::DimOp::create(builder, loc, padded, i + 1);
    Value room = arith::AddIOp::create(builder, loc, size,
                                       constant(dim.stride - dim.extent()));
    room = arith::MaxSIOp::create(builder, loc, room, constant(0));
    sizes.push_back(
        arith::DivSIOp::create(builder, loc, room, constant(dim.stride))
            .getResult());
  }
  sizes.push_back(builder.getIndexAttr(channels));
  return sizes;
}

LogicalResult checkPaddingKnown(Operation *op, ArrayRef<tfg::WindowDim> dims) {
  for (const tfg::WindowDim &dim : dims)
    if (ShapedType::isDynamic(dim.window) ||
        ShapedType::isDynamic(dim.padBefore))
      return op->emitError("expects an image and a window of known size");
  return success();
}

} // namespace firn
