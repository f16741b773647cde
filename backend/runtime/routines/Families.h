// Families of routines, beside those of Routines.h: every family includes that
// one, so that a declaration more would compile all of them again.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_FAMILIES_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_FAMILIES_H

#include "backend/runtime/Routine.h"

namespace firn::runtime {

/// QuantizeAndDequantize and its versions.
void addSimulatedQuantizationRoutines(RoutineTable &table);
/// ImageProjectiveTransformV2, ImageProjectiveTransformV3.
void addProjectionRoutines(RoutineTable &table);
/// ScaleAndTranslate.
void addScalingRoutines(RoutineTable &table);
/// DrawBoundingBoxes, DrawBoundingBoxesV2.
void addDrawingRoutines(RoutineTable &table);
/// CudnnRNN, CudnnRNNV2, CudnnRNNV3.
void addCudnnRoutines(RoutineTable &table);
/// DataFormatDimMap, DataFormatVecPermute.
void addDataFormatRoutines(RoutineTable &table);
/// RaggedTensorToTensor.
void addRaggedDenseRoutines(RoutineTable &table);
/// EditDistance.
void addEditDistanceRoutines(RoutineTable &table);
/// RandomGamma, StatelessRandomGammaV2, StatelessRandomGammaV3.
void addRandomGammaRoutines(RoutineTable &table);

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_FAMILIES_H
