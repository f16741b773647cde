// Slices of tensors: checkpoints may hold a tensor in parts (a partitioned
// variable), and a graph may want a part of a tensor that is stored whole.
#ifndef FIRN_FRONTEND_CHECKPOINT_TENSORSLICE_H
#define FIRN_FRONTEND_CHECKPOINT_TENSORSLICE_H

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace firn {

namespace tf {
class TensorSliceProto;
} // namespace tf

/// One dimension of a slice: `length` -1 means the whole dimension.
struct SliceExtent {
  int64_t start = 0;
  int64_t length = -1;

  bool isFull() const { return length < 0; }
  bool operator==(const SliceExtent &other) const = default;
};
using TensorSlice = std::vector<SliceExtent>;

TensorSlice sliceFromProto(const tf::TensorSliceProto &proto);

/// A slice as text, in the notation of RestoreV2: `0,5:-`.
std::string formatSlice(const TensorSlice &slice);

/// What an entry of RestoreV2's `shape_and_slices` asks for.
struct ShapeAndSlice {
  std::vector<int64_t> shape; // of the whole tensor
  TensorSlice slice;
};

/// Parses `"10 5 0,5:-"`; an empty text (the whole tensor) is nullopt.
absl::StatusOr<std::optional<ShapeAndSlice>>
parseShapeAndSlice(absl::string_view text);

/// The number of elements; nullopt if a dimension is negative, the rank is
/// above 254, or the number does not fit.
std::optional<int64_t> countElements(absl::Span<const int64_t> shape);

/// A box of elements: every extent known and inside the tensor.
struct TensorRegion {
  std::vector<int64_t> starts;
  std::vector<int64_t> lengths;
  int64_t elements = 1;

  static TensorRegion whole(absl::Span<const int64_t> shape);
  /// Places `slice` in a tensor of `shape`; InvalidArgument if it does not fit.
  static absl::StatusOr<TensorRegion> of(const TensorSlice &slice,
                                         absl::Span<const int64_t> shape);
  /// The number of elements that both have.
  int64_t overlap(const TensorRegion &other) const;
};

/// Copies the elements that both regions have from `source` to `target`, each a
/// dense row-major buffer of the elements of its region.
void copyOverlap(const TensorRegion &targetRegion, char *target,
                 const TensorRegion &sourceRegion, const char *source,
                 size_t elementSize);

} // namespace firn

#endif // FIRN_FRONTEND_CHECKPOINT_TENSORSLICE_H
