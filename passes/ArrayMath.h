//===- ArrayMath.h - what ops of arrays compute on a tensor ---------------===//
//
// An array or list that is a tensor, [size, element…]: the nodes that its ops
// become.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_ARRAYMATH_H
#define FIRN_PASSES_ARRAYMATH_H

#include "ir/TFGConstants.h"
#include "passes/ArrayClasses.h"
#include "passes/NodeBuilder.h"

namespace firn::tfg {

class ArrayMath {
protected:
  explicit ArrayMath(const ArrayClass &array)
      : array(array), builder(array.values.front().getContext()) {}

  // Nodes at the insertion point, named like the node that is replaced.
  mlir::Value node(llvm::StringRef op, mlir::ValueRange operands,
                   mlir::Type type,
                   llvm::ArrayRef<mlir::NamedAttribute> attrs = {}) {
    return createNode(builder, loc, op, operands, mlir::TypeRange(type), attrs)
        ->getResult(0);
  }
  mlir::Value ints(llvm::ArrayRef<int32_t> values) {
    auto type = mlir::RankedTensorType::get({int64_t(values.size())},
                                            builder.getI32Type());
    return ConstOp::create(builder, loc,
                           mlir::DenseElementsAttr::get(type, values));
  }
  mlir::Value scalar(int32_t value) {
    auto type = mlir::RankedTensorType::get({}, builder.getI32Type());
    return ConstOp::create(builder, loc,
                           mlir::DenseElementsAttr::get(type, value));
  }
  /// tensor<count x element>.
  mlir::RankedTensorType stacked(int64_t count) {
    llvm::SmallVector<int64_t> shape(array.getTensorType().getShape());
    shape.front() = count;
    return mlir::RankedTensorType::get(shape, elementType());
  }
  mlir::Type elementType() { return array.element.getElementType(); }
  mlir::Value one(mlir::Value item) {
    return node("ExpandDims", {item, scalar(0)}, stacked(1));
  }

  mlir::Value zeros(mlir::Value count);
  mlir::Value get(mlir::Value list, mlir::Value index, mlir::Type type) {
    return node("GatherV2", {list, index, scalar(0)}, type);
  }
  mlir::Value gather(mlir::Value list, mlir::Value indices, mlir::Type type);
  mlir::Value scatter(mlir::Value base, mlir::Value indices,
                      mlir::Value tensor);
  mlir::Value resize(mlir::Value list, mlir::Value size);
  mlir::Value split(mlir::Value tensor, mlir::Value lengths);
  mlir::Value concat(mlir::Value a, mlir::Value b) {
    return node("ConcatV2", {a, b, scalar(0)},
                stacked(mlir::ShapedType::kDynamic));
  }
  mlir::Value join(mlir::Value list, mlir::Type type);
  mlir::Value lengths(mlir::Value list, mlir::Type type);
  mlir::Value sizes(mlir::Value list);
  mlir::Value length(mlir::Value list, mlir::Type type);
  mlir::Value stack(mlir::Value list, mlir::Type type, mlir::Value element,
                    int64_t count);
  std::pair<mlir::Value, mlir::Value> pop(mlir::Value list, mlir::Type type);

  /// Whether elements have a first dimension.
  bool canJoin() { return array.element.getRank() > 0; }
  mlir::Value slice(mlir::Value vector, int64_t begin, int64_t count) {
    return node("Slice",
                {vector, ints({int32_t(begin)}), ints({int32_t(count)})},
                mlir::RankedTensorType::get({count}, builder.getI32Type()));
  }

  const ArrayClass &array;
  mlir::OpBuilder builder;
  mlir::Location loc = builder.getUnknownLoc();
};

} // namespace firn::tfg

#endif // FIRN_PASSES_ARRAYMATH_H
