// The bytes of a node whose large constant is written from where it lies.
#ifndef FIRN_BACKEND_GRAPHDEF_NODEBYTES_H
#define FIRN_BACKEND_GRAPHDEF_NODEBYTES_H

#include "proto/graph.pb.h"
#include "llvm/ADT/ArrayRef.h"

#include <string>

namespace firn {

/// A serialised NodeDef in three parts: `content` is not copied.
struct NodeBytes {
  std::string before;
  llvm::ArrayRef<char> content;
  std::string after;

  size_t size() const { return before.size() + content.size() + after.size(); }
};

/// Serialises `node` (and empties it) as if `content`, unless empty, were the
/// `tensor_content` of the tensor in its attribute `value`.
NodeBytes serializeNode(tf::NodeDef &node, llvm::ArrayRef<char> content);

} // namespace firn

#endif // FIRN_BACKEND_GRAPHDEF_NODEBYTES_H
