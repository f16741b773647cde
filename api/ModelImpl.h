// What is behind Model and Predictor.
#ifndef FIRN_API_MODELIMPL_H
#define FIRN_API_MODELIMPL_H

#include "api/CodeCache.h"
#include "api/CompiledGraph.h"
#include "api/Model.h"
#include "api/VariableStore.h"

#include "backend/runtime/ThreadPool.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace firn {

/// A loaded model: its IR, which does not change, and the code compiled from it
/// so far.
class Model::Impl {
public:
  Impl(std::unique_ptr<mlir::MLIRContext> context,
       mlir::OwningOpRef<mlir::ModuleOp> module, const LoadOptions &options);

  /// The code for a selection whose feeds have shapes: from the cache, or
  /// compiled now.
  absl::StatusOr<std::shared_ptr<const CompiledGraph>>
  compiled(const Selection &selection) const;

  /// Turns what a user calls an input into the tensor; a key of `signature`, if
  /// there is one, or a tensor of the graph.
  absl::StatusOr<TensorInfo> resolve(const std::string &name,
                                     const SignatureInfo *signature,
                                     bool isInput) const;

  runtime::ThreadPool &threadPool() const { return pool; }

  /// The file or folder that it was loaded from; opens the text of errors.
  std::string path;
  // The context outlives the module and the code.
  std::unique_ptr<mlir::MLIRContext> context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  LoadOptions options;
  GraphIndex index;
  std::vector<SignatureInfo> signatures;
  std::vector<TensorInfo> placeholders;
  std::vector<TensorInfo> sinks;
  /// What reading could not find: variables without a value, one line each.
  std::vector<std::string> warnings;
  /// Code of earlier processes; none unless options ask for it.
  std::optional<CodeCache> codeCache;
  /// What predictions leave behind; the only thing that they change.
  mutable VariableStore variables;

private:
  absl::StatusOr<std::shared_ptr<const CompiledGraph>>
  compile(const Selection &selection) const;
  std::shared_ptr<const CompiledGraph> cached(const std::string &key) const;
  absl::StatusOr<std::shared_ptr<const CompiledGraph>>
  compile(const Selection &selection, const CompileOptions &options,
          jit::ImageWriter *writer) const;
  absl::StatusOr<std::shared_ptr<const CompiledGraph>>
  readOrCompile(const Selection &selection,
                const CompileOptions &options) const;

  mutable runtime::ThreadPool pool;
  /// Compiling changes the context and is done by one thread at a time; what is
  /// in the cache can be had meanwhile.
  mutable std::mutex compileMutex;
  /// Computed when it is first needed, under compileMutex.
  mutable std::optional<Digest> digest;
  /// Nodes of the variables that some graph writes: those that the signatures
  /// write, and with every selection that is compiled those that it writes.
  mutable std::optional<std::vector<std::string>> writtenVariables;
  mutable std::mutex cacheMutex;
  mutable std::map<std::string, std::shared_ptr<const CompiledGraph>> cache;
};

/// The error, with the model's file before it unless it names that.
absl::Status inModel(const std::string &path, const absl::Status &status);

/// The code of one selection, with the model that it needs.
class Predictor::Impl {
public:
  std::shared_ptr<const Model::Impl> model;
  std::shared_ptr<const CompiledGraph> graph;
  /// As the user names them.
  std::vector<TensorInfo> inputs;
  std::vector<TensorInfo> outputs;
};

} // namespace firn

#endif // FIRN_API_MODELIMPL_H
