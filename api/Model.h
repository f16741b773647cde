// firn::Model: a TensorFlow model as compiled functions. This header and the
// ones it includes need the standard library and abseil's Status only.
//
//   absl::StatusOr<firn::Model> model = firn::Model::load("digits");
//   auto outputs = model->predict({{"image", image}});
#ifndef FIRN_API_MODEL_H
#define FIRN_API_MODEL_H

#include "backend/runtime/Tensor.h"

#include "absl/status/statusor.h"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace firn {

/// What load() may be told.
struct LoadOptions {
  /// Prefix of the checkpoint with the weights; a SavedModel knows its own.
  std::string checkpoint;
  /// Tags of the MetaGraph; none means `serve`, or the only one there is.
  std::vector<std::string> tags;
  /// Threads that predictions use; 0 means one for each processor.
  unsigned threads = 0;
  /// How hard the code generator tries, 0 to 3.
  int optLevel = 3;
  /// 3×3 convolutions may use Winograd's algorithm where it is faster; its
  /// rounding errors are up to four times those of the direct sum.
  bool winograd = true;
  /// Compiled code takes the time of each op, for Predictor::profile().
  bool profile = false;
  /// A folder where compiled code is kept for the next time, so that it is not
  /// compiled again; empty: none. It must be the user's own, and is made if it
  /// is not there. Code is found again for the same model, shapes and options,
  /// by the same build of Firn and LLVM on the same kind of processor.
  std::string cacheDirectory;
  /// What that folder may take; the code that was not used for the longest time
  /// goes first.
  uint64_t cacheBytes = uint64_t(4) << 30;
};

/// Where the command line keeps code: $FIRN_CACHE_DIR, else
/// $XDG_CACHE_HOME/firn, else ~/.cache/firn; empty if none of them is set.
std::string defaultCacheDirectory();

/// A tensor of a model as its user sees it.
struct TensorInfo {
  /// The signature's key, or `node:port`.
  std::string name;
  /// The tensor in the graph, `node:port`.
  std::string tensor;
  DType dtype = DType::Invalid;
  /// False if nothing is known of the shape; it is empty then.
  bool hasRank = false;
  /// kDynamicDim where a dimension is not known.
  Shape shape;
};

/// A signature: a function of the model, with named inputs and outputs.
struct SignatureInfo {
  std::string key;
  std::string methodName;
  std::vector<TensorInfo> inputs;
  std::vector<TensorInfo> outputs;
};

/// An input of a prediction that is to be prepared.
struct InputSpec {
  /// A key of the signature, or any tensor of the graph: `node:port` or `node`.
  std::string name;
  /// Invalid means the type that the model says.
  DType dtype = DType::Invalid;
  /// kDynamicDim where the code is to take any size: slower code, which is
  /// compiled once.
  Shape shape;
};

/// What one op of compiled code took. An op is what the code runs as one thing:
/// a kernel with the elementwise nodes that were fused into it, a routine, a
/// loop. Ops run one after the other.
struct OpProfile {
  std::string node;        ///< the last node of the graph that it computes
  std::string summary;     ///< what it computes, its loops and its tile
  int64_t operations = 0;  ///< arithmetic of one run; a multiply-add counts two
  int64_t bytes = 0;       ///< of its operands, each counted once
  double seconds = 0;      ///< mean over all runs
  double lastStart = 0;    ///< of the last run, since its start, in seconds
  double lastDuration = 0; ///< of the last run, in seconds
};

/// A step of compiling, and what it took.
struct CompileStep {
  std::string name;
  double seconds = 0;
};

/// The memory of compiled code, in bytes.
struct MemoryUse {
  int64_t constants = 0; ///< weights, packed; shared by all calls
  int64_t arena = 0;     ///< what each running call has for intermediate values
  int64_t live =
      0; ///< the most of these that are needed at once: the least arena
};

/// A function compiled for one set of input shapes. Runs without maps and
/// without allocation; const and safe to share between threads. Copies share
/// the code.
class Predictor {
public:
  /// The inputs in the order of run(), with the shapes that it was compiled
  /// for.
  const std::vector<TensorInfo> &inputs() const;
  /// The outputs in the order of run(), with their shapes.
  const std::vector<TensorInfo> &outputs() const;

