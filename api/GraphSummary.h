// summarize_graph: what a graph is fed, gives, and is made of, as text.
#ifndef FIRN_API_GRAPHSUMMARY_H
#define FIRN_API_GRAPHSUMMARY_H

#include "absl/status/statusor.h"

#include <string>

namespace firn {

/// Inputs, variables, likely outputs, numbers of parameters and control edges,
/// devices, and how often each op is used, functions included. With
/// `printStructure` each node with its inputs as well.
absl::StatusOr<std::string> summarizeGraph(const std::string &path,
                                           bool printStructure);

} // namespace firn

#endif // FIRN_API_GRAPHSUMMARY_H
