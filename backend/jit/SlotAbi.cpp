// See SlotAbi.h. Buffers are taken apart and put together as the descriptors
// that the lowering of memref uses, through unrealized casts that fold away
// there.
#include "backend/jit/SlotAbi.h"

#include "backend/jit/ElementBytes.h"
#include "backend/jit/JitDialect.h"

#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace firn::jit {

namespace {

/// Strides and offset of a buffer type; the types that reach here have them.
void getLayout(MemRefType type, SmallVectorImpl<int64_t> &strides) {
  int64_t offset;
  LogicalResult result = type.getStridesAndOffset(strides, offset);
  (void)result;
  assert(succeeded(result) && "buffers have strided layouts");
}

class SlotRewriter {
public:
  explicit SlotRewriter(func::FuncOp function)
      : function(function), converter(function.getContext()),
        b(function.getContext()),
        ptr(LLVM::LLVMPointerType::get(b.getContext())), i64(b.getI64Type()) {}

  void run();

private:
  Value constant(Location loc, int64_t value) {
    return LLVM::ConstantOp::create(b, loc, i64, b.getI64IntegerAttr(value));
  }
  Value cast(Location loc, Type type, Value value) {
    return UnrealizedConversionCastOp::create(b, loc, type, value).getResult(0);
  }
  Value asIndex(Location loc, Value value) {
    return arith::IndexCastOp::create(b, loc, b.getIndexType(), value);
  }
  Value asI64(Location loc, Value value) {
    return arith::IndexCastOp::create(b, loc, i64, value);
  }
  Value slotAddress(Location loc, Value slots, unsigned index) {
    return LLVM::GEPOp::create(b, loc, ptr, i64, slots,
                               ArrayRef<LLVM::GEPArg>{int32_t(index)});
  }
  Value load(Location loc, Type type, Value array, unsigned index) {
    return LLVM::LoadOp::create(b, loc, type, slotAddress(loc, array, index),
                                8);
  }
  Value load(Location loc, Type type, unsigned slot) {
    return load(loc, type, slots, slot);
  }
  Value call(Location loc, Type result, StringRef name, ValueRange operands) {
    SmallVector<Type> results;
    if (result)
      results.push_back(result);
    auto op = LLVM::CallOp::create(b, loc, results, name, operands);
    return result ? op.getResult() : Value();
  }

  void loadArguments(ArrayRef<Type> types, ArrayRef<Value> replaced);
  Value loadBuffer(Location loc, MemRefType type, unsigned &slot);
  Value denseBuffer(Location loc, MemRefType type, Value pointer,
                    ValueRange dynamicSizes);
  Value dataPointer(Location loc, Value buffer);
  Value bufferBytes(Location loc, MemRefType type, ValueRange dynamicSizes);
  void rewrite(cf::AssertOp op);
  void rewrite(memref::AllocOp op);
  void rewrite(memref::DeallocOp op);
  void rewrite(OutputOp op);
  void rewrite(LaunchOp op);
  void rewrite(CallOp op);
  void rewrite(TakeOp op);
  void rewrite(MarkOp op);
  Value entryArray(Location loc, unsigned count);
  Value bufferDim(Location loc, Value buffer, int64_t dim);
  void storeOperand(Location loc, Value value, Value slots, unsigned &slot);
  LLVM::GlobalOp message(StringRef text, Location loc);

