// Routines that take and put slices by index: Gather, GatherV2, GatherNd,
// ScatterNd, TensorScatter. An index out of range is an error with its
// position, unless the node's bad_indices_policy is IGNORE.
#include "backend/runtime/routines/Movement.h"
#include "backend/runtime/routines/Routines.h"

#include "backend/runtime/routines/Dispatch.h"

#include "absl/strings/str_join.h"

#include <algorithm>

namespace firn::runtime {
namespace {

absl::Status badIndex(int64_t index, size_t position, int64_t size) {
  return invalid("index ", index, " at position ", position, " is not in [0, ",
                 size, ")");
}

/// params[batch…, outer…, indices[batch…, i…], inner…]
absl::Status gatherAlong(RoutineCall &call, int64_t axis, int64_t batchDims) {
  const TensorView &params = call.input(0), &indices = call.input(1);
  std::vector<int64_t> values = readIntegers(indices);
  Shape shape(params.dims, params.dims + axis);
  shape.insert(shape.end(), indices.dims + batchDims,
               indices.dims + indices.rank);
  shape.insert(shape.end(), params.dims + axis + 1, params.dims + params.rank);
  if (!std::ranges::equal(indices.shape().first(batchDims),
                          params.shape().first(batchDims)))
    return invalid("expects params and indices that agree in the first ",
                   batchDims, " dimensions, but got ",
                   shapeToString(params.shape()), " and ",
                   shapeToString(indices.shape()));
  int64_t size = params.dims[axis];
  for (size_t i = 0; i < values.size(); ++i)
    if (values[i] < 0 || values[i] >= size)
      return badIndex(values[i], i, size);
  int64_t batch = productOf(params.shape().first(batchDims));
  int64_t outer =
      productOf(params.shape().subspan(batchDims, axis - batchDims));
  int64_t inner = productOf(params.shape().subspan(axis + 1));
  int64_t picked = productOf(indices.shape().subspan(batchDims));
  return dispatchBits(params.dtype, [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, shape);
    if (!to.ok())
      return to.status();
    const T *from = call.values<T>(0).data();
    T *next = to->data();
    for (int64_t b = 0; b < batch; ++b)
      for (int64_t o = 0; o < outer; ++o)
        for (int64_t i = 0; i < picked; ++i)
          next = std::copy_n(
              from + ((b * outer + o) * size + values[b * picked + i]) * inner,
              inner, next);
    return absl::OkStatus();
  });
}

absl::Status gather(RoutineCall &call) {
  if (call.input(0).rank < 1)
    return invalid("expects params of rank 1 or more");
  return gatherAlong(call, 0, 0);
}

absl::Status gatherV2(RoutineCall &call) {
  auto axis = readAxis(call.input(2), call.input(0).rank);
  if (!axis.ok())
    return axis.status();
  int64_t batchDims = call.attributes().getInt("batch_dims");
  int64_t rank = call.input(1).rank;
  int64_t normal = batchDims < 0 ? batchDims + rank : batchDims;
  if (normal < 0 || normal > rank || normal > *axis)
    return invalid("expects batch_dims of at most the axis (", *axis,
                   ") and the rank of the indices (", rank, "), but got ",
                   batchDims);
  return gatherAlong(call, *axis, normal);
}

/// Index vectors (the last dimension of a tensor) into a tensor of `shape`.
struct IndexVectors {
  std::vector<int64_t> values;
  int64_t depth = 0, count = 0;
  /// Elements that one index vector points at.
  int64_t slice = 0;

  static absl::StatusOr<IndexVectors> read(const TensorView &indices,
                                           std::span<const int64_t> shape) {
    IndexVectors vectors;
    if (indices.rank < 1)
      return invalid("expects indices of rank 1 or more");
    vectors.depth = indices.dims[indices.rank - 1];
    if (vectors.depth > static_cast<int64_t>(shape.size()))
      return invalid("expects at most ", shape.size(),
                     " indices of an element, but got ", vectors.depth);
    vectors.values = readIntegers(indices);
    vectors.count = productOf(indices.shape().first(indices.rank - 1));
    vectors.slice = productOf(shape.subspan(vectors.depth));
    return vectors;
  }

