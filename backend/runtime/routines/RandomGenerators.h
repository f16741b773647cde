// Where random numbers come from: the seeds of a node, a seed operand, or key
// and counter.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_RANDOMGENERATORS_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_RANDOMGENERATORS_H

#include "backend/runtime/Routine.h"
#include "backend/runtime/routines/Philox.h"

namespace firn::runtime {

/// Two 32-bit numbers as one.
inline uint64_t joined(uint32_t low, uint32_t high) {
  return low | uint64_t(high) << 32;
}

/// The generator of the node, which continues where the last call ended:
/// `blocks` further on.
absl::StatusOr<Philox> nodeGenerator(RoutineCall &call, uint64_t blocks);

/// Key and counter of a seed of two integers, mixed by the generator itself.
absl::StatusOr<std::array<uint64_t, 3>> mixSeed(const RoutineCall &call,
                                                size_t index);

/// Operand `index` is the seed.
absl::StatusOr<Philox> seedGenerator(const RoutineCall &call, size_t index);

/// Operands 1 to 3 are key, counter and algorithm.
absl::StatusOr<Philox> keyGenerator(const RoutineCall &call);

/// Numbers that one output may take where how many it takes depends on them.
inline constexpr uint64_t kBlocksPerOutput = 256;

enum class Source { Node, Seed, Key };

template <Source source>
absl::StatusOr<Philox> generatorFor(RoutineCall &call, int64_t outputs) {
  if constexpr (source == Source::Node)
    return nodeGenerator(call,
                         static_cast<uint64_t>(outputs) * kBlocksPerOutput);
  else if constexpr (source == Source::Seed)
    return seedGenerator(call, 1);
  else
    return keyGenerator(call);
}

/// Operand 0 as the shape of the result.
absl::StatusOr<Shape> readRandomShape(const RoutineCall &call);

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_RANDOMGENERATORS_H
