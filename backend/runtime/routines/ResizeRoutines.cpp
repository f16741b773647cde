// Routines that sample images: ResizeBicubic, ResizeArea, CropAndResize,
// QuantizedResizeBilinear.
// Results are f32 and are computed in f32, in TensorFlow's order; those of
// QuantizedResizeBilinear are of its input's type, 8 bits in integers.
#include "backend/runtime/routines/Movement.h"
#include "backend/runtime/routines/Routines.h"

#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Quantization.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace firn::runtime {
namespace {

/// Pixels of input for each pixel of output.
float resizeScale(int64_t in, int64_t out, bool alignCorners) {
  return alignCorners && out > 1
             ? static_cast<float>(in - 1) / static_cast<float>(out - 1)
             : static_cast<float>(in) / static_cast<float>(out);
}

int64_t bound(int64_t index, int64_t size) {
  return std::clamp<int64_t>(index, 0, size - 1);
}

/// Images [batch, height, width, depth] and the size that they are to have.
struct Resize {
  int64_t batch, height, width, depth, outHeight, outWidth;

  static absl::StatusOr<Resize> make(RoutineCall &call) {
    std::span<const int64_t> shape = call.input(0).shape();
    std::vector<int64_t> size = readIntegers(call.input(1));
    if (shape.size() != 4 || size.size() != 2 || size[0] <= 0 || size[1] <= 0)
      return invalid("expects images of 4 dimensions and a size of two "
                     "numbers above 0, but got ",
                     shapeToString(shape), " and ", shapeToString(size));
    if (shape[1] <= 0 || shape[2] <= 0)
      return invalid("expects images with pixels, but got ",
                     shapeToString(shape));
    return Resize{shape[0], shape[1], shape[2], shape[3], size[0], size[1]};
  }
  Shape outputShape() const { return {batch, outHeight, outWidth, depth}; }
};

//===----------------------------------------------------------------------===//
// ResizeBicubic
//===----------------------------------------------------------------------===//

/// The four neighbours of an output pixel along one dimension.
struct Taps {
  std::array<int64_t, 4> index;
  std::array<float, 4> weight;
};

/// TensorFlow quantises the place between two pixels to 1/1024. With half pixel
/// centers it uses Keys' kernel (a = -0.5) and leaves neighbours outside of the
/// image out; without, a = -0.75 and the border is repeated.
Taps cubicTaps(int64_t out, float scale, int64_t size, bool halfPixel) {
  constexpr int kSteps = 1024;
  const float a = halfPixel ? -0.5f : -0.75f;
  float place = halfPixel ? (static_cast<float>(out) + 0.5f) * scale - 0.5f
                          : static_cast<float>(out) * scale;
  auto base = static_cast<int64_t>(std::floor(place));
  long step = std::lrintf((place - static_cast<float>(base)) * kSteps);
  auto near = [&](long i) {
    float x = static_cast<float>(i) / kSteps;
    return ((a + 2) * x - (a + 3)) * x * x + 1;
  };
  auto far = [&](long i) {
    float x = static_cast<float>(i) / kSteps + 1;
    return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
  };
  Taps taps{{},
            {far(step), near(step), near(kSteps - step), far(kSteps - step)}};
  float sum = 0;
  for (int i = 0; i < 4; ++i) {
    int64_t wanted = base - 1 + i;
    taps.index[i] = bound(wanted, size);
    if (halfPixel && taps.index[i] != wanted)
      taps.weight[i] = 0;
    sum += taps.weight[i];
  }
  if (halfPixel && std::abs(sum) >= 1000 * std::numeric_limits<float>::min())
    for (float &weight : taps.weight)
      weight *= 1 / sum;
  return taps;
}

std::vector<Taps> cubicTable(int64_t out, int64_t in, bool align,
                             bool halfPixel) {
  std::vector<Taps> table;
  float scale = resizeScale(in, out, align);
  for (int64_t i = 0; i < out; ++i)
    table.push_back(cubicTaps(i, scale, in, halfPixel));
  return table;
}

absl::Status resizeBicubic(RoutineCall &call) {
  auto r = Resize::make(call);
  if (!r.ok())
    return r.status();
  bool align = call.attributes().getBool("align_corners");
  bool halfPixel = call.attributes().getBool("half_pixel_centers");
  auto to = call.outputValues<float>(0, r->outputShape());
  if (!to.ok() || to->empty())
    return to.status();
  auto rows = cubicTable(r->outHeight, r->height, align, halfPixel);
  auto columns = cubicTable(r->outWidth, r->width, align, halfPixel);
  return dispatchReal(call.input(0).dtype, [&]<typename T>() -> absl::Status {
    float *next = to->data();
    for (int64_t b = 0; b < r->batch; ++b) {
      const T *image =
          call.values<T>(0).data() + b * r->height * r->width * r->depth;
      for (const Taps &y : rows)
        for (const Taps &x : columns)
          for (int64_t d = 0; d < r->depth; ++d) {
            float sum = 0;
            for (int i = 0; i < 4; ++i) {
              float column = 0;
              for (int j = 0; j < 4; ++j)
                column +=
                    static_cast<float>(
                        image[(y.index[j] * r->width + x.index[i]) * r->depth +
                              d]) *
                    y.weight[j];
              sum += column * x.weight[i];
            }
            *next++ = sum;
          }
    }
    return absl::OkStatus();
  });
}

//===----------------------------------------------------------------------===//
// ResizeArea
//===----------------------------------------------------------------------===//

/// The input pixels under an output pixel, with how much of each.
struct Cover {
  int64_t first;
  std::vector<float> share;
};

std::vector<Cover> coverTable(int64_t out, float scale) {
  std::vector<Cover> table;
  for (int64_t i = 0; i < out; ++i) {
    float from = static_cast<float>(i) * scale;
    float to = static_cast<float>(i + 1) * scale;
    Cover &cover = table.emplace_back();
    cover.first = static_cast<int64_t>(std::floor(from));
    auto end = static_cast<int64_t>(std::ceil(to));
    for (int64_t p = cover.first; p < end; ++p) {
      auto low = static_cast<float>(p), high = static_cast<float>(p + 1);
      if (low < from)
        cover.share.push_back(high > to ? scale : high - from);
      else
        cover.share.push_back(high > to ? to - low : 1.0f);
    }
  }
  return table;
}

absl::Status resizeArea(RoutineCall &call) {
  auto r = Resize::make(call);
  if (!r.ok())
    return r.status();
  auto to = call.outputValues<float>(0, r->outputShape());
  if (!to.ok() || to->empty())
    return to.status();
  bool align = call.attributes().getBool("align_corners");
  float yScale = resizeScale(r->height, r->outHeight, align);
  float xScale = resizeScale(r->width, r->outWidth, align);
  std::vector<Cover> rows = coverTable(r->outHeight, yScale);
  std::vector<Cover> columns = coverTable(r->outWidth, xScale);
  float area = 1.0f / (yScale * xScale);
  return dispatchReal(call.input(0).dtype, [&]<typename T>() -> absl::Status {
    float *next = to->data();
    for (int64_t b = 0; b < r->batch; ++b) {
      const T *image =
          call.values<T>(0).data() + b * r->height * r->width * r->depth;
      for (const Cover &y : rows)
        for (const Cover &x : columns)
          for (int64_t d = 0; d < r->depth; ++d) {
            float sum = 0;
            for (size_t j = 0; j < y.share.size(); ++j) {
              int64_t line = bound(y.first + j, r->height) * r->width;
              float row = 0;
              for (size_t i = 0; i < x.share.size(); ++i)
                row +=
                    static_cast<float>(
                        image[(line + bound(x.first + i, r->width)) * r->depth +
                              d]) *
                    x.share[i];
              sum += row * y.share[j];
            }
            *next++ = sum * area;
          }
    }
    return absl::OkStatus();
  });
}

//===----------------------------------------------------------------------===//
// CropAndResize
//===----------------------------------------------------------------------===//

/// Where an output pixel lies in the image, along one dimension of a box.
float cropPlace(int64_t out, int64_t count, float from, float to,
                int64_t size) {
  auto last = static_cast<float>(size - 1);
  if (count <= 1)
    return 0.5f * (from + to) * last;
  float scale = (to - from) * last / static_cast<float>(count - 1);
  return from * last + static_cast<float>(out) * scale;
}

/// One pixel of a crop.
template <typename T>
void samplePixel(const T *image, const Resize &r, float y, float x,
                 bool nearest, float outside, float *to) {
  bool inside = y >= 0 && y <= static_cast<float>(r.height - 1) && x >= 0 &&
                x <= static_cast<float>(r.width - 1);
  auto pixel = [&](float row, float column, int64_t d) {
    int64_t at =
        static_cast<int64_t>(row) * r.width + static_cast<int64_t>(column);
    return static_cast<float>(image[at * r.depth + d]);
  };
  float top = std::floor(y), bottom = std::ceil(y);
  float left = std::floor(x), right = std::ceil(x);
  for (int64_t d = 0; d < r.depth; ++d) {
    if (!inside) {
      to[d] = outside;
    } else if (nearest) {
      to[d] = pixel(std::round(y), std::round(x), d);
    } else {
      float a = pixel(top, left, d), b = pixel(top, right, d);
      float c = pixel(bottom, left, d), e = pixel(bottom, right, d);
      float above = a + (b - a) * (x - left), below = c + (e - c) * (x - left);
      to[d] = above + (below - above) * (y - top);
    }
  }
}

absl::Status cropAndResize(RoutineCall &call) {
  std::span<const int64_t> shape = call.input(0).shape();
  std::vector<int64_t> owner = readIntegers(call.input(2));
  std::vector<int64_t> size = readIntegers(call.input(3));
  auto count = static_cast<int64_t>(owner.size());
  if (shape.size() != 4 || shape[1] <= 0 || shape[2] <= 0)
    return invalid("expects images of 4 dimensions, but got ",
                   shapeToString(shape));
  if (size.size() != 2 || size[0] <= 0 || size[1] <= 0)
    return invalid("expects a crop size of two numbers above 0, but "
                   "got ",
                   shapeToString(size));
  if (!std::ranges::equal(call.input(1).shape(), Shape{count, 4}))
    return invalid("expects boxes of shape ", shapeToString(Shape{count, 4}),
                   ", but got ", shapeToString(call.input(1).shape()));
  for (size_t i = 0; i < owner.size(); ++i)
    if (owner[i] < 0 || owner[i] >= shape[0])
      return invalid("box_ind ", owner[i], " at position ", i,
                     " is not in [0, ", shape[0], ")");
  Resize r{count, shape[1], shape[2], shape[3], size[0], size[1]};
  bool nearest = call.attributes().getString("method") == "nearest";
  auto outside =
      static_cast<float>(call.attributes().getFloat("extrapolation_value"));
  auto to = call.outputValues<float>(0, r.outputShape());
  if (!to.ok())
    return to.status();
  return dispatchReal(call.input(0).dtype, [&]<typename T>() -> absl::Status {
    float *next = to->data();
    for (int64_t b = 0; b < count; ++b) {
      const float *box = call.values<float>(1).data() + 4 * b;
      const T *image =
          call.values<T>(0).data() + owner[b] * r.height * r.width * r.depth;
      for (int64_t i = 0; i < r.outHeight; ++i) {
        float y = cropPlace(i, r.outHeight, box[0], box[2], r.height);
        for (int64_t j = 0; j < r.outWidth; ++j, next += r.depth) {
          float x = cropPlace(j, r.outWidth, box[1], box[3], r.width);
          samplePixel(image, r, y, x, nearest, outside, next);
        }
      }
    }
    return absl::OkStatus();
  });
}

//===----------------------------------------------------------------------===//
// QuantizedResizeBilinear
//===----------------------------------------------------------------------===//

/// The two neighbours of an output pixel along one dimension, and the part of
/// the second in `1 << bits`.
struct Neighbours {
  int64_t lower, upper, part;
};

std::vector<Neighbours> neighbourTable(int64_t out, int64_t in, bool align,
                                       bool halfPixel, int bits) {
  std::vector<Neighbours> table;
  float scale = resizeScale(in, out, align);
  for (int64_t i = 0; i < out; ++i) {
    float place = halfPixel ? (static_cast<float>(i) + 0.5f) * scale - 0.5f
                            : static_cast<float>(i) * scale;
    float floor = std::floor(place);
    int64_t upper = bound(static_cast<int64_t>(std::ceil(place)), in);
    int64_t lower = std::min(bound(static_cast<int64_t>(floor), in), upper);
    auto part = static_cast<int64_t>((place - floor) *
                                     static_cast<float>(int64_t(1) << bits));
    table.push_back({lower, upper, part});
  }
  return table;
}

/// TensorFlow works in integers of `Bits` fractional bits and divides towards
/// zero. Int64 holds what both element types need.
template <typename T, int Bits>
absl::Status resizeQuantized(RoutineCall &call, const Resize &r) {
  bool align = call.attributes().getBool("align_corners");
  bool halfPixel = call.attributes().getBool("half_pixel_centers");
  auto to = call.outputValues<T>(0, r.outputShape());
  if (!to.ok() || to->empty())
    return to.status();
  const T *image = call.values<T>(0).data();
  if (r.outHeight == r.height && r.outWidth == r.width) {
    std::copy_n(image, to->size(), to->data());
    return absl::OkStatus();
  }
  constexpr int64_t one = int64_t(1) << Bits;
  auto rows = neighbourTable(r.outHeight, r.height, align, halfPixel, Bits);
  auto columns = neighbourTable(r.outWidth, r.width, align, halfPixel, Bits);
  T *next = to->data();
  for (int64_t b = 0; b < r.batch; ++b, image += r.height * r.width * r.depth)
    for (const Neighbours &y : rows)
      for (const Neighbours &x : columns)
        for (int64_t d = 0; d < r.depth; ++d) {
          auto at = [&](int64_t row, int64_t column) {
            return static_cast<int64_t>(
                image[(row * r.width + column) * r.depth + d]);
          };
          auto between = [&](int64_t row) {
            int64_t left = at(row, x.lower);
            return left * one + (at(row, x.upper) - left) * x.part;
          };
          int64_t top = between(y.lower);
          int64_t value = top + (between(y.upper) - top) / one * y.part;
          *next++ =
              static_cast<T>(static_cast<int32_t>((value + one / 2) / one));
        }
  return absl::OkStatus();
}

absl::Status quantizedResizeBilinear(RoutineCall &call) {
  absl::StatusOr<Range> range = rangeAt(call, 2);
  if (!range.ok())
    return range.status();
  auto r = Resize::make(call);
  if (!r.ok())
    return r.status();
  DType type = call.input(0).dtype;
  absl::Status status =
      type == DType::QUInt8   ? resizeQuantized<uint8_t, 7>(call, *r)
      : type == DType::QInt32 ? resizeQuantized<int32_t, 30>(call, *r)
                              : unsupportedType(type);
  return status.ok() ? writeRange(call, 1, *range) : status;
}

} // namespace

void addResizeRoutines(RoutineTable &table) {
  table.add("ResizeBicubic", resizeBicubic);
  table.add("ResizeArea", resizeArea);
  table.add("CropAndResize", cropAndResize);
  table.add("QuantizedResizeBilinear", quantizedResizeBilinear);
}

} // namespace firn::runtime
