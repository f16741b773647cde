// The families of routines. A new family declares its function in Families.h,
// adds its file to CMakeLists.txt, and is called in Routines.cpp.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_ROUTINES_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_ROUTINES_H

#include "backend/runtime/Routine.h"

namespace firn::runtime {

/// RGBToHSV, HSVToRGB, AdjustHue, AdjustSaturation, AdjustContrastv2.
void addColourRoutines(RoutineTable &table);

/// MatrixDiag, MatrixDiagPart, MatrixSetDiag and their versions, Diag,
/// DiagPart.
void addDiagonalRoutines(RoutineTable &table);

/// Gather, GatherV2, GatherNd, ScatterNd, TensorScatterUpdate and its kin.
void addGatherRoutines(RoutineTable &table);

/// Cross entropies, FakeQuantWithMinMax.
void addLossRoutines(RoutineTable &table);

/// Transposes, reversals, tiling, paddings, concatenations.
void addRearrangeRoutines(RoutineTable &table);

/// ResizeBicubic, ResizeArea, CropAndResize, QuantizedResizeBilinear.
void addResizeRoutines(RoutineTable &table);

/// Range, LinSpace, OneHot, Cumsum, Cumprod.
void addSequenceRoutines(RoutineTable &table);

/// Shapes, reshapes, tensors of one value, Bitcast.
void addShapeRoutines(RoutineTable &table);

/// Slice, StridedSlice, Split, SplitV, Unpack.
void addSliceRoutines(RoutineTable &table);

/// TopK, TopKV2, NthElement.
void addSortingRoutines(RoutineTable &table);
/// StringLower, StringUpper, StringStrip, StringLength, Substr; Equal and
/// NotEqual of strings.
void addStringRoutines(RoutineTable &table);
/// DecodeRaw, DecodePaddedRaw, EncodeBase64, DecodeBase64.
void addStringBytesRoutines(RoutineTable &table);
/// AsString, StringToNumber, StringFormat.
void addStringFormatRoutines(RoutineTable &table);
/// StringToHashBucket, StringToHashBucketFast, StringToHashBucketStrong.
void addStringHashRoutines(RoutineTable &table);
/// StringJoin, ReduceJoin, UnsortedSegmentJoin.
void addStringJoinRoutines(RoutineTable &table);
/// StringSplit, StringSplitV2, StringNGrams.
void addStringSplitRoutines(RoutineTable &table);
/// DecodeCSV.
void addCsvRoutines(RoutineTable &table);
/// CTCGreedyDecoder, CTCBeamSearchDecoder.
void addCtcRoutines(RoutineTable &table);
/// DecodeJpeg, DecodePng, DecodeBmp, DecodeImage, EncodeJpeg, EncodePng.
void addImageRoutines(RoutineTable &table);
/// ParseExample, ParseExampleV2, ParseSingleExample.
void addExampleRoutines(RoutineTable &table);
/// QuantizeV2, Dequantize, Requantize, RequantizationRange,
/// QuantizeDownAndShrinkRange.
void addQuantizeRoutines(RoutineTable &table);
/// QuantizedMatMul, QuantizedConv2D, QuantizedMaxPool, QuantizedAvgPool,
/// QuantizedRelu, QuantizedRelu6, QuantizedMul, QuantizedAdd, QuantizedBiasAdd,
/// QuantizedReshape.
void addQuantizedMathRoutines(RoutineTable &table);
/// RegexFullMatch, RegexReplace and their static forms.
void addRegexRoutines(RoutineTable &table);
/// _TableFind: a lookup in a table of constants.
void addTableRoutines(RoutineTable &table);
/// UnicodeTranscode, UnicodeDecode, UnicodeDecodeWithOffsets, UnicodeEncode.
void addUnicodeRoutines(RoutineTable &table);
/// Unique, UniqueV2 and those WithCounts, ListDiff, Where.
void addSetRoutines(RoutineTable &table);
/// InTopK, bounds, bincounts, histograms, CumulativeLogsumexp.
void addCountingRoutines(RoutineTable &table);
/// Factors, inverses, determinants, linear systems.
void addMatrixRoutines(RoutineTable &table);
/// Svd, Qr, eigenvectors, least squares.
void addDecompositionRoutines(RoutineTable &table);
/// TridiagonalSolve, TridiagonalMatMul.
void addTridiagonalRoutines(RoutineTable &table);
/// Non-maximum suppression.
void addDetectionRoutines(RoutineTable &table);
/// Segments of rows.
void addSegmentRoutines(RoutineTable &table);
/// DynamicPartition, DynamicStitch.
void addPartitionRoutines(RoutineTable &table);
/// Gamma, error and Bessel functions, NextAfter, PopulationCount.
void addSpecialRoutines(RoutineTable &table);
/// Fourier transforms.
void addSpectralRoutines(RoutineTable &table);
/// AudioSpectrogram, Mfcc.
void addAudioRoutines(RoutineTable &table);
/// Random numbers.
void addRandomRoutines(RoutineTable &table);
/// Sparse tensors: how they are stored, and arithmetic.
void addSparseRoutines(RoutineTable &table);
void addSparseMathRoutines(RoutineTable &table);
/// Sets in rows: DenseToDenseSetOperation and so on.
void addSetOperationRoutines(RoutineTable &table);
/// Ragged tensors.
void addRaggedRoutines(RoutineTable &table);

/// Dilation2D, ExtractImagePatches, MaxPoolWithArgmax.
void addWindowRoutines(RoutineTable &table);

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_ROUTINES_H
