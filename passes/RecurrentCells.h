//===- RecurrentCells.h - which nodes are cells of recurrent networks -----===//
//
// What tfg-decompose-recurrent-cells takes apart, given shapes.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_RECURRENTCELLS_H
#define FIRN_PASSES_RECURRENTCELLS_H

#include "mlir/IR/Operation.h"

namespace firn::tfg {

bool isRecurrentCell(mlir::Operation *op);

} // namespace firn::tfg

#endif // FIRN_PASSES_RECURRENTCELLS_H
