//===- StridedSliceSpec.cpp - what the masks of StridedSlice mean ---------===//
//
// Two steps. First the entries (one per argument element, some of them for an
// ellipsis or a new axis) are spread over the input's dimensions; then each
// dimension is brought into offset, stride and size, with TensorFlow's
// clamping: a range may reach over the ends, a single index may not.
//
//===----------------------------------------------------------------------===//

#include "ir/StridedSliceSpec.h"

using namespace mlir;

namespace firn::tfg {
namespace {

constexpr int64_t kUnknown = ShapedType::kDynamic;

/// What the arguments say about one input dimension.
struct Range {
  std::optional<int64_t> begin, end;
  std::optional<int64_t> stride = 1;
  bool fromStart = false, toEnd = false, isIndex = false;
  int64_t entry = -1;
};

bool hasBit(uint64_t mask, int64_t bit) { return (mask >> bit) & 1; }

/// Spreads entries over dimensions. `outputs`: for each output dimension, the
/// input dimension it shows, or -1 for a new one.
class Spreader {
public:
  Spreader(StridedSliceOp op, int64_t rank, int64_t numEntries)
      : op(op), rank(rank), numEntries(numEntries) {}

  SmallVector<Range> ranges;
  SmallVector<int64_t> outputs;

  LogicalResult run(std::optional<ArrayRef<int64_t>> begin,
                    std::optional<ArrayRef<int64_t>> end,
                    std::optional<ArrayRef<int64_t>> strides,
                    std::string &error) {
    uint64_t ellipsis = op.getEllipsisMask(), newAxis = op.getNewAxisMask();
    uint64_t inUse = (uint64_t(1) << numEntries) - 1;
    if (llvm::popcount(ellipsis & inUse) > 1)
      return fail("has more than one ellipsis", error);
    bool seenEllipsis = false;
    for (int64_t i = 0; i < numEntries; ++i) {
      if (hasBit(ellipsis, i)) {
        addWhole(rank - int64_t(ranges.size()) - dimensionsAfter(i));
        seenEllipsis = true;
        continue;
      }
      if (hasBit(newAxis, i)) {
        outputs.push_back(-1);
        continue;
      }
      if (int64_t(ranges.size()) == rank)
        return fail("takes slices of more dimensions than its input has (" +
                        Twine(rank) + ")",
                    error);
      addEntry(i, begin, end, strides);
    }
    // Without an ellipsis there is one at the end.
    if (!seenEllipsis)
      addWhole(rank - int64_t(ranges.size()));
    if (int64_t(ranges.size()) != rank)
      return fail("takes slices of more dimensions than its input has (" +
                      Twine(rank) + ")",
                  error);
    return success();
  }

  static LogicalResult fail(const Twine &text, std::string &error) {
    error = text.str();
    return failure();
  }

private:
  /// Input dimensions that entries after an ellipsis take.
  int64_t dimensionsAfter(int64_t entry) {
    int64_t count = 0;
    for (int64_t i = entry + 1; i < numEntries; ++i)
      count += !hasBit(op.getNewAxisMask(), i);
    return count;
  }

  void addWhole(int64_t count) {
    for (int64_t i = 0; i < count; ++i) {
      outputs.push_back(ranges.size());
      Range &range = ranges.emplace_back();
      range.fromStart = range.toEnd = true;
    }
  }

  void addEntry(int64_t i, std::optional<ArrayRef<int64_t>> begin,
                std::optional<ArrayRef<int64_t>> end,
                std::optional<ArrayRef<int64_t>> strides) {
    auto get = [&](std::optional<ArrayRef<int64_t>> values) {
      return values ? std::optional((*values)[i]) : std::nullopt;
    };
    Range range;
    range.begin = get(begin);
    range.end = get(end);
    range.stride = get(strides);
    range.fromStart = hasBit(op.getBeginMask(), i);
    range.toEnd = hasBit(op.getEndMask(), i);
    range.isIndex = hasBit(op.getShrinkAxisMask(), i);
    range.entry = i;
    if (!range.isIndex)
      outputs.push_back(ranges.size());
    ranges.push_back(range);
  }

