//===- TFGDataFormatOps.cpp - dimensions between data formats -------------===//

#include "ir/TFGDataFormatOps.h"

using namespace mlir;
using namespace firn::tfg;

#define GET_OP_CLASSES
#include "ir/TFGDataFormatOps.cpp.inc"
