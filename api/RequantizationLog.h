// The ranges that insert_logging(op=RequantizationRange, show_name=true,
// message="__requant_min_max:") made a graph print, line by line:
//
//   ;conv/eightbit_requant_range__print__;__requant_min_max:[-2.43][2.73]
#ifndef FIRN_API_REQUANTIZATIONLOG_H
#define FIRN_API_REQUANTIZATIONLOG_H

#include "absl/status/statusor.h"

#include <cstdint>
#include <string>
#include <vector>

namespace firn {

struct RequantizationRange {
  std::string node;
  double min, max;
};

/// The ranges of all nodes in the log, sorted by name. Of what was measured for
/// a node, so many percent of the lowest lower ends, and of the highest upper
/// ends, are left out. Other lines are passed over; a log without any range is
/// an error.
absl::StatusOr<std::vector<RequantizationRange>>
readRequantizationLog(const std::string &path, int64_t minPercentile,
                      int64_t maxPercentile);

} // namespace firn

#endif // FIRN_API_REQUANTIZATIONLOG_H
