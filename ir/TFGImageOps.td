//===- TFGImageOps.td - resizing and colour -===//

#ifndef FIRN_IR_TFGIMAGEOPS_TD
#define FIRN_IR_TFGIMAGEOPS_TD

include "ir/TFGBase.td"

#endif // FIRN_IR_TFGIMAGEOPS_TD
