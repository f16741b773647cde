// tf.Examples as people type them: saved_model_cli's --input_examples.
#ifndef FIRN_API_EXAMPLEINPUT_H
#define FIRN_API_EXAMPLEINPUT_H

#include "backend/runtime/Tensor.h"

#include "absl/status/statusor.h"

#include <string_view>

namespace firn {

/// A list of examples, each a dictionary from features to lists of values of
/// one type:
///
///   [{"age": [22.0, 24.0], "education": ["BS", "MS"]}, {"age": [30.5]}]
///
/// as a tensor of serialised tf.Examples. Text in either kind of quotes becomes
/// bytes, numbers with a point or an exponent floats, and so do all behind one;
/// others int64. Nothing is evaluated.
absl::StatusOr<Tensor> parseExamples(std::string_view text);

} // namespace firn

#endif // FIRN_API_EXAMPLEINPUT_H
