// The code of a convolution by Winograd's algorithm (Winograd.h), two kernels.
//
// The first takes one tile of the input at a time: n×n vectors of channels,
// transformed in registers, stored into the tile's row of its block:
//   [block][position][row][channel]
// What lies beyond the padded image is zero.
//
// The second takes one block of tiles and one panel of filters:
//   for position in n²: products[position] = block[position] · panel[position]
//   for tile in block: transform back; for pixel in m²: epilogue; store
// The products of a block and the pixels of a tile stay in memory of the call
// frame that is small enough for the cache.
#include "backend/jit/EmitWinograd.h"

#include "backend/jit/EmitNest.h"
#include "backend/jit/NestEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace firn::jit {

namespace {

constexpr int64_t kFloat = sizeof(float);

/// What both kernels are written with.
class TileCode {
public:
  TileCode(OpBuilder &b, Location loc, const WinogradPlan &plan)
      : b(b), loc(loc), plan(plan), code(b, loc, plan.lanes) {}

  Value constant(int64_t value) { return code.constantI64(value); }
  Value add(Value x, Value y) { return arith::AddIOp::create(b, loc, x, y); }
  Value scale(Value x, int64_t by) {
    return by == 1 ? x
                   : arith::MulIOp::create(b, loc, x, constant(by)).getResult();
  }
  Value divide(Value x, int64_t by) {
    return arith::DivUIOp::create(b, loc, x, constant(by));
  }
  Value remainder(Value x, int64_t by) {
    return arith::RemUIOp::create(b, loc, x, constant(by));
  }
  Value isBelow(Value x, int64_t bound) {
    return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt, x,
                                 constant(bound));
  }
  /// The address `elements` floats behind `pointer`.
  Value at(Value pointer, Value elements) {
    return code.offsetPointer(pointer, scale(elements, kFloat));
  }
  Value at(Value pointer, int64_t elements) {
    return code.offsetPointer(pointer, elements * kFloat);
  }
  Value load(Value pointer) {
    return code.load(pointer, b.getF32Type(), 1, plan.lanes);
  }
  void store(Value value, Value pointer) {
    code.store(value, pointer, b.getF32Type(), 1, plan.lanes);
  }
  scf::ForOp loop(int64_t extent, ValueRange carried = {}) {
    return scf::ForOp::create(b, loc, constant(0), constant(extent),
                              constant(1), carried);
  }
  /// Memory of the frame, at the start of `function`.
  Value scratch(func::FuncOp function, int64_t elements) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(&function.getBody().front());
    return LLVM::AllocaOp::create(b, loc,
                                  LLVM::LLVMPointerType::get(b.getContext()),
                                  b.getF32Type(), constant(elements), 64);
  }

  /// Tile `number` counts along x, then y, then the batch.
  struct Tile {
    Value image, y, x;
  };
  Tile decode(Value number) {
    Value row = divide(number, plan.tilesX());
    return {divide(row, plan.tilesY()), remainder(row, plan.tilesY()),
            remainder(number, plan.tilesX())};
  }

  /// One row of a transform: Σ coefficients[i] · values[i].
  Value combine(ArrayRef<double> coefficients, ArrayRef<Value> values);
  /// transform · values · transformᵀ; values are square, row by row.
  SmallVector<Value> transform(ArrayRef<double> matrix, int64_t rows,
                               ArrayRef<Value> values);

  OpBuilder &b;
  Location loc;
  const WinogradPlan &plan;
  VectorCode code;
};

Value TileCode::combine(ArrayRef<double> coefficients, ArrayRef<Value> values) {
  // Terms with factor one start the sum: they need no multiplication.
  Value sum;
  for (auto [factor, value] : llvm::zip(coefficients, values))
    if (factor == 1)
      sum = sum ? arith::AddFOp::create(b, loc, sum, value).getResult() : value;
  for (auto [factor, value] : llvm::zip(coefficients, values)) {
    if (factor == 0 || factor == 1)
      continue;
    if (factor == -1 && sum) {
      sum = arith::SubFOp::create(b, loc, sum, value);
      continue;
    }
    Value by = code.splat(b.getF32FloatAttr(float(factor)));
    sum = sum ? math::FmaOp::create(b, loc, value, by, sum).getResult()
              : arith::MulFOp::create(b, loc, value, by).getResult();
  }
  return sum;
}

