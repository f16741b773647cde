// Routines that translate dimensions between data formats such as NHWC and
// NCHW.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Families.h"

namespace firn::runtime {
namespace {

struct Formats {
  std::string source, target;

  static absl::StatusOr<Formats> read(const RoutineCall &call) {
    Formats formats{call.attributes().getString("src_format", "NHWC"),
                    call.attributes().getString("dst_format", "NCHW")};
    std::string a = formats.source, b = formats.target;
    std::ranges::sort(a);
    std::ranges::sort(b);
    if (a != b || std::ranges::adjacent_find(a) != a.end())
      return invalid("expects two orders of the same dimensions, but got ",
                     formats.source, " and ", formats.target);
    return formats;
  }
};

template <typename Map> absl::Status mapIntegers(RoutineCall &call, Map map) {
  std::span<const int64_t> shape = call.input(0).shape();
  auto run = [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, shape);
    if (!to.ok())
      return to.status();
    std::span<const T> from = call.values<T>(0);
    for (size_t i = 0; i < from.size(); ++i) {
      absl::StatusOr<int64_t> value = map(from, static_cast<int64_t>(i));
      if (!value.ok())
        return value.status();
      (*to)[i] = static_cast<T>(*value);
    }
    return absl::OkStatus();
  };
  if (call.input(0).dtype == DType::Int32)
    return run.template operator()<int32_t>();
  if (call.input(0).dtype == DType::Int64)
    return run.template operator()<int64_t>();
  return unsupportedType(call.input(0).dtype);
}

/// Numbers of dimensions.
absl::Status dimMap(RoutineCall &call) {
  absl::StatusOr<Formats> formats = Formats::read(call);
  if (!formats.ok())
    return formats.status();
  auto rank = static_cast<int64_t>(formats->source.size());
  return mapIntegers(call,
                     [&](auto from, int64_t i) -> absl::StatusOr<int64_t> {
                       absl::StatusOr<int64_t> dim = normalAxis(from[i], rank);
                       if (!dim.ok())
                         return dim;
                       return formats->target.find(formats->source[*dim]);
                     });
}

/// One value, or two, for each dimension, or for each but N and C.
absl::Status vecPermute(RoutineCall &call) {
  absl::StatusOr<Formats> formats = Formats::read(call);
  if (!formats.ok())
    return formats.status();
  const TensorView &x = call.input(0);
  if (x.rank != 1 && x.rank != 2)
    return invalid("expects a vector or a matrix, but got shape ",
                   shapeText(call, 0));
  auto rank = static_cast<int64_t>(formats->source.size());
  if (x.dims[0] == rank - 2) {
    for (std::string *format : {&formats->source, &formats->target})
      std::erase_if(*format, [](char c) { return c == 'N' || c == 'C'; });
    rank = static_cast<int64_t>(formats->source.size());
  }
  if (x.dims[0] != rank || (x.rank == 2 && x.dims[1] != 2))
    return invalid("expects one or two values for each dimension of ",
                   formats->source, ", but got shape ", shapeText(call, 0));
  int64_t width = x.rank == 2 ? 2 : 1;
  return mapIntegers(call,
                     [&](auto from, int64_t i) -> absl::StatusOr<int64_t> {
                       auto source = static_cast<int64_t>(
                           formats->source.find(formats->target[i / width]));
                       return from[source * width + i % width];
                     });
}

} // namespace

void addDataFormatRoutines(RoutineTable &table) {
  table.add("DataFormatDimMap", dimMap);
  table.add("DataFormatVecPermute", vecPermute);
}

} // namespace firn::runtime
