// See StagedGraph.h.
#include "api/StagedGraph.h"

#include "api/ConstantTensor.h"
#include "api/GraphIndex.h"

#include "absl/strings/str_cat.h"
#include "mlir/IR/Builders.h"

using namespace mlir;

namespace firn {
namespace {

/// As many second stages are kept: shapes that change with every call must not
/// fill the memory.
constexpr size_t kMaxSecondStages = 64;

/// `placeholder` gets the shape of `view`, or gives way to its value.
absl::Status specialise(tfg::PlaceholderOp placeholder, const TensorView &view,
                        bool byValue) {
  auto type = cast<TensorType>(placeholder.getType());
  auto known = RankedTensorType::get(view.shape(), type.getElementType());
  if (!byValue) {
    placeholder.getResult().setType(known);
    return absl::OkStatus();
  }
  absl::StatusOr<Tensor> value =
      Tensor::uninitialized(view.dtype, view.shape());
  if (!value.ok())
    return value.status();
  TensorView copy = value->view();
  copyElements(view, copy);
  OpBuilder builder(placeholder);
  Value constant =
      tfg::ConstOp::create(builder, placeholder.getLoc(),
                           cast<TypedAttr>(constantOfTensor(*value, known)));
  placeholder.getResult().replaceAllUsesWith(constant);
  placeholder.erase();
  return absl::OkStatus();
}

/// The bytes that tell the values of `view` from others of its type and shape.
void appendValues(const TensorView &view, std::string &key) {
  auto count = static_cast<size_t>(numElements(view.shape()).value_or(0));
  if (view.dtype != DType::String) {
    key.append(static_cast<const char *>(view.data),
               count * sizeOf(view.dtype));
    return;
  }
  for (const std::string &text :
       std::span(static_cast<const std::string *>(view.data), count))
    absl::StrAppend(&key, text.size(), ":", text);
}

} // namespace

absl::StatusOr<std::unique_ptr<StagedGraph>>
StagedGraph::create(ModuleOp module, const CompileOptions &options) {
  std::optional<GraphStages> stages = splitAtUnknownShapes(module);
  if (!stages)
    return absl::NotFoundError("no unknown shape to cut the graph at");
  absl::StatusOr<Graph> first = CompiledGraph::compile(*stages->first, options);
  if (!first.ok())
    return first.status();
  auto staged = std::make_unique<StagedGraph>();
  staged->options = options;
  staged->firstStage = *std::move(first);
  staged->secondModule = std::move(stages->second);
  staged->secondInputs = std::move(stages->inputs);
  return staged;
}

std::string StagedGraph::keyOf(std::span<const TensorView> inputs) const {
  std::string key;
  for (size_t i = 0; i < inputs.size(); ++i) {
    absl::StrAppend(&key, shapeToString(inputs[i].shape()), ";");
    if (secondInputs[i].byValue)
      appendValues(inputs[i], key);
  }
  return key;
}

absl::StatusOr<StagedGraph::Graph>
StagedGraph::compileSecond(std::span<const TensorView> inputs) const {
  OwningOpRef<ModuleOp> copy(cast<ModuleOp>(secondModule.get()->clone()));
  SmallVector<tfg::PlaceholderOp> placeholders;
  for (auto op : findGraph(*copy).getBodyBlock()->getOps<tfg::PlaceholderOp>())
    if (op->hasAttr(tfg::TFGDialect::kFeedIndexAttr))
      placeholders.push_back(op);
  Builder builder(copy->getContext());
  int64_t next = 0;
  for (auto [i, placeholder] : llvm::enumerate(placeholders)) {
    if (!secondInputs[i].byValue)
      placeholder->setAttr(tfg::TFGDialect::kFeedIndexAttr,
                           builder.getI64IntegerAttr(next++));
    if (absl::Status status =
            specialise(placeholder, inputs[i], secondInputs[i].byValue);
        !status.ok())
      return status;
  }
  return CompiledGraph::compile(*copy, options);
}

absl::StatusOr<StagedGraph::Graph>
StagedGraph::second(std::span<const TensorView> inputs) const {
  std::string key = keyOf(inputs);
  auto find = [&]() -> Graph {
    std::lock_guard<std::mutex> lock(mutex);
    auto it = byKey.find(key);
    if (it == byKey.end())
      return nullptr;
    compiled.splice(compiled.begin(), compiled, it->second);
    return it->second->graph;
  };
  if (Graph graph = find())
    return graph;
  std::lock_guard<std::mutex> lock(*options.compileMutex);
  if (Graph graph = find())
    return graph;
  absl::StatusOr<Graph> graph = compileSecond(inputs);
  if (graph.ok()) {
    std::lock_guard<std::mutex> listLock(mutex);
    compiled.push_front({std::move(key), *graph});
    byKey.emplace(compiled.front().key, compiled.begin());
    if (compiled.size() > kMaxSecondStages) {
      byKey.erase(compiled.back().key);
      compiled.pop_back();
    }
  }
  return graph;
}

absl::StatusOr<std::vector<Tensor>>
StagedGraph::run(std::span<const TensorView> inputs,
                 runtime::ThreadPool &pool) const {
  absl::StatusOr<std::vector<Tensor>> values = firstStage->run(inputs, pool);
  if (!values.ok())
    return values;
  std::vector<TensorView> all, fed;
  for (const GraphStages::Input &input : secondInputs) {
    all.push_back(input.fromFirst ? (*values)[input.index].view()
                                  : inputs[input.index]);
    if (!input.byValue)
      fed.push_back(all.back());
  }
  absl::StatusOr<Graph> graph = second(all);
  if (!graph.ok())
    return graph.status();
  return (*graph)->run(fed, pool);
}

} // namespace firn