  func::FuncOp function;
  LLVMTypeConverter converter;
  OpBuilder b;
  Type ptr, i64;
  Value slots, context;
};

/// The descriptor of a buffer whose sizes are given, and whose strides follow
/// from its layout or, if `dynamicStrides` is empty, from dense storage.
Value makeDescriptor(OpBuilder &b, Location loc, LLVMTypeConverter &converter,
                     MemRefType type, Value pointer, ArrayRef<Value> sizes,
                     ArrayRef<Value> strides) {
  MemRefDescriptor descriptor =
      MemRefDescriptor::poison(b, loc, converter.convertType(type));
  descriptor.setAllocatedPtr(b, loc, pointer);
  descriptor.setAlignedPtr(b, loc, pointer);
  descriptor.setConstantOffset(b, loc, 0);
  for (unsigned dim = 0; dim < type.getRank(); ++dim) {
    descriptor.setSize(b, loc, dim, sizes[dim]);
    descriptor.setStride(b, loc, dim, strides[dim]);
  }
  return descriptor;
}

Value SlotRewriter::denseBuffer(Location loc, MemRefType type, Value pointer,
                                ValueRange dynamicSizes) {
  SmallVector<Value> sizes(type.getRank()), strides(type.getRank());
  unsigned next = 0;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    sizes[dim] = type.isDynamicDim(dim) ? dynamicSizes[next++]
                                        : constant(loc, type.getDimSize(dim));
  Value stride;
  for (int64_t dim = type.getRank(); dim-- > 0;) {
    strides[dim] = stride ? stride : constant(loc, 1);
    stride = LLVM::MulOp::create(b, loc, strides[dim], sizes[dim]);
  }
  return cast(loc, type,
              makeDescriptor(b, loc, converter, type, pointer, sizes, strides));
}

Value SlotRewriter::loadBuffer(Location loc, MemRefType type, unsigned &slot) {
  Value pointer = load(loc, ptr, slot++);
  SmallVector<Value> dynamic;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (type.isDynamicDim(dim))
      dynamic.push_back(load(loc, i64, slot++));
  if (type.getLayout().isIdentity())
    return denseBuffer(loc, type, pointer, dynamic);
  SmallVector<int64_t> layout;
  getLayout(type, layout);
  SmallVector<Value> sizes, strides;
  unsigned next = 0;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    sizes.push_back(type.isDynamicDim(dim)
                        ? dynamic[next++]
                        : constant(loc, type.getDimSize(dim)));
  for (int64_t stride : layout)
    strides.push_back(ShapedType::isDynamic(stride) ? load(loc, i64, slot++)
                                                    : constant(loc, stride));
  return cast(loc, type,
              makeDescriptor(b, loc, converter, type, pointer, sizes, strides));
}

/// The address of the first element of a buffer.
Value SlotRewriter::dataPointer(Location loc, Value buffer) {
  auto type = llvm::cast<MemRefType>(buffer.getType());
  MemRefDescriptor descriptor(cast(loc, converter.convertType(type), buffer));
  return descriptor.bufferPtr(b, loc, converter, type);
}

void SlotRewriter::loadArguments(ArrayRef<Type> types,
                                 ArrayRef<Value> replaced) {
  unsigned slot = 1;
  for (auto [type, original] : llvm::zip(types, replaced)) {
    Value old = original;
    Location loc = old.getLoc();
    if (auto buffer = dyn_cast<MemRefType>(type)) {
      if (old.use_empty())
        slot += numSlots(type);
      else
        old.replaceAllUsesWith(loadBuffer(loc, buffer, slot));
      continue;
    }
    Value value = type.isIndex() ? asIndex(loc, load(loc, i64, slot))
                                 : load(loc, type, slot);
    ++slot;
    old.replaceAllUsesWith(value);
  }
}

LLVM::GlobalOp SlotRewriter::message(StringRef text, Location loc) {
  auto module = function->getParentOfType<ModuleOp>();
  std::string terminated = text.str() + '\0';
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(module.getBody());
  auto type = LLVM::LLVMArrayType::get(b.getI8Type(), terminated.size());
  unsigned number = 0;
  std::string name;
  do
    name = "check." + std::to_string(number++);
  while (module.lookupSymbol(name));
  return LLVM::GlobalOp::create(b, loc, type, /*isConstant=*/true,
                                LLVM::Linkage::Internal, name,
                                b.getStringAttr(terminated));
}

void SlotRewriter::rewrite(cf::AssertOp op) {
  Location loc = op.getLoc();
  b.setInsertionPoint(op);
  Value yes = arith::ConstantOp::create(b, loc, b.getBoolAttr(true));
  Value failed = arith::XOrIOp::create(b, loc, op.getArg(), yes);
  auto branch = scf::IfOp::create(b, loc, failed, /*withElseRegion=*/false);
  b.setInsertionPointToStart(branch.thenBlock());
  Value text =
      LLVM::AddressOfOp::create(b, loc, message(op.getMsg(), loc)).getResult();
  call(loc, Type(), "firn_fail", {context, text});
  op.erase();
}

/// The bytes of a buffer, or a negative number if that is more than a number
/// holds, which firn_alloc refuses. Unsigned: a negative dimension is too
/// large.
Value SlotRewriter::bufferBytes(Location loc, MemRefType type,
                                ValueRange dynamicSizes) {
  std::optional<int64_t> known = jit::staticBytes(type);
  if (!known || dynamicSizes.empty())
    return constant(loc, known.value_or(-1));
  Type pair =
      LLVM::LLVMStructType::getLiteral(b.getContext(), {i64, b.getI1Type()});
  Value bytes = constant(loc, *known), tooLarge;
  for (Value size : dynamicSizes) {
    Value product = LLVM::UMulWithOverflowOp::create(b, loc, pair, bytes, size);
    bytes = LLVM::ExtractValueOp::create(b, loc, product, 0);
    Value overflow = LLVM::ExtractValueOp::create(b, loc, product, 1);
    tooLarge =
        tooLarge ? LLVM::OrOp::create(b, loc, tooLarge, overflow) : overflow;
  }
  return LLVM::SelectOp::create(b, loc, tooLarge, constant(loc, -1), bytes);
}

void SlotRewriter::rewrite(memref::AllocOp op) {
  Location loc = op.getLoc();
  b.setInsertionPoint(op);
  MemRefType type = op.getType();
  SmallVector<Value> dynamic;
  for (Value size : op.getDynamicSizes())
    dynamic.push_back(asI64(loc, size));
  Value pointer =
      call(loc, ptr, "firn_alloc", {context, bufferBytes(loc, type, dynamic)});
  op.replaceAllUsesWith(denseBuffer(loc, type, pointer, dynamic));
  op.erase();
}

void SlotRewriter::rewrite(memref::DeallocOp op) {
  b.setInsertionPoint(op);
  call(op.getLoc(), Type(), "firn_free",
       {context, dataPointer(op.getLoc(), op.getMemref())});
  op.erase();
}

void SlotRewriter::rewrite(OutputOp op) {
  Location loc = op.getLoc();
  b.setInsertionPoint(op);
  auto type = llvm::cast<MemRefType>(op.getBuffer().getType());
  SmallVector<Value> dynamic;
  for (Value dim : op.getDims())
    dynamic.push_back(asI64(loc, dim));
  Value dims = LLVM::AllocaOp::create(
      b, loc, ptr, i64, constant(loc, std::max<int64_t>(type.getRank(), 1)));
  unsigned next = 0;
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    Value size = type.isDynamicDim(dim) ? dynamic[next++]
                                        : constant(loc, type.getDimSize(dim));
    LLVM::StoreOp::create(b, loc, size, slotAddress(loc, dims, dim));
  }
  Value pointer = call(loc, ptr, "firn_output",
                       {context, constant(loc, op.getIndex()), dims,
                        constant(loc, type.getRank())});
  op.replaceAllUsesWith(denseBuffer(loc, type, pointer, dynamic));
  op.erase();
}

