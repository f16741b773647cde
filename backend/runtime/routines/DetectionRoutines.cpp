// Non-maximum suppression: of overlapping boxes the one with the best score
// stays. Candidates are taken by score, equal ones by index; a candidate whose
// score soft suppression lowers goes back among the others.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Detection.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"

#include <cmath>
#include <limits>
#include <queue>

namespace firn::runtime {

float overlapOfBoxes(const float *a, const float *b) {
  auto normal = [](const float *box, float (&corners)[4]) {
    corners[0] = std::min(box[0], box[2]);
    corners[1] = std::min(box[1], box[3]);
    corners[2] = std::max(box[0], box[2]);
    corners[3] = std::max(box[1], box[3]);
    return (corners[2] - corners[0]) * (corners[3] - corners[1]);
  };
  float first[4], second[4];
  float areaA = normal(a, first), areaB = normal(b, second);
  if (areaA <= 0 || areaB <= 0)
    return 0;
  float height = std::min(first[2], second[2]) - std::max(first[0], second[0]);
  float width = std::min(first[3], second[3]) - std::max(first[1], second[1]);
  float shared = std::max(height, 0.0f) * std::max(width, 0.0f);
  return shared / (areaA + areaB - shared);
}

namespace {
struct Candidate {
  int64_t box;
  float score;
  size_t compared; // selected boxes that it was compared with already

