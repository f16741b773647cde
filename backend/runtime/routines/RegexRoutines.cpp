// Routines over regular expressions. RE2 takes linear time and bounded memory
// whatever the expression, which a model chooses.
#include "backend/runtime/routines/Routines.h"
#include "backend/runtime/routines/Strings.h"

#include "re2/re2.h"

namespace firn::runtime {
namespace {

using Regex = std::shared_ptr<re2::RE2>;

absl::StatusOr<Regex> parseRegex(std::string_view pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto regex = std::make_shared<re2::RE2>(
      re2::StringPiece(pattern.data(), pattern.size()), options);
  if (!regex->ok())
    return absl::InvalidArgumentError(
        absl::StrCat("expects a regular expression, but found '",
                     std::string(pattern), "': ", regex->error()));
  return regex;
}

absl::Status fullMatch(RoutineCall &call, const re2::RE2 &regex) {
  return mapStrings<uint8_t>(call, [&](std::string_view text) -> uint8_t {
    return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()),
                               regex);
  });
}

absl::Status replace(RoutineCall &call, const re2::RE2 &regex,
                     std::string_view rewrite) {
  re2::StringPiece to(rewrite.data(), rewrite.size());
  std::string error;
  if (!regex.CheckRewriteString(to, &error))
    return absl::InvalidArgumentError(
        absl::StrCat("expects a rewrite that fits '", regex.pattern(),
                     "', but found '", std::string(rewrite), "': ", error));
  bool global = call.attributes().getBool("replace_global", true);
  return mapToStrings(call, [&](std::string_view text) {
    std::string copy(text);
    if (global)
      re2::RE2::GlobalReplace(&copy, regex, to);
    else
      re2::RE2::Replace(&copy, regex, to);
    return copy;
  });
}

absl::StatusOr<re2::RE2 *> ownRegex(RoutineCall &call) {
  return call.state<re2::RE2>(
      [&] { return parseRegex(call.attributes().getString("pattern")); });
}

absl::Status staticRegexFullMatch(RoutineCall &call) {
  absl::StatusOr<re2::RE2 *> regex = ownRegex(call);
  return regex.ok() ? fullMatch(call, **regex) : regex.status();
}

absl::Status staticRegexReplace(RoutineCall &call) {
  absl::StatusOr<re2::RE2 *> regex = ownRegex(call);
  if (!regex.ok())
    return regex.status();
  return replace(call, **regex, call.attributes().getString("rewrite"));
}

/// The expression of operand 1.
absl::StatusOr<Regex> givenRegex(RoutineCall &call) {
  auto pattern = scalarString(call, 1, "pattern");
  if (!pattern.ok())
    return pattern.status();
  return parseRegex(*pattern);
}

absl::Status regexFullMatch(RoutineCall &call) {
  absl::StatusOr<Regex> regex = givenRegex(call);
  return regex.ok() ? fullMatch(call, **regex) : regex.status();
}

absl::Status regexReplace(RoutineCall &call) {
  absl::StatusOr<Regex> regex = givenRegex(call);
  if (!regex.ok())
    return regex.status();
  auto rewrite = scalarString(call, 2, "rewrite");
  return rewrite.ok() ? replace(call, **regex, *rewrite) : rewrite.status();
}

} // namespace

void addRegexRoutines(RoutineTable &table) {
  table.add("StaticRegexFullMatch", staticRegexFullMatch);
  table.add("StaticRegexReplace", staticRegexReplace);
  table.add("RegexFullMatch", regexFullMatch);
  table.add("RegexReplace", regexReplace);
}

} // namespace firn::runtime
