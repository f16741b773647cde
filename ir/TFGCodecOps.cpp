//===- TFGCodecOps.cpp - encoded images, decoders of sequences ------------===//

#include "ir/TFGCodecOps.h"

using namespace mlir;
using namespace firn::tfg;

LogicalResult CTCBeamSearchDecoderOp::verify() {
  int64_t paths = getTopPaths();
  int64_t outputs = getOutputs().size();
  if (paths < 1 || outputs % 3 != 1 || outputs / 3 != paths)
    return emitOpError("expects three outputs for each of ")
           << paths << " paths and one more, but got " << outputs;
  return success();
}

LogicalResult
CTCBeamSearchDecoderOp::inferShapes(const ShapeInference &,
                                    SmallVectorImpl<Type> &results) {
  SmallVector<SmallVector<int64_t>> shapes;
  int64_t paths = getTopPaths();
  shapes.append(paths, SmallVector<int64_t>{-1, 2});
  shapes.append(paths, SmallVector<int64_t>{-1});
  shapes.append(paths, SmallVector<int64_t>{2});
  shapes.push_back({knownDim(getInputs(), 1), paths});
  return appendShapes(*this, shapes, results);
}

#define GET_OP_CLASSES
#include "ir/TFGCodecOps.cpp.inc"
