//===- WindowGeometry.h - what a sliding window covers --------------------===//
//
// Convolutions and poolings slide a window over the spatial dimensions of an
// image. Where it starts, how far it steps, how much padding it sees and how
// many places it takes is computed here, once, for verifiers, shape inference
// and lowering alike. All arithmetic is checked: sizes come from model files.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_WINDOWGEOMETRY_H
#define FIRN_IR_WINDOWGEOMETRY_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Operation.h"

#include <optional>

namespace firn::tfg {

/// Where batch, channels and spatial dimensions of an image tensor stand:
/// `NHWC` or `NCHW`, and with three spatial dimensions `NDHWC` or `NCDHW`.
struct ImageLayout {
  unsigned numSpatial = 2;
  bool channelsFirst = false;

  unsigned rank() const { return numSpatial + 2; }
  unsigned channelDim() const { return channelsFirst ? 1 : numSpatial + 1; }
  unsigned spatialDim(unsigned i) const { return i + (channelsFirst ? 2 : 1); }

  /// The shape of an image of this layout.
  llvm::SmallVector<int64_t> makeShape(int64_t batch,
                                       llvm::ArrayRef<int64_t> spatial,
                                       int64_t channels) const;
};

/// The layout that a `data_format` names; nullopt for any other string.
std::optional<ImageLayout> parseDataFormat(llvm::StringRef format);

/// One spatial dimension. `input`, the paddings and `output` are
/// ShapedType::kDynamic where they are not known.
struct WindowDim {
  int64_t input;
  int64_t window;
  int64_t stride;
  int64_t dilation;
  int64_t padBefore;
  int64_t padAfter;
  int64_t output;

  /// What the window spans, holes of the dilation included.
  int64_t extent() const { return (window - 1) * dilation + 1; }
  bool isStatic() const;
  bool isPadded() const { return padBefore != 0 || padAfter != 0; }
};

using WindowDims = llvm::SmallVector<WindowDim, 3>;

/// The attributes of a window, those of the spatial dimensions alone.
struct WindowAttrs {
  enum class Padding { Same, Valid, Explicit };

  ImageLayout layout;
  llvm::SmallVector<int64_t, 3> strides;
  llvm::SmallVector<int64_t, 3> dilations;
  Padding padding = Padding::Valid;
  /// Of EXPLICIT: before and after, for each spatial dimension.
  llvm::SmallVector<std::pair<int64_t, int64_t>, 3> explicitPadding;
};

/// Reads and checks `padding`, `explicit_paddings`, `data_format`, `strides`
/// and `dilations` (or `rates`) of a node with `numSpatial` spatial dimensions.
/// Strides and dilations must be 1 for the batch and (unless `overChannels`)
/// for the channels, and from 1 to INT32_MAX elsewhere; absent ones are 1.
/// Errors are reported on the op.
mlir::FailureOr<WindowAttrs> getWindowAttrs(mlir::Operation *op,
                                            unsigned numSpatial,
                                            bool overChannels = false);

/// Checks a list of sizes for all dimensions of an image (`ksize`, `strides`):
/// as many as the rank, each from 1 to INT32_MAX, and 1 for the batch and
/// (unless `overChannels`) for the channels.
mlir::LogicalResult checkWindowSizes(mlir::Operation *op, llvm::StringRef what,
                                     llvm::ArrayRef<int64_t> sizes,
                                     ImageLayout layout, bool overChannels);

/// The window's places over an image of shape `input` (all dimensions, in
/// `attrs.layout`). `window` has the sizes per spatial dimension; either may be
/// dynamic. A window that does not fit is reported on the op.
mlir::FailureOr<WindowDims> getWindowDims(mlir::Operation *op,
                                          const WindowAttrs &attrs,
                                          llvm::ArrayRef<int64_t> input,
                                          llvm::ArrayRef<int64_t> window);

/// The elements of a list(int) attribute; empty if it is absent.
llvm::SmallVector<int64_t> getInts(mlir::ArrayAttr list);

} // namespace firn::tfg

#endif // FIRN_IR_WINDOWGEOMETRY_H
