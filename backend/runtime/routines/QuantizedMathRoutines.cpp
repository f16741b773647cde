// Arithmetic on quantized numbers: products in 32-bit accumulators, sums in a
// common range, pooling and joining.
#include "backend/runtime/routines/Broadcast.h"
#include "backend/runtime/routines/Quantization.h"
#include "backend/runtime/routines/Routines.h"
#include "backend/runtime/routines/Strings.h"

namespace firn::runtime {
namespace {

/// Operands and results that the kernels are for: 8 bits, 32-bit sums.
absl::Status expectBytes(const RoutineCall &call,
                         std::initializer_list<size_t> operands, DType result) {
  for (size_t i : operands)
    if (call.input(i).dtype != DType::QUInt8 &&
        call.input(i).dtype != DType::QInt8)
      return unsupportedType(call.input(i).dtype);
  if (call.outputType(0) != result)
    return unsupportedType(call.outputType(0));
  return absl::OkStatus();
}

/// Calls its argument with the types of operands 0 and 1.
template <typename Body>
absl::Status dispatchBytes(const RoutineCall &call, Body &&body) {
  bool isSigned0 = call.input(0).dtype == DType::QInt8;
  bool isSigned1 = call.input(1).dtype == DType::QInt8;
  if (isSigned0)
    return isSigned1 ? body.template operator()<int8_t, int8_t>()
                     : body.template operator()<int8_t, uint8_t>();
  return isSigned1 ? body.template operator()<uint8_t, int8_t>()
                   : body.template operator()<uint8_t, uint8_t>();
}

/// What stands for zero.
template <typename T> int32_t zeroOf(Range range) {
  return static_cast<int32_t>(quantizeUnclamped<T>(0.0f, range));
}

/// Wrapping 32-bit arithmetic.
int32_t multiplyAdd(int32_t sum, int32_t a, int32_t b) {
  return static_cast<int32_t>(static_cast<uint32_t>(sum) +
                              static_cast<uint32_t>(a) *
                                  static_cast<uint32_t>(b));
}

//===----------------------------------------------------------------------===//
// QuantizedMatMul
//===----------------------------------------------------------------------===//

absl::Status quantizedMatMul(RoutineCall &call) {
  absl::StatusOr<Range> rangeA = rangeAt(call, 2), rangeB = rangeAt(call, 4);
  if (!rangeA.ok() || !rangeB.ok())
    return rangeA.ok() ? rangeB.status() : rangeA.status();
  if (absl::Status status = expectBytes(call, {0, 1}, DType::QInt32);
      !status.ok())
    return status;
  const TensorView &a = call.input(0), &b = call.input(1);
  bool flipA = call.attributes().getBool("transpose_a");
  bool flipB = call.attributes().getBool("transpose_b");
  if (a.rank != 2 || b.rank != 2 || a.dims[!flipA] != b.dims[flipB])
    return absl::InvalidArgumentError(absl::StrCat(
        "expects matrices that multiply, but found ", shapeToString(a.shape()),
        " and ", shapeToString(b.shape())));
  int64_t m = a.dims[flipA], depth = a.dims[!flipA], n = b.dims[!flipB];
  auto output = call.outputValues<int32_t>(0, Shape{m, n});
  if (!output.ok())
    return output.status();
  return dispatchBytes(call, [&]<typename A, typename B>() {
    std::span<const A> left = call.values<A>(0);
    std::span<const B> right = call.values<B>(1);
    int32_t zeroA = zeroOf<A>(*rangeA), zeroB = zeroOf<B>(*rangeB);
    for (int64_t i = 0; i < m; ++i)
      for (int64_t j = 0; j < n; ++j) {
        int32_t sum = 0;
        for (int64_t k = 0; k < depth; ++k)
          sum =
              multiplyAdd(sum, left[flipA ? k * m + i : i * depth + k] - zeroA,
                          right[flipB ? j * depth + k : k * n + j] - zeroB);
        (*output)[i * n + j] = sum;
      }
    return writeRange(call, 1, rangeOfProduct<A, B>(*rangeA, *rangeB));
  });
}

//===----------------------------------------------------------------------===//
// Windows: QuantizedConv2D, QuantizedMaxPool, QuantizedAvgPool
//===----------------------------------------------------------------------===//

/// A spatial dimension of a window that moves over an image.
struct Window {
  int64_t input, size, stride, output, before;
};

absl::StatusOr<Window> windowOf(int64_t input, int64_t size, int64_t stride,
                                bool isSame) {
  if (size < 1 || stride < 1 || input < 0)
    return absl::InvalidArgumentError(
        absl::StrCat("expects windows and strides of at least 1, but found ",
                     size, " and ", stride));
  int64_t output =
      isSame ? (input + stride - 1) / stride : (input - size + stride) / stride;
  if (output < 0)
    output = 0;
  int64_t padding =
      isSame ? std::max<int64_t>(0, (output - 1) * stride + size - input) : 0;
  return Window{input, size, stride, output, padding / 2};
}

/// The two windows of a node with attributes `strides` and `padding`.
absl::StatusOr<std::pair<Window, Window>>
windowsOf(const RoutineCall &call, int64_t height, int64_t width) {
  std::vector<int64_t> strides = call.attributes().getList<int64_t>("strides");
  std::string padding = call.attributes().getString("padding");
  std::span<const int64_t> image = call.input(0).shape();
  if (image.size() != 4 || strides.size() != 4 || strides[0] != 1 ||
      strides[3] != 1 || (padding != "SAME" && padding != "VALID"))
    return absl::InvalidArgumentError(absl::StrCat(
        "expects images of rank 4, strides over rows and columns "
        "and padding SAME or VALID, but found ",
        shapeToString(image), ", ", shapeToString(strides), " and ", padding));
  auto rows = windowOf(image[1], height, strides[1], padding == "SAME");
  auto columns = windowOf(image[2], width, strides[2], padding == "SAME");
  if (!rows.ok() || !columns.ok())
    return rows.ok() ? columns.status() : rows.status();
  return std::pair(*rows, *columns);
}

/// Calls `body(row of the image, row of the window)` for the rows that lie
/// within the image.
template <typename Body>
void forEachTap(const Window &window, int64_t at, Body &&body) {
  for (int64_t k = 0; k < window.size; ++k) {
    int64_t position = at * window.stride - window.before + k;
    if (position >= 0 && position < window.input)
      body(position, k);
  }
}

absl::Status quantizedConv2D(RoutineCall &call) {
  absl::StatusOr<Range> rangeX = rangeAt(call, 2), rangeF = rangeAt(call, 4);
  if (!rangeX.ok() || !rangeF.ok())
    return rangeX.ok() ? rangeF.status() : rangeX.status();
  if (absl::Status status = expectBytes(call, {0, 1}, DType::QInt32);
      !status.ok())
    return status;
  for (int64_t dilation : call.attributes().getList<int64_t>("dilations"))
    if (dilation != 1)
      return absl::UnimplementedError("unsupported op: it has dilations");
  const TensorView &image = call.input(0), &filter = call.input(1);
  if (filter.rank != 4 || image.rank != 4 || image.dims[3] != filter.dims[2])
    return absl::InvalidArgumentError(absl::StrCat(
        "expects images and a filter of the same depth, but found ",
        shapeToString(image.shape()), " and ", shapeToString(filter.shape())));
  auto windows = windowsOf(call, filter.dims[0], filter.dims[1]);
  if (!windows.ok())
    return windows.status();
  auto [rows, columns] = *windows;
  int64_t batch = image.dims[0], depth = image.dims[3],
          channels = filter.dims[3];
  auto output = call.outputValues<int32_t>(
      0, Shape{batch, rows.output, columns.output, channels});
  if (!output.ok())
    return output.status();
  std::fill(output->begin(), output->end(), 0);
  return dispatchBytes(call, [&]<typename X, typename F>() {
    const X *pixels = call.values<X>(0).data();
    const F *weights = call.values<F>(1).data();
    int32_t zeroX = zeroOf<X>(*rangeX), zeroF = zeroOf<F>(*rangeF);
    int32_t *to = output->data();
    for (int64_t b = 0; b < batch; ++b)
      for (int64_t y = 0; y < rows.output; ++y)
        for (int64_t x = 0; x < columns.output; ++x, to += channels)
          forEachTap(rows, y, [&](int64_t row, int64_t fy) {
            forEachTap(columns, x, [&](int64_t column, int64_t fx) {
              const X *pixel =
                  pixels +
                  ((b * rows.input + row) * columns.input + column) * depth;
              const F *tap =
                  weights + (fy * columns.size + fx) * depth * channels;
              for (int64_t c = 0; c < depth; ++c)
                for (int64_t o = 0; o < channels; ++o)
                  to[o] = multiplyAdd(to[o], pixel[c] - zeroX,
                                      tap[c * channels + o] - zeroF);
            });
          });
    return writeRange(call, 1, rangeOfProduct<X, F>(*rangeX, *rangeF));
  });
}

/// Averages divide by the pixels within the image, towards zero.
absl::Status pool(RoutineCall &call, bool isMax) {
  absl::StatusOr<Range> range = rangeAt(call, 1);
  if (!range.ok())
    return range.status();
  if (absl::Status status = expectBytes(call, {0}, call.input(0).dtype);
      !status.ok())
    return status;
  std::vector<int64_t> sizes = call.attributes().getList<int64_t>("ksize");
  if (sizes.size() != 4 || sizes[0] != 1 || sizes[3] != 1)
    return absl::InvalidArgumentError(
        absl::StrCat("expects a window of rows and columns, but found ksize ",
                     shapeToString(sizes)));
  auto windows = windowsOf(call, sizes[1], sizes[2]);
  if (!windows.ok())
    return windows.status();
  auto [rows, columns] = *windows;
  const TensorView &image = call.input(0);
  int64_t batch = image.dims[0], depth = image.dims[3];
  Shape shape{batch, rows.output, columns.output, depth};
  absl::Status status =
      dispatchQuantized(image.dtype, [&]<typename T>() -> absl::Status {
        auto output = call.outputValues<T>(0, shape);
        if constexpr (std::is_integral_v<T>) {
          const T *pixels = call.values<T>(0).data();
          if (!output.ok())
            return output.status();
          for (size_t i = 0; i < output->size(); ++i) {
            auto at = static_cast<int64_t>(i);
            int64_t c = at % depth, x = at / depth % columns.output;
            int64_t y = at / depth / columns.output % rows.output;
            int64_t b = at / depth / columns.output / rows.output;
            int64_t most = kLowest<T>, sum = 0, count = 0;
            forEachTap(rows, y, [&](int64_t row, int64_t) {
              forEachTap(columns, x, [&](int64_t column, int64_t) {
                int64_t value =
                    pixels[((b * rows.input + row) * columns.input + column) *
                               depth +
                           c];
                most = std::max(most, value);
                sum += value;
                ++count;
              });
            });
            (*output)[i] = static_cast<T>(
                isMax ? most : sum / std::max<int64_t>(1, count));
          }
        }
        return output.status();
      });
  return status.ok() ? writeRange(call, 1, *range) : status;
}

absl::Status quantizedMaxPool(RoutineCall &call) { return pool(call, true); }
absl::Status quantizedAvgPool(RoutineCall &call) { return pool(call, false); }

//===----------------------------------------------------------------------===//
// Element by element
//===----------------------------------------------------------------------===//

absl::Status clampTensor(RoutineCall &call, bool toSix) {
  absl::StatusOr<Range> range = rangeAt(call, 1);
  if (!range.ok())
    return range.status();
  if (call.outputType(0) != call.input(0).dtype)
    return unsupportedType(call.outputType(0));
  absl::Status status =
      dispatchQuantized(call.input(0).dtype, [&]<typename T>() -> absl::Status {
        auto output = call.outputValues<T>(0, call.input(0).shape());
        if constexpr (std::is_integral_v<T>) {
          if (!output.ok())
            return output.status();
          std::span<const T> from = call.values<T>(0);
          T low = quantize<T>(0.0f, *range);
          T high =
              toSix ? quantize<T>(6.0f, *range) : static_cast<T>(kHighest<T>);
          std::transform(from.begin(), from.end(), output->begin(),
                         [&](T v) { return std::min(std::max(v, low), high); });
        }
        return output.status();
      });
  return status.ok() ? writeRange(call, 1, *range) : status;
}

absl::Status quantizedRelu(RoutineCall &call) {
  return clampTensor(call, false);
}
absl::Status quantizedRelu6(RoutineCall &call) {
  return clampTensor(call, true);
}

/// x, y and their ranges; `combine<X, Y>(x, y)` gives the sum or product and
/// `rangeOf<X, Y>()` its range.
template <typename MakeBody>
absl::Status combine(RoutineCall &call, MakeBody makeBody) {
  absl::StatusOr<Range> rangeX = rangeAt(call, 2), rangeY = rangeAt(call, 4);
  if (!rangeX.ok() || !rangeY.ok())
    return rangeX.ok() ? rangeY.status() : rangeX.status();
  if (absl::Status status = expectBytes(call, {0, 1}, DType::QInt32);
      !status.ok())
    return status;
  auto broadcast =
      Broadcast::of({call.input(0).shape(), call.input(1).shape()});
  if (!broadcast.ok())
    return broadcast.status();
  auto output = call.outputValues<int32_t>(0, broadcast->shape());
  if (!output.ok())
    return output.status();
  return dispatchBytes(call, [&]<typename X, typename Y>() {
    auto [body, range] = makeBody.template operator()<X, Y>(*rangeX, *rangeY);
    std::span<const X> x = call.values<X>(0);
    std::span<const Y> y = call.values<Y>(1);
    broadcast->forEach([&, &apply = body](int64_t i, const Shape &positions) {
      (*output)[i] = apply(x[positions[0]], y[positions[1]]);
    });
    return writeRange(call, 1, range);
  });
}

absl::Status quantizedMul(RoutineCall &call) {
  return combine(call, []<typename X, typename Y>(Range x, Range y) {
    int32_t zeroX = zeroOf<X>(x), zeroY = zeroOf<Y>(y);
    auto body = [=](X a, Y b) { return multiplyAdd(0, a - zeroX, b - zeroY); };
    return std::pair(body, rangeOfProduct<X, Y>(x, y));
  });
}

absl::Status quantizedAdd(RoutineCall &call) {
  return combine(call, []<typename X, typename Y>(Range x, Range y) {
    Range sum = rangeOfSum(x, y);
    auto body = [=](X a, Y b) {
      int32_t left = quantize<int32_t>(dequantize<X>(a, x), sum);
      return multiplyAdd(left, 1, quantize<int32_t>(dequantize<Y>(b, y), sum));
    };
    return std::pair(body, sum);
  });
}

/// The bias has the last dimension; sums go through floats.
absl::Status quantizedBiasAdd(RoutineCall &call) {
  if (call.input(1).rank != 1 || call.input(0).rank < 1 ||
      call.input(0).dims[call.input(0).rank - 1] != call.input(1).dims[0])
    return absl::InvalidArgumentError(
        absl::StrCat("expects a bias for the last dimension, but found ",
                     shapeToString(call.input(0).shape()), " and ",
                     shapeToString(call.input(1).shape())));
  return combine(call, []<typename X, typename Y>(Range x, Range y) {
    Range sum = rangeOfSum(x, y);
    ArrayDequantizer<X> readX(x);
    ArrayDequantizer<Y> readY(y);
    ArrayQuantizer<int32_t> write(sum);
    auto body = [=](X a, Y b) { return write(readX(a) + readY(b)); };
    return std::pair(body, sum);
  });
}

//===----------------------------------------------------------------------===//
// QuantizedReshape
//===----------------------------------------------------------------------===//

absl::Status quantizedReshape(RoutineCall &call) {
  absl::StatusOr<Range> range = rangeAt(call, 2);
  if (!range.ok())
    return range.status();
  Shape shape = call.integers(1);
  int64_t count = call.numElements(0), known = 1, open = -1;
  for (size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == -1 && open < 0)
      open = static_cast<int64_t>(i);
    else if (shape[i] < 0 || __builtin_mul_overflow(known, shape[i], &known))
      return absl::InvalidArgumentError(
          absl::StrCat("expects a shape, but found ", shapeToString(shape)));
  }
  if (open >= 0 && known != 0)
    shape[static_cast<size_t>(open)] = count / known;
  if (firn::numElements(shape).value_or(-1) != count)
    return absl::InvalidArgumentError(absl::StrCat("expects a shape of ", count,
                                                   " elements, but found ",
                                                   shapeToString(shape)));
  absl::Status status =
      dispatchBits(call.input(0).dtype, [&]<typename T>() -> absl::Status {
        auto output = call.outputValues<T>(0, shape);
        if (output.ok())
          std::copy_n(call.values<T>(0).data(), output->size(), output->data());
        return output.status();
      });
  return status.ok() ? writeRange(call, 1, *range) : status;
}

} // namespace

void addQuantizedMathRoutines(RoutineTable &table) {
  table.add("QuantizedMatMul", quantizedMatMul);
  table.add("QuantizedConv2D", quantizedConv2D);
  table.add("QuantizedMaxPool", quantizedMaxPool);
  table.add("QuantizedAvgPool", quantizedAvgPool);
  table.add("QuantizedRelu", quantizedRelu);
  table.add("QuantizedRelu6", quantizedRelu6);
  table.add("QuantizedMul", quantizedMul);
  table.add("QuantizedAdd", quantizedAdd);
  table.add("QuantizedBiasAdd", quantizedBiasAdd);
  table.add("QuantizedReshape", quantizedReshape);
}

} // namespace firn::runtime
