//===- TFGQuantizedOps.h - quantized numbers ------------------------------===//

#ifndef FIRN_IR_TFGQUANTIZEDOPS_H
#define FIRN_IR_TFGQUANTIZEDOPS_H

#include "ir/TFGOps.h"
#include "ir/TensorKinds.h"

#define GET_OP_CLASSES
#include "ir/TFGQuantizedOps.h.inc"

#endif // FIRN_IR_TFGQUANTIZEDOPS_H
