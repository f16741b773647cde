// See StringArguments.h.
#include "backend/jit/StringArguments.h"

#include "backend/runtime/Shape.h"

namespace firn::jit {

void *StringArguments::input(const TensorView &view) {
  auto *strings = static_cast<const std::string *>(view.data);
  int64_t count = numElements(view.shape()).value_or(0);
  auto &pointers = inputs.emplace_back();
  pointers.reserve(count);
  for (int64_t i = 0; i < count; ++i)
    pointers.push_back(strings + i);
  return pointers.data();
}

void *StringArguments::output(std::string *strings, int64_t count) {
  Output &output = outputs.emplace_back();
  output.strings = strings;
  output.pointers.resize(static_cast<size_t>(count));
  return output.pointers.data();
}

void StringArguments::finish() {
  for (Output &output : outputs)
    for (size_t i = 0; i < output.pointers.size(); ++i)
      output.strings[i] = output.pointers[i] ? *output.pointers[i] : "";
}

void StringArguments::clear() {
  inputs.clear();
  outputs.clear();
}

} // namespace firn::jit
