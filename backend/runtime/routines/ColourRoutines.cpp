// Routines about the colours of images whose last dimension is red, green,
// blue: RGBToHSV, HSVToRGB, AdjustHue, AdjustSaturation, AdjustContrastv2.
// Halves are computed in f32.
#include "backend/runtime/routines/Movement.h"
#include "backend/runtime/routines/Routines.h"

#include "backend/runtime/routines/Dispatch.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace firn::runtime {
namespace {

template <typename C> using Pixel = std::array<C, 3>;

/// Hue, saturation and value, all in [0, 1].
template <typename C> Pixel<C> toHSV(Pixel<C> p) {
  auto [r, g, b] = p;
  C value = std::max({r, g, b}), range = value - std::min({r, g, b});
  C saturation = value > 0 ? range / value : C(0);
  C norm = C(1) / (C(6) * range), hue;
  if (r == value)
    hue = norm * (g - b);
  else if (g == value)
    hue = norm * (b - r) + C(2) / C(6);
  else
    hue = norm * (r - g) + C(4) / C(6);
  if (!(range > 0))
    hue = 0;
  return {hue < 0 ? hue + 1 : hue, saturation, value};
}

template <typename C> Pixel<C> toRGB(Pixel<C> p) {
  auto [h, s, v] = p;
  C sector = h * 6;
  auto limit = [](C x) { return std::clamp(x, C(0), C(1)); };
  C red = limit(std::abs(sector - 3) - 1);
  C green = limit(2 - std::abs(sector - 2));
  C blue = limit(2 - std::abs(sector - 4));
  auto mix = [&](C colour) { return ((1 - s) + s * colour) * v; };
  return {mix(red), mix(green), mix(blue)};
}

/// `change(pixel)` of each pixel, in f32 or f64.
template <typename Change>
absl::Status changePixels(RoutineCall &call, Change change) {
  const TensorView &images = call.input(0);
  if (images.rank < 1 || images.dims[images.rank - 1] != 3)
    return invalid("expects a last dimension of size 3, but got ",
                   shapeToString(images.shape()));
  return dispatchFloat(images.dtype, [&]<typename T>() -> absl::Status {
    using C = std::conditional_t<std::is_same_v<T, double>, double, float>;
    auto to = call.outputValues<T>(0, images.shape());
    if (!to.ok())
      return to.status();
    const T *from = call.values<T>(0).data();
    for (size_t i = 0; i < to->size(); i += 3) {
      Pixel<C> pixel =
          change(Pixel<C>{static_cast<C>(from[i]), static_cast<C>(from[i + 1]),
                          static_cast<C>(from[i + 2])});
      for (size_t c = 0; c < 3; ++c)
        (*to)[i + c] = static_cast<T>(pixel[c]);
    }
    return absl::OkStatus();
  });
}

absl::Status rgbToHSV(RoutineCall &call) {
  return changePixels(call, [](auto pixel) { return toHSV(pixel); });
}

absl::Status hsvToRGB(RoutineCall &call) {
  return changePixels(call, [](auto pixel) { return toRGB(pixel); });
}

absl::StatusOr<float> readFactor(RoutineCall &call) {
  if (call.numElements(1) != 1)
    return invalid("expects one number, but got ", call.numElements(1));
  return call.values<float>(1)[0];
}

/// Turns the hue, of which six make a circle. The largest and the smallest
/// component stay; the middle one moves between them, up in even sixths of the
/// circle and down in odd ones.
template <typename C> Pixel<C> turnHue(Pixel<C> p, C delta) {
  // Which component is the largest, the middle, the smallest in each sixth.
  static constexpr int kOrder[6][3] = {{0, 1, 2}, {1, 0, 2}, {1, 2, 0},
                                       {2, 1, 0}, {2, 0, 1}, {0, 2, 1}};
  auto [r, g, b] = p;
  int sixth = 0;
  if (r < g)
    sixth = b < r ? 1 : b > g ? 3 : 2;
  else
    sixth = b < g ? 0 : b > r ? 4 : 5;
  const int *order = kOrder[sixth];
  C high = p[order[0]], middle = p[order[1]], low = p[order[2]];
  C hue = 0;
  if (high != low) {
    C ratio = (middle - low) / (high - low);
    hue = static_cast<C>(sixth) + (sixth % 2 ? 1 - ratio : ratio);
  }
  hue += delta;
  hue -= 6 * std::floor(hue / 6);
  sixth = hue >= 0 && hue < 6 ? static_cast<int>(hue) : 0;
  C ratio = hue - static_cast<C>(sixth);
  order = kOrder[sixth];
  Pixel<C> turned;
  turned[order[0]] = high;
  turned[order[1]] = low + (sixth % 2 ? 1 - ratio : ratio) * (high - low);
  turned[order[2]] = low;
  return turned;
}

absl::Status adjustHue(RoutineCall &call) {
  auto delta = readFactor(call);
  if (!delta.ok())
    return delta.status();
  return changePixels(call, [&]<typename C>(Pixel<C> pixel) {
    return turnHue<C>(pixel, C(*delta) * 6);
  });
}

absl::Status adjustSaturation(RoutineCall &call) {
  auto scale = readFactor(call);
  if (!scale.ok())
    return scale.status();
  return changePixels(call, [&]<typename C>(Pixel<C> pixel) -> Pixel<C> {
    Pixel<C> hsv = toHSV(pixel);
    hsv[1] = std::clamp(hsv[1] * C(*scale), C(0), C(1));
    return toRGB(hsv);
  });
}

/// Away from the mean of each channel of each image.
absl::Status adjustContrast(RoutineCall &call) {
  const TensorView &images = call.input(0);
  auto factor = readFactor(call);
  if (!factor.ok())
    return factor.status();
  if (images.rank < 3)
    return invalid("expects images of 3 dimensions or more, but got ",
                   shapeToString(images.shape()));
  int64_t depth = images.dims[images.rank - 1];
  int64_t pixels = images.dims[images.rank - 2] * images.dims[images.rank - 3];
  return dispatchFloat(images.dtype, [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, images.shape());
    if (!to.ok())
      return to.status();
    const T *from = call.values<T>(0).data();
    for (size_t image = 0; image < to->size(); image += pixels * depth)
      for (int64_t c = 0; c < depth; ++c) {
        double sum = 0;
        for (int64_t i = 0; i < pixels; ++i)
          sum += static_cast<double>(from[image + i * depth + c]);
        auto mean = static_cast<float>(sum / static_cast<double>(pixels));
        for (int64_t i = 0; i < pixels; ++i) {
          size_t at = image + i * depth + c;
          (*to)[at] = static_cast<T>(
              (static_cast<float>(from[at]) - mean) * *factor + mean);
        }
      }
    return absl::OkStatus();
  });
}

} // namespace

void addColourRoutines(RoutineTable &table) {
  table.add("RGBToHSV", rgbToHSV);
  table.add("HSVToRGB", hsvToRGB);
  table.add("AdjustHue", adjustHue);
  table.add("AdjustSaturation", adjustSaturation);
  table.add("AdjustContrastv2", adjustContrast);
}

} // namespace firn::runtime
