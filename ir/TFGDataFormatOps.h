//===- TFGDataFormatOps.h - dimensions between data formats ---------------===//

#ifndef FIRN_IR_TFGDATAFORMATOPS_H
#define FIRN_IR_TFGDATAFORMATOPS_H

#include "ir/TFGOps.h"
#include "ir/TensorKinds.h"

#define GET_OP_CLASSES
#include "ir/TFGDataFormatOps.h.inc"

#endif // FIRN_IR_TFGDATAFORMATOPS_H
