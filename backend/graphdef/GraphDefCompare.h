// Whether two GraphDefs say the same, however they spell it.
#ifndef FIRN_BACKEND_GRAPHDEF_GRAPHDEFCOMPARE_H
#define FIRN_BACKEND_GRAPHDEF_GRAPHDEFCOMPARE_H

#include "proto/graph.pb.h"

#include <optional>
#include <string>

namespace firn {

/// The first difference as `node 'x': field: this, that`, or nothing. These are
/// no differences: an attribute that is absent and one with the op's default;
/// `x` and `x:0`; the encodings of a tensor; names of dimensions; fields that
/// this version of the messages does not have. Changes its arguments to one
/// spelling.
std::optional<std::string> findDifference(tf::GraphDef &a, tf::GraphDef &b);

} // namespace firn

#endif // FIRN_BACKEND_GRAPHDEF_GRAPHDEFCOMPARE_H
