// The reductions of one register tile: where the accumulators start, the loops
// that feed them, written out where they are short, and, if lanes hold partial
// results, how those become one.
#include "backend/jit/NestEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace firn::jit {

namespace {

/// Reductions up to this many steps are written out.
constexpr int64_t kMaxUnrolledSteps = 9;
constexpr int64_t kMaxUnrolledOps = 160;

} // namespace

NestEmitter::Vectors NestEmitter::emitInits() {
  Vectors result;
  const Stage &root = spec.stages[0];
  linalg::LinalgOp op = root.op;
  for (auto [number, access] : llvm::enumerate(root.inits)) {
    Value pointer;
    Type element = op.getRegionOutputArgs()[number].getType();
    if (access.kind == Access::Kind::Memory)
      pointer = basePointer(access, tiling.order);
    Value constant =
        access.scalar ? code.splat(scalars.lookup(access.scalar)) : Value();
    for (int64_t row = 0; row < rows; ++row)
      for (int64_t vector = 0; vector < vectors; ++vector)
        result.push_back(pointer    ? loadCell(access, pointer, {row, vector},
                                               code, validLanes(vector))
                         : constant ? constant
                                    : code.anything(element));
  }
  return result;
}

bool NestEmitter::unrolls(unsigned depth) const {
  if (tiling.fuseMultiplyAdd && depth + 1 == tiling.reductions.size() &&
      spec.loops[tiling.reductions[depth]].extent > 4)
    return false;
  int64_t steps = 1;
  for (unsigned inner = depth; inner < tiling.reductions.size(); ++inner)
    steps *= spec.loops[tiling.reductions[inner]].extent;
  return steps <= kMaxUnrolledSteps &&
         steps * rows * vectors <= kMaxUnrolledOps && !tiling.reducesLanes;
}

NestEmitter::Vectors NestEmitter::emitReductions(unsigned depth,
                                                 Vectors accumulators) {
  if (depth == tiling.reductions.size())
    return tiling.reducesLanes
               ? emitLaneLoop(std::move(accumulators))
               : emitStep(accumulators, vectors, /*masked=*/true);
  int loop = tiling.reductions[depth];
  int64_t extent = spec.loops[loop].extent;
  if (unrolls(depth)) {
    for (int64_t step = 0; step < extent; ++step) {
      index[loop] = code.constantI64(step);
      accumulators = emitReductions(depth + 1, std::move(accumulators));
    }
    return accumulators;
  }
  auto nest =
      scf::ForOp::create(b, loc, code.constantI64(0), code.constantI64(extent),
                         code.constantI64(1), accumulators);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(nest.getBody());
  index[loop] = nest.getInductionVar();
  scf::YieldOp::create(
      b, loc, emitReductions(depth + 1, Vectors(nest.getRegionIterArgs())));
  return Vectors(nest.getResults());
}

/// The lane loop as a reduction: whole tiles of vectors, then the rest.
NestEmitter::Vectors NestEmitter::emitLaneLoop(Vectors accumulators) {
  int64_t extent = spec.loops[tiling.lane].extent;
  int64_t full = tiling.lanes * tiling.vectors;
  int64_t whole = extent / full * full;
  if (whole == full) {
    index[tiling.lane] = code.constantI64(0);
    width = full;
    accumulators = emitStep(accumulators, tiling.vectors, false);
  } else if (whole > 0) {
    auto nest =
        scf::ForOp::create(b, loc, code.constantI64(0), code.constantI64(whole),
                           code.constantI64(full), accumulators);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(nest.getBody());
    index[tiling.lane] = nest.getInductionVar();
    width = full;
    scf::YieldOp::create(
        b, loc,
        emitStep(Vectors(nest.getRegionIterArgs()), tiling.vectors, false));
    accumulators.assign(nest.getResults().begin(), nest.getResults().end());
  }
  if (whole < extent) {
    index[tiling.lane] = code.constantI64(whole);
    width = extent - whole;
    accumulators = emitStep(accumulators, llvm::divideCeil(width, tiling.lanes),
                            /*masked=*/true);
  }
  width = 1;
  return accumulators;
}

/// One step of the reduction for the whole tile. Vectors that rows share are
/// loaded once, and so are broadcasts that vectors share.
NestEmitter::Vectors NestEmitter::emitStep(const Vectors &accumulators,
                                           int64_t numVectors, bool masked) {
  const Stage &root = spec.stages[0];
  SmallVector<int> loops(tiling.order);
  llvm::append_range(loops, tiling.reductions);
  if (tiling.reducesLanes)
    loops.push_back(tiling.lane);
  int64_t perResult = rows * (tiling.reducesLanes ? tiling.vectors : vectors);
  int64_t perRow = perResult / rows;
  SmallVector<Value> inputPointers;
  for (const Access &access : root.inputs)
    inputPointers.push_back(access.kind == Access::Kind::Memory
                                ? basePointer(access, loops)
                                : Value());
  DenseMap<std::tuple<unsigned, int64_t, int64_t>, Value> loaded;
  auto input = [&](unsigned number, Cell cell) -> Value {
    const Access &access = root.inputs[number];
    if (access.kind == Access::Kind::Scalar)
      return code.splat(scalars.lookup(access.scalar));
    if (stride(access, tiling.row) == 0)
      cell.row = 0;
    int64_t count = validLanes(cell.vector);
    if (stride(access, tiling.lane) == 0)
      cell.vector = 0;
    Value &value = loaded[{number, cell.row, cell.vector}];
    if (!value)
      value = loadCell(access, inputPointers[number], cell, code, count);
    return value;
  };
  Vectors result(accumulators);
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t vector = 0; vector < numVectors; ++vector) {
      Cell cell{row, vector};
      SmallVector<Value> arguments;
      for (unsigned number = 0; number < root.inputs.size(); ++number)
        arguments.push_back(input(number, cell));
      int64_t position = row * perRow + vector;
      for (unsigned number = 0; number < numResults(); ++number)
        arguments.push_back(accumulators[number * perResult + position]);
      SmallVector<Value> yields =
          tiling.fuseMultiplyAdd
              ? SmallVector<Value>{math::FmaOp::create(
                    b, loc, arguments[0], arguments[1], arguments[2])}
              : emitPayload(root, code, arguments, cell);
      for (unsigned number = 0; number < numResults(); ++number) {
        Value value = yields[number];
        if (tiling.reducesLanes && masked && validLanes(vector) < tiling.lanes)
          value = arith::SelectOp::create(
              b, loc, code.mask(validLanes(vector)), value,
              accumulators[number * perResult + position]);
        result[number * perResult + position] = value;
      }
    }
  return result;
}

/// The partial results of the lanes, as one element.
NestEmitter::Vectors NestEmitter::combineLanes(const Vectors &accumulators) {
  vector::CombiningKind kind = *combiningKind(spec);
  Value all = accumulators[0];
  for (Value other : ArrayRef(accumulators).drop_front())
    all = vector::makeArithReduction(b, loc, kind, all, other);
  Value scalar = vector::ReductionOp::create(b, loc, kind, all,
                                             arith::FastMathFlags::reassoc);
  return {scalar};
}

} // namespace firn::jit
