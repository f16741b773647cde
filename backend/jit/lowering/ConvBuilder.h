//===- ConvBuilder.h - convolutions as linalg's named ops -----------------===//

#ifndef FIRN_BACKEND_JIT_LOWERING_CONVBUILDER_H
#define FIRN_BACKEND_JIT_LOWERING_CONVBUILDER_H

#include "backend/jit/lowering/ImageBuilder.h"

namespace firn {

/// Strides or dilations of all spatial dimensions, as linalg's named ops take
/// them.
mlir::DenseIntElementsAttr makeSizes(mlir::OpBuilder &builder,
                                     llvm::ArrayRef<tfg::WindowDim> dims,
                                     int64_t tfg::WindowDim::*member);

/// A zero-filled sum for each place of a window over `padded` and each of
/// `channels`; in f32 for f16 and bf16.
mlir::Value makeAccumulator(mlir::OpBuilder &builder, mlir::Location loc,
                            mlir::Value padded,
                            llvm::ArrayRef<tfg::WindowDim> dims,
                            int64_t channels);

/// A named convolution of strides and dilations.
template <typename OpT>
mlir::Value createConv(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value padded, mlir::Value filter,
                       mlir::Value accumulator,
                       llvm::ArrayRef<tfg::WindowDim> dims) {
  return OpT::create(builder, loc, accumulator.getType(),
                     mlir::ValueRange{padded, filter}, accumulator,
                     makeSizes(builder, dims, &tfg::WindowDim::stride),
                     makeSizes(builder, dims, &tfg::WindowDim::dilation))
      .getResult(0);
}

/// All channels of a padded channels-last image to all channels of the result,
/// over two or three dimensions; `filter` is [window…, C, F].
mlir::Value buildDenseConv(mlir::OpBuilder &builder, mlir::Location loc,
                           mlir::Value padded, mlir::Value filter,
                           llvm::ArrayRef<tfg::WindowDim> dims);

} // namespace firn

#endif // FIRN_BACKEND_JIT_LOWERING_CONVBUILDER_H