  bool operator<(const Candidate &other) const {
    return score < other.score || (score == other.score && box > other.box);
  }
};
} // namespace

std::vector<Selected> suppress(std::span<const float> scores,
                               const Suppression &limits, Overlap overlap) {
  std::priority_queue<Candidate> candidates;
  for (size_t i = 0; i < scores.size(); ++i)
    if (scores[i] > limits.scoreThreshold)
      candidates.push({static_cast<int64_t>(i), scores[i], 0});
  bool soft = limits.softSigma > 0;
  float scale = soft ? -0.5f / limits.softSigma : 0.0f;
  std::vector<Selected> selected;
  while (static_cast<int64_t>(selected.size()) < limits.maxOutputs &&
         !candidates.empty()) {
    Candidate next = candidates.top();
    candidates.pop();
    float score = next.score;
    bool drop = false;
    for (size_t i = selected.size(); i-- > next.compared && !drop;) {
      float shared = overlap(next.box, selected[i].box);
      if (!soft) {
        drop = shared > limits.overlapThreshold;
        continue;
      }
      next.score *= shared <= limits.overlapThreshold
                        ? std::exp(scale * shared * shared)
                        : 0.0f;
      drop = next.score <= limits.scoreThreshold;
    }
    if (drop)
      continue;
    next.compared = selected.size();
    if (next.score == score)
      selected.push_back({next.box, score});
    else
      candidates.push(next);
  }
  return selected;
}

namespace {

/// An operand of float or half as floats.
std::vector<float> floats(const RoutineCall &call, size_t index) {
  if (call.input(index).dtype == DType::Half) {
    std::span<const Half> values = call.values<Half>(index);
    return {values.begin(), values.end()};
  }
  std::span<const float> values = call.values<float>(index);
  return {values.begin(), values.end()};
}

absl::StatusOr<float> oneFloat(const RoutineCall &call, size_t index,
                               const char *name) {
  if (call.numElements(index) != 1)
    return invalid("expects one ", name, ", but got shape ",
                   shapeText(call, index));
  return floats(call, index)[0];
}

/// Which of the operands an op has beside boxes, scores and the number.
struct Form {
  bool overlaps = false; // the first operand is a matrix of overlaps
  bool iouOperand = true, scoreOperand = true, softOperand = false;
  bool scoresOut = false, countOut = false;
};

absl::StatusOr<Suppression> readLimits(const RoutineCall &call,
                                       const Form &form) {
  Suppression limits;
  limits.scoreThreshold = std::numeric_limits<float>::lowest();
  absl::StatusOr<int64_t> count = oneSize(call, 2, "max_output_size");
  if (!count.ok())
    return count.status();
  limits.maxOutputs = *count;
  limits.overlapThreshold =
      static_cast<float>(call.attributes().getFloat("iou_threshold", 0.5));
  const std::pair<bool, float *> operands[] = {
      {form.iouOperand, &limits.overlapThreshold},
      {form.scoreOperand, &limits.scoreThreshold},
      {form.softOperand, &limits.softSigma}};
  size_t index = 3;
  for (auto [present, to] : operands) {
    if (!present)
      continue;
    absl::StatusOr<float> value = oneFloat(call, index++, "threshold");
    if (!value.ok())
      return value.status();
    *to = *value;
  }
  if (!form.overlaps &&
      !(limits.overlapThreshold >= 0 && limits.overlapThreshold <= 1))
    return invalid("expects iou_threshold from 0 to 1, but got ",
                   limits.overlapThreshold);
  if (!(limits.softSigma >= 0))
    return invalid("expects soft_nms_sigma of zero or more, but got ",
                   limits.softSigma);
  return limits;
}

absl::Status checkBoxes(const RoutineCall &call, const Form &form) {
  if (absl::Status status = firstError({requireRank(call, 0, "boxes", 2),
                                        requireRank(call, 1, "scores", 1)});
      !status.ok())
    return status;
  const TensorView &boxes = call.input(0);
  int64_t width = form.overlaps ? boxes.dims[0] : 4;
  if (boxes.dims[1] != width)
    return invalid("expects ", width, " columns, but got shape ",
                   shapeText(call, 0));
  return requireEqual("numbers of boxes and scores", boxes.dims[0],
                      call.numElements(1));
}

absl::Status writeScores(RoutineCall &call, size_t index, int64_t count,
                         const std::vector<Selected> &selected) {
  return dispatchFloat(call.outputType(index),
                       [&]<typename T>() -> absl::Status {
                         auto out = call.outputValues<T>(index, Shape{count});
                         if (!out.ok())
                           return out.status();
                         std::fill(out->begin(), out->end(), T(0));
                         for (size_t i = 0; i < selected.size(); ++i)
                           (*out)[i] = T(selected[i].score);
                         return absl::OkStatus();
                       });
}

absl::Status nonMaxSuppression(RoutineCall &call, const Form &form) {
  absl::StatusOr<Suppression> limits = readLimits(call, form);
  if (!limits.ok())
    return limits.status();
  if (absl::Status status = checkBoxes(call, form); !status.ok())
    return status;
  std::vector<float> boxes = floats(call, 0), scores = floats(call, 1);
  auto number = static_cast<int64_t>(scores.size());
  std::vector<Selected> selected =
      suppress(scores, *limits, [&](int64_t a, int64_t b) {
        if (form.overlaps)
          return boxes[static_cast<size_t>(a * number + b)];
        return overlapOfBoxes(&boxes[static_cast<size_t>(a * 4)],
                              &boxes[static_cast<size_t>(b * 4)]);
      });
  auto found = static_cast<int64_t>(selected.size());
  bool pad = call.attributes().getBool("pad_to_max_output_size");
  int64_t count = pad ? limits->maxOutputs : found;
  auto indices = call.outputValues<int32_t>(0, Shape{count});
  if (!indices.ok())
    return indices.status();
  std::fill(indices->begin(), indices->end(), 0);
  for (size_t i = 0; i < selected.size(); ++i)
    (*indices)[i] = static_cast<int32_t>(selected[i].box);
  size_t next = 1;
  if (form.scoresOut)
    if (absl::Status status = writeScores(call, next++, count, selected);
        !status.ok())
      return status;
  if (!form.countOut)
    return absl::OkStatus();
  auto valid = call.outputValues<int32_t>(next, Shape{});
  if (valid.ok())
    (*valid)[0] = static_cast<int32_t>(found);
  return valid.status();
}

absl::Status nonMaxSuppressionV1(RoutineCall &call) {
  return nonMaxSuppression(call, {.iouOperand = false, .scoreOperand = false});
}
absl::Status nonMaxSuppressionV2(RoutineCall &call) {
  return nonMaxSuppression(call, {.scoreOperand = false});
}
absl::Status nonMaxSuppressionV3(RoutineCall &call) {
  return nonMaxSuppression(call, {});
}
absl::Status nonMaxSuppressionV4(RoutineCall &call) {
  return nonMaxSuppression(call, {.countOut = true});
}
absl::Status nonMaxSuppressionV5(RoutineCall &call) {
  return nonMaxSuppression(
      call, {.softOperand = true, .scoresOut = true, .countOut = true});
}
absl::Status nonMaxSuppressionWithOverlaps(RoutineCall &call) {
  return nonMaxSuppression(call, {.overlaps = true});
}

} // namespace

void addDetectionRoutines(RoutineTable &table) {
  table.add("NonMaxSuppression", nonMaxSuppressionV1);
  table.add("NonMaxSuppressionV2", nonMaxSuppressionV2);
  table.add("NonMaxSuppressionV3", nonMaxSuppressionV3);
  table.add("NonMaxSuppressionV4", nonMaxSuppressionV4);
  table.add("NonMaxSuppressionV5", nonMaxSuppressionV5);
  table.add("NonMaxSuppressionWithOverlaps", nonMaxSuppressionWithOverlaps);
  addCombinedDetectionRoutines(table);
}

} // namespace firn::runtime
