//===- TFGNNOps.td - convolution, pooling, normalisation -===//

#ifndef FIRN_IR_TFGNNOPS_TD
#define FIRN_IR_TFGNNOPS_TD

include "ir/TFGBase.td"

#endif // FIRN_IR_TFGNNOPS_TD
