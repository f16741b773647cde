// Routines that make one string of several: StringJoin, Add of strings,
// ReduceJoin, UnsortedSegmentJoin.
#include "backend/runtime/routines/Broadcast.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"
#include "backend/runtime/routines/Strings.h"

#include <algorithm>

namespace firn::runtime {
namespace {

absl::Status stringJoin(RoutineCall &call) {
  std::string separator = call.attributes().getString("separator");
  size_t count = call.numInputs();
  Shape shape;
  for (size_t i = 0; i < count; ++i) {
    std::span<const int64_t> own = call.input(i).shape();
    if (own.empty())
      continue;
    if (!shape.empty() &&
        !std::equal(own.begin(), own.end(), shape.begin(), shape.end()))
      return absl::InvalidArgumentError(
          absl::StrCat("expects inputs of one shape or scalars, but found ",
                       shapeToString(shape), " and ", shapeToString(own),
                       " (input ", i, ")"));
    shape.assign(own.begin(), own.end());
  }
  auto output = call.outputValues<StringRef>(0, shape);
  if (!output.ok())
    return output.status();
  for (size_t element = 0; element < output->size(); ++element) {
    std::string joined;
    for (size_t i = 0; i < count; ++i) {
      if (i)
        joined += separator;
      joined += call.string(
          i, call.input(i).rank ? static_cast<int64_t>(element) : 0);
    }
    (*output)[element] = call.newString(std::move(joined));
  }
  return absl::OkStatus();
}

absl::Status add(RoutineCall &call) {
  if (call.input(0).dtype != DType::String)
    return unsupportedType(call.input(0).dtype);
  auto broadcast =
      Broadcast::of({call.input(0).shape(), call.input(1).shape()});
  if (!broadcast.ok())
    return broadcast.status();
  auto output = call.outputValues<StringRef>(0, broadcast->shape());
  if (!output.ok())
    return output.status();
  broadcast->forEach([&](int64_t i, const Shape &positions) {
    std::string joined(call.string(0, positions[0]));
    joined += call.string(1, positions[1]);
    (*output)[i] = call.newString(std::move(joined));
  });
  return absl::OkStatus();
}

//===----------------------------------------------------------------------===//
// ReduceJoin
//===----------------------------------------------------------------------===//

/// The reduced dimensions in the order given, which is the order of joining.
absl::StatusOr<std::vector<size_t>> reducedDims(const RoutineCall &call) {
  int64_t rank = call.input(0).rank;
  std::vector<size_t> dims;
  for (int64_t axis : call.integers(1)) {
    if (axis < -rank || axis >= rank)
      return absl::InvalidArgumentError(
          absl::StrCat("expects reduction_indices in [", -rank, ", ", rank,
                       "), but found ", axis));
    auto dim = static_cast<size_t>(axis < 0 ? axis + rank : axis);
    if (std::find(dims.begin(), dims.end(), dim) != dims.end())
      return absl::InvalidArgumentError(absl::StrCat(
          "expects different reduction_indices, but found ", dim, " twice"));
    dims.push_back(dim);
  }
  return dims;
}

/// Counts through the dimensions `order` of a tensor, the last one fastest, and
/// calls `body` with the offset of each element.
template <typename Body>
void walk(std::span<const int64_t> shape, const Shape &strides,
          const std::vector<size_t> &order, Body &&body) {
  for (size_t dim : order)
    if (shape[dim] == 0)
      return;
  Shape position(order.size());
  int64_t offset = 0;
  for (;;) {
    body(offset);
    size_t i = order.size();
    while (i > 0) {
      --i;
      offset += strides[order[i]];
      if (++position[i] < shape[order[i]])
        break;
      offset -= strides[order[i]] * shape[order[i]];
      position[i] = 0;
      if (i == 0)
        return;
    }
    if (order.empty())
      return;
  }
}

absl::Status reduceJoin(RoutineCall &call) {
  std::span<const int64_t> shape = call.input(0).shape();
  absl::StatusOr<std::vector<size_t>> reduced = reducedDims(call);
  if (!reduced.ok())
    return reduced.status();
  Shape strides(shape.size()), resultShape;
  int64_t stride = 1;
  for (size_t dim = shape.size(); dim-- > 0; stride *= shape[dim])
    strides[dim] = stride;
  std::vector<size_t> kept;
  bool keepDims = call.attributes().getBool("keep_dims");
  for (size_t dim = 0; dim < shape.size(); ++dim) {
    bool isReduced =
        std::find(reduced->begin(), reduced->end(), dim) != reduced->end();
    if (!isReduced)
      kept.push_back(dim);
    if (!isReduced || keepDims)
      resultShape.push_back(isReduced ? 1 : shape[dim]);
  }
  auto output = call.outputValues<StringRef>(0, resultShape);
  if (!output.ok())
    return output.status();
  std::string separator = call.attributes().getString("separator");
  size_t next = 0;
  walk(shape, strides, kept, [&](int64_t base) {
    std::string joined;
    bool first = true;
    walk(shape, strides, *reduced, [&](int64_t offset) {
      if (!first)
        joined += separator;
      first = false;
      joined += call.string(0, base + offset);
    });
    (*output)[next++] = call.newString(std::move(joined));
  });
  return absl::OkStatus();
}

//===----------------------------------------------------------------------===//
// UnsortedSegmentJoin
//===----------------------------------------------------------------------===//

absl::Status unsortedSegmentJoin(RoutineCall &call) {
  std::span<const int64_t> shape = call.input(0).shape();
  std::span<const int64_t> idShape = call.input(1).shape();
  if (idShape.size() > shape.size() ||
      !std::equal(idShape.begin(), idShape.end(), shape.begin()))
    return absl::InvalidArgumentError(absl::StrCat(
        "expects segment_ids whose shape begins that of the inputs, but found ",
        shapeToString(idShape), " and ", shapeToString(shape)));
  std::vector<int64_t> count = call.integers(2);
  if (count.size() != 1 || count[0] < 0)
    return absl::InvalidArgumentError("expects one num_segments of at least 0");
  Shape resultShape{count[0]};
  resultShape.insert(resultShape.end(), shape.begin() + idShape.size(),
                     shape.end());
  auto output = call.outputValues<StringRef>(0, resultShape);
  if (!output.ok())
    return output.status();
  std::vector<int64_t> ids = call.integers(1);
  auto width = static_cast<size_t>(
      firn::numElements(shape.subspan(idShape.size())).value_or(0));
  std::string separator = call.attributes().getString("separator");
  std::vector<std::string> joined(output->size());
  std::vector<char> begun(output->size());
  for (size_t row = 0; row < ids.size(); ++row) {
    if (ids[row] < 0)
      continue;
    if (ids[row] >= count[0])
      return absl::InvalidArgumentError(
          absl::StrCat("expects segment_ids below ", count[0], ", but found ",
                       ids[row], " at index ", row));
    for (size_t i = 0; i < width; ++i) {
      size_t at = static_cast<size_t>(ids[row]) * width + i;
      if (begun[at])
        joined[at] += separator;
      begun[at] = true;
      joined[at] += call.string(0, static_cast<int64_t>(row * width + i));
    }
  }
  for (size_t i = 0; i < joined.size(); ++i)
    (*output)[i] = call.newString(std::move(joined[i]));
  return absl::OkStatus();
}

} // namespace

void addStringJoinRoutines(RoutineTable &table) {
  table.add("StringJoin", stringJoin);
  table.add("Add", add);
  table.add("ReduceJoin", reduceJoin);
  table.add("UnsortedSegmentJoin", unsortedSegmentJoin);
}

} // namespace firn::runtime
