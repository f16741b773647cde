//===- TFGDialect.h - the tfg dialect -------------------------------------===//
//
// The dialect class, its types and attributes. Op families: ir/TFGOps.h.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGDIALECT_H
#define FIRN_IR_TFGDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributeInterfaces.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"

#include "ir/TFGDialect.h.inc"

#define GET_TYPEDEF_CLASSES
#include "ir/TFGTypes.h.inc"

#define GET_ATTRDEF_CLASSES
#include "ir/TFGAttrs.h.inc"

#endif // FIRN_IR_TFGDIALECT_H
