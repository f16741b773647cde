// ScaleAndTranslate: an image through one kernel for all scales. An output
// pixel is the weighted mean of the input pixels under the kernel, first along
// the rows' dimension, then along the columns'.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Families.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace firn::runtime {
namespace {

struct Kernel {
  float radius;
  float (*at)(float);
};

template <int radius> float lanczos(float x) {
  constexpr float pi = std::numbers::pi_v<float>;
  if (x > radius)
    return 0;
  if (x <= 1e-3f)
    return 1;
  return radius * std::sin(pi * x) * std::sin(pi * x / radius) /
         (pi * pi * x * x);
}
float gaussian(float x) {
  constexpr float radius = 1.5f, sigma = radius / 3.0f;
  return x >= radius ? 0 : std::exp(-x * x / (2.0f * sigma * sigma));
}
float box(float x) { return x < 0.5f ? 1.0f : x == 0.5f ? 0.5f : 0.0f; }
float triangle(float x) { return x < 1 ? 1 - x : 0; }
float keys(float x) {
  if (x >= 2)
    return 0;
  return x >= 1 ? ((-0.5f * x + 2.5f) * x - 4) * x + 2
                : ((1.5f * x - 2.5f) * x) * x + 1;
}
float mitchell(float x) {
  if (x >= 2)
    return 0;
  return x >= 1 ? (((-7.0f / 18.0f) * x + 2.0f) * x - 10.0f / 3.0f) * x +
                      16.0f / 9.0f
                : (((7.0f / 6.0f) * x - 2.0f) * x) * x + 8.0f / 9.0f;
}

/// Which input pixels make an output pixel.
struct Span {
  int64_t start = 0;
  std::vector<float> weights;
};

std::vector<Span> makeSpans(const Kernel &kernel, bool antialias,
                            int64_t inputs, int64_t outputs, float scale,
                            float translation) {
  float inverse = 1.0f / scale;
  float shift = -inverse * translation;
  float width = antialias ? std::max(inverse, 1.0f) : 1.0f;
  std::vector<Span> spans(outputs);
  for (int64_t i = 0; i < outputs; ++i) {
    float sample = (static_cast<float>(i) + 0.5f) * inverse + shift;
    // What lies outside of the image is zero.
    if (!(sample >= 0) || sample > static_cast<float>(inputs))
      continue;
    auto last = static_cast<float>(inputs - 1);
    auto first = static_cast<int64_t>(std::clamp(
        std::ceil(sample - kernel.radius * width - 0.5f), 0.0f, last));
    auto end =
        static_cast<int64_t>(std::clamp(
            std::floor(sample + kernel.radius * width - 0.5f), 0.0f, last)) +
        1;
    float sum = 0;
    Span &span = spans[i];
    span.start = first;
    for (int64_t source = first; source < end; ++source) {
      float at = static_cast<float>(source) + 0.5f - sample;
      float weight = kernel.at(std::abs(at / width));
      sum += weight;
      span.weights.push_back(weight);
    }
    float factor = std::abs(sum) >= 1000.0f * std::numeric_limits<float>::min()
                       ? 1.0f / sum
                       : 0.0f;
    for (float &weight : span.weights)
      weight *= factor;
  }
  return spans;
}

template <typename T>
absl::Status resize(RoutineCall &call, const std::vector<Span> &rows,
                    const std::vector<Span> &columns) {
  const TensorView &images = call.input(0);
  int64_t batch = images.dims[0], height = images.dims[1],
          width = images.dims[2], channels = images.dims[3];
  auto outHeight = static_cast<int64_t>(rows.size());
  auto outWidth = static_cast<int64_t>(columns.size());
  auto to =
      call.outputValues<float>(0, Shape{batch, outHeight, outWidth, channels});
  if (!to.ok())
    return to.status();
  std::vector<float> line(width * channels);
  float *next = to->data();
  for (int64_t b = 0; b < batch; ++b) {
    const T *image = call.values<T>(0).data() + b * height * width * channels;
    for (const Span &row : rows) {
      std::ranges::fill(line, 0.0f);
      for (size_t k = 0; k < row.weights.size(); ++k)
        for (int64_t i = 0; i < width * channels; ++i)
          line[i] +=
              row.weights[k] *
              static_cast<float>(image[(row.start + static_cast<int64_t>(k)) *
                                           width * channels +
                                       i]);
      for (const Span &column : columns)
        for (int64_t c = 0; c < channels; ++c) {
          float sum = 0;
          for (size_t k = 0; k < column.weights.size(); ++k)
            sum +=
                column.weights[k] *
                line[(column.start + static_cast<int64_t>(k)) * channels + c];
          *next++ = sum;
        }
    }
  }
  return absl::OkStatus();
}

absl::Status scaleAndTranslate(RoutineCall &call) {
  if (absl::Status status = requireRank(call, 0, "images", 4); !status.ok())
    return status;
  for (size_t index : {1, 2, 3})
    if (call.input(index).rank != 1 || call.numElements(index) != 2)
      return invalid("expects two numbers as operand ", index,
                     ", but got shape ", shapeText(call, index));
  std::vector<int64_t> size = call.integers(1);
  std::span<const float> scale = call.values<float>(2);
  std::span<const float> translation = call.values<float>(3);
  const TensorView &images = call.input(0);
  if (size[0] <= 0 || size[1] <= 0 || images.dims[1] == 0 ||
      images.dims[2] == 0)
    return invalid("expects sizes above zero, but got ", shapeToString(size),
                   " from images of shape ", shapeText(call, 0));
  if (!(scale[0] > 0) || !(scale[1] > 0))
    return invalid("expects scales above zero, but got ", scale[0], " and ",
                   scale[1]);
  static const std::map<std::string, Kernel> kernels = {
      {"lanczos1", {1, lanczos<1>}},
      {"lanczos3", {3, lanczos<3>}},
      {"lanczos5", {5, lanczos<5>}},
      {"gaussian", {1.5f, gaussian}},
      {"box", {1, box}},
      {"triangle", {1, triangle}},
      {"keyscubic", {2, keys}},
      {"mitchellcubic", {2, mitchell}}};
  std::string name = call.attributes().getString("kernel_type", "lanczos3");
  auto kernel = kernels.find(name);
  if (kernel == kernels.end())
    return invalid("there is no kernel_type ", name);
  bool antialias = call.attributes().getBool("antialias", true);
  auto spans = [&](size_t dim) {
    return makeSpans(kernel->second, antialias, images.dims[dim + 1], size[dim],
                     scale[dim], translation[dim]);
  };
  std::vector<Span> rows = spans(0), columns = spans(1);
  return dispatchReal(images.dtype, [&]<typename T>() {
    return resize<T>(call, rows, columns);
  });
}

} // namespace

void addScalingRoutines(RoutineTable &table) {
  table.add("ScaleAndTranslate", scaleAndTranslate);
}

} // namespace firn::runtime
