//===- Passes.h - the passes over tfg modules -----------------------------===//
//
// Constructors and registration of the passes that Passes.td describes. The
// pipelines made of them: passes/Pipelines.h.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_PASSES_H
#define FIRN_PASSES_PASSES_H

#include "ir/TFGOps.h"
#include "mlir/Pass/Pass.h"

namespace firn::tfg {

#define GEN_PASS_DECL
#include "passes/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "passes/Passes.h.inc"

} // namespace firn::tfg

#endif // FIRN_PASSES_PASSES_H
