// What `firn` writes beside its results: a progress line for people, and
// errors.
#ifndef FIRN_TOOLS_FIRN_TERMINAL_H
#define FIRN_TOOLS_FIRN_TERMINAL_H

#include "absl/status/status.h"

#include <cstdint>
#include <string>

namespace firn::cli {

/// A line that says what is going on while this lives, on stderr and only if
/// that is a terminal. The next one replaces it; the last is removed.
class Progress {
public:
  explicit Progress(const std::string &text);
  ~Progress();
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;
};

/// Prints "firn: error: …" on stderr.
void printError(const absl::Status &status);

/// "12.3 MB", "512 bytes".
std::string sizeText(double bytes);

/// "1 node", "2 nodes".
std::string countText(int64_t count, const std::string &what);

} // namespace firn::cli

#endif // FIRN_TOOLS_FIRN_TERMINAL_H
