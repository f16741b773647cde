// Inputs for `bench` when none are given.
#ifndef FIRN_TOOLS_FIRN_RANDOMINPUT_H
#define FIRN_TOOLS_FIRN_RANDOMINPUT_H

#include "api/Model.h"

namespace firn::cli {

/// A tensor for the input, the same in every call: numbers in [0, 1), integers
/// 0 and 1. An unknown first dimension becomes 1; fails if another one is
/// unknown.
absl::StatusOr<Tensor> randomInput(const TensorInfo &input);

} // namespace firn::cli

#endif // FIRN_TOOLS_FIRN_RANDOMINPUT_H
