// Runs a graph that was cut where shapes become known only while it runs
// (GraphStages.h): the first stage, then the second, compiled for the shapes
// that the first one gave.
#ifndef FIRN_API_STAGEDGRAPH_H
#define FIRN_API_STAGEDGRAPH_H

#include "api/CompiledGraph.h"
#include "api/GraphStages.h"

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace firn {

class StagedGraph {
public:
  /// Cuts and compiles the graph of `module`, which the compile pipeline has
  /// been run on. Fails with NotFound if there is nothing to cut.
  static absl::StatusOr<std::unique_ptr<StagedGraph>>
  create(mlir::ModuleOp module, const CompileOptions &options);

  absl::StatusOr<std::vector<Tensor>> run(std::span<const TensorView> inputs,
                                          runtime::ThreadPool &pool) const;

private:
  using Graph = std::shared_ptr<const CompiledGraph>;

  absl::StatusOr<Graph> second(std::span<const TensorView> inputs) const;
  absl::StatusOr<Graph> compileSecond(std::span<const TensorView> inputs) const;
  std::string keyOf(std::span<const TensorView> inputs) const;

  CompileOptions options;
  Graph firstStage;
  mlir::OwningOpRef<mlir::ModuleOp> secondModule;
  std::vector<GraphStages::Input> secondInputs;

  // The second stages compiled so far, the last one used first. Keys of the map
  // are those of the list.
  struct Stage {
    std::string key;
    Graph graph;
  };
  mutable std::mutex mutex;
  mutable std::list<Stage> compiled;
  mutable std::unordered_map<std::string_view, std::list<Stage>::iterator>
      byKey;
};

} // namespace firn

#endif // FIRN_API_STAGEDGRAPH_H
