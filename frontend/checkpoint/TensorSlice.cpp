// Arithmetic on slices of tensors.
#include "frontend/checkpoint/TensorSlice.h"

#include "proto/tensor.pb.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include <algorithm>
#include <cstring>

namespace firn {

TensorSlice sliceFromProto(const tf::TensorSliceProto &proto) {
  TensorSlice slice;
  for (const tf::TensorSliceProto::Extent &extent : proto.extent()) {
    bool isFull =
        extent.has_length_case() != tf::TensorSliceProto::Extent::kLength;
    slice.push_back({extent.start(), isFull ? -1 : extent.length()});
  }
  return slice;
}

std::string formatSlice(const TensorSlice &slice) {
  return absl::StrJoin(
      slice, ":", [](std::string *out, const SliceExtent &extent) {
        if (extent.isFull())
          absl::StrAppend(out, "-");
        else
          absl::StrAppend(out, extent.start, ",", extent.length);
      });
}

absl::StatusOr<std::optional<ShapeAndSlice>>
parseShapeAndSlice(absl::string_view text) {
  if (text.empty())
    return std::optional<ShapeAndSlice>();
  absl::Status malformed = absl::InvalidArgumentError(
      absl::StrCat("expected a slice like '10 5 0,5:-', found '", text, "'"));
  std::vector<absl::string_view> words = absl::StrSplit(text, ' ');
  ShapeAndSlice result;
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    int64_t dim;
    if (!absl::SimpleAtoi(words[i], &dim))
      return malformed;
    result.shape.push_back(dim);
  }
  // A scalar has no extents.
  if (!words.back().empty()) {
    for (absl::string_view part : absl::StrSplit(words.back(), ':')) {
      SliceExtent extent;
      if (part != "-") {
        std::pair<absl::string_view, absl::string_view> numbers =
            absl::StrSplit(part, absl::MaxSplits(',', 1));
        if (!absl::SimpleAtoi(numbers.first, &extent.start) ||
            !absl::SimpleAtoi(numbers.second, &extent.length) ||
            extent.start < 0 || extent.length < 0)
          return malformed;
      }
      result.slice.push_back(extent);
    }
  }
  if (result.shape.size() != result.slice.size())
    return malformed;
  return std::optional<ShapeAndSlice>(std::move(result));
}

std::optional<int64_t> countElements(absl::Span<const int64_t> shape) {
  if (shape.size() > 254)
    return std::nullopt;
  int64_t count = 1;
  bool overflow = false;
  for (int64_t dim : shape) {
    if (dim < 0)
      return std::nullopt;
    overflow |= __builtin_mul_overflow(count, dim, &count);
  }
  // A zero makes the product zero, however large the other dimensions are.
  if (std::find(shape.begin(), shape.end(), 0) != shape.end())
    return 0;
  return overflow ? std::nullopt : std::optional<int64_t>(count);
}

TensorRegion TensorRegion::whole(absl::Span<const int64_t> shape) {
  TensorRegion region;
  region.starts.assign(shape.size(), 0);
  region.lengths.assign(shape.begin(), shape.end());
  region.elements = countElements(shape).value_or(0);
  return region;
}

absl::StatusOr<TensorRegion> TensorRegion::of(const TensorSlice &slice,
                                              absl::Span<const int64_t> shape) {
  auto misfit = [&] {
    return absl::InvalidArgumentError(absl::StrCat(
        "the slice ", formatSlice(slice), " does not fit a tensor of shape [",
        absl::StrJoin(shape, ", "), "]"));
  };
  if (slice.size() != shape.size())
    return misfit();
  TensorRegion region;
  for (size_t i = 0; i < shape.size(); ++i) {
    SliceExtent extent = slice[i];
    if (extent.isFull())
      extent = {0, shape[i]};
    if (extent.start < 0 || extent.start > shape[i] ||
        extent.length > shape[i] - extent.start)
      return misfit();
    region.starts.push_back(extent.start);
    region.lengths.push_back(extent.length);
  }
  std::optional<int64_t> elements = countElements(region.lengths);
  if (!elements)
    return misfit();
  region.elements = *elements;
  return region;
}

int64_t TensorRegion::overlap(const TensorRegion &other) const {
  int64_t count = 1;
  for (size_t i = 0; i < starts.size(); ++i) {
    int64_t begin = std::max(starts[i], other.starts[i]);
    int64_t end =
        std::min(starts[i] + lengths[i], other.starts[i] + other.lengths[i]);
    if (end <= begin)
      return 0;
    count *= end - begin;
  }
  return count;
}

void copyOverlap(const TensorRegion &targetRegion, char *target,
                 const TensorRegion &sourceRegion, const char *source,
                 size_t elementSize) {
  if (targetRegion.overlap(sourceRegion) == 0)
    return;
  size_t rank = targetRegion.starts.size();
  std::vector<int64_t> begin(rank), end(rank);
  for (size_t i = 0; i < rank; ++i) {
    begin[i] = std::max(targetRegion.starts[i], sourceRegion.starts[i]);
    end[i] = std::min(targetRegion.starts[i] + targetRegion.lengths[i],
                      sourceRegion.starts[i] + sourceRegion.lengths[i]);
  }
  // Trailing dimensions that both hold in full, and the one before them, make
  // up one contiguous run. `outer` is the number of dimensions to step through.
  size_t outer = rank;
  size_t run = elementSize;
  while (outer > 0) {
    --outer;
    run *= end[outer] - begin[outer];
    if (targetRegion.lengths[outer] != sourceRegion.lengths[outer] ||
        end[outer] - begin[outer] != targetRegion.lengths[outer])
      break;
  }

  auto offsetIn = [&](const TensorRegion &region,
                      const std::vector<int64_t> &index) {
    size_t offset = 0;
    for (size_t i = 0; i < rank; ++i)
      offset = offset * region.lengths[i] + (index[i] - region.starts[i]);
    return offset * elementSize;
  };
  std::vector<int64_t> index = begin;
  while (true) {
    std::memcpy(target + offsetIn(targetRegion, index),
                source + offsetIn(sourceRegion, index), run);
    size_t dim = outer;
    while (dim > 0 && ++index[dim - 1] == end[dim - 1]) {
      index[dim - 1] = begin[dim - 1];
      --dim;
    }
    if (dim == 0)
      return;
  }
}

} // namespace firn
