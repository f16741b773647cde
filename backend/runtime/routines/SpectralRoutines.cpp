// Fourier transforms over the last one to three dimensions, of complex numbers
// and of real ones (whose spectrum is stored to its middle).
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Fourier.h"
#include "backend/runtime/routines/Routines.h"

#include "absl/strings/str_cat.h"

namespace firn::runtime {
namespace {

using Complex = std::complex<double>;

/// Transforms all rows along dimension `dim` of a dense array.
void transformAlong(std::vector<Complex> &values,
                    std::span<const int64_t> shape, size_t dim, bool inverse) {
  auto size = static_cast<size_t>(shape[dim]);
  if (values.empty() || size == 0)
    return;
  size_t inner = 1;
  for (size_t i = dim + 1; i < shape.size(); ++i)
    inner *= static_cast<size_t>(shape[i]);
  Fourier fourier(size);
  std::vector<Complex> row(size);
  for (size_t start = 0; start < values.size(); start += size * inner)
    for (size_t i = 0; i < inner; ++i) {
      Complex *from = values.data() + start + i;
      for (size_t k = 0; k < size; ++k)
        row[k] = from[k * inner];
      if (inverse)
        fourier.inverse(row.data());
      else
        fourier.forward(row.data());
      for (size_t k = 0; k < size; ++k)
        from[k * inner] = row[k];
    }
}

template <typename From>
std::vector<Complex> toComplex(std::span<const From> values) {
  return {values.begin(), values.end()};
}

/// A real or complex operand in double precision.
absl::StatusOr<std::vector<Complex>> read(const RoutineCall &call) {
  switch (call.input(0).dtype) {
  case DType::Float:
    return toComplex(call.values<float>(0));
  case DType::Double:
    return toComplex(call.values<double>(0));
  case DType::Complex64:
    return toComplex(call.values<std::complex<float>>(0));
  case DType::Complex128:
    return toComplex(call.values<std::complex<double>>(0));
  default:
    return absl::UnimplementedError("unsupported op: it does not take this "
                                    "element type");
  }
}

/// Zeros where `values` has no more.
template <typename To>
absl::Status writeAs(RoutineCall &call, const Shape &shape,
                     const std::vector<Complex> &values) {
  auto out = call.outputValues<To>(0, shape);
  if (!out.ok())
    return out.status();
  for (size_t i = 0; i < out->size(); ++i) {
    Complex value = i < values.size() ? values[i] : Complex();
    if constexpr (std::is_floating_point_v<To>)
      (*out)[i] = static_cast<To>(value.real());
    else
      (*out)[i] = static_cast<To>(value);
  }
  return absl::OkStatus();
}

absl::Status write(RoutineCall &call, const Shape &shape,
                   const std::vector<Complex> &values) {
  switch (call.outputType(0)) {
  case DType::Float:
    return writeAs<float>(call, shape, values);
  case DType::Double:
    return writeAs<double>(call, shape, values);
  case DType::Complex64:
    return writeAs<std::complex<float>>(call, shape, values);
  default:
    return writeAs<std::complex<double>>(call, shape, values);
  }
}

/// The first elements of each dimension, as many as `shape` says; no more than
/// there are.
std::vector<Complex> crop(const std::vector<Complex> &values,
                          std::span<const int64_t> from,
                          std::span<const int64_t> shape) {
  auto count = static_cast<size_t>(numElements(shape).value_or(0));
  if (count == values.size())
    return values;
  std::vector<Complex> kept;
  Shape index(shape.size());
  while (kept.size() < count) {
    size_t at = 0;
    for (size_t dim = 0; dim < index.size(); ++dim)
      at =
          at * static_cast<size_t>(from[dim]) + static_cast<size_t>(index[dim]);
    kept.push_back(values[at]);
    for (size_t dim = index.size(); dim-- > 0 && ++index[dim] == shape[dim];)
      index[dim] = 0;
  }
  return kept;
}

template <size_t rank, bool inverse>
absl::Status complexTransform(RoutineCall &call) {
  const TensorView &input = call.input(0);
  if (absl::Status status = requireRankAtLeast(call, 0, "input", rank);
      !status.ok())
    return status;
  absl::StatusOr<std::vector<Complex>> values = read(call);
  if (!values.ok())
    return values.status();
  Shape shape = dimsOf(input, 0, input.rank);
  for (size_t dim = shape.size() - rank; dim < shape.size(); ++dim)
    transformAlong(*values, shape, dim, inverse);
  return write(call, shape, *values);
}

/// The shape of the input with `rank` lengths in place of its last dimensions,
/// which must have as much: of the spectrum, to its middle.
template <size_t rank>
absl::StatusOr<Shape> withLengths(const RoutineCall &call, bool spectrum) {
  const TensorView &input = call.input(0);
  if (absl::Status status = requireRankAtLeast(call, 0, "input", rank);
      !status.ok())
    return status;
  std::vector<int64_t> lengths = call.integers(1);
  if (lengths.size() != rank)
    return invalid("expects ", rank, " lengths, but got shape ",
                   shapeText(call, 1));
  Shape shape = dimsOf(input, 0, input.rank);
  for (size_t i = 0; i < rank; ++i) {
    int64_t &dim = shape[shape.size() - rank + i];
    bool halved = spectrum && i + 1 == rank;
    int64_t needed = halved ? lengths[i] / 2 + 1 : lengths[i];
    if (lengths[i] < 0 || (dim != 0 && dim < needed))
      return invalid("expects dimensions of at least ", needed, " for length ",
                     lengths[i], ", but got shape ", shapeText(call, 0));
    dim = lengths[i];
  }
  return shape;
}

template <size_t rank> absl::Status realToSpectrum(RoutineCall &call) {
  absl::StatusOr<Shape> shape = withLengths<rank>(call, /*spectrum=*/false);
  absl::StatusOr<std::vector<Complex>> values = read(call);
  if (!shape.ok() || !values.ok())
    return shape.ok() ? values.status() : shape.status();
  Shape half = *shape;
  half.back() = half.back() == 0 ? 0 : half.back() / 2 + 1;
  if (values->empty())
    return write(call, half, {});
  std::vector<Complex> cropped = crop(*values, call.input(0).shape(), *shape);
  for (size_t dim = shape->size() - rank; dim < shape->size(); ++dim)
    transformAlong(cropped, *shape, dim, /*inverse=*/false);
  return write(call, half, crop(cropped, *shape, half));
}

/// The rows of a spectrum to its middle, completed: the rest is conjugate.
std::vector<Complex> complete(const std::vector<Complex> &half, size_t width,
                              size_t length) {
  std::vector<Complex> full;
  for (size_t row = 0; row + width <= half.size(); row += width)
    for (size_t k = 0; k < length; ++k) {
      size_t mirror = k < width ? k : length - k;
      Complex value = half[row + mirror];
      bool real = k == 0 || 2 * k == length;
      full.push_back(real        ? Complex(value.real())
                     : k < width ? value
                                 : std::conj(value));
    }
  return full;
}

template <size_t rank> absl::Status spectrumToReal(RoutineCall &call) {
  absl::StatusOr<Shape> shape = withLengths<rank>(call, /*spectrum=*/true);
  absl::StatusOr<std::vector<Complex>> values = read(call);
  if (!shape.ok() || !values.ok())
    return shape.ok() ? values.status() : shape.status();
  if (values->empty() || shape->back() == 0)
    return write(call, *shape, {});
  Shape half = *shape;
  half.back() = half.back() / 2 + 1;
  std::vector<Complex> cropped = crop(*values, call.input(0).shape(), half);
  for (size_t dim = shape->size() - rank; dim + 1 < shape->size(); ++dim)
    transformAlong(cropped, half, dim, /*inverse=*/true);
  std::vector<Complex> full =
      complete(cropped, static_cast<size_t>(half.back()),
               static_cast<size_t>(shape->back()));
  transformAlong(full, *shape, shape->size() - 1, /*inverse=*/true);
  return write(call, *shape, full);
}

template <size_t rank>
void addOfRank(RoutineTable &table, const std::string &suffix) {
  auto add = [&](const char *name, Routine routine) {
    table.add(name + suffix, routine);
  };
  add("FFT", complexTransform<rank, false>);
  add("IFFT", complexTransform<rank, true>);
  add("RFFT", realToSpectrum<rank>);
  add("IRFFT", spectrumToReal<rank>);
}

} // namespace

void addSpectralRoutines(RoutineTable &table) {
  addOfRank<1>(table, "");
  addOfRank<2>(table, "2D");
  addOfRank<3>(table, "3D");
}

} // namespace firn::runtime
