// The code of a kernel.
//
//   for t in [begin, end):                     // one register tile each
//     row, lane, others = t                    // Tiling::order, fastest last
//     acc[rows][vectors] = init
//     for reductions: acc = payload(inputs, acc)   // accumulators in registers
//     epilogue; store
//
// The last tile along the row or the lane loop may be smaller; it has code of
// its own, chosen by scf.if. Within a tile every address is a pointer of the
// operand plus a constant.
//
// If the lane loop is a reduction, lanes hold partial results that are
// combined after the loops; a tile is then one element of the result.
//
// The reductions of a tile are in EmitReduction.cpp.
#include "backend/jit/EmitNest.h"

#include "backend/jit/NestEmitter.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace firn::jit {

void NestEmitter::loadArguments() {
  Value slots = b.getInsertionBlock()->getArgument(0);
  Type ptr = slots.getType();
  for (BlockArgument argument : kernel.getArguments()) {
    Value slot =
        code.offsetPointer(slots, int64_t(argument.getArgNumber() + 1) * 8);
    if (isa<TensorType>(argument.getType())) {
      pointers.push_back(LLVM::LoadOp::create(b, loc, ptr, slot, 8));
      continue;
    }
    pointers.push_back(Value());
    scalars[argument] = code.loadScalar(slot, argument.getType());
  }
  // Scalar constants of the kernel's function.
  for (auto constant : kernel.getOps<arith::ConstantOp>())
    scalars[constant] = b.clone(*constant)->getResult(0);
}

void NestEmitter::decodeTile(Value tile) {
  Value rest = tile;
  for (int loop : llvm::reverse(tiling.order)) {
    int64_t count = tilesOf(spec, tiling, loop);
    Value position;
    if (count == 1) {
      position = code.constantI64(0);
    } else if (loop == tiling.order.front()) {
      position = rest;
    } else {
      Value by = code.constantI64(count);
      position = arith::RemUIOp::create(b, loc, rest, by);
      rest = arith::DivUIOp::create(b, loc, rest, by);
    }
    int64_t step = loop == tiling.lane  ? tiling.lanes * tiling.vectors
                   : loop == tiling.row ? tiling.rows
                                        : 1;
    if (step != 1)
      position =
          arith::MulIOp::create(b, loc, position, code.constantI64(step));
    index[loop] = position;
  }
}

/// Writes `emitPart` for full parts and, if there is one, for the last smaller
/// one.
void NestEmitter::withTail(Value start, int64_t extent, int64_t full,
                           int64_t tail, function_ref<void(int64_t)> emitPart) {
  if (tail == 0 || extent == tail) {
    emitPart(tail ? tail : full);
    return;
  }
  Value isLast = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq, start,
                                       code.constantI64(extent - tail));
  auto branch = scf::IfOp::create(b, loc, isLast, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  emitPart(tail);
  b.setInsertionPointToStart(branch.elseBlock());
  emitPart(full);
}

void NestEmitter::emitTileVariants() {
  auto overLanes = [&] {
    if (tiling.lane < 0 || tiling.reducesLanes) {
      width = vectors = 1;
      emitTile();
      return;
    }
    int64_t extent = spec.loops[tiling.lane].extent;
    int64_t full = tiling.lanes * tiling.vectors;
    withTail(index[tiling.lane], extent, full, extent % full,
             [&](int64_t elements) {
               width = elements;
               vectors = llvm::divideCeil(elements, tiling.lanes);
               emitTile();
             });
  };
  if (tiling.row < 0) {
    rows = 1;
    overLanes();
    return;
  }
  int64_t extent = spec.loops[tiling.row].extent;
  withTail(index[tiling.row], extent, tiling.rows, extent % tiling.rows,
           [&](int64_t count) {
             rows = count;
             overLanes();
           });
}

/// The operand's address at the current indices of `loops`.
Value NestEmitter::basePointer(const Access &access, ArrayRef<int> loops) {
  Value bytes;
  int64_t constant = 0;
  int64_t size = bytesOf(access.element);
  for (int loop : loops) {
    // Along the lanes, panels lie further apart than their lanes.
    int64_t along = loop == tiling.lane && access.panelStride
                        ? access.panelStride
                        : access.strides[loop];
    if (along == 0)
      continue;
    APInt known;
    if (matchPattern(index[loop], m_ConstantInt(&known))) {
      constant += known.getSExtValue() * along * size;
      continue;
    }
    Value term = arith::MulIOp::create(b, loc, index[loop],
                                       code.constantI64(along * size));
    bytes =
        bytes ? arith::AddIOp::create(b, loc, bytes, term).getResult() : term;
  }
  Value pointer = pointers[access.argument];
  if (bytes)
    pointer = code.offsetPointer(pointer, bytes);
  return code.offsetPointer(pointer, constant + access.offset * size);
}

Value NestEmitter::loadCell(const Access &access, Value pointer, Cell cell,
                            VectorCode &vectorCode, int64_t count) {
  int64_t along = stride(access, tiling.lane);
  int64_t offset = cell.row * stride(access, tiling.row) +
                   cell.vector * tiling.lanes * along;
  // Panels are whole, whatever their part of the tile.
  int64_t valid = access.panelStride ? tiling.lanes : count;
  return vectorCode.load(
      code.offsetPointer(pointer, offset * bytesOf(access.element)),
      access.element, along, valid);
}

