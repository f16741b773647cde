// Which variables the signatures of a model write.
#ifndef FIRN_API_WRITTENVARIABLES_H
#define FIRN_API_WRITTENVARIABLES_H

#include "mlir/IR/BuiltinOps.h"

#include <string>
#include <vector>

namespace firn {

/// The variables that a signature writes, or whose reference it
/// gives away: they are no constants in any graph of the model. What only
/// initialises and restores the model (`__saved_model_init_op`) does not count.
/// The module stays as it is.
std::vector<std::string> findWrittenVariables(mlir::ModuleOp module);

} // namespace firn

#endif // FIRN_API_WRITTENVARIABLES_H
