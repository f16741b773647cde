// Non-maximum suppression as the ops share it.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_DETECTION_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_DETECTION_H

#include "absl/functional/function_ref.h"

#include <cstdint>
#include <span>
#include <vector>

namespace firn::runtime {

class RoutineTable;

struct Suppression {
  int64_t maxOutputs = 0;
  float overlapThreshold = 0; // more than this is too much
  float scoreThreshold = 0;   // candidates have more
  float softSigma = 0;        // 0: a box goes, else its score is lowered
};

struct Selected {
  int64_t box;
  float score;
};

/// How much two boxes overlap.
using Overlap = absl::FunctionRef<float(int64_t, int64_t)>;

/// The boxes that stay, best first.
std::vector<Selected> suppress(std::span<const float> scores,
                               const Suppression &limits, Overlap overlap);

/// Intersection over union of two boxes of two opposite corners each (y, x);
/// 0 if one has no area.
float overlapOfBoxes(const float *a, const float *b);

/// CombinedNonMaxSuppression.
void addCombinedDetectionRoutines(RoutineTable &table);

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_DETECTION_H
