// See Fourier.h.
#include "backend/runtime/routines/Fourier.h"

#include <algorithm>
#include <numbers>

namespace firn::runtime {

/// exp(-2πi part / whole).
static Fourier::Complex root(size_t part, size_t whole) {
  double angle = 2 * std::numbers::pi * static_cast<double>(part) /
                 static_cast<double>(whole);
  return {std::cos(angle), -std::sin(angle)};
}

static constexpr size_t kLargestFactor = 61;

Fourier::Fourier(size_t size) : length(size), buffer(size) {
  size_t rest = size;
  for (size_t factor : {4, 2, 3})
    for (; rest % factor == 0; rest /= factor)
      factors.push_back(factor);
  for (size_t factor = 5; rest > 1 && factor <= kLargestFactor; factor += 2)
    for (; rest % factor == 0; rest /= factor)
      factors.push_back(factor);
  if (rest == 1) {
    for (size_t j = 0; j < size; ++j)
      roots.push_back(root(j, size));
    return;
  }
  size_t padded = 1;
  while (padded < 2 * size - 1)
    padded *= 2;
  longer = std::make_unique<Fourier>(padded);
  for (size_t j = 0; j < size; ++j)
    chirp.push_back(root(j * j % (2 * size), 2 * size));
  chirpTransform.assign(padded, 0);
  for (size_t j = 0; j < size; ++j) {
    chirpTransform[j] = std::conj(chirp[j]);
    if (j)
      chirpTransform[padded - j] = std::conj(chirp[j]);
  }
  longer->forward(chirpTransform.data());
  buffer.resize(padded);
}

void Fourier::step(const Complex *in, size_t stride, Complex *out, size_t count,
                   size_t factor) const {
  if (count == 1) {
    out[0] = in[0];
    return;
  }
  size_t radix = factors[factor], part = count / radix;
  for (size_t r = 0; r < radix; ++r)
    step(in + r * stride, stride * radix, out + r * part, part, factor + 1);
  Complex terms[kLargestFactor];
  for (size_t k = 0; k < part; ++k) {
    for (size_t r = 0; r < radix; ++r)
      terms[r] = out[r * part + k] * roots[r * k * stride];
    if (radix == 2) {
      out[k] = terms[0] + terms[1];
      out[part + k] = terms[0] - terms[1];
      continue;
    }
    if (radix == 4) {
      Complex even = terms[0] + terms[2], odd = terms[1] + terms[3];
      Complex low = terms[0] - terms[2], high = terms[1] - terms[3];
      Complex turned(high.imag(), -high.real());
      out[k] = even + odd;
      out[part + k] = low + turned;
      out[2 * part + k] = even - odd;
      out[3 * part + k] = low - turned;
      continue;
    }
    for (size_t q = 0; q < radix; ++q) {
      Complex sum = terms[0];
      for (size_t r = 1; r < radix; ++r)
        sum += terms[r] * roots[r * q % radix * (length / radix)];
      out[q * part + k] = sum;
    }
  }
}

void Fourier::convolve(Complex *data) {
  std::fill(buffer.begin(), buffer.end(), 0);
  for (size_t j = 0; j < length; ++j)
    buffer[j] = data[j] * chirp[j];
  longer->forward(buffer.data());
  for (size_t j = 0; j < buffer.size(); ++j)
    buffer[j] *= chirpTransform[j];
  longer->inverse(buffer.data());
  for (size_t j = 0; j < length; ++j)
    data[j] = buffer[j] * chirp[j];
}

void Fourier::forward(Complex *data) {
  if (longer)
    return convolve(data);
  std::copy_n(data, length, buffer.begin());
  step(buffer.data(), 1, data, length, 0);
}

void Fourier::inverse(Complex *data) {
  for (size_t j = 0; j < length; ++j)
    data[j] = std::conj(data[j]);
  forward(data);
  double scale = 1 / static_cast<double>(length);
  for (size_t j = 0; j < length; ++j)
    data[j] = std::conj(data[j]) * scale;
}

} // namespace firn::runtime
