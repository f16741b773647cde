// Elementwise routines of special functions: computed in double precision and
// rounded once to the element type, on all threads.
#include "backend/runtime/ThreadPool.h"
#include "backend/runtime/routines/Broadcast.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"
#include "backend/runtime/routines/SpecialFunctions.h"

#include <bit>
#include <cmath>

namespace firn::runtime {
namespace {

/// Calls `body(i)` for all i below `count`, on all threads if it is worth it.
template <typename Body>
void forAll(ThreadPool &pool, size_t count, const Body &body) {
  constexpr size_t kChunk = 1024;
  struct Loop {
    const Body &body;
    size_t count;
  } loop = {body, count};
  auto run = [](void *context, int64_t begin, int64_t end) {
    auto *loop = static_cast<Loop *>(context);
    size_t last = std::min(static_cast<size_t>(end) * kChunk, loop->count);
    for (size_t i = static_cast<size_t>(begin) * kChunk; i < last; ++i)
      loop->body(i);
  };
  pool.parallelFor(static_cast<int64_t>((count + kChunk - 1) / kChunk), run,
                   &loop);
}

template <double (*function)(double)> absl::Status unary(RoutineCall &call) {
  const TensorView &x = call.input(0);
  return dispatchFloat(x.dtype, [&]<typename T>() {
    auto out = call.outputValues<T>(0, x.shape());
    if (!out.ok())
      return out.status();
    std::span<const T> values = call.values<T>(0);
    forAll(call.pool(), values.size(), [&](size_t i) {
      (*out)[i] = T(function(static_cast<double>(values[i])));
    });
    return absl::OkStatus();
  });
}

template <double (*function)(double, double)>
absl::Status binary(RoutineCall &call) {
  absl::StatusOr<Broadcast> both =
      Broadcast::of({call.input(0).shape(), call.input(1).shape()});
  if (!both.ok())
    return both.status();
  return dispatchFloat(call.input(0).dtype, [&]<typename T>() {
    auto out = call.outputValues<T>(0, both->shape());
    if (!out.ok())
      return out.status();
    std::span<const T> a = call.values<T>(0), b = call.values<T>(1);
    both->forEach([&](int64_t i, const Shape &at) {
      (*out)[i] = T(function(static_cast<double>(a[at[0]]),
                             static_cast<double>(b[at[1]])));
    });
    return absl::OkStatus();
  });
}

absl::Status betainc(RoutineCall &call) {
  absl::StatusOr<Broadcast> all = Broadcast::of(
      {call.input(0).shape(), call.input(1).shape(), call.input(2).shape()});
  if (!all.ok())
    return all.status();
  return dispatchFloat(call.input(0).dtype, [&]<typename T>() {
    auto out = call.outputValues<T>(0, all->shape());
    if (!out.ok())
      return out.status();
    all->forEach([&](int64_t i, const Shape &at) {
      (*out)[i] =
          T(special::betainc(static_cast<double>(call.values<T>(0)[at[0]]),
                             static_cast<double>(call.values<T>(1)[at[1]]),
                             static_cast<double>(call.values<T>(2)[at[2]])));
    });
    return absl::OkStatus();
  });
}

template <typename T>
absl::Status nextAfterOf(RoutineCall &call, const Broadcast &both) {
  auto out = call.outputValues<T>(0, both.shape());
  if (!out.ok())
    return out.status();
  std::span<const T> from = call.values<T>(0), to = call.values<T>(1);
  both.forEach([&](int64_t i, const Shape &at) {
    (*out)[i] = std::nextafter(from[at[0]], to[at[1]]);
  });
  return absl::OkStatus();
}

absl::Status nextAfter(RoutineCall &call) {
  absl::StatusOr<Broadcast> both =
      Broadcast::of({call.input(0).shape(), call.input(1).shape()});
  if (!both.ok())
    return both.status();
  if (call.input(0).dtype == DType::Double)
    return nextAfterOf<double>(call, *both);
  if (call.input(0).dtype == DType::Float)
    return nextAfterOf<float>(call, *both);
  return unsupportedType(call.input(0).dtype);
}

absl::Status populationCount(RoutineCall &call) {
  auto out = call.outputValues<uint8_t>(0, call.input(0).shape());
  if (!out.ok())
    return out.status();
  return dispatchInteger(call.input(0).dtype, [&]<typename T>() {
    std::span<const T> values = call.values<T>(0);
    for (size_t i = 0; i < values.size(); ++i)
      (*out)[i] = static_cast<uint8_t>(
          std::popcount(static_cast<std::make_unsigned_t<T>>(values[i])));
    return absl::OkStatus();
  });
}

} // namespace

void addSpecialRoutines(RoutineTable &table) {
  table.add("Lgamma", unary<special::lgamma>);
  table.add("Digamma", unary<special::digamma>);
  table.add("Erfinv", unary<special::erfinv>);
  table.add("Ndtri", unary<special::ndtri>);
  table.add("Dawsn", unary<special::dawson>);
  table.add("FresnelCos", unary<special::fresnelCos>);
  table.add("FresnelSin", unary<special::fresnelSin>);
  table.add("Spence", unary<special::spence>);
  table.add("Expint", unary<special::expint>);
  table.add("BesselI0", unary<special::besselI0>);
  table.add("BesselI0e", unary<special::besselI0e>);
  table.add("BesselI1", unary<special::besselI1>);
  table.add("BesselI1e", unary<special::besselI1e>);
  table.add("BesselJ0", unary<special::besselJ0>);
  table.add("BesselJ1", unary<special::besselJ1>);
  table.add("BesselY0", unary<special::besselY0>);
  table.add("BesselY1", unary<special::besselY1>);
  table.add("BesselK0", unary<special::besselK0>);
  table.add("BesselK0e", unary<special::besselK0e>);
  table.add("BesselK1", unary<special::besselK1>);
  table.add("BesselK1e", unary<special::besselK1e>);
  table.add("Igamma", binary<special::igamma>);
  table.add("Igammac", binary<special::igammac>);
  table.add("Polygamma", binary<special::polygamma>);
  table.add("Zeta", binary<special::zeta>);
  table.add("Betainc", betainc);
  table.add("NextAfter", nextAfter);
  table.add("PopulationCount", populationCount);
}

} // namespace firn::runtime
