// The language of the Graph Transform Tool's --transforms:
//
//   name  name(parameter=value, parameter="a value")  …
//
// A parameter may be given several times; together they are a list.
#ifndef FIRN_API_TRANSFORMSPEC_H
#define FIRN_API_TRANSFORMSPEC_H

#include "absl/status/statusor.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace firn {

/// One transform as it is written, and the reading of its parameters.
class TransformSpec {
public:
  std::string name;
  std::vector<std::pair<std::string, std::string>> arguments;

  /// The values of a parameter; an absent one is the default. A value of
  /// another kind is reported by check().
  std::string text(const std::string &parameter,
                   const std::string &byDefault = "");
  bool flag(const std::string &parameter, bool byDefault);
  int64_t number(const std::string &parameter, int64_t byDefault);
  double real(const std::string &parameter, double byDefault);
  std::vector<std::string> list(const std::string &parameter);
  /// A text that must be given.
  std::string required(const std::string &parameter);

  /// An error if a parameter was given that nobody asked for, one was missing,
  /// or a value was wrong.
  absl::Status check() const;

private:
  void fail(const std::string &text);

  std::set<std::string> known = {"ignore_errors"};
  std::string error;
};

/// The transforms of a text; errors say where it went wrong.
absl::StatusOr<std::vector<TransformSpec>>
parseTransforms(std::string_view text);

} // namespace firn

#endif // FIRN_API_TRANSFORMSPEC_H
