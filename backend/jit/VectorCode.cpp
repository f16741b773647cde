// See VectorCode.h. Memory is accessed by LLVM's own ops: addresses are already
// linear here, and booleans, which lie in memory as bytes, need care that the
// vector dialect's loads do not take.
#include "backend/jit/VectorCode.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace firn::jit {

int64_t bytesOf(Type element) {
  if (element.isIndex())
    return 8;
  return std::max<int64_t>(element.getIntOrFloatBitWidth() / 8, 1);
}

/// How an element lies in memory.
static Type storageOf(Type element) {
  if (element.isIndex())
    return IntegerType::get(element.getContext(), 64);
  if (element.isInteger(1))
    return IntegerType::get(element.getContext(), 8);
  return element;
}

Value VectorCode::constantI64(int64_t value) {
  return arith::ConstantIntOp::create(b, loc, value, 64);
}

Value VectorCode::splat(Value scalar) {
  return vector::BroadcastOp::create(b, loc, vectorOf(scalar.getType()),
                                     scalar);
}

Value VectorCode::splat(TypedAttr scalar) {
  return arith::ConstantOp::create(
      b, loc, DenseElementsAttr::get(vectorOf(scalar.getType()), scalar));
}

Value VectorCode::anything(Type element) {
  return ub::PoisonOp::create(b, loc, vectorOf(element));
}

Value VectorCode::mask(int64_t count) {
  SmallVector<bool> bits(lanes);
  std::fill_n(bits.begin(), count, true);
  return arith::ConstantOp::create(
      b, loc, DenseElementsAttr::get(vectorOf(b.getI1Type()), bits));
}

Value VectorCode::indices(Value first) {
  Value start = splat(
      arith::IndexCastOp::create(b, loc, b.getIndexType(), first).getResult());
  SmallVector<APInt> steps;
  for (int64_t lane = 0; lane < lanes; ++lane)
    steps.emplace_back(64, lane);
  Value offsets = arith::ConstantOp::create(
      b, loc, DenseElementsAttr::get(vectorOf(b.getIndexType()), steps));
  return arith::AddIOp::create(b, loc, start, offsets);
}

Value VectorCode::offsetPointer(Value pointer, Value bytes) {
  return LLVM::GEPOp::create(b, loc, pointer.getType(), b.getI8Type(), pointer,
                             ArrayRef<LLVM::GEPArg>{bytes});
}

Value VectorCode::offsetPointer(Value pointer, int64_t bytes) {
  if (bytes == 0)
    return pointer;
  if (!llvm::isInt<32>(bytes))
    return offsetPointer(pointer, constantI64(bytes));
  return LLVM::GEPOp::create(b, loc, pointer.getType(), b.getI8Type(), pointer,
                             ArrayRef<LLVM::GEPArg>{int32_t(bytes)});
}

/// From the form in memory to the form of payloads, scalar or vector.
static Value fromStorage(OpBuilder &b, Location loc, Value value,
                         Type element) {
  Type type = element;
  if (auto vector = dyn_cast<VectorType>(value.getType()))
    type = vector.clone(element);
  if (element.isIndex())
    return arith::IndexCastOp::create(b, loc, type, value);
  if (!element.isInteger(1))
    return value;
  Value zero = arith::ConstantOp::create(
      b, loc, cast<TypedAttr>(b.getZeroAttr(value.getType())));
  return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ne, value, zero);
}

static Value toStorage(OpBuilder &b, Location loc, Value value, Type element) {
  auto type = cast<VectorType>(value.getType()).clone(storageOf(element));
  if (element.isIndex())
    return arith::IndexCastOp::create(b, loc, type, value);
  if (element.isInteger(1))
    return arith::ExtUIOp::create(b, loc, type, value);
  return value;
}

Value VectorCode::loadScalar(Value pointer, Type element) {
  Value value = LLVM::LoadOp::create(b, loc, storageOf(element), pointer,
                                     bytesOf(element));
  return fromStorage(b, loc, value, element);
}

Value VectorCode::idle(Type storage) {
  // Payloads run on idle lanes, too: integers must not divide by zero there.
  TypedAttr value = isa<IntegerType>(storage)
                        ? cast<TypedAttr>(b.getOneAttr(storage))
                        : b.getZeroAttr(storage);
  return splat(value);
}

Value VectorCode::load(Value pointer, Type element, int64_t stride,
                       int64_t count) {
  if (stride == 0)
    return splat(loadScalar(pointer, element));
  Type storage = storageOf(element);
  VectorType type = vectorOf(storage);
  unsigned alignment = bytesOf(element);
  Value value;
  if (stride == 1 && count == lanes) {
    value = LLVM::LoadOp::create(b, loc, type, pointer, alignment);
  } else if (stride == 1) {
    value = LLVM::MaskedLoadOp::create(b, loc, type, pointer, mask(count),
                                       idle(storage), alignment);
  } else {
    value = idle(storage);
    for (int64_t lane = 0; lane < count; ++lane) {
      Value scalar = LLVM::LoadOp::create(
          b, loc, storage,
          offsetPointer(pointer, lane * stride * bytesOf(element)), alignment);
      value = vector::InsertOp::create(b, loc, scalar, value, lane);
    }
  }
  return fromStorage(b, loc, value, element);
}

void VectorCode::store(Value vector, Value pointer, Type element,
                       int64_t stride, int64_t count) {
  Value value = toStorage(b, loc, vector, element);
  unsigned alignment = bytesOf(element);
  if (stride != 1) {
    for (int64_t lane = 0; lane < count; ++lane)
      LLVM::StoreOp::create(
          b, loc, vector::ExtractOp::create(b, loc, value, lane).getResult(),
          offsetPointer(pointer, lane * stride * bytesOf(element)), alignment);
  } else if (count == lanes) {
    LLVM::StoreOp::create(b, loc, value, pointer, alignment);
  } else {
    LLVM::MaskedStoreOp::create(b, loc, value, pointer, mask(count), alignment);
  }
}

SmallVector<Value> VectorCode::payload(Block &body, ValueRange arguments,
                                       function_ref<Value(Value)> outside,
                                       function_ref<Value(int64_t)> index) {
  IRMapping mapping;
  mapping.map(body.getArguments(), arguments);
  auto lookup = [&](Value value) {
    if (Value known = mapping.lookupOrNull(value))
      return known;
    Value vector;
    Attribute constant;
    if (matchPattern(value, m_Constant(&constant)))
      vector = splat(cast<TypedAttr>(constant));
    else
      vector = splat(outside(value));
    mapping.map(value, vector);
    return vector;
  };
  for (Operation &op : body.without_terminator()) {
    if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
      mapping.map(constant.getResult(), splat(constant.getValue()));
      continue;
    }
    if (auto position = dyn_cast<linalg::IndexOp>(op)) {
      mapping.map(position.getResult(), index(position.getDim()));
      continue;
    }
    for (Value operand : op.getOperands())
      lookup(operand);
    Operation *clone = b.clone(op, mapping);
    for (OpResult result : clone->getResults())
      result.setType(vectorOf(result.getType()));
  }
  SmallVector<Value> results;
  for (Value value : body.getTerminator()->getOperands())
    results.push_back(lookup(value));
  return results;
}

} // namespace firn::jit
