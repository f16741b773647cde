//===- TFGStateOps.td - variables, save and restore -===//

#ifndef FIRN_IR_TFGSTATEOPS_TD
#define FIRN_IR_TFGSTATEOPS_TD

include "ir/TFGBase.td"

#endif // FIRN_IR_TFGSTATEOPS_TD