SmallVector<Value> TileCode::transform(ArrayRef<double> matrix, int64_t rows,
                                       ArrayRef<Value> values) {
  int64_t n = plan.n();
  SmallVector<Value> half(rows * n), result;
  for (int64_t j = 0; j < n; ++j) {
    SmallVector<Value> column;
    for (int64_t i = 0; i < n; ++i)
      column.push_back(values[i * n + j]);
    for (int64_t i = 0; i < rows; ++i)
      half[i * n + j] = combine(matrix.slice(i * n, n), column);
  }
  for (int64_t i = 0; i < rows; ++i)
    for (int64_t j = 0; j < rows; ++j)
      result.push_back(
          combine(matrix.slice(j * n, n), ArrayRef(half).slice(i * n, n)));
  return result;
}

/// The first kernel.
class InputEmitter {
public:
  InputEmitter(ModuleOp module, StringRef name, const WinogradPlan &plan,
               const Access &image)
      : module(module), name(name), plan(plan), image(image),
        b(module.getContext()), tile(b, module.getLoc(), plan) {}

  void emit();

private:
  void emitTile(Value number);
  void emitChannels(const TileCode::Tile &at, Value target, Value channel,
                    int64_t count, bool isRagged);

  ModuleOp module;
  StringRef name;
  const WinogradPlan &plan;
  const Access &image;
  OpBuilder b;
  TileCode tile;
  Value source, result;
};

void InputEmitter::emit() {
  Location loc = module.getLoc();
  func::FuncOp function = beginKernel(b, module, name, loc);
  // Slot 0 is the context, then the image and the result (SlotAbi.h).
  auto slot = [&](int64_t index) {
    Value slots = function.getArgument(0);
    return LLVM::LoadOp::create(b, loc, slots.getType(),
                                tile.code.offsetPointer(slots, index * 8), 8);
  };
  source = tile.at(slot(1), image.offset);
  result = slot(2);
  emitTile(loopOverParts(b, function));
}

void InputEmitter::emitTile(Value number) {
  Location loc = module.getLoc();
  int64_t n = plan.n(), pitch = plan.rowPitch();
  // The rows of the last block that are no tiles hold the last tile again.
  Value last = tile.constant(plan.tiles() - 1);
  TileCode::Tile at = tile.decode(arith::MinUIOp::create(b, loc, number, last));
  Value block = tile.divide(number, plan.rows);
  Value row = tile.remainder(number, plan.rows);
  Value target =
      tile.at(result, tile.add(tile.scale(block, n * n * plan.rows * pitch),
                               tile.scale(row, pitch)));
  auto overChannels = [&](bool isRagged) {
    int64_t whole = plan.channels / plan.lanes * plan.lanes;
    if (whole > 0) {
      auto loop =
          scf::ForOp::create(b, loc, tile.constant(0), tile.constant(whole),
                             tile.constant(plan.lanes));
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPointToStart(loop.getBody());
      emitChannels(at, target, loop.getInductionVar(), plan.lanes, isRagged);
    }
    if (whole < plan.channels)
      emitChannels(at, target, tile.constant(whole), plan.channels - whole,
                   isRagged);
  };
  bool raggedY = plan.height % plan.m != 0, raggedX = plan.width % plan.m != 0;
  if (!raggedY && !raggedX) {
    overChannels(false);
    return;
  }
  Value inside = arith::ConstantIntOp::create(b, loc, 1, 1);
  if (raggedY)
    inside = arith::AndIOp::create(b, loc, inside,
                                   tile.isBelow(at.y, plan.tilesY() - 1));
  if (raggedX)
    inside = arith::AndIOp::create(b, loc, inside,
                                   tile.isBelow(at.x, plan.tilesX() - 1));
  auto branch = scf::IfOp::create(b, loc, inside, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  overChannels(false);
  b.setInsertionPointToStart(branch.elseBlock());
  overChannels(true);
}

void InputEmitter::emitChannels(const TileCode::Tile &at, Value target,
                                Value channel, int64_t count, bool isRagged) {
  Location loc = module.getLoc();
  int64_t n = plan.n(), m = plan.m;
  Value first = tile.at(
      source,
      tile.add(tile.add(tile.scale(at.image, image.strides[0]),
                        tile.scale(at.y, m * image.strides[1])),
               tile.add(tile.scale(at.x, m * image.strides[2]), channel)));
  Type f32 = b.getF32Type();
  VectorType vector = tile.code.vectorOf(f32);
  auto below = [&](Value start, int64_t add, int64_t bound) {
    return tile.isBelow(tile.add(tile.scale(start, m), tile.constant(add)),
                        bound);
  };
  SmallVector<Value> values;
  for (int64_t i = 0; i < n; ++i)
    for (int64_t j = 0; j < n; ++j) {
      Value pointer =
          tile.at(first, i * image.strides[1] + j * image.strides[2]);
      if (!isRagged) {
        values.push_back(tile.code.load(pointer, f32, 1, count));
        continue;
      }
      Value inside =
          arith::AndIOp::create(b, loc, below(at.y, i, plan.paddedHeight),
                                below(at.x, j, plan.paddedWidth));
      auto read = scf::IfOp::create(b, loc, TypeRange{vector}, inside,
                                    /*withElseRegion=*/true);
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPointToStart(read.thenBlock());
      scf::YieldOp::create(b, loc, tile.code.load(pointer, f32, 1, count));
      b.setInsertionPointToStart(read.elseBlock());
      scf::YieldOp::create(b, loc, tile.code.splat(b.getF32FloatAttr(0)));
      values.push_back(read.getResult(0));
    }
  const WinogradMatrices &matrices = WinogradMatrices::get(m);
  Value to = tile.at(target, channel);
  for (auto [position, value] :
       llvm::enumerate(tile.transform(matrices.inputTransform, n, values)))
    tile.store(value,
               tile.at(to, int64_t(position) * plan.rows * plan.rowPitch()));
}

} // namespace

