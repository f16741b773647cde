// EditDistance: Levenshtein's, between the sequences of two sparse tensors.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Families.h"

#include <limits>
#include <map>
#include <numeric>

namespace firn::runtime {
namespace {

/// The sequences of a sparse tensor, by the indices before the last: the
/// numbers of their values.
using Sequences = std::map<std::vector<int64_t>, std::vector<int64_t>>;

absl::StatusOr<Sequences> readSequences(const RoutineCall &call, size_t first) {
  const TensorView &indices = call.input(first);
  if (absl::Status status =
          firstError({requireRank(call, first, "indices", 2),
                      requireRank(call, first + 1, "values", 1),
                      requireRank(call, first + 2, "shape", 1)});
      !status.ok())
    return status;
  std::vector<int64_t> shape = call.integers(first + 2);
  auto rank = static_cast<int64_t>(shape.size());
  if (rank < 1 || indices.dims[1] != rank ||
      indices.dims[0] != call.numElements(first + 1))
    return invalid("expects an index of ", rank, " numbers for each of the ",
                   call.numElements(first + 1), " values, but got shape ",
                   shapeText(call, first));
  std::vector<int64_t> numbers = call.integers(first);
  Sequences sequences;
  for (int64_t i = 0; i < indices.dims[0]; ++i) {
    auto index = numbers.begin() + i * rank;
    for (int64_t dim = 0; dim < rank; ++dim)
      if (index[dim] < 0 || index[dim] >= shape[dim])
        return invalid("index ", index[dim], " of value ", i,
                       " does not point into ", shapeToString(shape));
    sequences[std::vector<int64_t>(index, index + rank - 1)].push_back(i);
  }
  return sequences;
}

template <typename Equal>
int64_t distance(const std::vector<int64_t> &a, const std::vector<int64_t> &b,
                 Equal equal) {
  std::vector<int64_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (size_t i = 0; i < a.size(); ++i) {
    int64_t diagonal = row[0]++;
    for (size_t j = 0; j < b.size(); ++j) {
      int64_t replaced = diagonal + !equal(a[i], b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

template <typename Equal>
absl::Status fill(RoutineCall &call, const Sequences &hypotheses,
                  const Sequences &truths, Equal equal) {
  std::vector<int64_t> a = call.integers(2), b = call.integers(5);
  Shape shape;
  for (size_t dim = 0; dim + 1 < a.size(); ++dim)
    shape.push_back(std::max(a[dim], b[dim]));
  auto to = call.outputValues<float>(0, shape);
  if (!to.ok())
    return to.status();
  std::ranges::fill(*to, 0.0f);
  bool normalize = call.attributes().getBool("normalize", true);
  auto place = [&](const std::vector<int64_t> &index) -> float & {
    int64_t at = 0;
    for (size_t dim = 0; dim < shape.size(); ++dim)
      at = at * shape[dim] + index[dim];
    return (*to)[at];
  };
  for (auto &[index, truth] : truths) {
    auto found = hypotheses.find(index);
    int64_t length = found == hypotheses.end()
                         ? static_cast<int64_t>(truth.size())
                         : distance(found->second, truth, equal);
    place(index) = normalize ? static_cast<float>(length) /
                                   static_cast<float>(truth.size())
                             : static_cast<float>(length);
  }
  for (auto &[index, hypothesis] : hypotheses)
    if (!truths.count(index))
      place(index) = normalize ? std::numeric_limits<float>::infinity()
                               : static_cast<float>(hypothesis.size());
  return absl::OkStatus();
}

absl::Status editDistance(RoutineCall &call) {
  absl::StatusOr<Sequences> hypotheses = readSequences(call, 0);
  if (!hypotheses.ok())
    return hypotheses.status();
  absl::StatusOr<Sequences> truths = readSequences(call, 3);
  if (!truths.ok())
    return truths.status();
  if (call.numElements(2) != call.numElements(5))
    return invalid("expects two shapes of one rank, but got ",
                   call.numElements(2), " and ", call.numElements(5));
  if (call.input(1).dtype == DType::String)
    return fill(call, *hypotheses, *truths, [&](int64_t a, int64_t b) {
      return call.string(1, a) == call.string(4, b);
    });
  return dispatchNumber(call.input(1).dtype, [&]<typename T>() {
    return fill(call, *hypotheses, *truths, [&](int64_t a, int64_t b) {
      return call.values<T>(1)[a] == call.values<T>(4)[b];
    });
  });
}

} // namespace

void addEditDistanceRoutines(RoutineTable &table) {
  table.add("EditDistance", editDistance);
}

} // namespace firn::runtime
