//===- GenericBuilder.cpp - building linalg ops from scalar code
//-----------===//

#include "backend/jit/lowering/GenericBuilder.h"
#include "backend/jit/lowering/Broadcast.h"
#include "ir/NodeSyntax.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace firn {

OpFoldResult getDim(OpBuilder &builder, Location loc, Value tensor,
                    int64_t dim) {
  return tensor::getMixedSize(builder, loc, tensor, dim);
}

SmallVector<OpFoldResult> getDims(OpBuilder &builder, Location loc,
                                  Value tensor) {
  return tensor::getMixedSizes(builder, loc, tensor);
}

Value makeEmpty(OpBuilder &builder, Location loc, ArrayRef<OpFoldResult> sizes,
                Type elementType) {
  return tensor::EmptyOp::create(builder, loc, sizes, elementType);
}

Value makeFilled(OpBuilder &builder, Location loc, ArrayRef<OpFoldResult> sizes,
                 Value scalar) {
  Value empty = makeEmpty(builder, loc, sizes, scalar.getType());
  return linalg::FillOp::create(builder, loc, scalar, empty).getResult(0);
}

Value makeScalar(OpBuilder &builder, Location loc, Type type, double value) {
  if (auto complex = dyn_cast<ComplexType>(type)) {
    Type part = complex.getElementType();
    auto parts = builder.getArrayAttr(
        {builder.getFloatAttr(part, value), builder.getFloatAttr(part, 0.0)});
    return complex::ConstantOp::create(builder, loc, complex, parts);
  }
  if (isa<FloatType>(type))
    return arith::ConstantOp::create(builder, loc,
                                     builder.getFloatAttr(type, value));
  return makeIntScalarOp(builder, loc, type, static_cast<int64_t>(value));
}

Value makeIntScalarOp(OpBuilder &builder, Location loc, Type type,
                      int64_t value) {
  if (type.isIndex())
    return arith::ConstantIndexOp::create(builder, loc, value);
  APInt bits(type.getIntOrFloatBitWidth(), value, /*isSigned=*/true,
             /*implicitTrunc=*/true);
  return arith::ConstantOp::create(builder, loc,
                                   builder.getIntegerAttr(type, bits));
}

/// The sizes of the result; of an operand that is not broadcast there.
static SmallVector<OpFoldResult> resultSizes(OpBuilder &builder, Location loc,
                                             RankedTensorType type,
                                             ValueRange operands) {
  SmallVector<OpFoldResult> sizes;
  for (auto [dim, size] : llvm::enumerate(type.getShape())) {
    if (!ShapedType::isDynamic(size)) {
      sizes.push_back(builder.getIndexAttr(size));
      continue;
    }
    SmallVector<OpFoldResult> own;
    for (Value operand : operands) {
      int64_t rank = cast<RankedTensorType>(operand.getType()).getRank();
      if (int64_t at = int64_t(dim) - type.getRank() + rank; at >= 0)
        own.push_back(getDim(builder, loc, operand, at));
    }
    sizes.push_back(broadcastSize(builder, loc, own));
  }
  return sizes;
}

/// The sizes of the result: of the first operand that says or knows them.
static SmallVector<OpFoldResult> firstSizes(OpBuilder &builder, Location loc,
                                            RankedTensorType type,
                                            ValueRange operands) {
  SmallVector<OpFoldResult> sizes;
  for (auto [dim, size] : llvm::enumerate(type.getShape())) {
    if (!ShapedType::isDynamic(size)) {
      sizes.push_back(builder.getIndexAttr(size));
      continue;
    }
    for (Value operand : operands) {
      auto shape = cast<RankedTensorType>(operand.getType()).getShape();
      int64_t own = int64_t(dim) - type.getRank() + int64_t(shape.size());
      if (own >= 0 && ShapedType::isDynamic(shape[own])) {
        sizes.push_back(getDim(builder, loc, operand, own));
        break;
      }
    }
  }
  assert(int64_t(sizes.size()) == type.getRank() &&
         "result shape not inferred");
  return sizes;
}

/// The operands as the loops of the result read them.
static SmallVector<Value> stretchOperands(OpBuilder &builder, Operation *node,
                                          ArrayRef<OpFoldResult> sizes,
                                          ValueRange operands) {
  return llvm::map_to_vector(operands, [&](Value operand) {
    int64_t rank = cast<RankedTensorType>(operand.getType()).getRank();
    return stretch(builder, node, operand, sizes.take_back(rank));
  });
}

/// Reads an operand by the result's indices: its last dimensions, 0 where it
/// has size 1 and the result may have another one.
static AffineMap broadcastMap(OpBuilder &builder, RankedTensorType type,
                              RankedTensorType operand) {
  SmallVector<AffineExpr> exprs;
  int64_t offset = type.getRank() - operand.getRank();
  for (auto [dim, size] : llvm::enumerate(operand.getShape()))
    exprs.push_back(size == 1 && type.getDimSize(offset + dim) != 1
                        ? builder.getAffineConstantExpr(0)
                        : builder.getAffineDimExpr(offset + dim));
  return AffineMap::get(type.getRank(), 0, exprs, builder.getContext());
}