  /// The first element that vector `i` points at, or -1 if it is out of range.
  int64_t offset(int64_t i, std::span<const int64_t> shape) const {
    int64_t at = 0;
    for (int64_t dim = 0; dim < depth; ++dim) {
      int64_t index = values[i * depth + dim];
      if (index < 0 || index >= shape[dim])
        return -1;
      at = at * shape[dim] + index;
    }
    return at * slice;
  }

  absl::Status outOfRange(int64_t i, std::span<const int64_t> shape) const {
    return invalid(
        "index [",
        absl::StrJoin(std::span(values).subspan(i * depth, depth), ", "),
        "] at position ", i, " does not point into ", shapeToString(shape));
  }
};

bool ignoresBadIndices(RoutineCall &call) {
  return call.attributes().getString("bad_indices_policy") == "IGNORE";
}

absl::Status gatherNd(RoutineCall &call) {
  const TensorView &params = call.input(0), &indices = call.input(1);
  auto vectors = IndexVectors::read(indices, params.shape());
  if (!vectors.ok())
    return vectors.status();
  Shape shape(indices.dims, indices.dims + indices.rank - 1);
  shape.insert(shape.end(), params.dims + vectors->depth,
               params.dims + params.rank);
  return dispatchBits(params.dtype, [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, shape);
    if (!to.ok())
      return to.status();
    const T *from = call.values<T>(0).data();
    T *next = to->data();
    for (int64_t i = 0; i < vectors->count; ++i) {
      int64_t at = vectors->offset(i, params.shape());
      if (at < 0 && !ignoresBadIndices(call))
        return vectors->outOfRange(i, params.shape());
      next = at < 0 ? std::fill_n(next, vectors->slice, T())
                    : std::copy_n(from + at, vectors->slice, next);
    }
    return absl::OkStatus();
  });
}

/// What a scatter does with an element and its update.
enum class Combine { Update, Add, Sub, Mul, Div, Max, Min };

template <Combine how, typename T> T combine(T old, T update) {
  if constexpr (how == Combine::Update) {
    return update;
  } else if constexpr (how == Combine::Add || how == Combine::Sub ||
                       how == Combine::Mul) {
    // Integers wrap.
    using Wide = std::conditional_t<std::is_integral_v<T>, uint64_t, T>;
    Wide a = static_cast<Wide>(old), b = static_cast<Wide>(update);
    return static_cast<T>(how == Combine::Add   ? a + b
                          : how == Combine::Sub ? a - b
                                                : a * b);
  } else if constexpr (how == Combine::Div) {
    // The smallest integer by -1 wraps too.
    if constexpr (std::is_signed_v<T> && std::is_integral_v<T>)
      if (update == -1)
        return static_cast<T>(uint64_t(0) - uint64_t(old));
    return static_cast<T>(old / update);
  } else {
    // A NaN stays.
    if (old != old || update != update)
      return old != old ? old : update;
    return how == Combine::Max ? std::max(old, update) : std::min(old, update);
  }
}

/// Updates the slices of `target` that the index vectors point at, in order. A
/// scalar among the updates serves for all if `scalars` may be.
template <Combine how, typename T>
absl::Status scatter(RoutineCall &call, const TensorView &indices,
                     const TensorView &updates, std::span<const int64_t> shape,
                     T *target, bool scalars = false) {
  auto vectors = IndexVectors::read(indices, shape);
  if (!vectors.ok())
    return vectors.status();
  Shape expected(indices.dims, indices.dims + indices.rank - 1);
  expected.insert(expected.end(), shape.begin() + vectors->depth, shape.end());
  bool isScalar = scalars && updates.rank == 0;
  if (!isScalar && !std::ranges::equal(expected, updates.shape()))
    return invalid("expects updates of shape ", shapeToString(expected),
                   ", but got ", shapeToString(updates.shape()));
  const T *from = static_cast<const T *>(updates.data);
  int64_t step = isScalar ? 0 : 1;
  for (int64_t i = 0; i < vectors->count; ++i, from += step * vectors->slice) {
    int64_t at = vectors->offset(i, shape);
    if (at < 0 && ignoresBadIndices(call))
      continue;
    if (at < 0)
      return vectors->outOfRange(i, shape);
    for (int64_t j = 0; j < vectors->slice; ++j)
      target[at + j] = combine<how, T>(target[at + j], from[j * step]);
  }
  return absl::OkStatus();
}

