// See KernelSpec.h.
#include "backend/jit/KernelSpec.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/AffineExpr.h"

using namespace mlir;

namespace firn::jit {

namespace {

/// Adds `factor` times the coefficients of a linear expression; false if it is
/// not linear.
bool addLinear(AffineExpr expr, int64_t factor, MutableArrayRef<int64_t> coeffs,
               int64_t &constant) {
  if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
    coeffs[dim.getPosition()] += factor;
    return true;
  }
  if (auto value = dyn_cast<AffineConstantExpr>(expr)) {
    constant += factor * value.getValue();
    return true;
  }
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!binary)
    return false;
  if (expr.getKind() == AffineExprKind::Add)
    return addLinear(binary.getLHS(), factor, coeffs, constant) &&
           addLinear(binary.getRHS(), factor, coeffs, constant);
  if (expr.getKind() != AffineExprKind::Mul)
    return false;
  AffineExpr value = binary.getLHS(), scale = binary.getRHS();
  if (isa<AffineConstantExpr>(value))
    std::swap(value, scale);
  auto by = dyn_cast<AffineConstantExpr>(scale);
  return by && addLinear(value, factor * by.getValue(), coeffs, constant);
}

bool isLinear(AffineMap map) {
  SmallVector<int64_t> coeffs(map.getNumDims());
  int64_t constant = 0;
  return map.getNumSymbols() == 0 &&
         llvm::all_of(map.getResults(), [&](AffineExpr expr) {
           return addLinear(expr, 1, coeffs, constant);
         });
}

/// Element types that vectors are made of; booleans lie in memory as bytes.
bool isVectorElement(Type type) {
  if (isa<Float16Type, BFloat16Type, Float32Type, Float64Type, IndexType>(type))
    return true;
  auto integer = dyn_cast<IntegerType>(type);
  return integer && llvm::is_contained({1, 8, 16, 32, 64}, integer.getWidth());
}

bool isVectorPayload(Block &body) {
  for (Operation &op : body.without_terminator()) {
    if (isa<linalg::IndexOp, arith::ConstantOp>(op))
      continue;
    if (!isa_and_nonnull<arith::ArithDialect, math::MathDialect>(
            op.getDialect()) ||
        !OpTrait::hasElementwiseMappableTraits(&op))
      return false;
    if (!llvm::all_of(op.getResultTypes(), isVectorElement))
      return false;
  }
  return true;
}

/// The access of a buffer through `map`, whose dimension d is loop `loops[d]`
/// of the nest.
std::optional<Access> memoryAccess(unsigned argument, Type type, AffineMap map,
                                   ArrayRef<unsigned> loops,
                                   unsigned numLoops) {
  auto buffer = dyn_cast<MemRefType>(type);
  if (!buffer)
    return std::nullopt;
  SmallVector<int64_t> strides;
  int64_t offset;
  if (failed(buffer.getStridesAndOffset(strides, offset)) ||
      llvm::any_of(strides, ShapedType::isDynamic))
    return std::nullopt;
  Access access;
  access.argument = argument;
  access.element = buffer.getElementType();
  SmallVector<int64_t> coeffs(map.getNumDims());
  for (auto [expr, stride] : llvm::zip(map.getResults(), strides))
    if (!addLinear(expr, stride, coeffs, access.offset))
      return std::nullopt;
  access.strides.assign(numLoops, 0);
  for (auto [dim, coeff] : llvm::enumerate(coeffs))
    access.strides[loops[dim]] += coeff;
  return access;
}

class KernelReader {
public:
  KernelReader(func::FuncOp function, ArrayRef<Type> buffers)
      : function(function), buffers(buffers) {}

  std::optional<KernelSpec> read();

private:
  bool readRoot(linalg::LinalgOp op);
  bool readEpilogue(linalg::LinalgOp op);
  std::optional<Access> readOperand(Value value, AffineMap map,
                                    ArrayRef<unsigned> loops);
  void rememberResults(linalg::LinalgOp op) {
    for (auto [index, result] : llvm::enumerate(op->getResults()))
      stageOf[result] = {spec.stages.size() - 1, index};
  }

