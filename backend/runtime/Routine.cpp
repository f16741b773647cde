// See Routine.h.
#include "backend/runtime/Routine.h"

#include "backend/runtime/CallContext.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <cstring>

namespace firn::runtime {

bool RoutineSite::Result::isDynamic() const {
  return std::find(dims.begin(), dims.end(), kDynamicDim) != dims.end();
}

RoutineCall::RoutineCall(CallContext &context, const RoutineSite &site,
                         void *const *data, const int64_t *dims,
                         int64_t *dynamicResults)
    : context(context), site(site), dynamicResults(dynamicResults),
      given(site.results.size()) {
  for (size_t i = 0; i < site.inputTypes.size(); ++i) {
    auto rank = static_cast<int64_t>(site.inputRanks[i]);
    inputs.push_back({site.inputTypes[i], rank, dims, *data++});
    dims += rank;
  }
  resultData = data;
}

ThreadPool &RoutineCall::pool() const { return *context.pool; }

int64_t RoutineCall::numElements(size_t index) const {
  return firn::numElements(inputs[index].shape()).value_or(0);
}

std::vector<int64_t> RoutineCall::integers(size_t index) const {
  if (inputs[index].dtype == DType::Int32) {
    std::span<const int32_t> narrow = values<int32_t>(index);
    return {narrow.begin(), narrow.end()};
  }
  std::span<const int64_t> wide = values<int64_t>(index);
  return {wide.begin(), wide.end()};
}

absl::StatusOr<TensorView> RoutineCall::output(size_t index,
                                               std::span<const int64_t> shape) {
  const RoutineSite::Result &result = site.results[index];
  bool fits = shape.size() == result.dims.size();
  for (size_t dim = 0; fits && dim < shape.size(); ++dim)
    fits = shape[dim] >= 0 &&
           (result.dims[dim] == kDynamicDim || result.dims[dim] == shape[dim]);
  std::optional<int64_t> count = firn::numElements(shape);
  if (!fits || !count)
    return absl::InvalidArgumentError(
        absl::StrCat("output ", index, " has shape ", shapeToString(shape),
                     ", but ", shapeToString(result.dims), " was expected"));
  given[index] = true;
  void *const *data = resultData;
  int64_t *dynamic = dynamicResults;
  for (size_t i = 0; i < index; ++i) {
    if (site.results[i].isDynamic())
      dynamic += 1 + site.results[i].dims.size();
    else
      ++data;
  }
  if (!result.isDynamic())
    return TensorView{result.dtype, static_cast<int64_t>(shape.size()),
                      result.dims.data(), *data};
  auto elementSize = static_cast<int64_t>(
      result.dtype == DType::String ? sizeof(StringRef) : sizeOf(result.dtype));
  int64_t bytes = 0;
  if (__builtin_mul_overflow(*count, elementSize, &bytes))
    return absl::ResourceExhaustedError(
        absl::StrCat("no memory for a tensor of shape ", shapeToString(shape)));
  void *memory = firn_alloc(&context, bytes);
  *dynamic = static_cast<int64_t>(reinterpret_cast<intptr_t>(memory));
  std::copy(shape.begin(), shape.end(), dynamic + 1);
  return TensorView{result.dtype, static_cast<int64_t>(shape.size()),
                    dynamic + 1, memory};
}

StringRef RoutineCall::newString(std::string text) {
  return &context.strings.emplace_back(std::move(text));
}

absl::Status RoutineCall::finish() const {
  for (size_t i = 0; i < given.size(); ++i)
    if (!given[i])
      return absl::InternalError(
          absl::StrCat("the routine of ", site.op, " left output ", i, " out"));
  return absl::OkStatus();
}

extern "C" {

void firn_call(CallContext *context, int64_t site, void *const *data,
               const int64_t *dims, int64_t *dynamicResults) {
  {
    const RoutineSite &called = *context->sites[site];
    RoutineCall call(*context, called, data, dims, dynamicResults);
    absl::Status status = called.routine(call);
    if (status.ok())
      status = call.finish();
    if (status.ok())
      return;
    std::string text = absl::StrCat(called.op, " (node '", called.node,
                                    "'): ", std::string(status.message()));
    StringRef kept = &context->strings.emplace_back(std::move(text));
    firn_fail(context, kept->c_str());
  }
  std::longjmp(context->leave, kLeaveFailed);
}

void firn_take(CallContext *context, void *destination, void *result,
               int64_t bytes) {
  std::memcpy(destination, result, static_cast<size_t>(bytes));
  firn_free(context, result);
}
}

} // namespace firn::runtime
