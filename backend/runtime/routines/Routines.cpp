// The table of all routines.
#include "backend/runtime/routines/Routines.h"

#include "backend/runtime/routines/Families.h"

namespace firn::runtime {

const RoutineTable &routines() {
  static const RoutineTable table = [] {
    RoutineTable routines;
    addColourRoutines(routines);
    addDiagonalRoutines(routines);
    addGatherRoutines(routines);
    addLossRoutines(routines);
    addRearrangeRoutines(routines);
    addResizeRoutines(routines);
    addSequenceRoutines(routines);
    addShapeRoutines(routines);
    addSliceRoutines(routines);
    addSortingRoutines(routines);
    addStringRoutines(routines);
    addStringBytesRoutines(routines);
    addStringFormatRoutines(routines);
    addStringHashRoutines(routines);
    addStringJoinRoutines(routines);
    addStringSplitRoutines(routines);
    addRegexRoutines(routines);
    addCsvRoutines(routines);
    addCtcRoutines(routines);
    addExampleRoutines(routines);
    addImageRoutines(routines);
    addQuantizeRoutines(routines);
    addQuantizedMathRoutines(routines);
    addTableRoutines(routines);
    addUnicodeRoutines(routines);
    addWindowRoutines(routines);
    addSetRoutines(routines);
    addCountingRoutines(routines);
    addMatrixRoutines(routines);
    addDecompositionRoutines(routines);
    addTridiagonalRoutines(routines);
    addDetectionRoutines(routines);
    addSegmentRoutines(routines);
    addPartitionRoutines(routines);
    addSpecialRoutines(routines);
    addSpectralRoutines(routines);
    addAudioRoutines(routines);
    addRandomRoutines(routines);
    addSparseRoutines(routines);
    addSparseMathRoutines(routines);
    addSetOperationRoutines(routines);
    addRaggedRoutines(routines);
    addSimulatedQuantizationRoutines(routines);
    addProjectionRoutines(routines);
    addScalingRoutines(routines);
    addDrawingRoutines(routines);
    addCudnnRoutines(routines);
    addDataFormatRoutines(routines);
    addRaggedDenseRoutines(routines);
    addEditDistanceRoutines(routines);
    addRandomGammaRoutines(routines);
    return routines;
  }();
  return table;
}

} // namespace firn::runtime