void SlotRewriter::storeOperand(Location loc, Value value, Value target,
                                unsigned &slot) {
  auto store = [&](Value bits) {
    LLVM::StoreOp::create(b, loc, bits, slotAddress(loc, target, slot++));
  };
  auto type = dyn_cast<MemRefType>(value.getType());
  if (!type) {
    store(value.getType().isIndex() ? asI64(loc, value) : value);
    return;
  }
  store(dataPointer(loc, value));
  MemRefDescriptor descriptor(cast(loc, converter.convertType(type), value));
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (type.isDynamicDim(dim))
      store(descriptor.size(b, loc, dim));
  if (type.getLayout().isIdentity())
    return;
  SmallVector<int64_t> layout;
  getLayout(type, layout);
  for (auto [dim, stride] : llvm::enumerate(layout))
    if (ShapedType::isDynamic(stride))
      store(descriptor.stride(b, loc, dim));
}

/// An array of 8-byte elements, allocated once per call of this function.
Value SlotRewriter::entryArray(Location loc, unsigned count) {
  b.setInsertionPointToStart(&function.getBody().front());
  return LLVM::AllocaOp::create(b, loc, ptr, i64,
                                constant(loc, std::max(count, 1U)), 8);
}

Value SlotRewriter::bufferDim(Location loc, Value buffer, int64_t dim) {
  auto type = llvm::cast<MemRefType>(buffer.getType());
  if (!type.isDynamicDim(dim))
    return constant(loc, type.getDimSize(dim));
  MemRefDescriptor descriptor(cast(loc, converter.convertType(type), buffer));
  return descriptor.size(b, loc, dim);
}

/// See firn_call for the arrays.
void SlotRewriter::rewrite(CallOp op) {
  Location loc = op.getLoc();
  unsigned numDims = 0;
  for (Value input : op.getInputs())
    numDims += llvm::cast<MemRefType>(input.getType()).getRank();
  Value data = entryArray(loc, op.getInputs().size() + op.getOutputs().size());
  Value dims = entryArray(loc, numDims);
  Value results = entryArray(loc, op.getDynamics().size());
  b.setInsertionPoint(op);
  unsigned nextData = 0, nextDim = 0;
  for (Value input : op.getInputs()) {
    LLVM::StoreOp::create(b, loc, dataPointer(loc, input),
                          slotAddress(loc, data, nextData++));
    int64_t rank = llvm::cast<MemRefType>(input.getType()).getRank();
    for (int64_t dim = 0; dim < rank; ++dim)
      LLVM::StoreOp::create(b, loc, bufferDim(loc, input, dim),
                            slotAddress(loc, dims, nextDim++));
  }
  for (Value output : op.getOutputs())
    LLVM::StoreOp::create(b, loc, dataPointer(loc, output),
                          slotAddress(loc, data, nextData++));
  call(loc, Type(), "firn_call",
       {context, constant(loc, *op.getSite()), data, dims, results});
  for (auto [index, result] : llvm::enumerate(op.getDynamics())) {
    Value value = load(loc, i64, results, index);
    result.replaceAllUsesWith(result.getType().isIndex() ? asIndex(loc, value)
                                                         : value);
  }
  op.erase();
}

