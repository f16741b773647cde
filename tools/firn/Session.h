// A model as `run` and `bench` use it: names are keys of a signature or
// tensors.
#ifndef FIRN_TOOLS_FIRN_SESSION_H
#define FIRN_TOOLS_FIRN_SESSION_H

#include "api/Model.h"
#include "tools/firn/Commands.h"
#include "tools/firn/NamedFile.h"

#include <string>
#include <vector>

namespace firn::cli {

/// How to load.
struct SessionOptions {
  unsigned threads = 0;
  /// What addCacheArgument() set.
  std::string cache;
  bool profile = false;
  int optLevel = 3;
};

/// A loaded model and how its tensors are named.
class Session {
public:
  /// Loads the model. If `signature` is not empty, names are its keys.
  static absl::StatusOr<Session> load(const ModelArguments &arguments,
                                      const std::string &signature,
                                      const SessionOptions &options);

  /// What the model wants, as lines with an example.
  std::string usage() const;

  /// The feeds' tensors, with the types that the model wants.
  absl::StatusOr<std::vector<Tensor>>
  readFeeds(const std::vector<NamedFile> &feeds) const;

  /// Compiles for these inputs, positions as in `feeds` and `fetches`; for any
  /// inputs of their ranks if `anySize`.
  absl::StatusOr<Predictor> prepare(const std::vector<NamedFile> &feeds,
                                    const std::vector<Tensor> &inputs,
                                    const std::vector<std::string> &fetches,
                                    bool anySize = false) const;

  /// The inputs that a user would feed, and the outputs: the signature's, the
  /// default signature's, or the graph's placeholders and sinks.
  const std::vector<TensorInfo> &inputs() const;
  const std::vector<TensorInfo> &outputs() const;

  /// Names are keys of the default signature from here on, if there is one: for
  /// names that were taken from inputs().
  void nameBySignature() { bySignature = hasSignature; }

  const Model &model() const { return loaded; }

private:
  Session(Model model) : loaded(std::move(model)) {}

  absl::StatusOr<TensorInfo> find(const std::string &name) const;
  bool areKeys(const std::vector<NamedFile> &feeds,
               const std::vector<std::string> &fetches) const;

  std::string path;
  Model loaded;
  /// Names are keys of `chosen`; else they are tensors, and `chosen` is a
  /// default.
  bool bySignature = false;
  bool hasSignature = false;
  SignatureInfo chosen;
};

} // namespace firn::cli

#endif // FIRN_TOOLS_FIRN_SESSION_H
