// The decoders of connectionist temporal classification: the best label at each
// step, or a search over prefixes that keeps the likeliest ones.
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace firn::runtime {
namespace {

using Labels = std::vector<int64_t>;

/// The logits [time, batch, classes] and how long each sequence is.
struct Sequences {
  int64_t time, batch, classes;
  std::span<const int32_t> lengths;

  static absl::StatusOr<Sequences> of(const RoutineCall &call) {
    const TensorView &inputs = call.input(0);
    if (inputs.rank != 3 || call.input(1).rank != 1 ||
        call.input(1).dtype != DType::Int32 ||
        call.numElements(1) != inputs.dims[1] || inputs.dims[2] < 1)
      return absl::InvalidArgumentError(absl::StrCat(
          "expects inputs of shape [time, batch, classes] and a length for "
          "each sequence of the batch, but found ",
          shapeToString(inputs.shape()), " and ",
          shapeToString(call.input(1).shape())));
    Sequences sequences{inputs.dims[0], inputs.dims[1], inputs.dims[2],
                        call.values<int32_t>(1)};
    for (int64_t b = 0; b < sequences.batch; ++b)
      if (sequences.lengths[b] < 0 || sequences.lengths[b] > sequences.time)
        return absl::InvalidArgumentError(absl::StrCat(
            "expects sequence_length from 0 to ", sequences.time,
            ", but found ", sequences.lengths[b], " at index ", b));
    return sequences;
  }
};

/// Writes a sparse matrix with a row a sequence into three outputs.
absl::Status writeSparse(RoutineCall &call, const std::vector<Labels> &rows,
                         size_t indicesAt, size_t valuesAt, size_t shapeAt) {
  int64_t total = 0, widest = 0;
  for (const Labels &row : rows) {
    total += static_cast<int64_t>(row.size());
    widest = std::max(widest, static_cast<int64_t>(row.size()));
  }
  auto indices = call.outputValues<int64_t>(indicesAt, Shape{total, 2});
  auto values = call.outputValues<int64_t>(valuesAt, Shape{total});
  auto shape = call.outputValues<int64_t>(shapeAt, Shape{2});
  for (const absl::Status &status :
       {indices.status(), values.status(), shape.status()})
    if (!status.ok())
      return status;
  (*shape)[0] = static_cast<int64_t>(rows.size());
  (*shape)[1] = widest;
  size_t next = 0;
  for (size_t row = 0; row < rows.size(); ++row)
    for (size_t i = 0; i < rows[row].size(); ++i, ++next) {
      (*indices)[2 * next] = static_cast<int64_t>(row);
      (*indices)[2 * next + 1] = static_cast<int64_t>(i);
      (*values)[next] = rows[row][i];
    }
  return absl::OkStatus();
}

//===----------------------------------------------------------------------===//
// CTCGreedyDecoder
//===----------------------------------------------------------------------===//

template <typename T>
absl::Status decodeGreedily(RoutineCall &call, const Sequences &sequences) {
  int64_t blank = call.attributes().getInt("blank_index", -1);
  if (blank < 0)
    blank += sequences.classes;
  if (blank < 0 || blank >= sequences.classes)
    return absl::InvalidArgumentError(
        absl::StrCat("expects a blank_index among ", sequences.classes,
                     " classes, but found ", blank));
  bool merge = call.attributes().getBool("merge_repeated");
  auto scores = call.outputValues<T>(3, Shape{sequences.batch, 1});
  if (!scores.ok())
    return scores.status();
  std::vector<Labels> decoded(static_cast<size_t>(sequences.batch));
  const T *logits = call.values<T>(0).data();
  for (int64_t b = 0; b < sequences.batch; ++b) {
    T score = 0;
    int64_t previous = -1;
    for (int64_t t = 0; t < sequences.lengths[b]; ++t) {
      const T *row = logits + (t * sequences.batch + b) * sequences.classes;
      const T *best = std::max_element(row, row + sequences.classes);
      int64_t label = best - row;
      score -= *best;
      if (label != blank && !(merge && label == previous))
        decoded[b].push_back(label);
      previous = label;
    }
    (*scores)[b] = score;
  }
  return writeSparse(call, decoded, 0, 1, 2);
}

//===----------------------------------------------------------------------===//
// CTCBeamSearchDecoder
//===----------------------------------------------------------------------===//

double addLogs(double a, double b) {
  if (a < b)
    std::swap(a, b);
  if (b == -std::numeric_limits<double>::infinity())
    return a;
  return a + std::log1p(std::exp(b - a));
}

/// The log probabilities of a prefix: over paths that end in a blank, and in
/// its last label.
struct Prefix {
  double blank = -std::numeric_limits<double>::infinity();
  double label = -std::numeric_limits<double>::infinity();
  double total() const { return addLogs(blank, label); }
};

using Beam = std::map<Labels, Prefix>;
using Ranking = std::vector<std::pair<double, const Labels *>>;

/// The likeliest prefixes first; equal ones by their labels.
Ranking rank(const Beam &beam, size_t most) {
  Ranking ranking;
  for (const auto &[labels, prefix] : beam)
    ranking.emplace_back(prefix.total(), &labels);
  std::sort(ranking.begin(), ranking.end(), [](const auto &a, const auto &b) {
    return a.first != b.first ? a.first > b.first : *a.second < *b.second;
  });
  if (ranking.size() > most)
    ranking.resize(most);
  return ranking;
}

/// One step of time: every prefix stays or grows by a label.
Beam advance(const Beam &beam, const Ranking &kept,
             const std::vector<double> &logs) {
  size_t blank = logs.size() - 1;
  Beam next;
  for (const auto &[score, labels] : kept) {
    const Prefix &prefix = beam.at(*labels);
    Prefix &same = next[*labels];
    same.blank = addLogs(same.blank, prefix.total() + logs[blank]);
    if (!labels->empty())
      same.label = addLogs(
          same.label, prefix.label + logs[static_cast<size_t>(labels->back())]);
    Labels grown = *labels;
    grown.push_back(0);
    for (size_t label = 0; label < blank; ++label) {
      bool repeats =
          !labels->empty() && labels->back() == static_cast<int64_t>(label);
      double from = repeats ? prefix.blank : prefix.total();
      grown.back() = static_cast<int64_t>(label);
      Prefix &longer = next[grown];
      longer.label = addLogs(longer.label, from + logs[label]);
    }
  }
  return next;
}

/// The logits as log probabilities.
template <typename T>
std::vector<double> logSoftmax(const T *row, int64_t classes) {
  std::vector<double> logs(row, row + classes);
  double largest = *std::max_element(logs.begin(), logs.end());
  double sum = 0;
  for (double value : logs)
    sum += std::exp(value - largest);
  for (double &value : logs)
    value -= largest + std::log(sum);
  return logs;
}

template <typename T>
absl::Status searchBeam(RoutineCall &call, const Sequences &sequences) {
  int64_t width = call.attributes().getInt("beam_width");
  int64_t paths = call.attributes().getInt("top_paths");
  bool merge = call.attributes().getBool("merge_repeated", true);
  auto count = static_cast<size_t>(paths);
  if (width < 1 || paths < 1 || paths > width ||
      call.numOutputs() != 3 * count + 1)
    return absl::InvalidArgumentError(absl::StrCat(
        "expects 1 to beam_width, ", width, ", top_paths, but found ", paths));
  auto scores = call.outputValues<T>(3 * count, Shape{sequences.batch, paths});
  if (!scores.ok())
    return scores.status();
  std::vector<std::vector<Labels>> decoded(
      count, std::vector<Labels>(static_cast<size_t>(sequences.batch)));
  const T *logits = call.values<T>(0).data();
  for (int64_t b = 0; b < sequences.batch; ++b) {
    Beam beam;
    beam[{}].blank = 0;
    for (int64_t t = 0; t < sequences.lengths[b]; ++t) {
      const T *row = logits + (t * sequences.batch + b) * sequences.classes;
      Ranking kept = rank(beam, static_cast<size_t>(width));
      beam = advance(beam, kept, logSoftmax(row, sequences.classes));
    }
    Ranking best = rank(beam, static_cast<size_t>(width));
    if (best.size() < count)
      return absl::InvalidArgumentError(
          absl::StrCat("expects as many paths as top_paths, ", paths,
                       ", but sequence ", b, " has ", best.size()));
    for (size_t path = 0; path < count; ++path) {
      Labels labels = *best[path].second;
      if (merge)
        labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
      decoded[path][b] = std::move(labels);
      (*scores)[b * paths + static_cast<int64_t>(path)] =
          static_cast<T>(best[path].first);
    }
  }
  for (size_t path = 0; path < count; ++path)
    if (absl::Status status = writeSparse(call, decoded[path], path,
                                          count + path, 2 * count + path);
        !status.ok())
      return status;
  return absl::OkStatus();
}

absl::Status ctcGreedyDecoder(RoutineCall &call) {
  auto sequences = Sequences::of(call);
  if (!sequences.ok())
    return sequences.status();
  if (call.input(0).dtype == DType::Double)
    return decodeGreedily<double>(call, *sequences);
  if (call.input(0).dtype == DType::Float)
    return decodeGreedily<float>(call, *sequences);
  return unsupportedType(call.input(0).dtype);
}

absl::Status ctcBeamSearchDecoder(RoutineCall &call) {
  auto sequences = Sequences::of(call);
  if (!sequences.ok())
    return sequences.status();
  if (call.input(0).dtype == DType::Double)
    return searchBeam<double>(call, *sequences);
  if (call.input(0).dtype == DType::Float)
    return searchBeam<float>(call, *sequences);
  return unsupportedType(call.input(0).dtype);
}

} // namespace

void addCtcRoutines(RoutineTable &table) {
  table.add("CTCGreedyDecoder", ctcGreedyDecoder);
  table.add("CTCBeamSearchDecoder", ctcBeamSearchDecoder);
}

} // namespace firn::runtime
