// A parser of lists, dictionaries and literals, which writes tf.Example's wire
// format as it goes:
//
//   Example  { Features features = 1; }
//   Features { map<string, Feature> feature = 1; }
//   Feature  { BytesList = 1 | FloatList = 2 | Int64List = 3, of `value` = 1 }
#include "api/ExampleInput.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include <cstring>
#include <vector>

namespace firn {
namespace {

void putVarint(std::string &bytes, uint64_t number) {
  for (; number >= 0x80; number >>= 7)
    bytes.push_back(static_cast<char>(number | 0x80));
  bytes.push_back(static_cast<char>(number));
}

/// A field that has bytes or a message in it.
void putField(std::string &bytes, int number, std::string_view contents) {
  putVarint(bytes, static_cast<uint64_t>(number) << 3 | 2);
  putVarint(bytes, contents.size());
  bytes.append(contents);
}

/// The values of one feature; all of one kind.
struct Feature {
  enum Kind { None = 0, Bytes = 1, Float = 2, Int64 = 3 };
  Kind kind = None;
  std::string values; // the list's message, numbers without their field

  std::string message() const {
    std::string list;
    if (kind == Bytes)
      list = values;
    else if (kind != None)
      putField(list, 1, values);
    std::string bytes;
    if (kind != None)
      putField(bytes, kind, list);
    return bytes;
  }
};

class Parser {
public:
  explicit Parser(std::string_view text) : text(text) {}

  absl::StatusOr<std::vector<std::string>> run() {
    std::vector<std::string> examples;
    list([&] { return example(examples); });
    skipSpace();
    if (error.empty() && position != text.size())
      fail("nothing behind the list");
    if (!error.empty())
      return absl::InvalidArgumentError(error);
    return examples;
  }

private:
  void fail(std::string_view expected) {
    if (error.empty())
      error = absl::StrCat("expected ",
                           absl::string_view(expected.data(), expected.size()),
                           " at character ", position + 1);
  }
  void skipSpace() {
    while (position < text.size() && absl::ascii_isspace(text[position]))
      ++position;
  }
  bool take(char c) {
    skipSpace();
    if (position >= text.size() || text[position] != c)
      return false;
    ++position;
    return true;
  }
  void expect(char c) {
    if (error.empty() && !take(c))
      fail(std::string("'") + c + "'");
  }

  /// `open item, item close`, where a comma may stand behind the last.
  template <typename Item>
  void sequence(char open, char close, const Item &item) {
    expect(open);
    while (error.empty() && !take(close)) {
      item();
      if (error.empty() && !take(',')) {
        expect(close);
        return;
      }
    }
  }
  template <typename Item> void list(const Item &item) {
    sequence('[', ']', item);
  }

  void example(std::vector<std::string> &examples) {
    std::string features;
    sequence('{', '}', [&] {
      std::string name = quoted(), entry;
      expect(':');
      Feature feature;
      list([&] { value(feature); });
      putField(entry, 1, name);
      putField(entry, 2, feature.message());
      putField(features, 1, entry);
    });
    std::string bytes;
    putField(bytes, 1, features);
    examples.push_back(std::move(bytes));
  }

  std::string quoted() {
    skipSpace();
    char quote = position < text.size() ? text[position] : '\0';
    if (quote != '"' && quote != '\'') {
      fail("text in quotes");
      return "";
    }
    std::string result;
    for (++position; position < text.size() && text[position] != quote;
         ++position) {
      if (text[position] == '\\' && position + 1 < text.size())
        ++position;
      result.push_back(text[position]);
    }
    if (position == text.size())
      fail("the closing quote");
    else
      ++position;
    return result;
  }

  void value(Feature &feature) {
    skipSpace();
    char first = position < text.size() ? text[position] : '\0';
    // b"..." is Python's for bytes.
    if (first == 'b' && position + 1 < text.size() &&
        (text[position + 1] == '"' || text[position + 1] == '\''))
      first = text[++position];
    if (first == '"' || first == '\'') {
      setKind(feature, Feature::Bytes);
      putField(feature.values, 1, quoted());
      return;
    }
    number(feature);
  }

  void number(Feature &feature) {
    size_t begin = position;
    while (position < text.size() && (absl::ascii_isalnum(text[position]) ||
                                      std::strchr("+-.", text[position])))
      ++position;
    absl::string_view token(text.data() + begin, position - begin);
    int64_t integer;
    float real;
    if (feature.kind != Feature::Float && absl::SimpleAtoi(token, &integer)) {
      setKind(feature, Feature::Int64);
      putVarint(feature.values, static_cast<uint64_t>(integer));
    } else if (absl::SimpleAtof(token, &real)) {
      setKind(feature, Feature::Float);
      char bytes[sizeof(real)];
      std::memcpy(bytes, &real, sizeof(real));
      feature.values.append(bytes, sizeof(bytes));
    } else {
      position = begin;
      fail("a number, or text in quotes");
    }
  }

  void setKind(Feature &feature, Feature::Kind kind) {
    if (feature.kind != Feature::None && feature.kind != kind)
      fail("values of one type in a feature");
    feature.kind = kind;
  }

  std::string_view text;
  size_t position = 0;
  std::string error;
};

} // namespace

absl::StatusOr<Tensor> parseExamples(std::string_view text) {
  absl::StatusOr<std::vector<std::string>> examples = Parser(text).run();
  if (!examples.ok())
    return examples.status();
  const int64_t count[] = {static_cast<int64_t>(examples->size())};
  absl::StatusOr<Tensor> tensor = Tensor::create(DType::String, count);
  if (!tensor.ok())
    return tensor.status();
  for (size_t i = 0; i < examples->size(); ++i)
    tensor->strings()[i] = std::move((*examples)[i]);
  return tensor;
}

} // namespace firn
