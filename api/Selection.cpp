// The fetch is made first, so that a tensor that is both fed and fetched is
// replaced in it like everywhere else.
#include "api/Selection.h"

#include "frontend/Diagnostics.h"
#include "passes/Passes.h"

#include "absl/strings/str_cat.h"
#include "mlir/IR/Builders.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace firn {
namespace {

bool isPlaceholder(Operation *op) {
  auto node = dyn_cast<tfg::NodeOpInterface>(op);
  return node && (node.getTFOpName() == "Placeholder" ||
                  node.getTFOpName() == "PlaceholderV2");
}

/// Whether a value of shape `given`, which may leave sizes open, may be fed
/// where the graph says `declared`.
bool compatible(ArrayRef<int64_t> declared, const Shape &given) {
  if (declared.size() != given.size())
    return false;
  for (auto [want, have] : llvm::zip_equal(declared, given))
    if (!ShapedType::isDynamic(want) && have != kDynamicDim && want != have)
      return false;
  return true;
}

/// Only placeholders promise a shape; elsewhere it is what inference found, and
/// the value that is fed may be anything.
absl::Status checkShape(const SelectedFeed &feed, Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!feed.shape || !type || !isPlaceholder(value.getDefiningOp()) ||
      compatible(type.getShape(), *feed.shape))
    return absl::OkStatus();
  TensorInfo declared = tensorInfoOf(value, feed.name, feed.tensor);
  return absl::InvalidArgumentError(absl::StrCat(
      "input '", feed.name, "' takes shape ", shapeToString(declared.shape),
      ", but was given ", shapeToString(*feed.shape)));
}

/// What the pass left open: the names and shapes that the caller gives.
void setFeed(tfg::PlaceholderOp placeholder, const SelectedFeed &feed) {
  Builder builder(placeholder.getContext());
  placeholder->setAttr(tfg::TFGDialect::kFeedNameAttr,
                       builder.getStringAttr(feed.name));
  if (!feed.shape)
    return;
  SmallVector<int64_t> dims;
  for (int64_t dim : *feed.shape)
    dims.push_back(dim == kDynamicDim ? ShapedType::kDynamic : dim);
  // Sizes that the caller leaves open are the declared ones.
  RankedTensorType declared;
  if (auto shape = placeholder.getShape())
    declared = dyn_cast<RankedTensorType>(
        shape->getTensorType(tfg::getElementType(placeholder.getOutput())));
  if (declared && declared.getRank() == int64_t(dims.size()))
    for (auto [dim, size] : llvm::zip_equal(dims, declared.getShape()))
      if (ShapedType::isDynamic(dim))
        dim = size;
  placeholder.getOutput().setType(RankedTensorType::get(
      dims, tfg::getElementType(placeholder.getOutput())));
  placeholder.setShapeAttr(
      tfg::ShapeAttr::getRanked(placeholder.getContext(), dims));
}

/// The placeholders without a value that `fetch` depends on.
llvm::SetVector<Operation *> missingFeeds(tfg::FetchOp fetch) {
  llvm::SetVector<Operation *> needed, missing;
  needed.insert(fetch);
  for (size_t i = 0; i < needed.size(); ++i) {
    if (isPlaceholder(needed[i]) &&
        !needed[i]->hasAttr(tfg::TFGDialect::kFeedIndexAttr))
      missing.insert(needed[i]);
    for (Value operand : tfg::getDataOperands(needed[i]))
      if (Operation *op = operand.getDefiningOp())
        needed.insert(op);
  }
  return missing;
}

absl::Status checkFed(tfg::FetchOp fetch,
                      const std::map<std::string, std::string> &keys) {
  llvm::SetVector<Operation *> missing = missingFeeds(fetch);
  if (missing.empty())
    return absl::OkStatus();
  std::string list;
  for (Operation *op : missing) {
    std::string name = tfg::getNodeName(op->getLoc()).str() + ":0";
    if (auto key = keys.find(name); key != keys.end())
      name = key->second;
    TensorInfo info = tensorInfoOf(op->getResult(0), name, name);
    absl::StrAppend(&list, list.empty() ? "" : ", ", name, " (",
                    std::string(nameOf(info.dtype)), " ",
                    info.hasRank ? shapeToString(info.shape) : "of any shape",
                    ")");
  }
  return absl::InvalidArgumentError(
      absl::StrCat("what is asked for needs inputs that are not fed: ", list));
}

} // namespace

Selection selectionOf(const SignatureInfo &signature) {
  Selection selection;
  for (const TensorInfo &input : signature.inputs)
    selection.feeds.push_back({input.name, input.tensor, std::nullopt});
  for (const TensorInfo &output : signature.outputs)
    selection.fetches.push_back({output.name, output.tensor});
  selection.signature = signature.key;
  selection.methodName = signature.methodName;
  return selection;
}

absl::Status applySelection(ModuleOp module, const Selection &selection) {
  tfg::GraphOp graph = findGraph(module);
  if (!graph)
    return absl::InvalidArgumentError("the model has no graph");
  GraphIndex index(graph);
  tfg::SelectSignaturePassOptions options;
  for (const SelectedFetch &fetch : selection.fetches) {
    absl::StatusOr<Value> value = index.tensor(fetch.tensor);
    if (!value.ok())
      return value.status();
    options.fetches.push_back(index.nameOf(*value));
  }
  SmallVector<Value> fed;
  for (const SelectedFeed &feed : selection.feeds) {
    absl::StatusOr<Value> value = index.tensor(feed.tensor);
    if (!value.ok())
      return value.status();
    if (!isa<TensorType>(value->getType()))
      return absl::InvalidArgumentError(
          absl::StrCat("'", feed.name, "' has no value that could be fed"));
    if (llvm::is_contained(fed, *value))
      return absl::InvalidArgumentError(
          absl::StrCat("tensor '", feed.tensor, "' is fed twice"));
    if (absl::Status status = checkShape(feed, *value); !status.ok())
      return status;
    fed.push_back(*value);
    options.feeds.push_back(index.nameOf(*value));
  }
  DiagnosticCollector errors(*module.getContext(), "selecting tensors");
  PassManager manager(module.getContext());
  manager.addPass(tfg::createSelectSignaturePass(std::move(options)));
  if (absl::Status status = errors.check(manager.run(module), "selection");
      !status.ok())
    return status;

  SmallVector<Attribute> names;
  Builder builder(module.getContext());
  for (const SelectedFetch &fetch : selection.fetches)
    names.push_back(builder.getStringAttr(fetch.name));
  graph.getFetch().setNamesAttr(builder.getArrayAttr(names));
  for (auto placeholder : graph.getBodyBlock()->getOps<tfg::PlaceholderOp>()) {
    auto number = placeholder->getAttrOfType<IntegerAttr>(
        tfg::TFGDialect::kFeedIndexAttr);
    if (!number)
      continue;
    // Without feeds the pass takes all placeholders that are needed.
    if (selection.feeds.empty())
      placeholder->removeAttr(tfg::TFGDialect::kFeedIndexAttr);
    else
      setFeed(placeholder, selection.feeds[number.getInt()]);
  }
  return checkFed(graph.getFetch(), selection.keys);
}

} // namespace firn
