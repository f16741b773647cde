//===- RetypePlaceholders.cpp - other types and shapes of inputs ----------===//
//
// What TensorFlow's strip_unused_nodes does to inputs: the caller says what
// they are, whatever was computed there before.
//
//===----------------------------------------------------------------------===//

#include "mlir/AsmParser/AsmParser.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_RETYPEPLACEHOLDERSPASS
#include "passes/Passes.h.inc"

namespace {

struct RetypePlaceholdersPass
    : impl::RetypePlaceholdersPassBase<RetypePlaceholdersPass> {
  using RetypePlaceholdersPassBase::RetypePlaceholdersPassBase;
  void runOnOperation() override;

private:
  LogicalResult retype(PlaceholderOp placeholder, StringRef typeText,
                       StringRef shapeText);
};

FailureOr<ShapeAttr> parseShape(StringRef text, MLIRContext *context) {
  SmallVector<int64_t> dims;
  if (text == "[]")
    return ShapeAttr::getRanked(context, {});
  if (text == "*")
    return ShapeAttr::getUnranked(context);
  SmallVector<StringRef> parts;
  text.split(parts, 'x');
  for (StringRef part : parts) {
    part = part.trim();
    int64_t dim = ShapedType::kDynamic;
    if (part != "?" && part != "-1" && (part.getAsInteger(10, dim) || dim < 0))
      return failure();
    dims.push_back(dim);
  }
  if (dims.size() > kMaxRank)
    return failure();
  return ShapeAttr::getRanked(context, dims);
}

} // namespace

LogicalResult RetypePlaceholdersPass::retype(PlaceholderOp placeholder,
                                             StringRef typeText,
                                             StringRef shapeText) {
  auto old = cast<TensorType>(placeholder.getOutput().getType());
  TensorType changed = old;
  if (!typeText.empty()) {
    Type type;
    {
      ScopedDiagnosticHandler ignore(&getContext(), [](Diagnostic &) {});
      type = parseType(typeText, &getContext());
    }
    if (!type)
      return getOperation().emitError("'") << typeText << "' is no type";
    changed = changed.clone(type);
  }
  if (!shapeText.empty()) {
    FailureOr<ShapeAttr> parsed = parseShape(shapeText, &getContext());
    if (failed(parsed))
      return getOperation().emitError("'")
             << shapeText << "' is no shape: expected dimensions like 1x?x3";
    changed = cast<TensorType>(parsed->getTensorType(changed.getElementType()));
    placeholder.setShapeAttr(*parsed);
  }
  numChanged += changed != old;
  placeholder.getOutput().setType(changed);
  return success();
}

void RetypePlaceholdersPass::runOnOperation() {
  llvm::StringMap<std::pair<StringRef, StringRef>> own;
  SmallVector<std::string> typeList(types.begin(), types.end());
  SmallVector<std::string> shapeList(shapes.begin(), shapes.end());
  typeList.resize(names.size());
  shapeList.resize(names.size());
  for (auto [index, name] : llvm::enumerate(names))
    own[name] = {typeList[index], shapeList[index]};
  for (auto graph : getOperation().getOps<GraphOp>())
    for (auto placeholder : graph.getBodyBlock()->getOps<PlaceholderOp>()) {
      if (!placeholder->hasAttr(TFGDialect::kFeedIndexAttr))
        continue;
      auto [ownType, ownShape] = own.lookup(getNodeName(placeholder.getLoc()));
      if (failed(retype(placeholder,
                        ownType.empty() ? StringRef(type) : ownType,
                        ownShape.empty() ? StringRef(shape) : ownShape)))
        return signalPassFailure();
    }
}

} // namespace firn::tfg
