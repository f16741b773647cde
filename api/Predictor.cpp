// Predictor: a thin, const handle on compiled code.
#include "api/ModelImpl.h"

#include "absl/container/inlined_vector.h"

namespace firn {

Predictor::Predictor(std::shared_ptr<const Impl> impl)
    : impl(std::move(impl)) {}

const std::vector<TensorInfo> &Predictor::inputs() const {
  return impl->inputs;
}

const std::vector<TensorInfo> &Predictor::outputs() const {
  return impl->outputs;
}

absl::Status Predictor::run(std::span<const TensorView> inputs,
                            std::span<TensorView> outputs) const {
  return inModel(impl->model->path,
                 impl->model->variables.run(*impl->graph, inputs, outputs,
                                            impl->model->threadPool()));
}

absl::StatusOr<std::vector<Tensor>>
Predictor::run(std::span<const Tensor> inputs) const {
  absl::InlinedVector<TensorView, 16> views;
  for (const Tensor &tensor : inputs)
    views.push_back(tensor.view());
  return run(std::span<const TensorView>(views));
}

absl::StatusOr<std::vector<Tensor>>
Predictor::run(std::span<const TensorView> inputs) const {
  absl::StatusOr<std::vector<Tensor>> outputs = impl->model->variables.run(
      *impl->graph, inputs, impl->model->threadPool());
  if (!outputs.ok())
    return inModel(impl->model->path, outputs.status());
  return outputs;
}

bool Predictor::compilesInRuns() const { return impl->graph->isStaged(); }

std::vector<OpProfile> Predictor::profile() const {
  return impl->graph->profile();
}

MemoryUse Predictor::memoryUse() const { return impl->graph->memoryUse(); }

std::vector<CompileStep> Predictor::compileSteps() const {
  return impl->graph->compileSteps();
}

} // namespace firn