/// Where only the running program knows a size, it has to be the result's.
static void checkSizes(OpBuilder &builder, Operation *node,
                       ArrayRef<OpFoldResult> sizes, ValueRange operands) {
  Location loc = node->getLoc();
  for (Value operand : operands) {
    auto type = cast<RankedTensorType>(operand.getType());
    int64_t offset = int64_t(sizes.size()) - type.getRank();
    for (int64_t dim = 0; dim < type.getRank(); ++dim) {
      OpFoldResult wanted = sizes[offset + dim];
      OpFoldResult size = getDim(builder, loc, operand, dim);
      if (!type.isDynamicDim(dim) || isSameSize(size, wanted))
        continue;
      Value equal = arith::CmpIOp::create(
          builder, loc, arith::CmpIPredicate::eq,
          getValueOrCreateConstantIndexOp(builder, loc, size),
          getValueOrCreateConstantIndexOp(builder, loc, wanted));
      emitRuntimeCheck(builder, node, equal,
                       "expects inputs whose shapes agree");
    }
  }
}

/// The element of a constant that is the same everywhere, or null.
static TypedAttr getSplat(Value tensor) {
  DenseElementsAttr value;
  if (!matchPattern(tensor, m_Constant(&value)) || !value.isSplat())
    return {};
  return dyn_cast<TypedAttr>(value.getSplatValue<Attribute>());
}

/// Operands of a loop: those that are read, and those that are constant and so
/// stand in the body.
struct LoopOperands {
  SmallVector<Value> read;
  SmallVector<TypedAttr> constants; // per operand; null where it is read

  explicit LoopOperands(ValueRange operands) {
    for (Value operand : operands) {
      constants.push_back(getSplat(operand));
      if (!constants.back())
        read.push_back(operand);
    }
  }

  SmallVector<Value> makeArguments(OpBuilder &builder, Location loc,
                                   ValueRange readArguments) const {
    SmallVector<Value> arguments;
    for (TypedAttr constant : constants) {
      if (!constant) {
        arguments.push_back(readArguments.front());
        readArguments = readArguments.drop_front();
      } else {
        arguments.push_back(arith::ConstantOp::create(builder, loc, constant));
      }
    }
    return arguments;
  }
};

Value buildElementwise(OpBuilder &builder, Operation *node,
                       RankedTensorType type, ValueRange operands,
                       ScalarFn scalar, SizeRule rule) {
  Location loc = node->getLoc();
  SmallVector<OpFoldResult> sizes;
  SmallVector<Value> stretched;
  if (rule == SizeRule::Broadcast) {
    sizes = resultSizes(builder, loc, type, operands);
    stretched = stretchOperands(builder, node, sizes, operands);
    operands = stretched;
  } else {
    sizes = firstSizes(builder, loc, type, operands);
    checkSizes(builder, node, sizes, operands);
  }
  LoopOperands loop(operands);
  SmallVector<AffineMap> maps;
  for (Value operand : loop.read)
    maps.push_back(
        broadcastMap(builder, type, cast<RankedTensorType>(operand.getType())));
  maps.push_back(builder.getMultiDimIdentityMap(type.getRank()));
  SmallVector<utils::IteratorType> iterators(type.getRank(),
                                             utils::IteratorType::parallel);
  Value empty = makeEmpty(builder, loc, sizes, type.getElementType());
  return linalg::GenericOp::create(
             builder, loc, TypeRange{type}, loop.read, ValueRange{empty}, maps,
             iterators,
             [&](OpBuilder &body, Location bodyLoc, ValueRange arguments) {
               Value result = scalar(
                   body, bodyLoc,
                   loop.makeArguments(body, bodyLoc, arguments.drop_back()));
               linalg::YieldOp::create(body, bodyLoc, result);
             })
      .getResult(0);
}

Value castShape(OpBuilder &builder, Operation *node, Value value,
                RankedTensorType type) {
  auto from = cast<RankedTensorType>(value.getType());
  if (from == type)
    return value;
  if (!tensor::CastOp::areCastCompatible(from, type))
    return {};
  Location loc = node->getLoc();
  SmallVector<OpFoldResult> sizes = getDims(builder, loc, value);
  bool isChecked = false;
  for (auto [dim, wanted] : llvm::enumerate(type.getShape())) {
    if (ShapedType::isDynamic(wanted) || !from.isDynamicDim(dim))
      continue;
    Value equal = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::eq,
        getValueOrCreateConstantIndexOp(builder, loc, sizes[dim]),
        arith::ConstantIndexOp::create(builder, loc, wanted));
    emitRuntimeCheck(builder, node, equal,
                     "expects size " + Twine(wanted) + " in dimension " +
                         Twine(dim));
    sizes[dim] = builder.getIndexAttr(wanted);
    isChecked = true;
  }
  // A slice, and no cast: patterns take what a cast states for known also where
  // the value was made, and so before the check.
  if (isChecked)
    value = tensor::ExtractSliceOp::create(
        builder, loc, value,
        SmallVector<OpFoldResult>(sizes.size(), builder.getIndexAttr(0)), sizes,
        SmallVector<OpFoldResult>(sizes.size(), builder.getIndexAttr(1)));
  if (value.getType() != type)
    value = tensor::CastOp::create(builder, loc, type, value);
  return value;
}

void emitRuntimeCheck(OpBuilder &builder, Operation *node, Value holds,
                      const Twine &text) {
  std::string message =
      ("node '" + tfg::getNodeName(node->getLoc()) + "': " + text).str();
  cf::AssertOp::create(builder, node->getLoc(), holds, message);
}

} // namespace firn
