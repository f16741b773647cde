// Writing to stderr, with a look at whether a person reads it.
#include "tools/firn/Terminal.h"

#include <array>
#include <cstdio>
#include <unistd.h>

namespace firn::cli {
namespace {

bool isTerminal() {
  static const bool terminal = isatty(STDERR_FILENO);
  return terminal;
}

} // namespace

Progress::Progress(const std::string &text) {
  if (isTerminal())
    std::fprintf(stderr, "\r\033[K%s …", text.c_str());
}

Progress::~Progress() {
  if (isTerminal())
    std::fprintf(stderr, "\r\033[K");
}

void printError(const absl::Status &status) {
  std::string text(status.message());
  std::fprintf(stderr, "firn: error: %s\n", text.c_str());
}

std::string sizeText(double bytes) {
  static constexpr std::array<const char *, 5> kUnits = {"bytes", "kB", "MB",
                                                         "GB", "TB"};
  size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < kUnits.size(); ++unit)
    bytes /= 1000;
  char text[32];
  std::snprintf(text, sizeof(text), unit == 0 ? "%.0f %s" : "%.1f %s", bytes,
                kUnits[unit]);
  return text;
}

std::string countText(int64_t count, const std::string &what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

} // namespace firn::cli
