// See Routine.h.
#include "backend/runtime/Routine.h"

#include "backend/runtime/CallContext.h"
#include "backend/runtime/routines/Dispatch.h"

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
  std::vector<int64_t> result;
  (void)dispatchInteger(inputs[index].dtype, [&]<typename T>() {
    std::span<const T> elements = values<T>(index);
    result.assign(elements.begin(), elements.end());
    return absl::OkStatus();
  });
  return result;
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
  // Its memory is handed on once.
  if (given[index])
    return absl::InternalError(absl::StrCat(
        "the routine of ", site.op, " asked for output ", index, " twice"));
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
  auto elementBytes = static_cast<int64_t>(elementSize(result.dtype));
  int64_t bytes = 0;
  void *memory = __builtin_mul_overflow(*count, elementBytes, &bytes)
                     ? nullptr
                     : context.allocate(bytes);
  if (!memory)
    return absl::ResourceExhaustedError(
        absl::StrCat("no memory for a tensor of shape ", shapeToString(shape)));
  *dynamic = static_cast<int64_t>(reinterpret_cast<intptr_t>(memory));
  std::copy(shape.begin(), shape.end(), dynamic + 1);
  return TensorView{result.dtype, static_cast<int64_t>(shape.size()),
                    dynamic + 1, memory};
}

absl::Status RoutineCall::wrongElementSize(size_t output) const {
  return absl::InternalError(absl::StrCat(
      "the routine of ", site.op, " does not give elements of output ", output,
      "'s type, ", std::string(nameOf(outputType(output)))));
}

StringRef RoutineCall::newString(std::string text) {
  return &context.strings.emplace_back(std::move(text));
}

absl::Status RoutineCall::finish() const {
  for (size_t i = 0; i < given.size(); ++i)
    if (!given[i])
      return absl::InternalError(
          absl::StrCat("the routine of ", site.op, " left output ", i, " out"));
  const int64_t *dynamic = dynamicResults;
  for (const RoutineSite::Result &result : site.results) {
    if (!result.isDynamic())
      continue;
    if (!result.isTaken)
      firn_free(&context,
                reinterpret_cast<void *>(static_cast<intptr_t>(*dynamic)));
    dynamic += 1 + result.dims.size();
  }
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
    context->failure = absl::Status(
        status.code(), absl::StrCat(called.op, " (node '", called.node,
                                    "'): ", status.message()));
  }
  std::longjmp(context->leave, 1);
}

void firn_take(CallContext *context, void *destination, void *result,
               int64_t bytes) {
  std::memcpy(destination, result, static_cast<size_t>(bytes));
  firn_free(context, result);
}
}

} // namespace firn::runtime
