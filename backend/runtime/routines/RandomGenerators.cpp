// Where random numbers come from.
#include "backend/runtime/routines/RandomGenerators.h"

#include "backend/runtime/routines/Checks.h"

#include <mutex>
#include <random>

namespace firn::runtime {
namespace {

struct NodeState {
  std::mutex mutex;
  Philox generator;
};

} // namespace

absl::StatusOr<Philox> nodeGenerator(RoutineCall &call, uint64_t blocks) {
  auto state = call.state<NodeState>(
      [&]() -> absl::StatusOr<std::shared_ptr<NodeState>> {
        auto made = std::make_shared<NodeState>();
        auto seed = static_cast<uint64_t>(call.attributes().getInt("seed"));
        auto seed2 = static_cast<uint64_t>(call.attributes().getInt("seed2"));
        if (seed == 0 && seed2 == 0) {
          std::random_device device;
          seed = joined(device(), device());
          seed2 = joined(device(), device());
        }
        made->generator = Philox(seed, seed2);
        return made;
      });
  if (!state.ok())
    return state.status();
  std::lock_guard<std::mutex> lock((*state)->mutex);
  Philox generator = (*state)->generator;
  (*state)->generator.skip(blocks);
  return generator;
}

absl::StatusOr<std::array<uint64_t, 3>> mixSeed(const RoutineCall &call,
                                                size_t index) {
  if (call.numElements(index) != 2)
    return invalid("expects a seed of two integers, but got shape ",
                   shapeText(call, index));
  std::vector<int64_t> seed = call.integers(index);
  auto first = static_cast<uint64_t>(seed[0]),
       second = static_cast<uint64_t>(seed[1]);
  Philox::Block mixed = Philox(
      {static_cast<uint32_t>(first), static_cast<uint32_t>(first >> 32),
       static_cast<uint32_t>(second), static_cast<uint32_t>(second >> 32)},
      {0x3ec8f720, 0x02461e29})();
  return std::array<uint64_t, 3>{joined(mixed[0], mixed[1]), 0,
                                 joined(mixed[2], mixed[3])};
}

static Philox generatorOf(uint64_t key, uint64_t low, uint64_t high) {
  return Philox({static_cast<uint32_t>(low), static_cast<uint32_t>(low >> 32),
                 static_cast<uint32_t>(high),
                 static_cast<uint32_t>(high >> 32)},
                {static_cast<uint32_t>(key), static_cast<uint32_t>(key >> 32)});
}

absl::StatusOr<Philox> seedGenerator(const RoutineCall &call, size_t index) {
  auto mixed = mixSeed(call, index);
  if (!mixed.ok())
    return mixed.status();
  return generatorOf((*mixed)[0], (*mixed)[1], (*mixed)[2]);
}

absl::StatusOr<Philox> keyGenerator(const RoutineCall &call) {
  absl::StatusOr<int64_t> algorithm = oneInteger(call, 3, "algorithm");
  if (!algorithm.ok())
    return algorithm.status();
  if (*algorithm != 1 && *algorithm != 3)
    return absl::UnimplementedError(
        absl::StrCat("unsupported op: random numbers by algorithm ", *algorithm,
                     " (only Philox, 1)"));
  if (call.numElements(1) < 1 || call.numElements(2) < 2)
    return invalid("expects a key of one and a counter of two numbers, but got "
                   "shapes ",
                   shapeText(call, 1), " and ", shapeText(call, 2));
  std::span<const uint64_t> counter = call.values<uint64_t>(2);
  return generatorOf(call.values<uint64_t>(1)[0], counter[0], counter[1]);
}

absl::StatusOr<Shape> readRandomShape(const RoutineCall &call) {
  Shape shape = call.integers(0);
  if (call.input(0).rank != 1 || !numElements(shape))
    return invalid("expects a shape, but got ", shapeToString(shape));
  return shape;
}

} // namespace firn::runtime