void emitWinogradInput(ModuleOp module, StringRef name,
                       const WinogradPlan &plan, const Access &image) {
  InputEmitter(module, name, plan, image).emit();
}

//===----------------------------------------------------------------------===//
// The second kernel
//===----------------------------------------------------------------------===//

namespace {

/// products[position][row] = block[position][row] · panel[position]
void emitProducts(TileCode &tile, Value block, Value panel, Value products,
                  int64_t vectors) {
  const WinogradPlan &plan = tile.plan;
  OpBuilder &b = tile.b;
  Location loc = tile.loc;
  int64_t n2 = plan.n() * plan.n(), width = plan.panelWidth();
  auto positions = tile.loop(n2);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(positions.getBody());
  Value position = positions.getInductionVar();
  Value rows =
      tile.at(block, tile.scale(position, plan.rows * plan.rowPitch()));
  Value filters = tile.at(panel, tile.scale(position, plan.channels * width));
  SmallVector<Value> zeros(plan.rows * vectors,
                           tile.code.splat(b.getF32FloatAttr(0)));
  auto channels = tile.loop(plan.channels, zeros);
  {
    OpBuilder::InsertionGuard inner(b);
    b.setInsertionPointToStart(channels.getBody());
    Value channel = channels.getInductionVar();
    Value from = tile.at(filters, tile.scale(channel, width));
    Value broadcast = tile.at(rows, channel);
    SmallVector<Value> factors, sums;
    for (int64_t vector = 0; vector < vectors; ++vector)
      factors.push_back(tile.load(tile.at(from, vector * plan.lanes)));
    for (int64_t row = 0; row < plan.rows; ++row) {
      Value value = tile.code.load(tile.at(broadcast, row * plan.rowPitch()),
                                   b.getF32Type(), /*stride=*/0, plan.lanes);
      for (int64_t vector = 0; vector < vectors; ++vector)
        sums.push_back(math::FmaOp::create(
            b, loc, value, factors[vector],
            channels.getRegionIterArgs()[row * vectors + vector]));
    }
    scf::YieldOp::create(b, loc, sums);
  }
  Value to = tile.at(products, tile.scale(position, plan.rows * width));
  for (int64_t row = 0; row < plan.rows; ++row)
    for (int64_t vector = 0; vector < vectors; ++vector)
      tile.store(channels.getResult(row * vectors + vector),
                 tile.at(to, row * width + vector * plan.lanes));
}

/// pixels[m²] of the tile that is row `row` of the products.
void emitPixels(TileCode &tile, Value row, Value products, Value pixels,
                int64_t vectors) {
  const WinogradPlan &plan = tile.plan;
  int64_t width = plan.panelWidth();
  const WinogradMatrices &matrices = WinogradMatrices::get(plan.m);
  Value from = tile.at(products, tile.scale(row, width));
  for (int64_t vector = 0; vector < vectors; ++vector) {
    SmallVector<Value> values;
    for (int64_t position = 0; position < plan.n() * plan.n(); ++position)
      values.push_back(tile.load(
          tile.at(from, position * plan.rows * width + vector * plan.lanes)));
    for (auto [pixel, value] : llvm::enumerate(
             tile.transform(matrices.outputTransform, plan.m, values)))
      tile.store(value,
                 tile.at(pixels, int64_t(pixel) * width + vector * plan.lanes));
  }
}

} // namespace

