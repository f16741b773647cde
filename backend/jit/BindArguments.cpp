// See BindArguments.h. Inputs and constants become read-only `to_tensor`s of
// buffer arguments; results are materialised into buffer arguments, which lets
// bufferization compute them there in the first place.
#include "backend/jit/BindArguments.h"

#include "backend/jit/ElementBytes.h"
#include "backend/jit/JitDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinAttributes.h"

using namespace mlir;

namespace firn::jit {

namespace {

/// Larger splats are written by a fill when the code runs instead of being
/// stored.
constexpr int64_t kMaxStoredSplatBytes = 64 * 1024;

/// The buffer type of a tensor that lies dense in memory.
MemRefType bufferType(RankedTensorType type) {
  return MemRefType::get(type.getShape(), type.getElementType());
}

LogicalResult checkTypes(func::FuncOp function) {
  if (!llvm::hasSingleElement(function.getBody()))
    return function.emitError("expected a function of one block");
  FunctionType type = function.getFunctionType();
  for (Type part :
       llvm::concat<const Type>(type.getInputs(), type.getResults()))
    if (!isa<RankedTensorType>(part))
      return function.emitError("expected ranked tensors, found ") << part;
  return success();
}

void bindInputs(func::FuncOp function) {
  Block &body = function.getBody().front();
  OpBuilder builder = OpBuilder::atBlockBegin(&body);
  for (BlockArgument argument : body.getArguments()) {
    auto type = cast<RankedTensorType>(argument.getType());
    argument.setType(bufferType(type));
    auto tensor = bufferization::ToTensorOp::create(
        builder, argument.getLoc(), type, argument, /*restrict=*/true);
    argument.replaceAllUsesExcept(tensor.getResult(), tensor);
  }
}

/// Constants of the same value share one argument.
LogicalResult bindConstants(func::FuncOp function, ConstantTable &table,
                            BoundArguments &bound) {
  Block &body = function.getBody().front();
  SmallVector<arith::ConstantOp> constants;
  function.walk([&](arith::ConstantOp op) {
    if (isa<RankedTensorType>(op.getType()))
      constants.push_back(op);
  });
  OpBuilder builder = OpBuilder::atBlockBegin(&body);
  DenseMap<Attribute, Value> tensors;
  for (arith::ConstantOp op : constants) {
    auto value = cast<ElementsAttr>(op.getValue());
    auto type = cast<RankedTensorType>(op.getType());
    Value &tensor = tensors[value];
    if (!tensor) {
      builder.setInsertionPointToStart(&body);
      auto splat = dyn_cast<SplatElementsAttr>(value);
      int64_t bytes =
          elementBytes(type.getElementType()) * type.getNumElements();
      if (splat && bytes > kMaxStoredSplatBytes &&
          type.getElementType().isIntOrIndexOrFloat()) {
        Value scalar = arith::ConstantOp::create(
            builder, op.getLoc(), splat.getSplatValue<TypedAttr>());
        Value empty = tensor::EmptyOp::create(builder, op.getLoc(), type, {});
        tensor = linalg::FillOp::create(builder, op.getLoc(), scalar, empty)
                     .getResult(0);
      } else {
        FailureOr<unsigned> entry = table.add(value, op.getLoc());
        if (failed(entry))
          return failure();
        bound.constants.push_back(*entry);
        Value buffer = body.addArgument(bufferType(type), op.getLoc());
        tensor = bufferization::ToTensorOp::create(builder, op.getLoc(), type,
                                                   buffer, /*restrict=*/true);
      }
    }
    op.replaceAllUsesWith(tensor);
    op.erase();
  }
  return success();
}

/// Constants of strings: their pointers are arguments, too.
void bindStrings(func::FuncOp function, ConstantTable &table,
                 BoundArguments &bound) {
  Block &body = function.getBody().front();
  SmallVector<StringsOp> constants;
  function.walk([&](StringsOp op) { constants.push_back(op); });
  OpBuilder builder(function.getContext());
  for (StringsOp op : constants) {
    // The first operation of the body may be one of those erased below.
    builder.setInsertionPointToStart(&body);
    auto type = cast<RankedTensorType>(op.getType());
    bound.constants.push_back(
        table.addStrings(cast<DenseStringElementsAttr>(op.getValue())));
    Value buffer = body.addArgument(bufferType(type), op.getLoc());
    op.replaceAllUsesWith(
        bufferization::ToTensorOp::create(builder, op.getLoc(), type, buffer,
                                          /*restrict=*/true)
            .getResult());
    op.erase();
  }
}

void bindResults(func::FuncOp function, BoundArguments &bound) {
  Block &body = function.getBody().front();
  auto ret = cast<func::ReturnOp>(body.getTerminator());
  OpBuilder builder(ret);
  for (auto [index, result] : llvm::enumerate(ret.getOperands())) {
    auto type = cast<RankedTensorType>(result.getType());
    Value buffer;
    if (type.hasStaticShape()) {
      bound.outputs.push_back(index);
      buffer = body.addArgument(bufferType(type), ret.getLoc());
    } else {
      SmallVector<Value> dims;
      for (int64_t dim = 0; dim < type.getRank(); ++dim)
        if (type.isDynamicDim(dim))
          dims.push_back(
              tensor::DimOp::create(builder, ret.getLoc(), result, dim));
      buffer = OutputOp::create(builder, ret.getLoc(), bufferType(type),
                                builder.getI64IntegerAttr(index), dims);
    }
    bufferization::MaterializeInDestinationOp::create(
        builder, ret.getLoc(), /*result=*/Type(), result, buffer,
        /*restrict=*/true, /*writable=*/true);
  }
  ret->setOperands({});
}

} // namespace

FailureOr<BoundArguments> bindArguments(func::FuncOp function,
                                        ConstantTable &table) {
  if (failed(checkTypes(function)))
    return failure();
  BoundArguments bound;
  bound.numInputs = function.getNumArguments();
  bindInputs(function);
  if (failed(bindConstants(function, table, bound)))
    return failure();
  bindStrings(function, table, bound);
  bindResults(function, bound);
  function.setType(
      FunctionType::get(function.getContext(),
                        function.getBody().front().getArgumentTypes(), {}));
  function.setArgAttrsAttr(nullptr);
  function.setResAttrsAttr(nullptr);
  return bound;
}

} // namespace firn::jit
