// Routines that read an image through a projective transform. Coordinates and
// interpolation are in float, as TensorFlow's are.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Families.h"

#include <algorithm>
#include <cmath>

namespace firn::runtime {
namespace {

/// What lies outside of the image.
enum class Fill { Constant, Reflect, Wrap, Nearest };

/// Where a coordinate along a side of `size` pixels is looked up.
float place(float at, int64_t size, Fill fill) {
  auto last = static_cast<float>(size - 1);
  switch (fill) {
  case Fill::Constant:
    return at;
  case Fill::Nearest:
    return std::clamp(at, 0.0f, last);
  case Fill::Reflect: {
    // [abcd] is [dcba|abcd|dcba].
    auto twice = static_cast<float>(2 * size);
    if (size <= 1)
      return at < 0 || at > last ? 0.0f : at;
    if (at < 0) {
      if (at < twice)
        at = twice * std::trunc(-at / twice) + at;
      at = at < static_cast<float>(-size) ? at + twice : -at - 1;
    } else if (at > last) {
      at -= twice * std::trunc(at / twice);
      if (at >= static_cast<float>(size))
        at = twice - at - 1;
    }
    return std::clamp(at, 0.0f, last);
  }
  case Fill::Wrap:
    if (size <= 1)
      return at < 0 || at > last ? 0.0f : at;
    if (at < 0)
      at += static_cast<float>(size) * (std::trunc(-at / last) + 1);
    else if (at > last)
      at -= static_cast<float>(size) * std::trunc(at / last);
    return std::clamp(at, 0.0f, last);
  }
  return at;
}

template <typename T> struct Image {
  const T *pixels;
  int64_t height, width, channels;
  T outside;

  T at(float y, float x, int64_t channel) const {
    // Far outside, and NaN: no integer holds it.
    if (!(y >= 0 && x >= 0 && y < static_cast<float>(height) &&
          x < static_cast<float>(width)))
      return outside;
    auto row = static_cast<int64_t>(y), column = static_cast<int64_t>(x);
    return pixels[(row * width + column) * channels + channel];
  }

  T nearest(float y, float x, int64_t channel) const {
    return at(std::round(y), std::round(x), channel);
  }

  T bilinear(float y, float x, int64_t channel) const {
    float top = std::floor(y), left = std::floor(x);
    float bottom = top + 1, right = left + 1;
    auto mix = [&](float row) {
      return (right - x) * static_cast<float>(at(row, left, channel)) +
             (x - left) * static_cast<float>(at(row, right, channel));
    };
    return static_cast<T>((bottom - y) * mix(top) + (y - top) * mix(bottom));
  }
};

template <typename T>
absl::Status project(RoutineCall &call, float outside, bool isBilinear,
                     Fill fill) {
  const TensorView &images = call.input(0), &transforms = call.input(1);
  std::vector<int64_t> size = call.integers(2);
  int64_t batch = images.dims[0], channels = images.dims[3];
  auto to = call.outputValues<T>(0, Shape{batch, size[0], size[1], channels});
  if (!to.ok())
    return to.status();
  Image<T> image{nullptr, images.dims[1], images.dims[2], channels,
                 static_cast<T>(outside)};
  T *next = to->data();
  for (int64_t b = 0; b < batch; ++b) {
    image.pixels =
        call.values<T>(0).data() + b * image.height * image.width * channels;
    const float *m =
        call.values<float>(1).data() + (transforms.dims[0] == 1 ? 0 : b * 8);
    for (int64_t row = 0; row < size[0]; ++row)
      for (int64_t column = 0; column < size[1]; ++column) {
        auto y = static_cast<float>(row), x = static_cast<float>(column);
        float depth = m[6] * x + m[7] * y + 1.0f;
        if (depth == 0) {
          next = std::fill_n(next, channels, image.outside);
          continue;
        }
        float fromX =
            place((m[0] * x + m[1] * y + m[2]) / depth, image.width, fill);
        float fromY =
            place((m[3] * x + m[4] * y + m[5]) / depth, image.height, fill);
        for (int64_t channel = 0; channel < channels; ++channel)
          *next++ = isBilinear ? image.bilinear(fromY, fromX, channel)
                               : image.nearest(fromY, fromX, channel);
      }
  }
  return absl::OkStatus();
}

absl::Status transform(RoutineCall &call, float outside) {
  const TensorView &images = call.input(0), &transforms = call.input(1);
  if (absl::Status status = firstError({requireRank(call, 0, "images", 4),
                                        requireRank(call, 1, "transforms", 2)});
      !status.ok())
    return status;
  if (transforms.dims[1] != 8 ||
      (transforms.dims[0] != 1 && transforms.dims[0] != images.dims[0]))
    return invalid("expects transforms of 8 numbers, one or one for each of "
                   "the ",
                   images.dims[0], " images, but got shape ",
                   shapeText(call, 1));
  std::vector<int64_t> size = call.integers(2);
  if (size.size() != 2 || size[0] <= 0 || size[1] <= 0)
    return invalid("expects an output_shape of two sizes above zero, but got ",
                   shapeToString(size));
  if (images.dims[1] == 0 || images.dims[2] == 0)
    return invalid("expects images with pixels, but got shape ",
                   shapeText(call, 0));
  std::string how = call.attributes().getString("interpolation");
  if (how != "NEAREST" && how != "BILINEAR")
    return invalid("expects interpolation NEAREST or BILINEAR, but got ", how);
  std::string mode = call.attributes().getString("fill_mode", "CONSTANT");
  static const std::map<std::string, Fill> modes = {
      {"CONSTANT", Fill::Constant},
      {"REFLECT", Fill::Reflect},
      {"WRAP", Fill::Wrap},
      {"NEAREST", Fill::Nearest}};
  auto fill = modes.find(mode);
  if (fill == modes.end())
    return invalid("expects fill_mode CONSTANT, REFLECT, WRAP or NEAREST, but "
                   "got ",
                   mode);
  return dispatchReal(images.dtype, [&]<typename T>() {
    return project<T>(call, outside, how == "BILINEAR", fill->second);
  });
}

absl::Status transformV2(RoutineCall &call) { return transform(call, 0); }

absl::Status transformV3(RoutineCall &call) {
  absl::StatusOr<float> outside = oneValue<float>(call, 3, "fill_value");
  return outside.ok() ? transform(call, *outside) : outside.status();
}

} // namespace

void addProjectionRoutines(RoutineTable &table) {
  table.add("ImageProjectiveTransformV2", transformV2);
  table.add("ImageProjectiveTransformV3", transformV3);
}

} // namespace firn::runtime
