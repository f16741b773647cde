//===- TFGFunctionalOps.td - calls and functional control flow -===//

#ifndef FIRN_IR_TFGFUNCTIONALOPS_TD
#define FIRN_IR_TFGFUNCTIONALOPS_TD

include "ir/TFGBase.td"

#endif // FIRN_IR_TFGFUNCTIONALOPS_TD
