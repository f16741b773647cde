// What jit.call and jit.take tell bufferization, and what they read and write.
// Routines see dense memory only: an operand that is a strided view is copied.
#include "backend/jit/JitDialect.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace mlir::bufferization;

namespace firn::jit {

namespace {

/// A dense buffer of the shape of `buffer`.
FailureOr<Value> allocateDense(RewriterBase &rewriter, Value buffer,
                               const BufferizationOptions &options) {
  auto type = cast<MemRefType>(buffer.getType());
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (type.isDynamicDim(dim))
      sizes.push_back(
          memref::DimOp::create(rewriter, buffer.getLoc(), buffer, dim));
  return options.createAlloc(
      rewriter, buffer.getLoc(),
      MemRefType::get(type.getShape(), type.getElementType()), sizes);
}

bool isDense(Value buffer) {
  return cast<MemRefType>(buffer.getType()).getLayout().isIdentity();
}

/// The buffer of an output, and dense memory to write it through.
struct Target {
  Value buffer, dense;
};

FailureOr<Target> getTarget(RewriterBase &rewriter, Value output,
                            const BufferizationOptions &options,
                            BufferizationState &state) {
  FailureOr<Value> buffer = getBuffer(rewriter, output, options, state);
  if (failed(buffer))
    return failure();
  if (isDense(*buffer))
    return Target{*buffer, *buffer};
  FailureOr<Value> dense = allocateDense(rewriter, *buffer, options);
  if (failed(dense))
    return failure();
  return Target{*buffer, *dense};
}

LogicalResult copyBack(RewriterBase &rewriter, Location loc,
                       const Target &target,
                       const BufferizationOptions &options) {
  if (target.buffer == target.dense)
    return success();
  return options.createMemCpy(rewriter, loc, target.dense, target.buffer);
}

void addEffects(
    MutableOperandRange operands, MemoryEffects::Effect *effect,
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  for (OpOperand &operand : operands)
    if (isa<MemRefType>(operand.get().getType()))
      effects.emplace_back(effect, &operand);
}

} // namespace

//===----------------------------------------------------------------------===//
// jit.call
//===----------------------------------------------------------------------===//

static bool isOutput(CallOp op, OpOperand &operand) {
  return operand.getOperandNumber() >= op.getInputs().size();
}

bool CallOp::bufferizesToMemoryRead(OpOperand &operand, const AnalysisState &) {
  return !isOutput(*this, operand);
}

bool CallOp::bufferizesToMemoryWrite(OpOperand &operand,
                                     const AnalysisState &) {
  return isOutput(*this, operand);
}

AliasingValueList CallOp::getAliasingValues(OpOperand &operand,
                                            const AnalysisState &) {
  if (!isOutput(*this, operand))
    return {};
  unsigned index = operand.getOperandNumber() - getInputs().size();
  return {{getResults()[index], BufferRelation::Equivalent}};
}

LogicalResult CallOp::bufferize(RewriterBase &rewriter,
                                const BufferizationOptions &options,
                                BufferizationState &state) {
  SmallVector<Value> inputs, outputs, replacements;
  SmallVector<Target> targets;
  for (Value input : getInputs()) {
    FailureOr<Value> buffer = getBuffer(rewriter, input, options, state);
    if (failed(buffer))
      return failure();
    if (!isDense(*buffer)) {
      FailureOr<Value> dense = allocateDense(rewriter, *buffer, options);
      if (failed(dense) ||
          failed(options.createMemCpy(rewriter, getLoc(), *buffer, *dense)))
        return failure();
      buffer = dense;
    }
    inputs.push_back(*buffer);
  }
  for (Value output : getOutputs()) {
    FailureOr<Target> target = getTarget(rewriter, output, options, state);
    if (failed(target))
      return failure();
    targets.push_back(*target);
    outputs.push_back(target->dense);
    replacements.push_back(target->buffer);
  }
  auto call = CallOp::create(
      rewriter, getLoc(), TypeRange(), getDynamics().getTypes(),
      getRoutineAttr(), inputs, outputs, getNodeAttr(), getNodeAttributesAttr(),
      getInputTypesAttr(), getResultTypesAttr(), getResultTensorsAttr(),
      getEffectsAttr(), getSiteAttr());
  for (const Target &target : targets)
    if (failed(copyBack(rewriter, getLoc(), target, options)))
      return failure();
  llvm::append_range(replacements, call.getDynamics());
  replaceOpWithBufferizedValues(rewriter, *this, replacements);
  return success();
}

void CallOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  addEffects(getInputsMutable(), MemoryEffects::Read::get(), effects);
  addEffects(getOutputsMutable(), MemoryEffects::Write::get(), effects);
  if (getEffects())
    effects.emplace_back(MemoryEffects::Write::get());
}

//===----------------------------------------------------------------------===//
// jit.take
//===----------------------------------------------------------------------===//

bool TakeOp::bufferizesToMemoryRead(OpOperand &, const AnalysisState &) {
  return false;
}

bool TakeOp::bufferizesToMemoryWrite(OpOperand &, const AnalysisState &) {
  return true;
}

AliasingValueList TakeOp::getAliasingValues(OpOperand &,
                                            const AnalysisState &) {
  return {{getResult(), BufferRelation::Equivalent}};
}

LogicalResult TakeOp::bufferize(RewriterBase &rewriter,
                                const BufferizationOptions &options,
                                BufferizationState &state) {
  FailureOr<Target> target = getTarget(rewriter, getOutput(), options, state);
  if (failed(target))
    return failure();
  TakeOp::create(rewriter, getLoc(), TypeRange(), getHandle(), target->dense);
  if (failed(copyBack(rewriter, getLoc(), *target, options)))
    return failure();
  replaceOpWithBufferizedValues(rewriter, *this, target->buffer);
  return success();
}

void TakeOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  addEffects(getOutputMutable(), MemoryEffects::Write::get(), effects);
}

} // namespace firn::jit
