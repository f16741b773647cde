// TensorFlow's random numbers: the Philox 4x32-10 counter-based generator
// (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3") and the
// distributions made of it, bit for bit.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_PHILOX_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_PHILOX_H

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace firn::runtime {

class Philox {
public:
  using Block = std::array<uint32_t, 4>;
  using Key = std::array<uint32_t, 2>;

  Philox() = default;
  Philox(const Block &counter, const Key &key) : counter(counter), key(key) {}
  /// The generator of a node with these two seeds.
  Philox(uint64_t seed, uint64_t seed2)
      : counter{0, 0, static_cast<uint32_t>(seed2),
                static_cast<uint32_t>(seed2 >> 32)},
        key{static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)} {}

  /// The next 128 bits.
  Block operator()() {
    Block block = counter;
    Key roundKey = key;
    for (int round = 0; round < 10; ++round) {
      uint64_t first = uint64_t(0xD2511F53) * block[0];
      uint64_t second = uint64_t(0xCD9E8D57) * block[2];
      block = {static_cast<uint32_t>(second >> 32) ^ block[1] ^ roundKey[0],
               static_cast<uint32_t>(second),
               static_cast<uint32_t>(first >> 32) ^ block[3] ^ roundKey[1],
               static_cast<uint32_t>(first)};
      roundKey[0] += 0x9E3779B9;
      roundKey[1] += 0xBB67AE85;
    }
    skip(1);
    return block;
  }

  /// Leaves out `count` blocks.
  void skip(uint64_t count) {
    uint64_t low = counter[0] | uint64_t(counter[1]) << 32;
    uint64_t high = counter[2] | uint64_t(counter[3]) << 32;
    low += count;
    high += low < count;
    counter = {static_cast<uint32_t>(low), static_cast<uint32_t>(low >> 32),
               static_cast<uint32_t>(high), static_cast<uint32_t>(high >> 32)};
  }

private:
  Block counter = {};
  Key key = {};
};

/// The 32-bit numbers of a generator one by one.
class PhiloxNumbers {
public:
  explicit PhiloxNumbers(const Philox &generator) : generator(generator) {}
  uint32_t operator()() {
    if (used == 4) {
      block = generator();
      used = 0;
    }
    return block[used++];
  }

private:
  Philox generator;
  Philox::Block block = {};
  size_t used = 4;
};

// Uniform in [0, 1): the bits become the mantissa of a number in [1, 2).
inline float uniformFloat(uint32_t bits) {
  return std::bit_cast<float>(uint32_t(127) << 23 | (bits & 0x7fffff)) - 1.0f;
}
inline double uniformDouble(uint32_t high, uint32_t low) {
  return std::bit_cast<double>(uint64_t(1023) << 52 |
                               uint64_t(high & 0xfffff) << 32 | low) -
         1.0;
}

/// Box and Muller: two normal numbers of two uniform ones.
inline std::array<float, 2> normalFloats(uint32_t first, uint32_t second) {
  float radius = std::fmax(uniformFloat(first), 1e-7f);
  auto angle = static_cast<float>(2 * std::numbers::pi * uniformFloat(second));
  float scale = std::sqrt(-2.0f * std::log(radius));
  return {std::sin(angle) * scale, std::cos(angle) * scale};
}
inline std::array<double, 2> normalDoubles(uint32_t a, uint32_t b, uint32_t c,
                                           uint32_t d) {
  double radius = std::fmax(uniformDouble(a, b), 1e-7);
  double angle = 2 * std::numbers::pi * uniformDouble(c, d);
  double scale = std::sqrt(-2.0 * std::log(radius));
  return {std::sin(angle) * scale, std::cos(angle) * scale};
}

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_PHILOX_H
