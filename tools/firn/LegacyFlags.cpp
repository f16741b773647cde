// Flags as TensorFlow's tools have them.
#include "tools/firn/LegacyFlags.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

#include "CLI/CLI.hpp"

#include <cstdio>

namespace firn::cli {

BoolFlag::BoolFlag(CLI::App &command, const std::string &name, bool byDefault,
                   const std::string &help)
    : byDefault(byDefault) {
  option = command.add_option(name, text, help)
               ->expected(0, 1)
               ->option_text(byDefault ? "BOOL (true)" : "BOOL (false)")
               ->check([](const std::string &word) {
                 bool ignored;
                 return word.empty() || absl::SimpleAtob(word, &ignored)
                            ? std::string()
                            : "'" + word + "' is neither true nor false";
               });
}

bool BoolFlag::value() const {
  bool result = true;
  if (option->count() == 0)
    return byDefault;
  return text.empty() || !absl::SimpleAtob(text, &result) || result;
}

std::vector<std::string> splitNames(const std::string &text) {
  std::vector<std::string> names;
  for (absl::string_view part : absl::StrSplit(text, ','))
    if (std::string name(absl::StripAsciiWhitespace(part)); !name.empty())
      names.push_back(name);
  return names;
}

void printNote(const std::string &text) {
  std::fprintf(stderr, "firn: note: %s\n", text.c_str());
}

} // namespace firn::cli