SmallVector<Value> NestEmitter::emitPayload(const Stage &stage,
                                            VectorCode &vectorCode,
                                            ValueRange arguments, Cell cell) {
  auto outside = [&](Value value) { return scalars.lookup(value); };
  auto indexOf = [&](int64_t dim) -> Value {
    int loop = stage.loops[dim];
    Value first = index[loop];
    int64_t add = loop == tiling.row    ? cell.row
                  : loop == tiling.lane ? cell.vector * tiling.lanes
                                        : 0;
    if (add)
      first = arith::AddIOp::create(b, loc, first, code.constantI64(add));
    if (loop == tiling.lane)
      return vectorCode.indices(first);
    return vectorCode.splat(
        arith::IndexCastOp::create(b, loc, b.getIndexType(), first)
            .getResult());
  };
  linalg::LinalgOp op = stage.op;
  return vectorCode.payload(*op.getBlock(), arguments, outside, indexOf);
}

void NestEmitter::emitTile() {
  const Stage &root = spec.stages[0];
  if (!tiling.reducesLanes) {
    emitEpilogue(emitReductions(0, emitInits()));
    return;
  }
  // Lanes start from the operation's neutral element; the init comes last.
  linalg::LinalgOp op = root.op;
  SmallVector<Operation *> combiners;
  matchReduction(op.getRegionOutputArgs(), 0, combiners);
  TypedAttr neutral = *arith::getNeutralElement(combiners[0]);
  Vectors start(tiling.vectors, code.splat(neutral));
  Value scalar = combineLanes(emitReductions(0, std::move(start)))[0];
  const Access &init = root.inits[0];
  Value first =
      init.kind == Access::Kind::Memory
          ? code.loadScalar(basePointer(init, tiling.order), init.element)
          : scalars.lookup(init.scalar);
  if (first)
    scalar =
        vector::makeArithReduction(b, loc, *combiningKind(spec), first, scalar);
  VectorCode single(b, loc, 1);
  emitEpilogue({single.splat(scalar)});
}

void NestEmitter::emitEpilogue(Vectors results) {
  VectorCode single(b, loc, 1);
  VectorCode &vectorCode = tiling.reducesLanes ? single : code;
  auto lanesOf = [&](int64_t vector) {
    return tiling.reducesLanes ? 1 : validLanes(vector);
  };
  int64_t cells = rows * vectors;
  SmallVector<Vectors> stages{std::move(results)};
  for (const Stage &stage : ArrayRef(spec.stages).drop_front()) {
    linalg::LinalgOp op = stage.op;
    SmallVector<Value> bases;
    for (const Access &access : stage.inputs)
      bases.push_back(access.kind == Access::Kind::Memory
                          ? basePointer(access, tiling.order)
                          : Value());
    Vectors values(cells * op->getNumResults());
    for (int64_t cell = 0; cell < cells; ++cell) {
      Cell at{cell / vectors, cell % vectors};
      SmallVector<Value> arguments;
      for (auto [access, base] : llvm::zip(stage.inputs, bases))
        arguments.push_back(
            base ? loadCell(access, base, at, vectorCode, lanesOf(at.vector))
            : access.kind == Access::Kind::Stage
                ? stages[access.stage][access.result * cells + cell]
                : vectorCode.splat(scalars.lookup(access.scalar)));
      for (BlockArgument unread : op.getRegionOutputArgs())
        arguments.push_back(vectorCode.anything(unread.getType()));
      for (auto [number, value] :
           llvm::enumerate(emitPayload(stage, vectorCode, arguments, at)))
        values[number * cells + cell] = value;
    }
    stages.push_back(std::move(values));
  }
  for (auto [number, access] : llvm::enumerate(spec.outputs)) {
    Value base = basePointer(access, tiling.order);
    for (int64_t cell = 0; cell < cells; ++cell) {
      Cell at{cell / vectors, cell % vectors};
      int64_t along = tiling.reducesLanes
                          ? 1
                          : std::max<int64_t>(1, stride(access, tiling.lane));
      int64_t offset = at.row * stride(access, tiling.row) +
                       at.vector * tiling.lanes * along;
      vectorCode.store(
          stages.back()[number * cells + cell],
          code.offsetPointer(base, offset * bytesOf(access.element)),
          access.element, along, lanesOf(at.vector));
    }
  }
}

func::FuncOp beginKernel(OpBuilder &b, ModuleOp module, StringRef name,
                         Location loc) {
  b.setInsertionPointToEnd(module.getBody());
  Type ptr = LLVM::LLVMPointerType::get(b.getContext());
  Type i64 = b.getI64Type();
  auto function = func::FuncOp::create(b, loc, name,
                                       b.getFunctionType({ptr, i64, i64}, {}));
  b.setInsertionPointToStart(function.addEntryBlock());
  return function;
}

Value loopOverParts(OpBuilder &b, func::FuncOp kernel) {
  Location loc = kernel.getLoc();
  Value step = arith::ConstantIntOp::create(b, loc, 1, 64);
  auto parts = scf::ForOp::create(b, loc, kernel.getArgument(1),
                                  kernel.getArgument(2), step);
  func::ReturnOp::create(b, loc);
  b.setInsertionPointToStart(parts.getBody());
  return parts.getInductionVar();
}

func::FuncOp NestEmitter::emit(StringRef name) {
  func::FuncOp function = beginKernel(b, module, name, loc);
  loadArguments();
  decodeTile(loopOverParts(b, function));
  emitTileVariants();
  return function;
}

func::FuncOp emitNest(ModuleOp module, StringRef name, func::FuncOp kernel,
                      const KernelSpec &spec, const Tiling &tiling) {
  return NestEmitter(module, kernel, spec, tiling).emit(name);
}

} // namespace firn::jit
