//===- VariableUpdates.cpp - what the ops that write variables compute ----===//

#include "passes/VariableUpdates.h"
#include "passes/NodeBuilder.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace firn::tfg {
namespace {

/// `how` is empty if all of the variable is written: `op` says with what.
struct Update {
  StringRef op, how;
};

Update classify(StringRef name) {
  if (name.consume_front("Assign"))
    return llvm::StringSwitch<Update>(name)
        .Cases({"", "VariableOp"}, {"EnsureShape", ""})
        .Cases({"Add", "AddVariableOp"}, {"AddV2", ""})
        .Cases({"Sub", "SubVariableOp"}, {"Sub", ""})
        .Default({});
  name.consume_front("Resource");
  if (name.consume_front("ScatterNd"))
    return llvm::StringSwitch<Update>(name)
        .Case("Update", {"TensorScatterUpdate", ""})
        .Case("Add", {"TensorScatterAdd", ""})
        .Case("Sub", {"TensorScatterSub", ""})
        .Case("Max", {"TensorScatterMax", ""})
        .Case("Min", {"TensorScatterMin", ""})
        .Default({});
  if (name.consume_front("Scatter"))
    return llvm::StringSwitch<Update>(name)
        .Case("Update", {"_UpdateRows", "update"})
        .Case("Add", {"_UpdateRows", "add"})
        .Case("Sub", {"_UpdateRows", "sub"})
        .Case("Mul", {"_UpdateRows", "mul"})
        .Case("Div", {"_UpdateRows", "div"})
        .Case("Min", {"_UpdateRows", "min"})
        .Case("Max", {"_UpdateRows", "max"})
        .Default({});
  return {};
}

} // namespace

bool isVariableUpdate(Operation *op) {
  // ScatterNd itself writes nothing; its name has no more to it.
  return !classify(getTFOpName(op)).op.empty();
}

UpdatedValue getUpdatedValue(Operation *update, Value before) {
  Update kind = classify(getTFOpName(update));
  SmallVector<Value> arguments(getDataOperands(update));
  Builder builder(update->getContext());
  if (kind.op != "EnsureShape") {
    arguments.front() = before;
    UpdatedValue updated{kind.op.str(), arguments, {}};
    if (!kind.how.empty())
      updated.attrs.push_back(
          builder.getNamedAttr("how", builder.getStringAttr(kind.how)));
    return updated;
  }
  // What is written must have the variable's shape, unless it need not.
  auto validate = update->getAttrOfType<BoolAttr>("validate_shape");
  std::optional<ArrayRef<int64_t>> shape = shapeOf(before);
  if (!shape || (validate && !validate.getValue()))
    return {"Identity", {arguments[1]}, {}};
  return {"EnsureShape",
          {arguments[1]},
          {builder.getNamedAttr(
              "shape", ShapeAttr::getRanked(update->getContext(), *shape))}};
}

} // namespace firn::tfg
