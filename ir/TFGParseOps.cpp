//===- TFGParseOps.cpp - examples and CSV ---------------------------------===//

#include "ir/TFGParseOps.h"

using namespace mlir;
using namespace firn::tfg;

namespace {

/// How the outputs of a parser are divided: `sparse` indices, values and
/// shapes, then the dense features, then ragged values and row splits.
struct Features {
  int64_t sparse, dense, ragged;
};

} // namespace

/// Whether the outputs are as many as the features have.
static LogicalResult checkFeatures(Operation *op, const Features &features,
                                   ArrayAttr denseShapes) {
  int64_t outputs = getOutputs(op).size();
  if (features.sparse < 0 || features.ragged < 0 ||
      3 * features.sparse + features.dense + 2 * features.ragged != outputs)
    return op->emitOpError("expects outputs for its features, but got ")
           << outputs << " for " << features.sparse << " sparse, "
           << features.dense << " dense and " << features.ragged << " ragged";
  if (static_cast<int64_t>(denseShapes.size()) != features.dense)
    return op->emitOpError("expects a shape for each of ")
           << features.dense << " dense features, but got "
           << denseShapes.size();
  return success();
}

/// The types of all outputs. `batch` is the number of examples (-1: not known),
/// nullopt if there is one and no dimension for it.
static void appendFeatures(Operation *op, const Features &features,
                           ArrayAttr denseShapes, std::optional<int64_t> batch,
                           SmallVectorImpl<Type> &results) {
  auto dynamic = [](int64_t size) {
    return size < 0 ? ShapedType::kDynamic : size;
  };
  auto append = [&](ArrayRef<int64_t> shape) {
    Type elementType = getElementType(op->getResult(results.size()));
    results.push_back(RankedTensorType::get(shape, elementType));
  };
  int64_t rank = batch ? 2 : 1, any = ShapedType::kDynamic;
  for (int64_t i = 0; i < features.sparse; ++i)
    append({any, rank});
  for (int64_t i = 0; i < features.sparse; ++i)
    append({any});
  for (int64_t i = 0; i < features.sparse; ++i)
    append({rank});
  for (ShapeAttr dense : denseShapes.getAsRange<ShapeAttr>()) {
    SmallVector<int64_t> shape;
    if (batch)
      shape.push_back(dynamic(*batch));
    llvm::append_range(shape, dense.getDims());
    if (dense.getHasRank())
      append(shape);
    else
      results.push_back(UnrankedTensorType::get(
          getElementType(op->getResult(results.size()))));
  }
  for (int64_t i = 0; i < features.ragged; ++i)
    append({any});
  for (int64_t i = 0; i < features.ragged; ++i)
    append({!batch || *batch < 0 ? any : *batch + 1});
}

//===----------------------------------------------------------------------===//
// ParseExample
//===----------------------------------------------------------------------===//

/// S + 2 D operands after the names, 3 S + D outputs.
static Features featuresOf(ParseExampleOp op) {
  int64_t operands = getDataOperands(op).size(),
          outputs = getOutputs(op).size();
  int64_t sparse = (2 * outputs - (operands - 2)) / 5;
  return {sparse, outputs - 3 * sparse, 0};
}

LogicalResult ParseExampleOp::verify() {
  Features features = featuresOf(*this);
  int64_t operands = getDataOperands().size();
  if (features.sparse + 2 * features.dense != operands - 2)
    return emitOpError("expects keys and defaults for its outputs, but got ")
           << operands - 2 << " operands";
  return checkFeatures(*this, features, getDenseShapes());
}

LogicalResult ParseExampleOp::inferShapes(const ShapeInference &,
                                          SmallVectorImpl<Type> &results) {
  appendFeatures(*this, featuresOf(*this), getDenseShapes(),
                 knownDim(getSerialized(), 0), results);
  return success();
}

//===----------------------------------------------------------------------===//
// ParseExampleV2
//===----------------------------------------------------------------------===//

/// The ragged and the sparse features share what the dense ones leave; the keys
/// say how many are ragged. Nullopt if they are not known.
static std::optional<Features> featuresOf(ParseExampleV2Op op) {
  int64_t dense = static_cast<int64_t>(getDataOperands(op).size()) - 5;
  int64_t rest = static_cast<int64_t>(getOutputs(op).size()) - dense;
  int64_t sparse = knownDim(op.getSparseKeys(), 0);
  int64_t ragged = knownDim(op.getRaggedKeys(), 0);
  if (sparse < 0 && ragged < 0)
    return std::nullopt;
  if (sparse < 0)
    sparse = (rest - 2 * ragged) / 3;
  return Features{sparse, dense, (rest - 3 * sparse) / 2};
}

LogicalResult ParseExampleV2Op::verify() {
  std::optional<Features> features = featuresOf(*this);
  if (!features)
    return success();
  return checkFeatures(*this, *features, getDenseShapes());
}

LogicalResult ParseExampleV2Op::inferShapes(const ShapeInference &,
                                            SmallVectorImpl<Type> &results) {
  std::optional<Features> features = featuresOf(*this);
  std::optional<ArrayRef<int64_t>> serialized = shapeOf(getSerialized());
  if (!features || !serialized) {
    for (Value output : getOutputs())
      results.push_back(UnrankedTensorType::get(getElementType(output)));
    return success();
  }
  // A key vector that becomes known after verification may not fit.
  if (failed(checkFeatures(*this, *features, getDenseShapes())))
    return failure();
  std::optional<int64_t> batch;
  if (!serialized->empty())
    batch = knownDim(getSerialized(), 0);
  appendFeatures(*this, *features, getDenseShapes(), batch, results);
  return success();
}

//===----------------------------------------------------------------------===//
// ParseSingleExample
//===----------------------------------------------------------------------===//

static Features featuresOf(ParseSingleExampleOp op) {
  return {static_cast<int64_t>(op.getSparseKeys().size()),
          static_cast<int64_t>(op.getDenseKeys().size()), 0};
}

LogicalResult ParseSingleExampleOp::verify() {
  return checkFeatures(*this, featuresOf(*this), getDenseShapes());
}

LogicalResult
ParseSingleExampleOp::inferShapes(const ShapeInference &,
                                  SmallVectorImpl<Type> &results) {
  appendFeatures(*this, featuresOf(*this), getDenseShapes(), std::nullopt,
                 results);
  return success();
}

//===----------------------------------------------------------------------===//
// DecodeCSV
//===----------------------------------------------------------------------===//

LogicalResult DecodeCSVOp::inferShapes(const ShapeInference &,
                                       SmallVectorImpl<Type> &results) {
  for (auto [i, output] : llvm::enumerate(getOutputs()))
    appendExtended(*this, i, getRecords(), {}, results);
  return success();
}

#define GET_OP_CLASSES
#include "ir/TFGParseOps.cpp.inc"
