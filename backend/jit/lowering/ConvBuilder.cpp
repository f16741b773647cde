//===- ConvBuilder.cpp - convolutions as linalg's named ops ---------------===//

#include "backend/jit/lowering/ConvBuilder.h"

using namespace mlir;

namespace firn {

DenseIntElementsAttr makeSizes(OpBuilder &builder,
                               ArrayRef<tfg::WindowDim> dims,
                               int64_t tfg::WindowDim::*member) {
  SmallVector<int64_t> values;
  for (const tfg::WindowDim &dim : dims)
    values.push_back(dim.*member);
  return builder.getI64TensorAttr(values);
}

Value makeAccumulator(OpBuilder &builder, Location loc, Value padded,
                      ArrayRef<tfg::WindowDim> dims, int64_t channels) {
  Type elementType = getAccumulatorType(
      cast<RankedTensorType>(padded.getType()).getElementType());
  return makeFilled(builder, loc,
                    getWindowedSizes(builder, loc, padded, dims, channels),
                    makeScalar(builder, loc, elementType, 0));
}

Value buildDenseConv(OpBuilder &builder, Location loc, Value padded,
                     Value filter, ArrayRef<tfg::WindowDim> dims) {
  int64_t filters = cast<RankedTensorType>(filter.getType()).getShape().back();
  Value accumulator = makeAccumulator(builder, loc, padded, dims, filters);
  if (dims.size() == 3)
    return createConv<linalg::Conv3DNdhwcDhwcfOp>(builder, loc, padded, filter,
                                                  accumulator, dims);
  return createConv<linalg::Conv2DNhwcHwcfOp>(builder, loc, padded, filter,
                                              accumulator, dims);
}

} // namespace firn
