// FunctionDef → tfg.func.
#ifndef FIRN_FRONTEND_FUNCTIONIMPORTER_H
#define FIRN_FRONTEND_FUNCTIONIMPORTER_H

#include "frontend/BodyImporter.h"

namespace firn {

/// Imports one function of the library at the builder's place and empties it
/// (but for its signature). Its name is not empty and unique. Errors name the
/// function.
absl::Status importFunction(tf::FunctionDef &function, ImportContext &shared,
                            mlir::OpBuilder &builder);

} // namespace firn

#endif // FIRN_FRONTEND_FUNCTIONIMPORTER_H
