// See BindArguments.h. Inputs and constants become read-only `to_tensor`s of
// buffer arguments; results are materialised into buffer arguments, which lets
// bufferization compute them there in the first place.
#include "backend/jit/BindArguments.h"

#include "backend/jit/ElementBytes.h"
#include "backend/jit/JitDialect.h"
#include "backend/runtime/Memory.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/DialectResourceBlobManager.h"

#include <cstring>

using namespace mlir;

namespace firn::jit {

namespace {

/// Larger splats are written by a fill when the code runs instead of being
/// stored.
constexpr int64_t kMaxStoredSplatBytes = 64 * 1024;

} // namespace

std::pair<unsigned, void *> ConstantTable::allocate(int64_t bytes) {
  void *memory = runtime::allocateAligned(bytes);
  if (!memory)
    llvm::report_bad_alloc_error("constants of a compiled module");
  owned.emplace_back(memory);
  entries.push_back({memory, bytes});
  return {entries.size() - 1, memory};
}

FailureOr<unsigned> ConstantTable::add(ElementsAttr value, Location loc) {
  auto [it, inserted] = known.try_emplace(value, entries.size());
  if (!inserted)
    return it->second;
  int64_t width = elementBytes(value.getElementType());
  int64_t count = value.getNumElements();
  int64_t bytes = width * count;
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(value)) {
    AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    if (!blob || static_cast<int64_t>(blob->getData().size()) != bytes)
      return emitError(loc)
             << "the data of constant '" << resource.getRawHandle().getKey()
             << "' is " << (blob ? "not of its type's size" : "missing");
    const char *data = blob->getData().data();
    if (reinterpret_cast<uintptr_t>(data) % std::min<int64_t>(width, 16) == 0) {
      entries.push_back({data, bytes});
      return it->second;
    }
    std::memcpy(allocate(bytes).second, data, bytes);
    return it->second;
  }
  auto dense = dyn_cast<DenseElementsAttr>(value);
  if (!dense)
    return emitError(loc) << "expected a dense constant, found " << value;
  bool isPacked = isa<IntegerType>(dense.getElementType()) &&
                  dense.getElementType().getIntOrFloatBitWidth() < 8;
  ArrayRef<char> raw = dense.getRawData();
  if (!dense.isSplat() && !isPacked &&
      reinterpret_cast<uintptr_t>(raw.data()) % std::min<int64_t>(width, 8) ==
          0) {
    entries.push_back({raw.data(), bytes});
    return it->second;
  }
  auto *out = static_cast<char *>(allocate(bytes).second);
  // Integers of fewer than 8 bits may be packed in the attribute.
  if (isPacked) {
    for (auto [index, element] : llvm::enumerate(dense.getValues<APInt>()))
      out[index] = static_cast<char>(element.getZExtValue());
    return it->second;
  }
  if (!dense.isSplat()) {
    std::memcpy(out, raw.data(), bytes);
    return it->second;
  }
  for (int64_t index = 0; index < count; ++index)
    std::memcpy(out + index * width, raw.data(), width);
  return it->second;
}

unsigned ConstantTable::addStrings(DenseStringElementsAttr strings) {
  auto [it, inserted] = known.try_emplace(strings, entries.size());
  if (!inserted)
    return it->second;
  std::vector<std::string> values;
  for (StringRef text : strings.getRawStringData())
    values.push_back(text.str());
  return addTexts(std::move(values), strings.getType().getNumElements());
}

unsigned ConstantTable::addTexts(std::vector<std::string> strings,
                                 int64_t count) {
  auto [number, memory] = allocate(count * sizeof(std::string *));
  entries[number].isStrings = true;
  auto *out = static_cast<const std::string **>(memory);
  for (int64_t index = 0; index < count; ++index)
    if (index == 0 || strings.size() > 1)
      out[index] = &texts.emplace_back(std::move(strings[index]));
    else
      out[index] = out[0];
  return number;
}

namespace {

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
