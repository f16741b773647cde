// Routines that slide a window over NHWC images: Dilation2D,
// ExtractImagePatches, MaxPoolWithArgmax.
#include "backend/runtime/routines/Movement.h"
#include "backend/runtime/routines/Routines.h"

#include "backend/runtime/routines/Dispatch.h"

#include <algorithm>
#include <limits>

namespace firn::runtime {
namespace {

/// A window along one dimension of an image.
struct Window {
  int64_t input, size, stride, rate, places = 0, before = 0;

  /// The image index of tap `tap` at `place`, which may lie outside.
  int64_t at(int64_t place, int64_t tap) const {
    return place * stride + tap * rate - before;
  }
  bool holds(int64_t index) const { return index >= 0 && index < input; }
  /// The taps at `place` that lie in the image: from `first` to before `end`.
  struct Taps {
    int64_t first, end;
  };
  Taps tapsInside(int64_t place) const {
    int64_t origin = at(place, 0);
    int64_t first = origin < 0 ? (-origin + rate - 1) / rate : 0;
    int64_t end = origin < input ? (input - 1 - origin) / rate + 1 : 0;
    return {first, std::min(end, size)};
  }

  absl::Status resolve(const std::string &padding) {
    // So that products of two of them are numbers.
    constexpr int64_t most = std::numeric_limits<int32_t>::max();
    for (int64_t number : {size, stride, rate})
      if (number <= 0 || number > most)
        return invalid("expects windows, strides and rates from 1 to ", most,
                       ", but got ", number);
    int64_t extent = (size - 1) * rate + 1;
    if (padding == "SAME") {
      places = input / stride + (input % stride != 0);
      before = std::max<int64_t>((places - 1) * stride - input + extent, 0) / 2;
    } else {
      places = input < extent ? 0 : (input - extent) / stride + 1;
    }
    return absl::OkStatus();
  }
};

/// The windows over height and width of images [batch, height, width, depth].
struct Windows {
  Window rows, columns;
  int64_t batch, depth;

  static absl::StatusOr<Windows> make(RoutineCall &call,
                                      std::span<const int64_t> sizes,
                                      std::span<const int64_t> rates) {
    std::span<const int64_t> shape = call.input(0).shape();
    std::vector<int64_t> strides =
        call.attributes().getList<int64_t>("strides");
    if (shape.size() != 4 || strides.size() != 4 || sizes.size() != 4 ||
        rates.size() != 4)
      return invalid(
          "expects images, windows, strides and rates of 4 dimensions");
    for (size_t dim : {0, 3})
      if (sizes[dim] != 1 || strides[dim] != 1 || rates[dim] != 1)
        return invalid("expects windows, strides and rates of 1 along "
                       "batch and depth");
    Windows windows{{shape[1], sizes[1], strides[1], rates[1]},
                    {shape[2], sizes[2], strides[2], rates[2]},
                    shape[0],
                    shape[3]};
    std::string padding = call.attributes().getString("padding");
    for (Window *window : {&windows.rows, &windows.columns})
      if (absl::Status resolved = window->resolve(padding); !resolved.ok())
        return resolved;
    return windows;
  }

  Shape outputShape(int64_t lastSize) const {
    return {batch, rows.places, columns.places, lastSize};
  }
  int64_t offset(int64_t b, int64_t row, int64_t column) const {
    return ((b * rows.input + row) * columns.input + column) * depth;
  }

