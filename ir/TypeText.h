//===- TypeText.h - types in the words of who has the model ---------------===//

#ifndef FIRN_IR_TYPETEXT_H
#define FIRN_IR_TYPETEXT_H

#include "mlir/IR/Types.h"

#include <string>

namespace firn::tfg {

/// `float [2,?]`, `string of any shape`, `int32`: TensorFlow's name of the
/// element type, and the shape. Other types as MLIR prints them.
std::string describeType(mlir::Type type);

} // namespace firn::tfg

#endif // FIRN_IR_TYPETEXT_H
