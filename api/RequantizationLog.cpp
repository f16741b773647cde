// Lines into ranges.
#include "api/RequantizationLog.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>

namespace firn {
namespace {

struct Measured {
  std::vector<double> mins, maxes;
};

/// `[-2.43][2.73]`, and anything behind it.
bool parseRange(absl::string_view text, double &min, double &max) {
  std::vector<absl::string_view> parts =
      absl::StrSplit(text, absl::ByAnyChar("[]"));
  return parts.size() >= 4 && parts[0].empty() && parts[2].empty() &&
         absl::SimpleAtod(parts[1], &min) && absl::SimpleAtod(parts[3], &max) &&
         std::isfinite(min) && std::isfinite(max);
}

/// Adds what a line says; false if it says nothing, or something broken.
bool addLine(const std::string &line, std::map<std::string, Measured> &nodes) {
  std::vector<absl::string_view> parts = absl::StrSplit(line, ';');
  for (size_t i = 1; i < parts.size(); ++i) {
    absl::string_view range = parts[i], node = parts[i - 1];
    double min, max;
    if (!absl::ConsumePrefix(&range, "__requant_min_max:"))
      continue;
    if (!absl::ConsumeSuffix(&node, "__print__") || node.empty() ||
        !parseRange(range, min, max))
      return false;
    Measured &measured = nodes[std::string(node)];
    measured.mins.push_back(min);
    measured.maxes.push_back(max);
  }
  return true;
}

/// The first of the values, in the order `before`, that is left if so many
/// percent of them are left out.
template <typename Order>
double firstLeft(std::vector<double> values, int64_t percent, Order before) {
  std::sort(values.begin(), values.end(), before);
  double leftOut = std::round(double(values.size()) * double(percent) / 100.0);
  return values[std::min(static_cast<size_t>(leftOut), values.size() - 1)];
}

} // namespace

absl::StatusOr<std::vector<RequantizationRange>>
readRequantizationLog(const std::string &path, int64_t minPercentile,
                      int64_t maxPercentile) {
  for (int64_t percent : {minPercentile, maxPercentile})
    if (percent < 0 || percent > 100)
      return absl::InvalidArgumentError(
          absl::StrCat("expected a percentile from 0 to 100, found ", percent));
  std::ifstream file(path);
  if (!file)
    return absl::NotFoundError(absl::StrCat(path, ": cannot be opened"));
  std::map<std::string, Measured> nodes;
  std::string line;
  for (int64_t number = 1; std::getline(file, line); ++number)
    if (!addLine(line, nodes))
      return absl::InvalidArgumentError(absl::StrCat(
          path, ":", number,
          ": expected ;NODE__print__;__requant_min_max:[MIN][MAX]"));
  if (nodes.empty())
    return absl::InvalidArgumentError(absl::StrCat(
        path, ": has no line with a range; insert_logging("
              "op=RequantizationRange, show_name=true, message=\"__requant_min_"
              "max:\") makes a graph print them"));
  std::vector<RequantizationRange> ranges;
  for (const auto &[node, measured] : nodes)
    ranges.push_back(
        {node, firstLeft(measured.mins, minPercentile, std::less<>()),
         firstLeft(measured.maxes, maxPercentile, std::greater<>())});
  return ranges;
}

} // namespace firn
