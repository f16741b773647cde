// Writes a checkpoint of format V2 (the tensor bundle): PREFIX.index and one
// shard, PREFIX.data-00000-of-00001.
#ifndef FIRN_BACKEND_GRAPHDEF_CHECKPOINTFILE_H
#define FIRN_BACKEND_GRAPHDEF_CHECKPOINTFILE_H

#include "absl/status/status.h"
#include "mlir/IR/BuiltinAttributeInterfaces.h"
#include "llvm/ADT/ArrayRef.h"

#include <string>

namespace firn {

struct CheckpointValue {
  std::string key;
  mlir::ElementsAttr value;
};

/// Keys differ. Values go from where they are into the file, without a copy of
/// the whole. Each of the two files appears whole or not at all, the index
/// last.
absl::Status writeCheckpoint(const std::string &prefix,
                             llvm::ArrayRef<CheckpointValue> values);

} // namespace firn

#endif // FIRN_BACKEND_GRAPHDEF_CHECKPOINTFILE_H
