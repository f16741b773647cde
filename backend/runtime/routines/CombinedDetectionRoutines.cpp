// CombinedNonMaxSuppression: suppression by class, then the best of all classes
// of each image.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Detection.h"
#include "backend/runtime/routines/Routines.h"

namespace firn::runtime {
namespace {

struct Detection {
  const float *box;
  float score, classIndex;
  size_t order;

  bool operator<(const Detection &other) const {
    return score > other.score || (score == other.score && order < other.order);
  }
};

/// boxes[batch, number, 1 or classes, 4], scores[batch, number, classes].
struct Inputs {
  const float *boxes, *scores;
  int64_t batch, number, boxClasses, classes;

  const float *box(int64_t image, int64_t index, int64_t classIndex) const {
    int64_t column = boxClasses == 1 ? 0 : classIndex;
    return boxes + ((image * number + index) * boxClasses + column) * 4;
  }
};

absl::StatusOr<Inputs> readInputs(const RoutineCall &call) {
  if (absl::Status status = firstError({requireRank(call, 0, "boxes", 4),
                                        requireRank(call, 1, "scores", 3)});
      !status.ok())
    return status;
  const TensorView &boxes = call.input(0), &scores = call.input(1);
  if (boxes.dims[0] != scores.dims[0] || boxes.dims[1] != scores.dims[1] ||
      (boxes.dims[2] != 1 && boxes.dims[2] != scores.dims[2]) ||
      boxes.dims[3] != 4)
    return invalid("expects boxes [batch, n, 1 or classes, 4] and scores "
                   "[batch, n, classes], but got shapes ",
                   shapeText(call, 0), " and ", shapeText(call, 1));
  return Inputs{call.values<float>(0).data(),
                call.values<float>(1).data(),
                boxes.dims[0],
                boxes.dims[1],
                boxes.dims[2],
                scores.dims[2]};
}

/// The detections of an image, best first, equal ones by class.
std::vector<Detection> detect(const Inputs &inputs, int64_t image,
                              const Suppression &limits) {
  std::vector<Detection> found;
  if (inputs.classes == 0)
    return found;
  std::vector<float> scores(static_cast<size_t>(inputs.number));
  for (int64_t c = 0; c < inputs.classes; ++c) {
    for (int64_t i = 0; i < inputs.number; ++i)
      scores[static_cast<size_t>(i)] =
          inputs.scores[(image * inputs.number + i) * inputs.classes + c];
    auto overlap = [&](int64_t a, int64_t b) {
      return overlapOfBoxes(inputs.box(image, a, c), inputs.box(image, b, c));
    };
    for (const Selected &each : suppress(scores, limits, overlap))
      found.push_back({inputs.box(image, each.box, c), each.score,
                       static_cast<float>(c), found.size()});
  }
  std::sort(found.begin(), found.end());
  return found;
}

absl::Status combinedNonMaxSuppression(RoutineCall &call) {
  absl::StatusOr<Inputs> inputs = readInputs(call);
  absl::StatusOr<int64_t> perClass =
      oneSize(call, 2, "max_output_size_per_class");
  absl::StatusOr<int64_t> total = oneSize(call, 3, "max_total_size");
  absl::StatusOr<float> iou = oneValue<float>(call, 4, "iou_threshold");
  absl::StatusOr<float> score = oneValue<float>(call, 5, "score_threshold");
  if (absl::Status status =
          firstError({inputs.status(), perClass.status(), total.status(),
                      iou.status(), score.status()});
      !status.ok())
    return status;
  if (*perClass == 0 || *total == 0)
    return invalid("expects max_output_size_per_class and max_total_size above "
                   "zero, but got ",
                   *perClass, " and ", *total);
  if (!(*iou >= 0 && *iou <= 1))
    return invalid("expects iou_threshold from 0 to 1, but got ", *iou);
  int64_t size = *total;
  if (int64_t most = 0;
      call.attributes().getBool("pad_per_class") &&
      !__builtin_mul_overflow(*perClass, inputs->classes, &most))
    size = std::min(size, most);
  bool clip = call.attributes().getBool("clip_boxes", true);

  auto boxes = call.outputValues<float>(0, Shape{inputs->batch, size, 4});
  auto scores = call.outputValues<float>(1, Shape{inputs->batch, size});
  auto classes = call.outputValues<float>(2, Shape{inputs->batch, size});
  auto valid = call.outputValues<int32_t>(3, Shape{inputs->batch});
  if (absl::Status status = firstError(
          {boxes.status(), scores.status(), classes.status(), valid.status()});
      !status.ok())
    return status;
  for (std::span<float> each : {*boxes, *scores, *classes})
    std::fill(each.begin(), each.end(), 0.0f);
  for (int64_t image = 0; image < inputs->batch; ++image) {
    std::vector<Detection> found =
        detect(*inputs, image, {*perClass, *iou, *score, 0});
    int64_t count = std::min(size, static_cast<int64_t>(found.size()));
    (*valid)[image] = static_cast<int32_t>(count);
    for (int64_t i = 0; i < count; ++i) {
      int64_t at = image * size + i;
      (*scores)[at] = found[i].score;
      (*classes)[at] = found[i].classIndex;
      for (int64_t side = 0; side < 4; ++side)
        (*boxes)[at * 4 + side] =
            clip ? std::clamp(found[i].box[side], 0.0f, 1.0f)
                 : found[i].box[side];
    }
  }
  return absl::OkStatus();
}

} // namespace

void addCombinedDetectionRoutines(RoutineTable &table) {
  table.add("CombinedNonMaxSuppression", combinedNonMaxSuppression);
}

} // namespace firn::runtime
