// The forms in which a graph is written.
#ifndef FIRN_API_MODELFORMAT_H
#define FIRN_API_MODELFORMAT_H

#include "absl/status/statusor.h"

#include <string>

namespace firn {

enum class ModelFormat {
  Auto,       // by the name: .pbtxt, .mlir, .mlirbc, a folder; else Binary
  Binary,     // GraphDef
  Text,       // GraphDef as text
  SavedModel, // a folder with saved_model.pb
  Mlir,       // the IR as text
  Bytecode,   // the IR as MLIR's bytecode
};

/// The format of that name: auto, binary, text, saved_model, mlir, bytecode.
absl::StatusOr<ModelFormat> parseModelFormat(const std::string &name);

/// What Auto means for a file or folder of this name.
ModelFormat formatOfPath(const std::string &path);

} // namespace firn

#endif // FIRN_API_MODELFORMAT_H