  /// Computes `outputs`, which the caller has allocated, from `inputs`. Types
  /// and shapes must be those of inputs() and outputs().
  absl::Status run(std::span<const TensorView> inputs,
                   std::span<TensorView> outputs) const;

  /// As above, into new tensors; for outputs whose shape depends on values too.
  absl::StatusOr<std::vector<Tensor>> run(std::span<const Tensor> inputs) const;
  absl::StatusOr<std::vector<Tensor>>
  run(std::span<const TensorView> inputs) const;

  /// Whether some of the code is compiled while it runs, at the first run for
  /// each set of shapes: where an op's code cannot take sizes that are not
  /// known, or a rank depends on values.
  bool compilesInRuns() const;

  /// The ops of the code in their order, with the times of all runs so far.
  /// Empty unless the model was loaded with LoadOptions::profile, and where
  /// shapes depend on values so much that the code comes in stages.
  std::vector<OpProfile> profile() const;

  /// Where the time of compiling the code went, or of reading it if it was
  /// found in the cache. Empty if there is no code, or in stages.
  std::vector<CompileStep> compileSteps() const;

  /// What the code takes. Zeros if there is no code, or in stages; sizes that
  /// become known during a run are not in it.
  MemoryUse memoryUse() const;

  class Impl;
  explicit Predictor(std::shared_ptr<const Impl> impl);

private:
  std::shared_ptr<const Impl> impl;
};

/// A loaded model. All of it is const and safe to use from many threads at a
/// time; copies share the model and its compiled code.
///
/// Variables that a signature writes (counters, the state of a recurrent
/// network) keep their values from prediction to prediction, for the model and
/// all its copies. Predictions that write run one after another, each as a
/// whole; the others see the values as they were when they started; a
/// prediction that fails changes none. What run() writes beyond the signatures
/// counts for what is prepared after it.
class Model {
public:
  /// Reads a SavedModel folder, a GraphDef or a MetaGraph (binary or text).
  /// Errors name the file and what is wrong with it. Large weights stay in the
  /// files, mapped: while the model lives, replace files, do not write into
  /// them.
  static absl::StatusOr<Model> load(const std::string &path,
                                    const LoadOptions &options = {});

  /// The signatures, sorted by key; none in a plain graph.
  const std::vector<SignatureInfo> &signatures() const;

  /// Placeholders of the graph, and the tensors that nothing consumes: what to
  /// feed and fetch when there is no signature.
  const std::vector<TensorInfo> &placeholders() const;
  const std::vector<TensorInfo> &sinks() const;

  /// The signature of that key. An empty key means `serving_default`, or the
  /// only one.
  absl::StatusOr<SignatureInfo> signature(const std::string &key = "") const;

  /// Runs a signature (see signature() for the empty key). All inputs must be
  /// given; all outputs are returned. Compiles at the first call for each set
  /// of shapes.
  absl::StatusOr<std::map<std::string, Tensor>>
  predict(const std::map<std::string, Tensor> &inputs,
          const std::string &signatureKey = "") const;

  /// Runs any part of the graph: feeds and fetches are tensors, `node:port` or
  /// `node`.
  absl::StatusOr<std::map<std::string, Tensor>>
  run(const std::map<std::string, Tensor> &feeds,
      const std::vector<std::string> &fetches) const;

  /// Compiles a signature for inputs of these shapes. The order of `inputs` is
  /// that of Predictor::run(); all inputs of the signature must be there. The
  /// outputs are `outputs`, or all of the signature in its order if there are
  /// none.
  absl::StatusOr<Predictor>
  prepare(const std::string &signatureKey, std::span<const InputSpec> inputs,
          std::span<const std::string> outputs = {}) const;

  /// Compiles a part of the graph: from tensors to tensors, see run().
  absl::StatusOr<Predictor>
  prepareTensors(std::span<const InputSpec> feeds,
                 std::span<const std::string> fetches) const;

  /// All variables have the values again that the model was loaded with.
  void resetVariables() const;

  /// The type and shape that the graph gives a tensor, `node:port` or `node`.
  absl::StatusOr<TensorInfo> tensor(const std::string &name) const;

  class Impl;
  explicit Model(std::shared_ptr<const Impl> impl);

private:
  std::shared_ptr<const Impl> impl;
};

} // namespace firn

#endif // FIRN_API_MODEL_H
