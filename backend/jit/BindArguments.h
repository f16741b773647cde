// Turns the tensors that a function takes, returns and holds as constants into
// buffers of its caller, while its body stays on tensors.
#ifndef FIRN_BACKEND_JIT_BINDARGUMENTS_H
#define FIRN_BACKEND_JIT_BINDARGUMENTS_H

#include "backend/jit/ConstantTable.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace firn::jit {

/// What the buffer arguments of a bound function stand for, in order: first
/// the inputs, then the constants (entries of the table), then the outputs of
/// static shape (numbers of results).
struct BoundArguments {
  unsigned numInputs = 0;
  llvm::SmallVector<unsigned> constants;
  llvm::SmallVector<unsigned> outputs;
};

/// Rewrites `function` so that it takes its inputs, its tensor constants and
/// its outputs as buffers (memref) and returns nothing; a result of dynamic
/// shape becomes a jit.output. The body keeps computing on tensors.
llvm::FailureOr<BoundArguments> bindArguments(mlir::func::FuncOp function,
                                              ConstantTable &table);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_BINDARGUMENTS_H