void SlotRewriter::rewrite(TakeOp op) {
  Location loc = op.getLoc();
  b.setInsertionPoint(op);
  auto type = llvm::cast<MemRefType>(op.getOutput().getType());
  SmallVector<Value> dynamic;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (type.isDynamicDim(dim))
      dynamic.push_back(bufferDim(loc, op.getOutput(), dim));
  Value bytes = bufferBytes(loc, type, dynamic);
  Value from = LLVM::IntToPtrOp::create(b, loc, ptr, op.getHandle());
  call(loc, Type(), "firn_take",
       {context, dataPointer(loc, op.getOutput()), from, bytes});
  op.erase();
}

void SlotRewriter::rewrite(MarkOp op) {
  Location loc = op.getLoc();
  b.setInsertionPoint(op);
  call(loc, Type(), "firn_mark", {context, constant(loc, op.getIndex())});
  op.erase();
}

void SlotRewriter::rewrite(LaunchOp op) {
  Location loc = op.getLoc();
  unsigned count = 1;
  for (Value operand : op->getOperands())
    count += numSlots(operand.getType());
  Value array = entryArray(loc, count);
  b.setInsertionPoint(op);
  LLVM::StoreOp::create(b, loc, context, array);
  unsigned slot = 1;
  for (Value operand : op->getOperands())
    storeOperand(loc, operand, array, slot);
  Value tiles = constant(loc, op.getTiles());
  if (op.getParallel()) {
    Value kernel = LLVM::AddressOfOp::create(b, loc, ptr, op.getKernelAttr());
    call(loc, Type(), "firn_launch", {context, kernel, array, tiles});
  } else {
    call(loc, Type(), op.getKernel(), {array, constant(loc, 0), tiles});
  }
  op.erase();
}

void SlotRewriter::run() {
  Block &body = function.getBody().front();
  SmallVector<Type> types(body.getArgumentTypes());
  SmallVector<Value> old(body.getArguments());
  Location loc = function.getLoc();
  slots = body.addArgument(ptr, loc);
  b.setInsertionPointToStart(&body);
  context = LLVM::LoadOp::create(b, loc, ptr, slots, 8);
  loadArguments(types, old);
  body.eraseArguments(0, types.size());
  function.setType(FunctionType::get(b.getContext(), ptr, {}));

  SmallVector<Operation *> ops;
  function.walk([&](Operation *op) {
    if (isa<cf::AssertOp, memref::AllocOp, memref::DeallocOp, OutputOp,
            LaunchOp, CallOp, TakeOp, MarkOp>(op))
      ops.push_back(op);
  });
  for (Operation *op : ops)
    llvm::TypeSwitch<Operation *>(op)
        .Case<cf::AssertOp, memref::AllocOp, memref::DeallocOp, OutputOp,
              LaunchOp, CallOp, TakeOp, MarkOp>(
            [&](auto typed) { rewrite(typed); });
}

} // namespace

unsigned numSlots(Type type) {
  auto buffer = dyn_cast<MemRefType>(type);
  if (!buffer)
    return 1;
  unsigned count = 1 + buffer.getNumDynamicDims();
  if (buffer.getLayout().isIdentity())
    return count;
  SmallVector<int64_t> strides;
  getLayout(buffer, strides);
  return count + llvm::count_if(strides, ShapedType::isDynamic);
}

void useSlots(func::FuncOp function) { SlotRewriter(function).run(); }

void declareRuntime(ModuleOp module) {
  OpBuilder b = OpBuilder::atBlockBegin(module.getBody());
  Type ptr = LLVM::LLVMPointerType::get(b.getContext());
  Type i64 = b.getI64Type();
  Type none = LLVM::LLVMVoidType::get(b.getContext());
  auto declare = [&](StringRef name, Type result, ArrayRef<Type> arguments) {
    LLVM::LLVMFuncOp::create(b, module.getLoc(), name,
                             LLVM::LLVMFunctionType::get(result, arguments));
  };
  declare("firn_launch", none, {ptr, ptr, ptr, i64});
  declare("firn_fail", none, {ptr, ptr});
  declare("firn_alloc", ptr, {ptr, i64});
  declare("firn_free", none, {ptr, ptr});
  declare("firn_call", none, {ptr, i64, ptr, ptr, ptr});
  declare("firn_take", none, {ptr, ptr, ptr, i64});
  declare("firn_mark", none, {ptr, i64});
  declare("firn_output", ptr, {ptr, i64, ptr, i64});
}

} // namespace firn::jit
