// The values that a model's variables have between runs, for graphs that write
// them.
#ifndef FIRN_API_VARIABLESTORE_H
#define FIRN_API_VARIABLESTORE_H

#include "api/CompiledGraph.h"

#include "mlir/IR/BuiltinOps.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace firn {

/// Variables by name; each starts with the value that the model has for it.
///
/// Runs that write variables run one after another, each as a whole: it sees
/// what the one before left. A run that only reads takes the values as they are
/// when it starts, and waits for nobody. A run that fails changes nothing.
class VariableStore {
public:
  explicit VariableStore(mlir::ModuleOp module) : module(module) {}

  /// Runs `graph` with the variables as its further inputs and outputs. The
  /// forms are those of CompiledGraph::run().
  absl::Status run(const CompiledGraph &graph,
                   std::span<const TensorView> inputs,
                   std::span<const TensorView> outputs,
                   runtime::ThreadPool &pool);
  absl::StatusOr<std::vector<Tensor>> run(const CompiledGraph &graph,
                                          std::span<const TensorView> inputs,
                                          runtime::ThreadPool &pool);

  /// All variables have the values of the model again.
  void reset();

private:
  using Value = std::shared_ptr<const Tensor>;

  absl::StatusOr<Value> get(const CompiledGraph::Variable &variable);
  absl::StatusOr<std::vector<Value>> getAll(const CompiledGraph &graph);
  void put(const std::string &name, Tensor value);
  std::unique_lock<std::mutex> takeTurn(const CompiledGraph &graph);

  mlir::ModuleOp module;
  /// Held by a run that writes. Taken before `mutex`.
  std::mutex writing;
  /// Guards `values`.
  std::mutex mutex;
  std::map<std::string, Value> values;
};

} // namespace firn

#endif // FIRN_API_VARIABLESTORE_H