  func::FuncOp function;
  ArrayRef<Type> buffers;
  KernelSpec spec;
  DenseMap<Value, std::pair<unsigned, unsigned>> stageOf;
};

std::optional<Access> KernelReader::readOperand(Value value, AffineMap map,
                                                ArrayRef<unsigned> loops) {
  if (auto it = stageOf.find(value); it != stageOf.end()) {
    Access access;
    access.kind = Access::Kind::Stage;
    std::tie(access.stage, access.result) = it->second;
    return access;
  }
  if (auto fill = value.getDefiningOp<linalg::FillOp>())
    value = fill.getInputs()[0];
  if (!isa<TensorType>(value.getType())) {
    Access access;
    access.kind = Access::Kind::Scalar;
    access.scalar = value;
    return access;
  }
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument)
    return std::nullopt;
  return memoryAccess(argument.getArgNumber(), buffers[argument.getArgNumber()],
                      map, loops, spec.loops.size());
}

bool KernelReader::readRoot(linalg::LinalgOp op) {
  SmallVector<int64_t> extents = op.getStaticLoopRanges();
  for (auto [extent, type] : llvm::zip(extents, op.getIteratorTypesArray()))
    spec.loops.push_back({extent, type == utils::IteratorType::reduction});
  Stage stage{op, {}, {}, {}};
  for (unsigned loop = 0; loop < extents.size(); ++loop)
    stage.loops.push_back(loop);
  for (OpOperand *operand : op.getDpsInputOperands()) {
    auto access = readOperand(operand->get(),
                              op.getMatchingIndexingMap(operand), stage.loops);
    if (!access)
      return false;
    stage.inputs.push_back(*access);
  }
  for (OpOperand &operand : op.getDpsInitsMutable()) {
    // What is not read may hold anything.
    Access access;
    access.kind = Access::Kind::Scalar;
    if (op.payloadUsesValueFromOperand(&operand)) {
      auto read = readOperand(operand.get(),
                              op.getMatchingIndexingMap(&operand), stage.loops);
      if (!read)
        return false;
      access = *read;
    }
    stage.inits.push_back(access);
  }
  spec.stages.push_back(std::move(stage));
  return true;
}

bool KernelReader::readEpilogue(linalg::LinalgOp op) {
  // Its loops are the root's parallel loops, in the order of the root's
  // result.
  linalg::LinalgOp root = spec.stages[0].op;
  AffineMap rootMap = root.getMatchingIndexingMap(root.getDpsInitOperand(0));
  if (rootMap.getNumResults() != op.getNumLoops())
    return false;
  Stage stage{op, {}, {}, {}};
  for (AffineExpr expr : rootMap.getResults()) {
    auto dim = dyn_cast<AffineDimExpr>(expr);
    if (!dim)
      return false;
    stage.loops.push_back(dim.getPosition());
  }
  for (OpOperand *operand : op.getDpsInputOperands()) {
    auto access = readOperand(operand->get(),
                              op.getMatchingIndexingMap(operand), stage.loops);
    if (!access)
      return false;
    stage.inputs.push_back(*access);
  }
  spec.stages.push_back(std::move(stage));
  return true;
}

std::optional<KernelSpec> KernelReader::read() {
  Block &body = function.getBody().front();
  for (Operation &operation : body.without_terminator()) {
    auto op = dyn_cast<linalg::LinalgOp>(operation);
    if (!op || isa<linalg::FillOp>(operation)) {
      // A fill may be the root itself.
      if (!op || !operation.hasAttr("root"))
        continue;
    }
    if (!(spec.stages.empty() ? readRoot(op) : readEpilogue(op)))
      return std::nullopt;
    rememberResults(op);
    spec.usesIndices |= op.hasIndexSemantics();
  }
  if (spec.stages.empty())
    return std::nullopt;
  Stage &last = spec.stages.back();
  unsigned firstOutput = function.getNumArguments() - last.op->getNumResults();
  for (OpOperand &init : last.op.getDpsInitsMutable()) {
    unsigned argument = firstOutput + spec.outputs.size();
    auto access = memoryAccess(argument, buffers[argument],
                               last.op.getMatchingIndexingMap(&init),
                               last.loops, spec.loops.size());
    if (!access)
      return std::nullopt;
    spec.outputs.push_back(*access);
  }
  return std::move(spec);
}

