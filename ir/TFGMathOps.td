//===- TFGMathOps.td - elementwise arithmetic, comparisons, activations, casts -===//

#ifndef FIRN_IR_TFGMATHOPS_TD
#define FIRN_IR_TFGMATHOPS_TD

include "ir/TFGBase.td"

#endif // FIRN_IR_TFGMATHOPS_TD
