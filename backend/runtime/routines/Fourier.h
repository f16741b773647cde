// The discrete Fourier transform of any length in double precision: mixed
// radix, and Bluestein's convolution where a prime factor is large.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_FOURIER_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_FOURIER_H

#include <complex>
#include <cstddef>
#include <memory>
#include <vector>

namespace firn::runtime {

class Fourier {
public:
  using Complex = std::complex<double>;

  /// Transforms of `size` numbers, at least one.
  explicit Fourier(size_t size);

  size_t size() const { return length; }
  /// data[k] becomes the sum of data[j] exp(-2πi jk / size).
  void forward(Complex *data);
  /// The inverse, divided by the size.
  void inverse(Complex *data);

private:
  /// out = transform of `count` numbers at in[0], in[stride], …
  void step(const Complex *in, size_t stride, Complex *out, size_t count,
            size_t factor) const;
  void convolve(Complex *data);

  size_t length;
  std::vector<size_t> factors;
  std::vector<Complex> roots; // exp(-2πi j / length)
  std::vector<Complex> buffer;

  // Bluestein: jk = (j² + k² - (k - j)²) / 2 makes a convolution of it.
  std::unique_ptr<Fourier> longer;
  std::vector<Complex> chirp, chirpTransform;
};

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_FOURIER_H
