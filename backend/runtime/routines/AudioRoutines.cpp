// What speech models start with: spectra of overlapping pieces of a signal, and
// their mel-frequency cepstral coefficients.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Fourier.h"
#include "backend/runtime/routines/Routines.h"

#include <cmath>
#include <numbers>

namespace firn::runtime {
namespace {

constexpr double kPi = std::numbers::pi;

absl::Status audioSpectrogram(RoutineCall &call) {
  if (absl::Status status = requireRank(call, 0, "input", 2); !status.ok())
    return status;
  const TensorView &input = call.input(0);
  int64_t window = call.attributes().getInt("window_size");
  int64_t stride = call.attributes().getInt("stride");
  bool squared = call.attributes().getBool("magnitude_squared");
  if (window < 2 || stride < 1 || window > (int64_t(1) << 30))
    return invalid("expects window_size of 2 or more and stride of 1 or more, "
                   "but got ",
                   window, " and ", stride);
  int64_t samples = input.dims[0], channels = input.dims[1];
  int64_t frames = samples < window ? 0 : 1 + (samples - window) / stride;
  int64_t length = 1;
  while (length < window)
    length *= 2;
  int64_t bins = length / 2 + 1;
  auto out = call.outputValues<float>(0, Shape{channels, frames, bins});
  if (!out.ok() || out->empty())
    return out.status();
  Fourier fourier(static_cast<size_t>(length));
  std::vector<double> hann(static_cast<size_t>(window));
  for (size_t i = 0; i < hann.size(); ++i)
    hann[i] = 0.5 - 0.5 * std::cos(2 * kPi * static_cast<double>(i) /
                                   static_cast<double>(window));
  std::vector<Fourier::Complex> piece(static_cast<size_t>(length));
  float *to = out->data();
  for (int64_t channel = 0; channel < channels; ++channel)
    for (int64_t frame = 0; frame < frames; ++frame) {
      std::fill(piece.begin(), piece.end(), 0);
      const float *from =
          call.values<float>(0).data() + frame * stride * channels + channel;
      for (int64_t i = 0; i < window; ++i)
        piece[i] = from[i * channels] * hann[i];
      fourier.forward(piece.data());
      for (int64_t bin = 0; bin < bins; ++bin) {
        double power = std::norm(piece[bin]);
        *to++ = static_cast<float>(squared ? power : std::sqrt(power));
      }
    }
  return absl::OkStatus();
}

double melOf(double hertz) { return 1127.0 * std::log1p(hertz / 700.0); }

/// Triangular filters that overlap by half, equally wide in mel. A bin belongs
/// to the falling side of one filter and the rising side of the next.
struct MelFilters {
  /// Filter -1 stands before the first: only its falling side is used.
  struct Bin {
    int filter;
    double falling;
  };
  std::vector<Bin> bins; // from `first` on
  size_t first = 0;
};

MelFilters makeFilters(size_t bins, double sampleRate, double lowest,
                       double highest, int filters) {
  double low = melOf(lowest);
  double spacing = (melOf(highest) - low) / (filters + 1);
  double width = 0.5 * sampleRate / static_cast<double>(bins - 1);
  MelFilters result;
  // The lowest bin (the mean) is always left out.
  result.first = static_cast<size_t>(1.5 + lowest / width);
  auto last = static_cast<size_t>(highest / width);
  int filter = 0; // the first whose center is not below the bin
  for (size_t i = result.first; i <= last && i < bins; ++i) {
    double mel = melOf(static_cast<double>(i) * width);
    while (filter < filters && low + spacing * (filter + 1) < mel)
      ++filter;
    double center = low + spacing * (filter + 1);
    result.bins.push_back({filter - 1, (center - mel) / spacing});
  }
  return result;
}

/// The options of Mfcc, checked.
struct MfccOptions {
  double sampleRate, lowest, highest;
  int filters, coefficients;
};

absl::StatusOr<MfccOptions> readOptions(const RoutineCall &call) {
  absl::StatusOr<int64_t> rate = oneInteger(call, 1, "sample_rate");
  if (absl::Status status =
          firstError({requireRank(call, 0, "spectrogram", 3), rate.status()});
      !status.ok())
    return status;
  const Attributes &attributes = call.attributes();
  MfccOptions options = {
      static_cast<double>(*rate),
      attributes.getFloat("lower_frequency_limit", 20),
      attributes.getFloat("upper_frequency_limit", 4000),
      static_cast<int>(attributes.getInt("filterbank_channel_count", 40)),
      static_cast<int>(attributes.getInt("dct_coefficient_count", 13))};
  if (options.sampleRate <= 0 || options.filters < 1 ||
      options.filters > 1 << 20 || options.coefficients < 1 ||
      options.coefficients > options.filters || !(options.lowest >= 0) ||
      !(options.highest > options.lowest) || call.input(0).dims[2] < 2)
    return invalid("expects a sample rate, frequency limits in order, filters, "
                   "no more coefficients than filters and two bins, but got ",
                   options.sampleRate, ", ", options.lowest, " to ",
                   options.highest, ", ", options.filters, ", ",
                   options.coefficients, " and shape ", shapeText(call, 0));
  return options;
}

absl::Status mfcc(RoutineCall &call) {
  absl::StatusOr<MfccOptions> options = readOptions(call);
  if (!options.ok())
    return options.status();
  const TensorView &input = call.input(0);
  auto bins = static_cast<size_t>(input.dims[2]);
  int filters = options->filters, coefficients = options->coefficients;
  auto out = call.outputValues<float>(
      0, Shape{input.dims[0], input.dims[1], coefficients});
  if (!out.ok() || out->empty())
    return out.status();
  MelFilters mel = makeFilters(bins, options->sampleRate, options->lowest,
                               options->highest, filters);
  double norm = std::sqrt(2.0 / filters);
  std::vector<double> energy(static_cast<size_t>(filters));
  float *to = out->data();
  for (int64_t frame = 0; frame < input.dims[0] * input.dims[1]; ++frame) {
    const float *from =
        call.values<float>(0).data() + static_cast<size_t>(frame) * bins;
    std::fill(energy.begin(), energy.end(), 0);
    for (size_t i = 0; i < mel.bins.size(); ++i) {
      double magnitude = std::sqrt(static_cast<double>(from[mel.first + i]));
      auto [filter, falling] = mel.bins[i];
      if (filter >= 0)
        energy[filter] += magnitude * falling;
      if (filter + 1 < filters)
        energy[filter + 1] += magnitude * (1 - falling);
    }
    for (int k = 0; k < coefficients; ++k) {
      double sum = 0;
      for (int j = 0; j < filters; ++j)
        sum += std::log(std::max(energy[j], 1e-12)) *
               std::cos(kPi / filters * k * (j + 0.5));
      *to++ = static_cast<float>(norm * sum);
    }
  }
  return absl::OkStatus();
}

} // namespace

void addAudioRoutines(RoutineTable &table) {
  table.add("AudioSpectrogram", audioSpectrogram);
  table.add("Mfcc", mfcc);
}

} // namespace firn::runtime
