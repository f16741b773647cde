// What saved_model_cli prints and writes, as text in its words, which scripts
// read.
#ifndef FIRN_API_SAVEDMODELCLI_H
#define FIRN_API_SAVEDMODELCLI_H

#include "api/Model.h"

#include "absl/status/statusor.h"

#include <string>
#include <vector>

namespace firn {

/// What `show` is asked for; all empty: the tag sets.
struct ShowOptions {
  std::vector<std::string> tags;
  std::string signature;
  bool all = false;
  bool listOps = false;
};
absl::StatusOr<std::string> showSavedModel(const std::string &folder,
                                           const ShowOptions &options);

/// Which ops of `denied` (none: WriteFile, ReadFile, PrintV2) each MetaGraph,
/// or that of `tags`, uses.
absl::StatusOr<std::string> scanSavedModel(const std::string &folder,
                                           const std::vector<std::string> &tags,
                                           std::vector<std::string> denied);

/// freeze_model: `prefix`frozen_graph.pb and `prefix`config.pbtxt, in the
/// folder `prefix` if it is one. `keep` names variables that stay.
absl::Status freezeSavedModel(const std::string &folder,
                              const std::vector<std::string> &tags,
                              const std::string &signature,
                              const std::string &checkpoint,
                              const std::vector<std::string> &keep,
                              const std::string &prefix);

/// The .npy file called `key`.npy in an .npz archive; an empty key is the only
/// one. Archives that numpy has compressed are refused.
absl::StatusOr<Tensor> readNpz(const std::string &path, const std::string &key);

} // namespace firn

#endif // FIRN_API_SAVEDMODELCLI_H
