// How long each of several steps took.
#ifndef FIRN_BACKEND_JIT_STOPWATCH_H
#define FIRN_BACKEND_JIT_STOPWATCH_H

#include <chrono>

namespace firn::jit {

/// Started when it is made.
class Stopwatch {
public:
  /// Seconds since the last lap.
  double lap() {
    auto now = std::chrono::steady_clock::now();
    double seconds = std::chrono::duration<double>(now - last).count();
    last = now;
    return seconds;
  }

private:
  std::chrono::steady_clock::time_point last = std::chrono::steady_clock::now();
};

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_STOPWATCH_H
