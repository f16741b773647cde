// See Profile.h.
#include "backend/jit/Profile.h"

#include "backend/jit/ElementBytes.h"
#include "backend/jit/JitDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

#include "llvm/Support/MathExtras.h"

#include "absl/strings/str_cat.h"

using namespace mlir;

namespace firn::jit {

namespace {

bool takesTime(Operation &op) {
  return isa<LaunchOp, CallOp, TakeOp, linalg::LinalgOp, memref::CopyOp,
             scf::ForOp, scf::IfOp, scf::WhileOp, scf::IndexSwitchOp>(op);
}

std::string nodeOf(Operation &op) {
  if (auto name = op.getLoc()->findInstanceOf<NameLoc>())
    return name.getName().str();
  return "";
}

int64_t bytesOfOperands(Operation &op) {
  int64_t bytes = 0;
  for (Value operand : op.getOperands())
    if (auto type = dyn_cast<MemRefType>(operand.getType());
        type && type.hasStaticShape())
      bytes += type.getNumElements() * elementBytes(type.getElementType());
  return bytes;
}

std::string summaryOf(Operation &op) {
  if (auto call = dyn_cast<CallOp>(op))
    return absl::StrCat("routine ", call.getRoutine().str());
  if (auto text = op.getAttrOfType<StringAttr>(kSummaryAttr))
    return text.str();
  return op.getName().getStringRef().str();
}

std::string summarizeLoops(const KernelSpec &spec) {
  linalg::LinalgOp root = spec.stages[0].op;
  std::string text = root->getName().stripDialect().str();
  if (spec.stages.size() > 1)
    absl::StrAppend(&text, "+", spec.stages.size() - 1);
  std::string parallel, reduced;
  for (const Loop &loop : spec.loops) {
    std::string &list = loop.reduction ? reduced : parallel;
    absl::StrAppend(&list, list.empty() ? "" : "x", loop.extent);
  }
  absl::StrAppend(&text, " ", parallel);
  if (!reduced.empty())
    absl::StrAppend(&text, "[", reduced, "]");
  return text;
}

} // namespace

namespace {
/// The product, or the largest number.
int64_t multiply(int64_t a, int64_t b) {
  int64_t product = 0;
  return llvm::MulOverflow(a, b, product) ? INT64_MAX : product;
}

/// Marks the ops of `block`, which runs `times` times in a call.
void markBlock(Block &block, int64_t times, std::vector<ProfiledOp> &result) {
  for (Operation &op : llvm::make_early_inc_range(block)) {
    if (!takesTime(op))
      continue;
    if (auto loop = dyn_cast<scf::ForOp>(op))
      if (std::optional<APInt> trips = loop.getStaticTripCount()) {
        markBlock(*loop.getBody(), multiply(times, trips->getSExtValue()),
                  result);
        continue;
      }
    ProfiledOp entry;
    entry.node = nodeOf(op);
    entry.summary = summaryOf(op);
    if (times > 1)
      absl::StrAppend(&entry.summary, " times ", times);
    if (auto count = op.getAttrOfType<IntegerAttr>(kOperationsAttr))
      entry.operations = multiply(times, count.getInt());
    entry.bytes = multiply(times, bytesOfOperands(op));
    OpBuilder b(op.getContext());
    b.setInsertionPointAfter(&op);
    MarkOp::create(b, op.getLoc(), int64_t(result.size()));
    result.push_back(std::move(entry));
  }
}
} // namespace

std::vector<ProfiledOp> markOps(func::FuncOp main) {
  std::vector<ProfiledOp> result;
  markBlock(main.getBody().front(), 1, result);
  return result;
}

std::string summarize(const KernelSpec &spec, const Tiling &tiling) {
  return absl::StrCat(summarizeLoops(spec), " tile ", tiling.rows, "x",
                      tiling.vectors, "v", tiling.lanes,
                      tiling.reducesLanes ? " across" : "");
}

std::string summarize(const KernelSpec &spec, const WinogradPlan &plan) {
  return absl::StrCat(summarizeLoops(spec), " winograd ", plan.m, "x", plan.m,
                      " tile ", plan.rows, "x", plan.vectors, "v", plan.lanes);
}

int64_t countOperations(const KernelSpec &spec) {
  // Extents of a kernel that never gets its memory may be of any size.
  uint64_t all = 1, outer = 1, count = 0;
  for (const Loop &loop : spec.loops) {
    all = llvm::SaturatingMultiply<uint64_t>(all, loop.extent);
    if (!loop.reduction)
      outer = llvm::SaturatingMultiply<uint64_t>(outer, loop.extent);
  }
  for (auto [number, stage] : llvm::enumerate(spec.stages)) {
    linalg::LinalgOp op = stage.op;
    for (Operation &inner : op.getBlock()->without_terminator())
      if (!isa<arith::ConstantOp, linalg::IndexOp>(inner))
        count = llvm::SaturatingAdd(count, number == 0 ? all : outer);
  }
  return static_cast<int64_t>(std::min<uint64_t>(count, INT64_MAX));
}

} // namespace firn::jit
