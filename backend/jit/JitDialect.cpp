// The jit dialect's registration and what its ops tell bufferization.
#include "backend/jit/JitDialect.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/IR/ValueBoundsOpInterfaceImpl.h"
#include "mlir/Dialect/Arith/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Linalg/Transforms/SubsetInsertionOpInterfaceImpl.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/IR/ValueBoundsOpInterfaceImpl.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/IR/ValueBoundsOpInterfaceImpl.h"
#include "mlir/Dialect/SCF/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/IR/ValueBoundsOpInterfaceImpl.h"
#include "mlir/Dialect/Tensor/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Tensor/Transforms/SubsetInsertionOpInterfaceImpl.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"

#include "backend/jit/JitDialect.cpp.inc"

#define GET_OP_CLASSES
#include "backend/jit/JitOps.cpp.inc"

using namespace mlir;
using namespace mlir::bufferization;

namespace firn::jit {

void JitDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "backend/jit/JitOps.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// jit.launch
//===----------------------------------------------------------------------===//

bool LaunchOp::bufferizesToMemoryRead(OpOperand &operand,
                                      const AnalysisState &) {
  return !isDpsInit(&operand);
}

bool LaunchOp::bufferizesToMemoryWrite(OpOperand &operand,
                                       const AnalysisState &) {
  return isDpsInit(&operand);
}

AliasingValueList LaunchOp::getAliasingValues(OpOperand &operand,
                                              const AnalysisState &) {
  if (isDpsInit(&operand))
    return {{getTiedOpResult(&operand), BufferRelation::Equivalent}};
  return {};
}

bool LaunchOp::bufferizesToElementwiseAccess(const AnalysisState &,
                                             ArrayRef<OpOperand *> operands) {
  return llvm::all_of(operands, [&](OpOperand *operand) {
    if (operand->get().getType() != operands.front()->get().getType())
      return false;
    return isDpsInit(operand) ||
           llvm::is_contained(getInplace(),
                              int64_t(operand->getOperandNumber()));
  });
}

/// True if all strides of a buffer are known, as kernels need them.
static bool hasStaticStrides(Value buffer) {
  SmallVector<int64_t> strides;
  int64_t offset;
  auto type = cast<MemRefType>(buffer.getType());
  return succeeded(type.getStridesAndOffset(strides, offset)) &&
         llvm::none_of(strides, ShapedType::isDynamic);
}

/// A dense buffer of the shape of `buffer`; kernels have static shapes.
static FailureOr<Value> allocateLike(RewriterBase &rewriter, Value buffer,
                                     const BufferizationOptions &options) {
  auto type = cast<MemRefType>(buffer.getType());
  return options.createAlloc(
      rewriter, buffer.getLoc(),
      MemRefType::get(type.getShape(), type.getElementType()), {});
}

LogicalResult LaunchOp::bufferize(RewriterBase &rewriter,
                                  const BufferizationOptions &options,
                                  BufferizationState &state) {
  SmallVector<Value> inputs, outputs, targets;
  for (Value value : getInputs()) {
    if (!isa<TensorType>(value.getType())) {
      inputs.push_back(value);
      continue;
    }
    FailureOr<Value> buffer = getBuffer(rewriter, value, options, state);
    if (failed(buffer))
      return failure();
    if (!hasStaticStrides(*buffer)) {
      FailureOr<Value> dense = allocateLike(rewriter, *buffer, options);
      if (failed(dense) ||
          failed(options.createMemCpy(rewriter, getLoc(), *buffer, *dense)))
        return failure();
      buffer = dense;
    }
    inputs.push_back(*buffer);
  }
  for (Value value : getOutputs()) {
    FailureOr<Value> buffer = getBuffer(rewriter, value, options, state);
    if (failed(buffer))
      return failure();
    outputs.push_back(*buffer);
    FailureOr<Value> target = hasStaticStrides(*buffer)
                                  ? buffer
                                  : allocateLike(rewriter, *buffer, options);
    if (failed(target))
      return failure();
    targets.push_back(*target);
  }
  LaunchOp::create(rewriter, getLoc(), TypeRange(), getKernelAttr(), inputs,
                   targets, getTilesAttr(), getParallelAttr(),
                   getInplaceAttr());
  for (auto [buffer, target] : llvm::zip(outputs, targets))
    if (buffer != target &&
        failed(options.createMemCpy(rewriter, getLoc(), target, buffer)))
      return failure();
  replaceOpWithBufferizedValues(rewriter, *this, outputs);
  return success();
}

void LaunchOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  for (OpOperand &operand : getInputsMutable())
    if (isa<MemRefType>(operand.get().getType()))
      effects.emplace_back(MemoryEffects::Read::get(), &operand);
  for (OpOperand &operand : getOutputsMutable())
    if (isa<MemRefType>(operand.get().getType()))
      effects.emplace_back(MemoryEffects::Write::get(), &operand);
}

void OutputOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  // Writes the caller's list of outputs.
  effects.emplace_back(MemoryEffects::Write::get());
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

void registerDialects(DialectRegistry &registry) {
  registry.insert<JitDialect, affine::AffineDialect, arith::ArithDialect,
                  BufferizationDialect, cf::ControlFlowDialect,
                  complex::ComplexDialect, func::FuncDialect, LLVM::LLVMDialect,
                  linalg::LinalgDialect, math::MathDialect,
                  memref::MemRefDialect, scf::SCFDialect, tensor::TensorDialect,
                  ub::UBDialect, vector::VectorDialect>();
  arith::registerBufferizableOpInterfaceExternalModels(registry);
  arith::registerValueBoundsOpInterfaceExternalModels(registry);
  linalg::registerBufferizableOpInterfaceExternalModels(registry);
  linalg::registerSubsetOpInterfaceExternalModels(registry);
  memref::registerValueBoundsOpInterfaceExternalModels(registry);
  scf::registerBufferizableOpInterfaceExternalModels(registry);
  scf::registerValueBoundsOpInterfaceExternalModels(registry);
  tensor::registerBufferizableOpInterfaceExternalModels(registry);
  tensor::registerSubsetOpInterfaceExternalModels(registry);
  tensor::registerValueBoundsOpInterfaceExternalModels(registry);
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
}

void loadDialects(MLIRContext &context) {
  if (context.getLoadedDialect<JitDialect>())
    return;
  DialectRegistry registry;
  registerDialects(registry);
  context.appendDialectRegistry(registry);
  for (StringRef name : registry.getDialectNames())
    context.getOrLoadDialect(name);
}

} // namespace firn::jit
