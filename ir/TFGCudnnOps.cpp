//===- TFGCudnnOps.cpp - stacks of recurrent layers -----------------------===//

#include "ir/TFGCudnnOps.h"

using namespace mlir;

namespace firn::tfg {

/// `op` has input, input_h, input_c, params.
static LogicalResult inferCudnn(Operation *op, bool isLstm, bool isBoth,
                                SmallVectorImpl<Type> &results) {
  Value input = op->getOperand(0), h = op->getOperand(1);
  int64_t units = knownDim(h, 2);
  SmallVector<SmallVector<int64_t>> shapes = {
      {knownDim(input, 0), knownDim(input, 1),
       units < 0 ? -1 : units * (isBoth ? 2 : 1)},
      {knownDim(h, 0), knownDim(h, 1), units},
      {}};
  if (isLstm)
    shapes[2] = {knownDim(op->getOperand(2), 0), knownDim(op->getOperand(2), 1),
                 knownDim(op->getOperand(2), 2)};
  // What only training reads is empty.
  for (unsigned i = 3; i < op->getNumResults(); ++i)
    shapes.push_back({0});
  return appendShapes(op, shapes, results);
}

#define FIRN_CUDNN(Op)                                                         \
  LogicalResult Op::inferShapes(const ShapeInference &,                        \
                                SmallVectorImpl<Type> &results) {              \
    return inferCudnn(*this, getRnnMode() == "lstm",                           \
                      getDirection() == "bidirectional", results);             \
  }
FIRN_CUDNN(CudnnRNNOp)
FIRN_CUDNN(CudnnRNNV2Op)
FIRN_CUDNN(CudnnRNNV3Op)

} // namespace firn::tfg

using namespace firn::tfg;

#define GET_OP_CLASSES
#include "ir/TFGCudnnOps.cpp.inc"
