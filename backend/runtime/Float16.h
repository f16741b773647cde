// half and bfloat16 for routines: 16 bits of storage that convert to float and
// back, rounding to nearest, ties to even.
#ifndef FIRN_BACKEND_RUNTIME_FLOAT16_H
#define FIRN_BACKEND_RUNTIME_FLOAT16_H

#include <bit>
#include <cstdint>

namespace firn::runtime {

/// IEEE half precision.
class Half {
public:
  Half() = default;
  Half(float value) : value(static_cast<_Float16>(value)) {}
  operator float() const { return static_cast<float>(value); }

private:
  _Float16 value;
};

/// The upper half of a float.
class BFloat16 {
public:
  BFloat16() = default;
  BFloat16(float value) {
    auto wide = std::bit_cast<uint32_t>(value);
    if (value != value)
      bits = static_cast<uint16_t>((wide >> 16) | 0x40);
    else
      bits = static_cast<uint16_t>((wide + 0x7fff + ((wide >> 16) & 1)) >> 16);
  }
  operator float() const {
    return std::bit_cast<float>(static_cast<uint32_t>(bits) << 16);
  }

private:
  uint16_t bits;
};

static_assert(sizeof(Half) == 2 && sizeof(BFloat16) == 2);

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_FLOAT16_H
