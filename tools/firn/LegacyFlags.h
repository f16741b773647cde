// Flags as TensorFlow's tools have them: names with underscores, lists with
// commas, booleans that take a value or none.
#ifndef FIRN_TOOLS_FIRN_LEGACYFLAGS_H
#define FIRN_TOOLS_FIRN_LEGACYFLAGS_H

#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace firn::cli {

/// A boolean: `--flag`, `--flag=true`, `--flag 1`, `--flag=false`. TensorFlow
/// takes every word but `true` for false; here a word that is neither is an
/// error.
class BoolFlag {
public:
  BoolFlag(CLI::App &command, const std::string &name, bool byDefault,
           const std::string &help);
  bool value() const;

private:
  CLI::Option *option;
  std::string text;
  bool byDefault;
};

/// `a,b` without the spaces; no empty names.
std::vector<std::string> splitNames(const std::string &text);

/// Prints a line that starts with `firn: note:` on stderr.
void printNote(const std::string &text);

} // namespace firn::cli

#endif // FIRN_TOOLS_FIRN_LEGACYFLAGS_H
