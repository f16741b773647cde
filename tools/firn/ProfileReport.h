// The profile of a prediction as a table and as a trace file.
#ifndef FIRN_TOOLS_FIRN_PROFILEREPORT_H
#define FIRN_TOOLS_FIRN_PROFILEREPORT_H

#include "api/Model.h"

#include <string>
#include <vector>

namespace firn::cli {

/// Prints the ops in the order of their times, the slowest first, with their
/// share of the run, operations and bytes a second.
void printProfile(const std::vector<OpProfile> &ops);

/// Writes the last run in the Trace Event Format. Errors name the file.
absl::Status writeTrace(const std::string &path,
                        const std::vector<OpProfile> &ops);

} // namespace firn::cli

#endif // FIRN_TOOLS_FIRN_PROFILEREPORT_H
