//===- TFGSpectralOps.cpp - shapes of Fourier transforms and spectra ------===//

#include "ir/TFGSpectralOps.h"
#include "ir/OpShapes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace firn::tfg;

using Types = SmallVectorImpl<Type>;
using Dims = OpShapes::Dims;
using OptionalDims = OpShapes::OptionalDims;
static constexpr int64_t kDynamic = ShapedType::kDynamic;

//===----------------------------------------------------------------------===//
// Fourier transforms
//===----------------------------------------------------------------------===//

static LogicalResult inferComplex(OpShapes shapes, Value input, int64_t rank) {
  if (failed(shapes.rankAtLeast("input", input, rank)))
    return failure();
  return shapes.output(shapes.shape(input));
}

/// The last dimensions are the lengths; of a spectrum, the last to its middle.
static LogicalResult inferReal(Operation *op, OpShapes shapes, int64_t rank,
                               bool toSpectrum) {
  Value input = op->getOperand(0), length = op->getOperand(1);
  if (failed(shapes.rankAtLeast("input", input, rank)) ||
      failed(shapes.rank("fft_length", length, 1)))
    return failure();
  OptionalDims lengths = shapes.constants(length);
  if (lengths && int64_t(lengths->size()) != rank)
    return op->emitOpError("expects ")
           << rank << " lengths, but got " << lengths->size();
  Dims last = lengths.value_or(Dims(rank, kDynamic));
  for (int64_t size : last)
    if (size < 0 && !ShapedType::isDynamic(size))
      return op->emitOpError("expects lengths from zero up, but got ") << size;
  if (toSpectrum && last.back() > 0)
    last.back() = last.back() / 2 + 1;
  return shapes.output(shapes.dims(input, 0, -rank), last);
}

LogicalResult FFTOp::inferShapes(const ShapeInference &context,
                                 Types &results) {
  return inferComplex({*this, context, results}, getInput(), 1);
}

LogicalResult IFFTOp::inferShapes(const ShapeInference &context,
                                  Types &results) {
  return inferComplex({*this, context, results}, getInput(), 1);
}

LogicalResult RFFTOp::inferShapes(const ShapeInference &context,
                                  Types &results) {
  return inferReal(*this, {*this, context, results}, 1, true);
}

LogicalResult IRFFTOp::inferShapes(const ShapeInference &context,
                                   Types &results) {
  return inferReal(*this, {*this, context, results}, 1, false);
}

LogicalResult FFT2DOp::inferShapes(const ShapeInference &context,
                                   Types &results) {
  return inferComplex({*this, context, results}, getInput(), 2);
}

LogicalResult IFFT2DOp::inferShapes(const ShapeInference &context,
                                    Types &results) {
  return inferComplex({*this, context, results}, getInput(), 2);
}

LogicalResult RFFT2DOp::inferShapes(const ShapeInference &context,
                                    Types &results) {
  return inferReal(*this, {*this, context, results}, 2, true);
}

LogicalResult IRFFT2DOp::inferShapes(const ShapeInference &context,
                                     Types &results) {
  return inferReal(*this, {*this, context, results}, 2, false);
}

LogicalResult FFT3DOp::inferShapes(const ShapeInference &context,
                                   Types &results) {
  return inferComplex({*this, context, results}, getInput(), 3);
}

LogicalResult IFFT3DOp::inferShapes(const ShapeInference &context,
                                    Types &results) {
  return inferComplex({*this, context, results}, getInput(), 3);
}

LogicalResult RFFT3DOp::inferShapes(const ShapeInference &context,
                                    Types &results) {
  return inferReal(*this, {*this, context, results}, 3, true);
}

LogicalResult IRFFT3DOp::inferShapes(const ShapeInference &context,
                                     Types &results) {
  return inferReal(*this, {*this, context, results}, 3, false);
}

//===----------------------------------------------------------------------===//
// Audio
//===----------------------------------------------------------------------===//

LogicalResult AudioSpectrogramOp::verify() {
  if (getWindowSize() < 2 || getWindowSize() > 1 << 30)
    return emitOpError("expects window_size from 2 to 2^30, but got ")
           << getWindowSize();
  if (getStride() < 1)
    return emitOpError("expects stride of 1 or more, but got ") << getStride();
  return success();
}

LogicalResult AudioSpectrogramOp::inferShapes(const ShapeInference &context,
                                              Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(shapes.rank("input", getInput(), 2)))
    return failure();
  int64_t samples = shapes.dim(getInput(), 0), frames = kDynamic;
  auto window = int64_t(getWindowSize());
  if (!ShapedType::isDynamic(samples))
    frames =
        samples < window ? 0 : 1 + (samples - window) / int64_t(getStride());
  auto bins = int64_t(llvm::PowerOf2Ceil(uint64_t(window)) / 2 + 1);
  return shapes.output(Dims{shapes.dim(getInput(), 1), frames, bins});
}

LogicalResult MfccOp::inferShapes(const ShapeInference &context,
                                  Types &results) {
  OpShapes shapes(*this, context, results);
  if (failed(shapes.rank("spectrogram", getSpectrogram(), 3)) ||
      failed(shapes.oneElement("sample_rate", getSampleRate())))
    return failure();
  auto coefficients = int64_t(getDctCoefficientCount());
  if (coefficients < 1)
    return emitOpError("expects dct_coefficient_count of 1 or more, but got ")
           << coefficients;
  return shapes.output(Dims{shapes.dim(getSpectrogram(), 0),
                            shapes.dim(getSpectrogram(), 1), coefficients});
}

#define GET_OP_CLASSES
#include "ir/TFGSpectralOps.cpp.inc"
