//===- TFGSpectralOps.h - Fourier transforms and spectra ------------------===//

#ifndef FIRN_IR_TFGSPECTRALOPS_H
#define FIRN_IR_TFGSPECTRALOPS_H

#include "ir/TFGOps.h"

#define GET_OP_CLASSES
#include "ir/TFGSpectralOps.h.inc"

#endif // FIRN_IR_TFGSPECTRALOPS_H
