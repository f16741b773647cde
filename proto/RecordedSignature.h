// A GraphDef has no place for a signature, so a frozen graph would forget what
// its inputs and outputs are called, and an output that another node consumes
// could not be told from a node in between. The names are kept in attributes of
// the nodes themselves. TensorFlow passes over attributes that start with `_`.
//
//   input node:   _signature = "serving_default"  _signature_inputs  =
//   ["image"] output node:  _signature = "serving_default"  _signature_outputs
//   = ["0:scores"]
#ifndef FIRN_PROTO_RECORDEDSIGNATURE_H
#define FIRN_PROTO_RECORDEDSIGNATURE_H

#include "proto/graph.pb.h"
#include "proto/meta_graph.pb.h"

#include <cstdint>
#include <optional>
#include <string>

namespace firn {

/// Removes what was recorded on the node before.
void clearRecord(tf::NodeDef &node);
/// Records the node's output 0 as an input of the signature.
void recordInput(tf::NodeDef &node, const std::string &signature,
                 const std::string &key);
/// Records one of the node's outputs as an output of the signature.
void recordOutput(tf::NodeDef &node, const std::string &signature,
                  const std::string &key, uint32_t port);

/// What is recorded in a graph; entries that make no sense are passed over.
struct RecordedSignature {
  std::string key;
  tf::SignatureDef signature;
};
std::optional<RecordedSignature> readRecord(const tf::GraphDef &graph);

} // namespace firn

#endif // FIRN_PROTO_RECORDEDSIGNATURE_H
