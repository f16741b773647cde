// A selected graph, compiled: what is behind a Predictor.
#ifndef FIRN_API_COMPILEDGRAPH_H
#define FIRN_API_COMPILEDGRAPH_H

#include "api/Model.h"
#include "api/Selection.h"
#include "backend/jit/NativeModule.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace firn {

/// How to compile.
struct CompileOptions {
  int optLevel = 3;
  bool winograd = true;
  bool profile = false;
  unsigned threads = 0;
  /// Held while anything is compiled in the module's context; outlives the
  /// graph. The caller of compile() holds it.
  std::mutex *compileMutex = nullptr;
  /// Nodes of variables that are no constants: other graphs write them.
  std::vector<std::string> keptVariables;
};

class StagedGraph;

namespace tfg {
class ScratchConstants;
} // namespace tfg

namespace jit {
class ImageReader;
class ImageWriter;
} // namespace jit

/// Native code for one selection, with the outputs that need no code
/// (constants, and inputs handed through) beside it. Immutable.
class CompiledGraph {
public:
  /// Compiles the graph of `module` after applySelection(), which is used up.
  /// The module's context must outlive the result. If there is a `writer`, the
  /// result is put there, too, unless it is in stages. The large constants that
  /// compiling makes may be freed with `scratch`, unless the result is in
  /// stages.
  static absl::StatusOr<std::shared_ptr<const CompiledGraph>>
  compile(mlir::ModuleOp module, const CompileOptions &options,
          jit::ImageWriter *writer = nullptr,
          tfg::ScratchConstants *scratch = nullptr);

  /// What compile() put into a writer; null, and the reader has failed, if the
  /// bytes are something else. Needs no context.
  static std::shared_ptr<const CompiledGraph> read(jit::ImageReader &reader);

  bool isStaged() const { return staged != nullptr; }

  CompiledGraph();
  ~CompiledGraph();

  /// A variable that the graph does not have as a constant. Its value is a
  /// further input, behind those that were selected; in the order of
  /// variables().
  struct Variable {
    std::string name;
    TensorInfo info;
    /// Whether what it held before matters.
    bool isRead = true;
    /// The output with its new value, if the graph writes it; they are behind
    /// the outputs that were selected, in the order of variables().
    std::optional<size_t> output;
  };

  /// What was selected, then the variables.
  const std::vector<TensorInfo> &inputs() const { return inputInfos; }
  /// Shapes have kDynamicDim where they depend on the values.
  const std::vector<TensorInfo> &outputs() const { return outputInfos; }
  const std::vector<Variable> &variables() const { return carried; }
  /// How many inputs and outputs were selected.
  size_t numInputs() const { return inputInfos.size() - carried.size(); }
  size_t numOutputs() const;

  /// Computes outputs into memory of the caller's; all shapes must be static.
  absl::Status run(std::span<const TensorView> inputs,
                   std::span<const TensorView> outputs,
                   runtime::ThreadPool &pool) const;

  /// Computes outputs of any shape.
  absl::StatusOr<std::vector<Tensor>> run(std::span<const TensorView> inputs,
                                          runtime::ThreadPool &pool) const;

  /// See Predictor::profile().
  std::vector<OpProfile> profile() const;

  /// See Predictor::compileSteps().
  std::vector<CompileStep> compileSteps() const;

  /// See Predictor::memoryUse().
  MemoryUse memoryUse() const;

private:
  /// Where an output comes from: an output of the code, an input, or a
  /// constant.
  struct Source {
    enum Kind { Native, Input, Constant } kind;
    size_t index;
  };

  void takeInputs(tfg::GraphOp graph);
  void takeVariables(tfg::GraphOp graph);
  absl::Status takeHostOutputs(tfg::FetchOp fetch);
  void dropUnusedInputs(tfg::GraphOp graph);
  absl::Status compileCode(mlir::ModuleOp module, const CompileOptions &options,
                           jit::ImageWriter *writer,
                           tfg::ScratchConstants *scratch);
  absl::Status compileNative(mlir::ModuleOp module,
                             const CompileOptions &options,
                             jit::ImageWriter *writer,
                             jit::ConstantTable::Release release);
  void writeTables(jit::ImageWriter &writer);
  bool isConsistent() const;
  template <typename Stream> void transferTables(Stream &stream);
  absl::Status check(std::span<const TensorView> inputs,
                     std::span<const TensorView> outputs) const;
  /// The native outputs, if the graph is staged; else none.
  absl::StatusOr<std::vector<Tensor>>
  runStaged(std::span<const TensorView> inputs,
            runtime::ThreadPool &pool) const;
  absl::Status runNative(std::span<const TensorView> inputs,
                         std::span<const TensorView> outputs,
                         runtime::ThreadPool &pool,
                         const runtime::OutputAllocator *allocate) const;
  void copyHostOutputs(std::span<const TensorView> inputs,
                       std::span<const TensorView> outputs) const;

  std::vector<TensorInfo> inputInfos;
  std::vector<TensorInfo> outputInfos;
  std::vector<Variable> carried;
  std::vector<Source> sources;
  std::vector<Tensor> constants;
  /// The input that each argument of the code is.
  std::vector<size_t> nativeInputs;
  /// The output that each result of the code is.
  std::vector<size_t> nativeOutputs;
  /// What came before the code's own steps.
  std::vector<CompileStep> firstSteps;
  // One of the two, if there are native outputs.
  std::unique_ptr<jit::NativeModule> native;
  std::unique_ptr<StagedGraph> staged;
};

} // namespace firn

#endif // FIRN_API_COMPILEDGRAPH_H
