// The fetch is made first, so that a tensor that is both fed and fetched is
// replaced in it like everywhere else.
#include "api/Selection.h"

#include "absl/strings/str_cat.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace firn {
namespace {

/// The type a fed tensor has: the given shape, and no reference to a variable.
TensorType feedType(Value value, const std::optional<Shape> &shape) {
  auto type = cast<TensorType>(value.getType());
  Type elementType = type.getElementType();
  if (auto reference = dyn_cast<tfg::RefType>(elementType))
    elementType = reference.getElementType();
  if (!shape)
    return type.hasRank()
               ? TensorType(RankedTensorType::get(type.getShape(), elementType))
               : TensorType(UnrankedTensorType::get(elementType));
  SmallVector<int64_t> dims;
  for (int64_t dim : *shape)
    dims.push_back(dim == kDynamicDim ? ShapedType::kDynamic : dim);
  return RankedTensorType::get(dims, elementType);
}

bool isPlaceholder(Operation *op) {
  auto node = dyn_cast<tfg::NodeOpInterface>(op);
  return node && (node.getTFOpName() == "Placeholder" ||
                  node.getTFOpName() == "PlaceholderV2");
}

/// Whether a value of shape `given` may be fed where the graph says `declared`.
bool compatible(ArrayRef<int64_t> declared, const Shape &given) {
  if (declared.size() != given.size())
    return false;
  for (auto [want, have] : llvm::zip_equal(declared, given))
    if (!ShapedType::isDynamic(want) && want != have)
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

void replaceByPlaceholder(Value value, const SelectedFeed &feed,
                          unsigned index) {
  Operation *op = value.getDefiningOp();
  auto node = cast<tfg::NodeOpInterface>(op);
  std::string name = node.getNodeName().str();
  // Another output of the node may stay in use, under the node's name.
  if (op->getNumResults() > 1)
    name += "_" + std::to_string(cast<OpResult>(value).getResultNumber());
  OpBuilder builder(op);
  auto placeholder = tfg::PlaceholderOp::create(
      builder, tfg::getNodeLoc(op->getContext(), name),
      feedType(value, feed.shape), ValueRange(), tfg::ShapeAttr());
  placeholder->setAttr(tfg::TFGDialect::kFeedIndexAttr,
                       builder.getI64IntegerAttr(index));
  placeholder->setAttr(tfg::TFGDialect::kFeedNameAttr,
                       builder.getStringAttr(feed.name));
  value.replaceAllUsesWith(placeholder.getOutput());
  if (op->use_empty())
    op->erase();
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

absl::Status checkFed(tfg::FetchOp fetch) {
  llvm::SetVector<Operation *> missing = missingFeeds(fetch);
  if (missing.empty())
    return absl::OkStatus();
  std::string list;
  for (Operation *op : missing) {
    std::string name = tfg::getNodeName(op->getLoc()).str() + ":0";
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
  if (tfg::FetchOp old = graph.getFetch())
    old.erase();
  GraphIndex index(graph);
  OpBuilder builder = OpBuilder::atBlockEnd(graph.getBodyBlock());
  SmallVector<Value> values;
  SmallVector<llvm::StringRef> names, tensors;
  for (const SelectedFetch &fetch : selection.fetches) {
    absl::StatusOr<Value> value = index.tensor(fetch.tensor);
    if (!value.ok())
      return value.status();
    values.push_back(*value);
    names.push_back(fetch.name);
    tensors.push_back(fetch.tensor);
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
  }
  auto fetch = tfg::FetchOp::create(
      builder, graph.getLoc(), values, builder.getStrArrayAttr(names),
      builder.getStrArrayAttr(tensors),
      selection.signature.empty() ? StringAttr()
                                  : builder.getStringAttr(selection.signature),
      selection.methodName.empty()
          ? StringAttr()
          : builder.getStringAttr(selection.methodName));
  for (auto [i, value] : llvm::enumerate(fed))
    replaceByPlaceholder(value, selection.feeds[i], i);
  return checkFed(fetch);
}

} // namespace firn
