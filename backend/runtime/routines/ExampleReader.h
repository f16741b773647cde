// A reader of serialized tf.Example messages: the wire format of protobuf, of
// which only what this message needs. Every length is checked against what is
// left; unknown fields are skipped; nothing is copied.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_EXAMPLEREADER_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_EXAMPLEREADER_H

#include "absl/status/status.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace firn::runtime {

/// A feature: what its list holds, and the list as it is serialized.
struct FeatureView {
  enum Kind { None = 0, Bytes = 1, Float = 2, Int64 = 3 };
  Kind kind = None;
  std::string_view list;
};

/// The features of an example by their keys, which lie in its bytes.
using ExampleView = std::unordered_map<std::string_view, FeatureView>;

/// Replaces `example` by the features of the message. A key that is there
/// twice counts as it is last.
absl::Status readExample(std::string_view message, ExampleView &example);

/// Append the elements of a feature's list; of a list of another kind none.
absl::Status readValues(const FeatureView &feature,
                        std::vector<std::string_view> &values);
absl::Status readValues(const FeatureView &feature, std::vector<float> &values);
absl::Status readValues(const FeatureView &feature,
                        std::vector<int64_t> &values);

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_EXAMPLEREADER_H
