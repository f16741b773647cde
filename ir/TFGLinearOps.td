//===- TFGLinearOps.td - matrix products -===//

#ifndef FIRN_IR_TFGLINEAROPS_TD
#define FIRN_IR_TFGLINEAROPS_TD

include "ir/TFGBase.td"

#endif // FIRN_IR_TFGLINEAROPS_TD
