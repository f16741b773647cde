// Freezing: a model with its weights in variables becomes a GraphDef with
// constants.
#ifndef FIRN_API_FREEZE_H
#define FIRN_API_FREEZE_H

#include "api/ModelFormat.h"

#include "absl/status/statusor.h"

#include <cstdint>
#include <string>
#include <vector>

namespace firn {

/// What freeze() may be told.
struct FreezeOptions {
  /// Prefix of the checkpoint with the weights; a SavedModel knows its own.
  std::string checkpoint;
  /// Tags of the MetaGraph; none means `serve`, or the only one there is.
  std::vector<std::string> tags;
  /// The signature whose outputs are kept. With no fetches and an empty key it
  /// is `serving_default`, or the only one; a plain graph keeps its sinks.
  std::string signature;
  /// Nodes or tensors to keep, in place of a signature's outputs.
  std::vector<std::string> fetches;
  /// Tensors that become placeholders, in place of a signature's inputs.
  std::vector<std::string> feeds;
  bool keepDevices = false;
  /// Keep calls of functions; otherwise they are inlined.
  bool keepFunctions = false;
  /// Nodes of variables to freeze (empty: all), and of such to keep.
  std::vector<std::string> allow;
  std::vector<std::string> deny;
  /// Keep variables that are written to; otherwise they are an error.
  bool keepWritten = false;
  /// What errors add about a variable that cannot be frozen: how it is kept, in
  /// the words of the caller's interface.
  std::string advice;
  /// Placeholders that become constants: node=value. Folding then removes what
  /// they decide.
  std::vector<std::string> set;
  /// A SavedModel has all signatures of the model, if none is chosen here.
  ModelFormat format = ModelFormat::Auto;
};

/// What freeze() wrote.
struct FreezeReport {
  int64_t nodes = 0;
  int64_t variables = 0;
  int64_t weightBytes = 0;
  int64_t fileBytes = 0;
  /// What is fed and what is computed: its key in the signature (without a
  /// signature, the name it was asked for by), and the tensor in the file,
  /// `node` or `node:port`. In the signature's order.
  struct Endpoint {
    std::string key;
    std::string tensor;
  };
  std::vector<Endpoint> inputs;
  std::vector<Endpoint> outputs;
  /// The signatures of a SavedModel that has the model's own.
  std::vector<std::string> signatures;
  /// Neither a signature nor fetches said what to keep: the outputs are those
  /// that nothing consumes.
  bool outputsAreGuessed = false;
  /// What may not be meant: a variable to freeze or keep that is not there.
  std::vector<std::string> notes;
};

/// Freezes the model at `path` into `output`. A GraphDef is read back and
/// compared before it gets its name.
absl::StatusOr<FreezeReport> freeze(const std::string &path,
                                    const FreezeOptions &options,
                                    const std::string &output);

} // namespace firn

#endif // FIRN_API_FREEZE_H
