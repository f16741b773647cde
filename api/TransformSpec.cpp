// A scanner over one line of text.
#include "api/TransformSpec.h"

#include "api/Suggest.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace firn {
namespace {

class Scanner {
public:
  explicit Scanner(std::string_view text) : text(text) {}

  void skipSpace() {
    while (position < text.size() && absl::ascii_isspace(text[position]))
      ++position;
  }
  bool atEnd() const { return position == text.size(); }
  bool take(char c) {
    if (atEnd() || text[position] != c)
      return false;
    ++position;
    return true;
  }
  std::string takeName() {
    size_t start = position;
    while (!atEnd() &&
           (absl::ascii_isalnum(text[position]) || text[position] == '_'))
      ++position;
    return std::string(text.substr(start, position - start));
  }
  /// Up to a quote, or unquoted up to a space, a comma or a parenthesis.
  absl::StatusOr<std::string> takeValue() {
    size_t start = position;
    if (take('"')) {
      size_t end = text.find('"', position);
      if (end == std::string_view::npos)
        return failure("the closing \" of a value");
      position = end + 1;
      return std::string(text.substr(start + 1, end - start - 1));
    }
    while (!atEnd() && !absl::ascii_isspace(text[position]) &&
           text[position] != ',' && text[position] != ')')
      ++position;
    return std::string(text.substr(start, position - start));
  }
  absl::Status failure(const char *expected) const {
    std::string rest(text.substr(position, 40));
    return absl::InvalidArgumentError(absl::StrCat(
        "--transforms: expected ", expected, " at character ", position + 1,
        ", found ", rest.empty() ? "the end" : "'" + rest + "'"));
  }

private:
  std::string_view text;
  size_t position = 0;
};

absl::Status parseArguments(Scanner &scanner, TransformSpec &transform) {
  scanner.skipSpace();
  if (scanner.take(')'))
    return absl::OkStatus();
  while (true) {
    scanner.skipSpace();
    std::string name = scanner.takeName();
    if (name.empty())
      return scanner.failure("the name of a parameter");
    scanner.skipSpace();
    if (!scanner.take('='))
      return scanner.failure("'=' after the name of a parameter");
    scanner.skipSpace();
    absl::StatusOr<std::string> value = scanner.takeValue();
    if (!value.ok())
      return value.status();
    transform.arguments.emplace_back(std::move(name), *std::move(value));
    scanner.skipSpace();
    if (scanner.take(')'))
      return absl::OkStatus();
    if (!scanner.take(','))
      return scanner.failure("',' or ')' after a parameter");
  }
}

} // namespace

absl::StatusOr<std::vector<TransformSpec>>
parseTransforms(std::string_view text) {
  std::vector<TransformSpec> transforms;
  Scanner scanner(text);
  for (scanner.skipSpace(); !scanner.atEnd(); scanner.skipSpace()) {
    TransformSpec transform;
    transform.name = scanner.takeName();
    if (transform.name.empty())
      return scanner.failure("the name of a transform");
    scanner.skipSpace();
    if (scanner.take('('))
      if (absl::Status status = parseArguments(scanner, transform);
          !status.ok())
        return status;
    transforms.push_back(std::move(transform));
  }
  return transforms;
}

void TransformSpec::fail(const std::string &text) {
  if (error.empty())
    error = absl::StrCat("transform ", name, ": ", text);
}

std::vector<std::string> TransformSpec::list(const std::string &parameter) {
  known.insert(parameter);
  std::vector<std::string> values;
  for (const auto &[key, value] : arguments)
    if (key == parameter)
      values.push_back(value);
  return values;
}

std::string TransformSpec::text(const std::string &parameter,
                                const std::string &byDefault) {
  std::vector<std::string> values = list(parameter);
  if (values.size() > 1)
    fail(absl::StrCat("parameter '", parameter, "' is given twice"));
  return values.empty() ? byDefault : values[0];
}

bool TransformSpec::flag(const std::string &parameter, bool byDefault) {
  std::string value = text(parameter);
  bool result = byDefault;
  if (!value.empty() && !absl::SimpleAtob(value, &result))
    fail(absl::StrCat("parameter '", parameter,
                      "' is true or false, but found '", value, "'"));
  return result;
}

int64_t TransformSpec::number(const std::string &parameter, int64_t byDefault) {
  std::string value = text(parameter);
  int64_t result = byDefault;
  if (!value.empty() && !absl::SimpleAtoi(value, &result))
    fail(absl::StrCat("parameter '", parameter,
                      "' is a whole number, but found '", value, "'"));
  return result;
}

double TransformSpec::real(const std::string &parameter, double byDefault) {
  std::string value = text(parameter);
  double result = byDefault;
  if (!value.empty() && !absl::SimpleAtod(value, &result))
    fail(absl::StrCat("parameter '", parameter, "' is a number, but found '",
                      value, "'"));
  return result;
}

std::string TransformSpec::required(const std::string &parameter) {
  if (list(parameter).empty())
    fail(absl::StrCat("needs the parameter '", parameter, "'"));
  return text(parameter);
}

absl::Status TransformSpec::check() const {
  if (!error.empty())
    return absl::InvalidArgumentError(error);
  for (const auto &[key, value] : arguments)
    if (!known.count(key)) {
      std::vector<std::string> names(known.begin(), known.end());
      return absl::InvalidArgumentError(absl::StrCat(
          "transform ", name, " has no parameter '", key, "'; it has ",
          absl::StrJoin(names, ", "), ".", didYouMean(key, names)));
    }
  return absl::OkStatus();
}

} // namespace firn
