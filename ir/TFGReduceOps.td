//===- TFGReduceOps.td - reductions and arg reductions -===//

#ifndef FIRN_IR_TFGREDUCEOPS_TD
#define FIRN_IR_TFGREDUCEOPS_TD

include "ir/TFGBase.td"

#endif // FIRN_IR_TFGREDUCEOPS_TD
