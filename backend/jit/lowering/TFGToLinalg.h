//===- TFGToLinalg.h - a lowerable graph becomes one function of linalg
//----===//
//
// The border between the tfg dialect and native code. In front of it stands a
// tfg.graph with a tfg.fetch; behind it `func.func @main` over tensors of
// signless elements, with arith, complex, linalg, math, scf, tensor, cf.assert.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_BACKEND_JIT_LOWERING_TFGTOLINALG_H
#define FIRN_BACKEND_JIT_LOWERING_TFGTOLINALG_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Transforms/DialectConversion.h"

namespace firn {

/// Element types as native code has them: unsigned and quantised integers
/// become signless, bool stays i1; floats and complex numbers stay; strings
/// become 64-bit pointers. There is no conversion of handles and references,
/// nor of unranked tensors.
class LoweringTypeConverter : public mlir::TypeConverter {
public:
  LoweringTypeConverter();
};

/// Replaces the module's graph by `func.func @main`: one argument per
/// Placeholder with a `tfg.feed_index`, in that order, and one result per
/// tensor of the `tfg.fetch`. Nodes that the fetch does not need are dropped,
/// as are all other tfg ops of the module. What cannot be lowered is reported
/// in one error that contains "unsupported op" and lists the ops and nodes.
llvm::LogicalResult lowerToLinalg(mlir::ModuleOp module);

/// Whether there is a pattern or a routine for every node of the module's
/// graph but those that are taken apart before, once their shapes are known. It
/// may still refuse a node, for a type or an unknown shape.
bool hasLoweringForAll(
    mlir::ModuleOp module,
    llvm::function_ref<bool(mlir::Operation *)> isTakenApart);

/// Adds the pass --tfg-to-linalg.
void registerTFGToLinalgPass();

} // namespace firn

#endif // FIRN_BACKEND_JIT_LOWERING_TFGTOLINALG_H
