// Routines that draw the outlines of boxes on images.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Families.h"

namespace firn::runtime {
namespace {

using Colours = std::vector<std::vector<float>>;

/// TensorFlow's own, in the order in which boxes take them.
Colours defaultColours(int64_t channels) {
  Colours colours = {{1, 1, 0, 1},   {0, 0, 1, 1},     {1, 0, 0, 1},
                     {0, 1, 0, 1},   {0.5, 0, 0.5, 1}, {0.5, 0.5, 0, 1},
                     {0.5, 0, 0, 1}, {0, 0, 0.5, 1},   {0, 1, 1, 1},
                     {1, 0, 1, 1}};
  // On grey images all boxes are white.
  if (channels == 1)
    for (std::vector<float> &colour : colours)
      colour[0] = 1;
  return colours;
}

absl::StatusOr<Colours> readColours(const RoutineCall &call) {
  if (absl::Status status = requireRank(call, 2, "colors", 2); !status.ok())
    return status;
  const TensorView &given = call.input(2);
  Colours colours;
  for (int64_t i = 0; i < given.dims[0]; ++i) {
    const float *row = call.values<float>(2).data() + i * given.dims[1];
    colours.emplace_back(row, row + given.dims[1]);
  }
  return colours;
}

/// A box along one dimension, in pixels.
struct Extent {
  int64_t first, last, size;

  Extent(float low, float high, int64_t size)
      : first(toPixel(low, size)), last(toPixel(high, size)), size(size) {}
  static int64_t toPixel(float at, int64_t size) {
    float pixel = at * static_cast<float>(size - 1);
    // Far away, and NaN: outside.
    if (!(std::abs(pixel) < 1e9f))
      return pixel > 0 ? int64_t(1) << 40 : -(int64_t(1) << 40);
    return static_cast<int64_t>(pixel);
  }
  bool isVisible() const { return first <= last && first < size && last >= 0; }
  int64_t begin() const { return std::max<int64_t>(first, 0); }
  int64_t end() const { return std::min(last, size - 1); }
};

template <typename T>
absl::Status draw(RoutineCall &call, const Colours &colours) {
  const TensorView &images = call.input(0), &boxes = call.input(1);
  auto to = call.outputValues<T>(0, images.shape());
  if (!to.ok())
    return to.status();
  std::ranges::copy(call.values<T>(0), to->begin());
  int64_t height = images.dims[1], width = images.dims[2],
          channels = images.dims[3];
  for (int64_t b = 0; b < images.dims[0]; ++b) {
    T *image = to->data() + b * height * width * channels;
    for (int64_t i = 0; i < boxes.dims[1]; ++i) {
      const float *box =
          call.values<float>(1).data() + (b * boxes.dims[1] + i) * 4;
      Extent rows(box[0], box[2], height), columns(box[1], box[3], width);
      if (!rows.isVisible() || !columns.isVisible())
        continue;
      const std::vector<float> &colour = colours[i % colours.size()];
      auto dot = [&](int64_t row, int64_t column) {
        for (int64_t c = 0; c < channels; ++c)
          image[(row * width + column) * channels + c] = T(colour[c]);
      };
      for (int64_t column = columns.begin(); column <= columns.end();
           ++column) {
        if (rows.first >= 0)
          dot(rows.first, column);
        if (rows.last < height)
          dot(rows.last, column);
      }
      for (int64_t row = rows.begin(); row <= rows.end(); ++row) {
        if (columns.first >= 0)
          dot(row, columns.first);
        if (columns.last < width)
          dot(row, columns.last);
      }
    }
  }
  return absl::OkStatus();
}

absl::Status drawWith(RoutineCall &call, const Colours &colours) {
  if (absl::Status status = firstError({requireRank(call, 0, "images", 4),
                                        requireRank(call, 1, "boxes", 3)});
      !status.ok())
    return status;
  const TensorView &images = call.input(0), &boxes = call.input(1);
  if (boxes.dims[2] != 4 || boxes.dims[0] != images.dims[0])
    return invalid("expects boxes of four numbers for each of the ",
                   images.dims[0], " images, but got shape ",
                   shapeText(call, 1));
  for (const std::vector<float> &colour : colours)
    if (static_cast<int64_t>(colour.size()) < images.dims[3])
      return invalid("expects colors of ", images.dims[3],
                     " channels, but got ", colour.size());
  if (call.input(0).dtype == DType::Half)
    return draw<Half>(call, colours);
  if (call.input(0).dtype == DType::Float)
    return draw<float>(call, colours);
  return unsupportedType(call.input(0).dtype);
}

absl::Status drawBoxes(RoutineCall &call) {
  if (absl::Status status = requireRank(call, 0, "images", 4); !status.ok())
    return status;
  return drawWith(call, defaultColours(call.input(0).dims[3]));
}

absl::Status drawBoxesV2(RoutineCall &call) {
  absl::StatusOr<Colours> colours = readColours(call);
  if (!colours.ok())
    return colours.status();
  return colours->empty() ? drawBoxes(call) : drawWith(call, *colours);
}

} // namespace

void addDrawingRoutines(RoutineTable &table) {
  table.add("DrawBoundingBoxes", drawBoxes);
  table.add("DrawBoundingBoxesV2", drawBoxesV2);
}

} // namespace firn::runtime
