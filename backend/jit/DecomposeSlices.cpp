// Pads and concatenations.
//
//   %p = tensor.pad %x low[0, 1] high[0, 1]
// becomes
//   %e = tensor.empty()                               // at the start of the
//   block %l = tensor.insert_slice (fill of the left border) into %e %r =
//   tensor.insert_slice (fill of the right border) into %l   // before %x %x =
//   … %p = tensor.insert_slice %x into %r[0, 1]         // right behind %x
//
// Bufferization can then compute %x in the middle of %p's buffer, because that
// buffer is there before %x is. Only borders are filled. Concatenations insert
// their operands in the order in which they are computed, for the same reason.
// Where the order is otherwise, the result is the same with a copy.
#include "backend/jit/DecomposeSlices.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace firn::jit {

namespace {

/// The op of `block` that defines `value`; null if it is defined outside.
Operation *definitionIn(Block *block, Value value) {
  Operation *op = value.getDefiningOp();
  return op && op->getBlock() == block ? op : nullptr;
}

using Offsets = SmallVector<int64_t>;

Value insertSlice(OpBuilder &builder, Location loc, Value source, Value into,
                  ArrayRef<int64_t> offsets) {
  auto type = cast<RankedTensorType>(source.getType());
  SmallVector<OpFoldResult> mixedOffsets, sizes, strides;
  for (auto [offset, size] : llvm::zip(offsets, type.getShape())) {
    mixedOffsets.push_back(builder.getIndexAttr(offset));
    sizes.push_back(builder.getIndexAttr(size));
    strides.push_back(builder.getIndexAttr(1));
  }
  return tensor::InsertSliceOp::create(builder, loc, source, into, mixedOffsets,
                                       sizes, strides);
}

void decomposePad(tensor::PadOp op) {
  auto type = cast<RankedTensorType>(op.getType());
  auto source = cast<RankedTensorType>(op.getSource().getType());
  Value padding = op.getConstantPaddingValue();
  if (!padding || !type.hasStaticShape() || !source.hasStaticShape())
    return;
  Block *block = op->getBlock();
  Location loc = op.getLoc();
  OpBuilder builder(op);
  // The borders stand before the op that makes the source, unless the padding
  // value is not known there.
  Operation *producer = definitionIn(block, op.getSource());
  Attribute constant;
  bool early = matchPattern(padding, m_Constant(&constant));
  if (early && producer)
    builder.setInsertionPoint(producer);
  else if (early)
    builder.setInsertionPointToStart(block);
  if (early)
    padding = builder.clone(*padding.getDefiningOp())->getResult(0);

  Value result = tensor::EmptyOp::create(builder, loc, type.getShape(),
                                         type.getElementType());
  ArrayRef<int64_t> low = op.getStaticLow();
  auto fill = [&](ArrayRef<int64_t> offsets, ArrayRef<int64_t> sizes) {
    if (llvm::is_contained(sizes, 0))
      return;
    Value empty =
        tensor::EmptyOp::create(builder, loc, sizes, type.getElementType());
    Value border =
        linalg::FillOp::create(builder, loc, padding, empty).getResult(0);
    result = insertSlice(builder, loc, border, result, offsets);
  };
  // Slabs across dimension d span the inner part of the dimensions before it
  // and all of those behind it.
  Offsets offsets(type.getRank(), 0), sizes(type.getShape());
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    int64_t inner = source.getDimSize(dim);
    sizes[dim] = low[dim];
    fill(offsets, sizes);
    offsets[dim] = low[dim] + inner;
    sizes[dim] = type.getDimSize(dim) - low[dim] - inner;
    fill(offsets, sizes);
    offsets[dim] = low[dim];
    sizes[dim] = inner;
  }
  if (early && producer)
    builder.setInsertionPointAfter(producer);
  result = insertSlice(builder, loc, op.getSource(), result, low);
  op.replaceAllUsesWith(result);
  op.erase();
}

void decomposeConcat(tensor::ConcatOp op) {
  auto type = cast<RankedTensorType>(op.getType());
  if (!type.hasStaticShape() ||
      llvm::any_of(op.getInputs().getTypes(), [](Type input) {
        return !cast<RankedTensorType>(input).hasStaticShape();
      }))
    return;
  struct Part {
    Value value;
    int64_t offset;
    Operation *definition;
    unsigned number;
  };
  Block *block = op->getBlock();
  SmallVector<Part> parts;
  int64_t at = 0;
  for (Value input : op.getInputs()) {
    parts.push_back(
        {input, at, definitionIn(block, input), unsigned(parts.size())});
    at += cast<RankedTensorType>(input.getType()).getDimSize(op.getDim());
  }
  llvm::sort(parts, [](const Part &a, const Part &b) {
    if (a.definition == b.definition || !a.definition || !b.definition)
      return std::pair(a.definition != nullptr, a.number) <
             std::pair(b.definition != nullptr, b.number);
    return a.definition->isBeforeInBlock(b.definition);
  });
  OpBuilder builder = OpBuilder::atBlockBegin(block);
  Value result = tensor::EmptyOp::create(builder, op.getLoc(), type.getShape(),
                                         type.getElementType());
  for (const Part &part : parts) {
    // Behind whichever comes later, the part or what it is inserted into.
    Operation *into = definitionIn(block, result);
    Operation *later = part.definition && into->isBeforeInBlock(part.definition)
                           ? part.definition
                           : into;
    builder.setInsertionPointAfter(later);
    Offsets offsets(type.getRank(), 0);
    offsets[op.getDim()] = part.offset;
    result = insertSlice(builder, op.getLoc(), part.value, result, offsets);
  }
  op.replaceAllUsesWith(result);
  op.erase();
}

} // namespace

void decomposeSlices(func::FuncOp function) {
  function.walk([](tensor::PadOp op) { decomposePad(op); });
  function.walk([](tensor::ConcatOp op) { decomposeConcat(op); });
  // What has dynamic shapes is taken apart where it stands.
  RewritePatternSet patterns(function.getContext());
  tensor::populateDecomposeTensorConcatPatterns(patterns);
  tensor::EmptyOp::getCanonicalizationPatterns(patterns, function.getContext());
  (void)applyPatternsGreedily(function, std::move(patterns));
}

} // namespace firn::jit