/// Calls `visit` for every memory access of the kernel.
void forEachAccess(KernelSpec &spec, function_ref<void(Access &)> visit) {
  auto visitAll = [&](std::vector<Access> &accesses) {
    for (Access &access : accesses)
      if (access.kind == Access::Kind::Memory)
        visit(access);
  };
  for (Stage &stage : spec.stages) {
    visitAll(stage.inputs);
    visitAll(stage.inits);
  }
  visitAll(spec.outputs);
}

void removeLoop(KernelSpec &spec, unsigned loop) {
  spec.loops.erase(spec.loops.begin() + loop);
  forEachAccess(spec, [&](Access &access) {
    access.strides.erase(access.strides.begin() + loop);
  });
}

/// Loop `inner` can run over `outer` as well.
bool canJoin(KernelSpec &spec, unsigned outer, unsigned inner) {
  if (spec.loops[outer].reduction != spec.loops[inner].reduction)
    return false;
  bool joins = true;
  forEachAccess(spec, [&](Access &access) {
    joins &= access.strides[outer] ==
             access.strides[inner] * spec.loops[inner].extent;
  });
  return joins;
}

} // namespace

bool isNestOp(linalg::LinalgOp op) {
  if (!op.hasPureTensorSemantics() || op->getNumResults() == 0)
    return false;
  for (OpOperand &operand : op->getOpOperands()) {
    Type type = operand.get().getType();
    auto tensor = dyn_cast<RankedTensorType>(type);
    if (tensor && !tensor.hasStaticShape())
      return false;
    if (!isVectorElement(getElementTypeOrSelf(type)))
      return false;
  }
  SmallVector<int64_t> extents = op.getStaticLoopRanges();
  if (llvm::any_of(extents, [](int64_t extent) { return extent <= 0; }))
    return false;
  // Each result is written once, by the parallel loops.
  unsigned numParallel = op.getNumParallelLoops();
  if (numParallel + op.getNumReductionLoops() != op.getNumLoops())
    return false;
  for (OpOperand &init : op.getDpsInitsMutable()) {
    AffineMap map = op.getMatchingIndexingMap(&init);
    if (!map.isProjectedPermutation() || map.getNumResults() != numParallel)
      return false;
  }
  return llvm::all_of(op.getIndexingMapsArray(), isLinear) &&
         isVectorPayload(*op.getBlock());
}

bool isMultiplyAdd(linalg::LinalgOp op) {
  Block &body = *op.getBlock();
  if (op.getNumReductionLoops() == 0 || body.getNumArguments() != 3 ||
      body.getOperations().size() != 3)
    return false;
  auto add = body.getTerminator()->getOperand(0).getDefiningOp<arith::AddFOp>();
  auto product = dyn_cast<arith::MulFOp>(body.front());
  if (!add || !product)
    return false;
  auto areBoth = [](Operation *operation, Value a, Value b) {
    Value lhs = operation->getOperand(0), rhs = operation->getOperand(1);
    return (lhs == a && rhs == b) || (lhs == b && rhs == a);
  };
  return areBoth(product, body.getArgument(0), body.getArgument(1)) &&
         areBoth(add, product, body.getArgument(2));
}

std::optional<KernelSpec> readKernel(func::FuncOp function,
                                     ArrayRef<Type> buffers) {
  return KernelReader(function, buffers).read();
}

void simplifyLoops(KernelSpec &spec) {
  if (spec.usesIndices)
    return;
  for (unsigned loop = spec.loops.size(); loop-- > 0;)
    if (spec.loops[loop].extent == 1)
      removeLoop(spec, loop);
  bool changed = true;
  while (changed) {
    changed = false;
    for (unsigned outer = 0; outer < spec.loops.size() && !changed; ++outer)
      for (unsigned inner = 0; inner < spec.loops.size() && !changed; ++inner) {
        if (inner == outer || !canJoin(spec, outer, inner))
          continue;
        spec.loops[inner].extent *= spec.loops[outer].extent;
        removeLoop(spec, outer);
        changed = true;
      }
  }
}

} // namespace firn::jit
