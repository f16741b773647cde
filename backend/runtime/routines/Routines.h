// The families of routines. A new family declares its function here, adds its
// file to CMakeLists.txt, and is called in Routines.cpp.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_ROUTINES_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_ROUTINES_H

#include "backend/runtime/Routine.h"

namespace firn::runtime {

/// RGBToHSV, HSVToRGB, AdjustHue, AdjustSaturation, AdjustContrastv2.
void addColourRoutines(RoutineTable &table);

/// MatrixDiag, MatrixDiagPart, MatrixSetDiag and their versions, Diag, DiagPart.
void addDiagonalRoutines(RoutineTable &table);

/// Gather, GatherV2, GatherNd, ScatterNd, TensorScatterUpdate and its kin.
void addGatherRoutines(RoutineTable &table);

/// Cross entropies, FakeQuantWithMinMax.
void addLossRoutines(RoutineTable &table);

/// Transposes, reversals, tiling, paddings, concatenations.
void addRearrangeRoutines(RoutineTable &table);

/// ResizeBicubic, ResizeArea, CropAndResize.
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

/// Dilation2D, ExtractImagePatches, MaxPoolWithArgmax.
void addWindowRoutines(RoutineTable &table);

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_ROUTINES_H
