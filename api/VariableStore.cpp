// See VariableStore.h.
#include "api/VariableStore.h"

#include "api/ConstantTensor.h"

#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"

using namespace mlir;

namespace firn {

absl::StatusOr<VariableStore::Value>
VariableStore::get(const CompiledGraph::Variable &variable) {
  std::lock_guard<std::mutex> lock(mutex);
  if (auto found = values.find(variable.name); found != values.end())
    return found->second;
  auto initial = module.lookupSymbol<tfg::VariableOp>(variable.name);
  if (!initial && variable.isRead)
    return absl::FailedPreconditionError(absl::StrCat(
        "variable '", variable.name,
        "' has no value: the model has none for it, and no run has written it "
        "yet"));
  absl::StatusOr<Tensor> tensor =
      initial ? tensorOfConstant(initial.getValue())
              : Tensor::create(variable.info.dtype, variable.info.shape);
  if (!tensor.ok())
    return tensor.status();
  auto value = std::make_shared<const Tensor>(*std::move(tensor));
  // What a run only writes is nobody's value yet.
  if (initial)
    values[variable.name] = value;
  return value;
}

absl::StatusOr<std::vector<VariableStore::Value>>
VariableStore::getAll(const CompiledGraph &graph) {
  std::vector<Value> all;
  for (const CompiledGraph::Variable &variable : graph.variables()) {
    absl::StatusOr<Value> value = get(variable);
    if (!value.ok())
      return value.status();
    all.push_back(*std::move(value));
  }
  return all;
}

void VariableStore::put(const std::string &name, Tensor value) {
  auto shared = std::make_shared<const Tensor>(std::move(value));
  std::lock_guard<std::mutex> lock(mutex);
  values[name] = std::move(shared);
}

std::unique_lock<std::mutex>
VariableStore::takeTurn(const CompiledGraph &graph) {
  for (const CompiledGraph::Variable &variable : graph.variables())
    if (variable.output)
      return std::unique_lock<std::mutex>(writing);
  return {};
}

absl::StatusOr<std::vector<Tensor>>
VariableStore::run(const CompiledGraph &graph,
                   std::span<const TensorView> inputs,
                   runtime::ThreadPool &pool) {
  if (graph.variables().empty())
    return graph.run(inputs, pool);
  std::unique_lock<std::mutex> turn = takeTurn(graph);
  absl::StatusOr<std::vector<Value>> before = getAll(graph);
  if (!before.ok())
    return before.status();
  std::vector<TensorView> all(inputs.begin(), inputs.end());
  for (const Value &value : *before)
    all.push_back(value->view());
  absl::StatusOr<std::vector<Tensor>> results = graph.run(all, pool);
  if (!results.ok())
    return results;
  for (const CompiledGraph::Variable &variable : graph.variables())
    if (variable.output)
      put(variable.name, std::move((*results)[*variable.output]));
  results->resize(graph.numOutputs());
  return results;
}

absl::Status VariableStore::run(const CompiledGraph &graph,
                                std::span<const TensorView> inputs,
                                std::span<const TensorView> outputs,
                                runtime::ThreadPool &pool) {
  if (graph.variables().empty())
    return graph.run(inputs, outputs, pool);
  std::unique_lock<std::mutex> turn = takeTurn(graph);
  absl::StatusOr<std::vector<Value>> before = getAll(graph);
  if (!before.ok())
    return before.status();
  absl::InlinedVector<TensorView, 16> in(inputs.begin(), inputs.end());
  absl::InlinedVector<TensorView, 16> out(outputs.begin(), outputs.end());
  for (const Value &value : *before)
    in.push_back(value->view());
  std::vector<Tensor> after;
  for (const CompiledGraph::Variable &variable : graph.variables()) {
    if (!variable.output)
      continue;
    absl::StatusOr<Tensor> tensor =
        Tensor::uninitialized(variable.info.dtype, variable.info.shape);
    if (!tensor.ok())
      return tensor.status();
    after.push_back(*std::move(tensor));
  }
  for (Tensor &tensor : after)
    out.push_back(tensor.view());
  if (absl::Status status = graph.run(in, out, pool); !status.ok())
    return status;
  size_t next = 0;
  for (const CompiledGraph::Variable &variable : graph.variables())
    if (variable.output)
      put(variable.name, std::move(after[next++]));
  return absl::OkStatus();
}

void VariableStore::reset() {
  std::lock_guard<std::mutex> turn(writing);
  std::lock_guard<std::mutex> lock(mutex);
  values.clear();
}

} // namespace firn
