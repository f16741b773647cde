// Strings at the border of compiled code. Outside, a string tensor is an array
// of std::string; inside, one of pointers (runtime::StringRef). This makes the
// arrays of pointers of one call, and copies the outputs back after it.
#ifndef FIRN_BACKEND_JIT_STRINGARGUMENTS_H
#define FIRN_BACKEND_JIT_STRINGARGUMENTS_H

#include "backend/runtime/Routine.h"
#include "backend/runtime/TensorView.h"

#include <deque>
#include <vector>

namespace firn::jit {

class StringArguments {
public:
  /// The pointers to the strings of `view`, valid until clear().
  void *input(const TensorView &view);
  /// Room for `count` pointers, from which finish() fills `strings`.
  void *output(std::string *strings, int64_t count);
  /// Copies what the call has put into the outputs.
  void finish();
  void clear();

private:
  struct Output {
    std::string *strings;
    std::vector<runtime::StringRef> pointers;
  };
  // Deques do not move what they hold.
  std::deque<std::vector<runtime::StringRef>> inputs;
  std::deque<Output> outputs;
};

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_STRINGARGUMENTS_H
