// A graph cut in two where shapes become known only while it runs.
//
// Most code is compiled for static shapes. What cannot be compiled with unknown
// dimensions is cut: the first stage computes everything whose shape is known
// and, of what is not, the values that decide it:
//
//   %n = reduce …                      |  stage 1: %n, and %i = Where(%mask),
//   %r = Range(0, %n, 1)               |  whose shape its routine decides
//   %s = Gather(%x, %i); …             |  stage 2: the rest, compiled for the
//                                      |  shape of %i and the value of %n
//
// The second stage is compiled when its shapes are met for the first time.
#ifndef FIRN_API_GRAPHSTAGES_H
#define FIRN_API_GRAPHSTAGES_H

#include "ir/TFGOps.h"

#include <optional>
#include <vector>

namespace firn {

/// Two graphs in place of one.
struct GraphStages {
  /// Where an input of the second stage comes from.
  struct Input {
    /// An input of the original graph, or an output of the first stage.
    bool fromFirst;
    size_t index;
    /// The second stage is compiled for its value, not its shape alone.
    bool byValue;
  };

  mlir::OwningOpRef<mlir::ModuleOp> first;
  mlir::OwningOpRef<mlir::ModuleOp> second;
  std::vector<Input> inputs;
};

/// Cuts the graph of `module`, a graph after the compile pipeline, which stays
/// as it is. Nothing if neither an input of any size nor a value of known shape
/// decides an unknown one.
std::optional<GraphStages> splitAtUnknownShapes(mlir::ModuleOp module);

} // namespace firn

#endif // FIRN_API_GRAPHSTAGES_H
