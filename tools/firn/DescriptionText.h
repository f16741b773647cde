// The two forms in which `firn show` prints a model.
#ifndef FIRN_TOOLS_FIRN_DESCRIPTIONTEXT_H
#define FIRN_TOOLS_FIRN_DESCRIPTIONTEXT_H

#include "api/Describe.h"

#include <string>

namespace firn::cli {

/// A table for people; long lists are cut and say so.
std::string descriptionTable(const std::string &path,
                             const ModelDescription &description);

/// One JSON object with everything. Unknown dimensions are -1, unknown ranks
/// null.
std::string descriptionJson(const ModelDescription &description);

} // namespace firn::cli

#endif // FIRN_TOOLS_FIRN_DESCRIPTIONTEXT_H