/// Updates of one slice add up; they lie on zeros.
absl::Status scatterNd(RoutineCall &call) {
  Shape shape = readIntegers(call.input(2));
  if (!numElements(shape))
    return invalid("expects a shape, but got ", shapeToString(shape));
  auto run = [&]<typename T, Combine how>() -> absl::Status {
    auto to = call.outputValues<T>(0, shape);
    if (!to.ok())
      return to.status();
    std::ranges::fill(*to, T());
    return scatter<how, T>(call, call.input(0), call.input(1), shape,
                           to->data());
  };
  // Bools are or-ed, which for 0 and 1 is the maximum; strings replace.
  if (call.outputType(0) == DType::Bool)
    return run.template operator()<uint8_t, Combine::Max>();
  if (call.outputType(0) == DType::String)
    return run.template operator()<StringRef, Combine::Update>();
  return dispatchNumber(call.outputType(0), [&]<typename T>() {
    return run.template operator()<T, Combine::Add>();
  });
}

template <Combine how, typename Body>
absl::Status dispatchCombine(DType dtype, Body &&body) {
  if constexpr (how == Combine::Update)
    return dispatchBits(dtype, body);
  else if constexpr (how == Combine::Max || how == Combine::Min)
    return dispatchReal(dtype, body);
  else
    return dispatchNumber(dtype, body);
}

template <Combine how> absl::Status tensorScatter(RoutineCall &call) {
  const TensorView &tensor = call.input(0);
  auto run = [&]<typename T>() -> absl::Status {
    auto to = call.outputValues<T>(0, tensor.shape());
    if (!to.ok())
      return to.status();
    std::ranges::copy(call.values<T>(0), to->begin());
    return scatter<how, T>(call, call.input(1), call.input(2), tensor.shape(),
                           to->data());
  };
  return dispatchCombine<how>(tensor.dtype, run);
}

/// As tensorScatter, with indices of the first dimension alone.
template <Combine how> absl::Status updateRows(RoutineCall &call) {
  const TensorView &tensor = call.input(0), &updates = call.input(2);
  Shape vectorShape(call.input(1).dims,
                    call.input(1).dims + call.input(1).rank);
  vectorShape.push_back(1);
  TensorView vectors = call.input(1);
  vectors.dims = vectorShape.data();
  vectors.rank = vectorShape.size();
  return dispatchCombine<how>(tensor.dtype, [&]<typename T>() -> absl::Status {
    if constexpr (how == Combine::Div && std::is_integral_v<T>)
      if (std::ranges::count(call.values<T>(2), T(0)) > 0)
        return invalid("integer division by zero");
    auto to = call.outputValues<T>(0, tensor.shape());
    if (!to.ok())
      return to.status();
    std::ranges::copy(call.values<T>(0), to->begin());
    return scatter<how, T>(call, vectors, updates, tensor.shape(), to->data(),
                           /*scalars=*/true);
  });
}

absl::Status updateRowsSomehow(RoutineCall &call) {
  static const std::map<std::string, Routine, std::less<>> ways = {
      {"update", updateRows<Combine::Update>},
      {"add", updateRows<Combine::Add>},
      {"sub", updateRows<Combine::Sub>},
      {"mul", updateRows<Combine::Mul>},
      {"div", updateRows<Combine::Div>},
      {"min", updateRows<Combine::Min>},
      {"max", updateRows<Combine::Max>}};
  std::string how = call.attributes().getString("how");
  auto way = ways.find(how);
  if (way == ways.end())
    return invalid("does not know how to '", how, "'");
  return way->second(call);
}

} // namespace

void addGatherRoutines(RoutineTable &table) {
  table.add("Gather", gather);
  table.add("GatherV2", gatherV2);
  table.add("GatherNd", gatherNd);
  table.add("ScatterNd", scatterNd);
  table.add("TensorScatterUpdate", tensorScatter<Combine::Update>);
  table.add("TensorScatterAdd", tensorScatter<Combine::Add>);
  table.add("TensorScatterSub", tensorScatter<Combine::Sub>);
  table.add("TensorScatterMax", tensorScatter<Combine::Max>);
  table.add("TensorScatterMin", tensorScatter<Combine::Min>);
  table.add("_UpdateRows", updateRowsSomehow);
}

} // namespace firn::runtime