func::FuncOp NestEmitter::emitWinogradOutput(StringRef name,
                                             const WinogradPlan &plan) {
  func::FuncOp function = beginKernel(b, module, name, loc);
  loadArguments();
  TileCode tile(b, loc, plan);
  int64_t n2 = plan.n() * plan.n(), panelWidth = plan.panelWidth();
  Value products = tile.scratch(function, n2 * plan.rows * panelWidth);
  Value pixels = tile.scratch(function, plan.m * plan.m * panelWidth);
  const Stage &root = spec.stages[0];
  Value blocks = pointers[root.inputs[0].argument];
  Value panels = pointers[root.inputs[1].argument];
  Value part = loopOverParts(b, function), block, panel;
  if (plan.blocksInner) {
    panel = tile.divide(part, plan.blocks());
    block = tile.remainder(part, plan.blocks());
  } else {
    block = tile.divide(part, plan.panels());
    panel = tile.remainder(part, plan.panels());
  }
  Value input =
      tile.at(blocks, tile.scale(block, n2 * plan.rows * plan.rowPitch()));
  Value filters =
      tile.at(panels, tile.scale(panel, n2 * plan.channels * panelWidth));
  index[3] = tile.scale(panel, panelWidth);
  withTail(index[3], plan.filters, panelWidth, plan.filters % panelWidth,
           [&](int64_t elements) {
             width = elements;
             vectors = llvm::divideCeil(elements, tiling.lanes);
             emitProducts(tile, input, filters, products, vectors);
             emitWinogradTiles(tile.scale(block, plan.rows), plan, products,
                               pixels);
           });
  return function;
}

/// The tiles of a block, from its products to the output.
void NestEmitter::emitWinogradTiles(Value first, const WinogradPlan &plan,
                                    Value products, Value pixels) {
  TileCode tile(b, loc, plan);
  OpBuilder::InsertionGuard guard(b);
  auto loop = tile.loop(plan.rows);
  b.setInsertionPointToStart(loop.getBody());
  Value number = tile.add(first, loop.getInductionVar());
  auto isTile = scf::IfOp::create(b, loc, tile.isBelow(number, plan.tiles()),
                                  /*withElseRegion=*/false);
  b.setInsertionPointToStart(isTile.thenBlock());
  TileCode::Tile at = tile.decode(number);
  emitPixels(tile, loop.getInductionVar(), products, pixels, vectors);
  auto all = tile.loop(plan.m * plan.m);
  b.setInsertionPointToStart(all.getBody());
  Value pixel = all.getInductionVar();
  index[0] = at.image;
  index[1] = tile.add(tile.scale(at.y, plan.m), tile.divide(pixel, plan.m));
  index[2] = tile.add(tile.scale(at.x, plan.m), tile.remainder(pixel, plan.m));
  auto inside = scf::IfOp::create(
      b, loc,
      arith::AndIOp::create(b, loc, tile.isBelow(index[1], plan.height),
                            tile.isBelow(index[2], plan.width))
          .getResult(),
      /*withElseRegion=*/false);
  b.setInsertionPointToStart(inside.thenBlock());
  Value from = tile.at(pixels, tile.scale(pixel, plan.panelWidth()));
  Vectors results;
  for (int64_t vector = 0; vector < vectors; ++vector)
    results.push_back(tile.load(tile.at(from, vector * plan.lanes)));
  rows = 1;
  emitEpilogue(std::move(results));
}

void emitWinogradOutput(ModuleOp module, StringRef name, func::FuncOp kernel,
                        const KernelSpec &spec, const WinogradPlan &plan) {
  // The epilogue's view: one pixel, a panel of filters along the lanes.
  Tiling tiling;
  tiling.lane = 3;
  tiling.lanes = plan.lanes;
  tiling.vectors = plan.vectors;
  tiling.order = {0, 1, 2, 3};
  NestEmitter(module, kernel, spec, tiling).emitWinogradOutput(name, plan);
}

} // namespace firn::jit