  /// body(batch, row, column, first element of the place's result) for each
  /// place.
  template <typename Body>
  void forEachPlace(int64_t lastSize, Body body) const {
    int64_t next = 0;
    for (int64_t b = 0; b < batch; ++b)
      for (int64_t row = 0; row < rows.places; ++row)
        for (int64_t column = 0; column < columns.places; ++column) {
          body(b, row, column, next);
          next += lastSize;
        }
  }
  /// body(first element there, or -1) for each tap.
  template <typename Body>
  void forEachTap(int64_t b, int64_t row, int64_t column, Body body) const {
    for (int64_t y = 0; y < rows.size; ++y)
      for (int64_t x = 0; x < columns.size; ++x) {
        int64_t r = rows.at(row, y), c = columns.at(column, x);
        bool inside = rows.holds(r) && columns.holds(c);
        body(inside ? offset(b, r, c) : -1);
      }
  }
  /// body(tap row, tap column, first element there) for each tap in the image.
  template <typename Body>
  void forEachTapInside(int64_t b, int64_t row, int64_t column,
                        Body body) const {
    Window::Taps inRow = rows.tapsInside(row);
    Window::Taps inColumn = columns.tapsInside(column);
    for (int64_t y = inRow.first; y < inRow.end; ++y)
      for (int64_t x = inColumn.first; x < inColumn.end; ++x)
        body(y, x, offset(b, rows.at(row, y), columns.at(column, x)));
  }
};

template <typename T> T lowestOf() {
  if constexpr (std::is_same_v<T, Half>)
    return Half(-65504.0f);
  else if constexpr (std::is_same_v<T, BFloat16>)
    return BFloat16(-0x1.fep127f);
  else
    return std::numeric_limits<T>::lowest();
}

/// The maximum of input + filter over the window.
absl::Status dilation2D(RoutineCall &call) {
  const TensorView &filter = call.input(1);
  if (filter.rank != 3 || call.input(0).rank != 4 ||
      filter.dims[2] != call.input(0).dims[3])
    return invalid("expects a filter of the images' depth, but got ",
                   shapeToString(filter.shape()), " for ",
                   shapeToString(call.input(0).shape()));
  std::vector<int64_t> rates = call.attributes().getList<int64_t>("rates");
  auto windows =
      Windows::make(call, Shape{1, filter.dims[0], filter.dims[1], 1}, rates);
  if (!windows.ok())
    return windows.status();
  int64_t depth = windows->depth;
  return dispatchReal(call.outputType(0), [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, windows->outputShape(depth));
    if (!to.ok())
      return to.status();
    if (to->empty())
      return absl::OkStatus();
    std::ranges::fill(*to, lowestOf<T>());
    const T *image = call.values<T>(0).data(), *add = call.values<T>(1).data();
    windows->forEachPlace(
        depth, [&](int64_t b, int64_t row, int64_t column, int64_t place) {
          windows->forEachTapInside(
              b, row, column, [&](int64_t y, int64_t x, int64_t from) {
                const T *taps = add + (y * windows->columns.size + x) * depth;
                for (int64_t d = 0; d < depth; ++d) {
                  T value = static_cast<T>(image[from + d] + taps[d]);
                  if (value > (*to)[place + d])
                    (*to)[place + d] = value;
                }
              });
        });
    return absl::OkStatus();
  });
}

/// The window's elements one behind the other; zeros outside of the image.
absl::Status extractImagePatches(RoutineCall &call) {
  auto windows =
      Windows::make(call, call.attributes().getList<int64_t>("ksizes"),
                    call.attributes().getList<int64_t>("rates"));
  if (!windows.ok())
    return windows.status();
  int64_t depth = windows->depth;
  std::optional<int64_t> taps =
      numElements(Shape{windows->rows.size, windows->columns.size, depth});
  if (!taps)
    return invalid("expects a patch that has a size, but got ",
                   windows->rows.size, " x ", windows->columns.size, " x ",
                   depth);
  return dispatchBits(call.outputType(0), [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, windows->outputShape(*taps));
    if (!to.ok())
      return to.status();
    if (to->empty())
      return absl::OkStatus();
    const T *image = call.values<T>(0).data();
    T *next = to->data();
    windows->forEachPlace(
        *taps, [&](int64_t b, int64_t row, int64_t column, int64_t) {
          windows->forEachTap(b, row, column, [&](int64_t from) {
            next = from < 0 ? std::fill_n(next, depth, T())
                            : std::copy_n(image + from, depth, next);
          });
        });
    return absl::OkStatus();
  });
}

template <typename T, typename Index>
absl::Status poolWithArgmax(RoutineCall &call, const Windows &windows) {
  int64_t depth = windows.depth;
  auto to = call.outputValues<T>(0, windows.outputShape(depth));
  auto where = call.outputValues<Index>(1, windows.outputShape(depth));
  if (!to.ok())
    return to.status();
  if (!where.ok())
    return where.status();
  if (to->empty())
    return absl::OkStatus();
  bool withBatch = call.attributes().getBool("include_batch_in_index");
  const T *image = call.values<T>(0).data();
  std::ranges::fill(*to, lowestOf<T>());
  std::ranges::fill(*where, Index(-1));
  windows.forEachPlace(depth, [&](int64_t b, int64_t row, int64_t column,
                                  int64_t place) {
    windows.forEachTapInside(
        b, row, column, [&](int64_t, int64_t, int64_t from) {
          for (int64_t d = 0; d < depth; ++d) {
            T value = image[from + d];
            if (!(value > (*to)[place + d]) && (*where)[place + d] != Index(-1))
              continue;
            (*to)[place + d] = value;
            int64_t own = from + d - (withBatch ? 0 : windows.offset(b, 0, 0));
            (*where)[place + d] = static_cast<Index>(own);
          }
        });
  });
  return absl::OkStatus();
}

/// Of equal elements the first one.
absl::Status maxPoolWithArgmax(RoutineCall &call) {
  auto windows = Windows::make(
      call, call.attributes().getList<int64_t>("ksize"), Shape{1, 1, 1, 1});
  if (!windows.ok())
    return windows.status();
  return dispatchReal(call.outputType(0), [&]<typename T>() -> absl::Status {
    if (call.outputType(1) == DType::Int32)
      return poolWithArgmax<T, int32_t>(call, *windows);
    return poolWithArgmax<T, int64_t>(call, *windows);
  });
}

} // namespace

void addWindowRoutines(RoutineTable &table) {
  table.add("Dilation2D", dilation2D);
  table.add("ExtractImagePatches", extractImagePatches);
  table.add("MaxPoolWithArgmax", maxPoolWithArgmax);
}

} // namespace firn::runtime
