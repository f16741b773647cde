//===- VariableReads.cpp - reads of what is a value now -------------------===//

#include "passes/VariableReads.h"
#include "passes/NodeBuilder.h"

using namespace mlir;

namespace firn::tfg {

LogicalResult rewriteVariableRead(Operation *op, NodeNames &names) {
  StringRef name = getTFOpName(op);
  OpBuilder builder(op);
  SmallVector<Value> operands(op->getOperands());
  auto valueType = cast<TensorType>(operands[0].getType());
  SmallVector<Type> results(op->getResultTypes());
  SmallVector<NamedAttribute> attrs;
  if (Attribute classes = op->getAttr("_class"))
    attrs.push_back(builder.getNamedAttr("_class", classes));

  bool readsValue = name == "ReadVariableOp" || name == "ResourceGather" ||
                    name == "ResourceGatherNd";
  if (readsValue && cast<TensorType>(results[0]).getElementType() !=
                        valueType.getElementType())
    return op->emitError("node '")
           << getNodeName(op->getLoc()) << "' (" << name
           << ") reads the variable as "
           << cast<TensorType>(results[0]).getElementType()
           << ", but its value is " << valueType;

  if (name == "ReadVariableOp") {
    replaceNode(op, "Identity", operands, valueType, attrs);
  } else if (name == "ResourceGather") {
    int64_t batchDims = 0;
    if (auto attr = op->getAttrOfType<IntegerAttr>("batch_dims"))
      batchDims = attr.getInt();
    StringRef node = getNodeName(op->getLoc());
    Location loc = names.makeLoc((node + "/axis").str());
    Value axis = ConstOp::create(
        builder, loc, makeIntScalar(builder.getI32Type(), batchDims));
    operands.insert(operands.begin() + 2, axis);
    if (batchDims)
      attrs.push_back(builder.getNamedAttr(
          "batch_dims", builder.getI64IntegerAttr(batchDims)));
    replaceNode(op, "GatherV2", operands, results, attrs);
  } else if (name == "ResourceGatherNd") {
    replaceNode(op, "GatherNd", operands, results, attrs);
  } else if (name == "VariableShape") {
    replaceNode(op, "Shape", operands, results, attrs);
  } else if (name == "DisableCopyOnRead") {
    replaceNode(op, "NoOp", ValueRange(operands).drop_front(), {});
  } else if (name == "VarIsInitializedOp" || name == "IsVariableInitialized") {
    auto type = RankedTensorType::get({}, builder.getI1Type());
    TypedAttr yes = DenseElementsAttr::get(type, true);
    replaceNode(op, "Const", {}, type, builder.getNamedAttr("value", yes));
  }
  // Any other op took the value out of a reference, and does so still.
  return success();
}

} // namespace firn::tfg