  StridedSliceOp op;
  int64_t rank, numEntries;
};

/// A dimension from which one index is taken.
LogicalResult resolveIndex(const Range &range, int64_t dim, int64_t size,
                           StridedSliceSpec &spec, std::string &error) {
  if (range.stride && *range.stride <= 0)
    return Spreader::fail(
        "expects stride 1 where it takes one index, but got " +
            Twine(*range.stride),
        error);
  spec.strides.push_back(1);
  spec.sizes.push_back(1);
  if (!range.begin || size == kUnknown) {
    bool isFixed = range.begin && *range.begin >= 0;
    spec.offsets.push_back(isFixed ? *range.begin : kUnknown);
    return success();
  }
  int64_t index = *range.begin < 0 ? *range.begin + size : *range.begin;
  if (index < 0 || index >= size)
    return Spreader::fail("index " + Twine(*range.begin) + " of dimension " +
                              Twine(dim) + " is out of bounds (size " +
                              Twine(size) + ")",
                          error);
  spec.offsets.push_back(index);
  return success();
}

/// A dimension of which a range is taken. Limits outside of it are clamped.
void resolveRange(const Range &range, int64_t size, StridedSliceSpec &spec) {
  if (range.fromStart && range.toEnd && range.stride == 1) {
    spec.offsets.push_back(0);
    spec.strides.push_back(1);
    spec.sizes.push_back(size);
    return;
  }
  if (!range.stride || size == kUnknown || (!range.begin && !range.fromStart) ||
      (!range.end && !range.toEnd)) {
    spec.offsets.push_back(kUnknown);
    spec.strides.push_back(range.stride.value_or(kUnknown));
    spec.sizes.push_back(kUnknown);
    return;
  }
  int64_t stride = *range.stride;
  int64_t low = stride > 0 ? 0 : -1, high = stride > 0 ? size : size - 1;
  auto clamp = [&](int64_t value) {
    return std::clamp(value < 0 ? value + size : value, low, high);
  };
  int64_t begin =
      range.fromStart ? (stride > 0 ? low : high) : clamp(*range.begin);
  int64_t end = range.toEnd ? (stride > 0 ? high : low) : clamp(*range.end);
  int64_t length = end - begin, count = 0;
  if (length != 0 && (length < 0) == (stride < 0))
    count = length / stride + (length % stride != 0);
  // An empty slice starts anywhere; a single element needs no stride.
  spec.offsets.push_back(count == 0 ? 0 : begin);
  spec.strides.push_back(count <= 1 ? 1 : stride);
  spec.sizes.push_back(count);
}

} // namespace

FailureOr<StridedSliceSpec>
resolveStridedSlice(StridedSliceOp op, ArrayRef<int64_t> inputShape,
                    int64_t numEntries, std::optional<ArrayRef<int64_t>> begin,
                    std::optional<ArrayRef<int64_t>> end,
                    std::optional<ArrayRef<int64_t>> strides,
                    std::string &error) {
  if (numEntries > 32)
    return Spreader::fail(
        "expects at most 32 entries, but has " + Twine(numEntries), error);
  for (std::optional<ArrayRef<int64_t>> values : {begin, end, strides})
    if (values && int64_t(values->size()) != numEntries)
      return Spreader::fail("expects begin, end and strides of the same size",
                            error);
  Spreader spreader(op, inputShape.size(), numEntries);
  if (failed(spreader.run(begin, end, strides, error)))
    return failure();
  StridedSliceSpec spec;
  for (auto [dim, range] : llvm::enumerate(spreader.ranges)) {
    int64_t size = inputShape[dim];
    if (range.stride == 0)
      return Spreader::fail("expects strides that are not zero", error);
    spec.indexEntry.push_back(range.isIndex ? range.entry : -1);
    if (!range.isIndex)
      resolveRange(range, size, spec);
    else if (failed(resolveIndex(range, dim, size, spec, error)))
      return failure();
  }
  for (int64_t dim : spreader.outputs)
    spec.shape.push_back(dim < 0 ? 1 : spec.sizes[dim]);
  return spec;
}

} // namespace firn::tfg
