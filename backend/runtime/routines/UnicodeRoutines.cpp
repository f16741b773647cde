// Routines between encodings of Unicode. The encodings are UTF-8, UTF-16,
// UTF-32, ASCII and Latin-1; TensorFlow's list of older ones is refused by
// name.
#include "backend/runtime/routines/Routines.h"
#include "backend/runtime/routines/Strings.h"

#include "absl/functional/function_ref.h"
#include "absl/strings/ascii.h"

#include <algorithm>

namespace firn::runtime {
namespace {

using Decoder = DecodedCharacter (*)(std::string_view text);

int32_t byteOf(std::string_view text, size_t i) {
  return static_cast<unsigned char>(text[i]);
}

template <bool big> int32_t wordOf(std::string_view text, size_t i) {
  return big ? byteOf(text, i) << 8 | byteOf(text, i + 1)
             : byteOf(text, i + 1) << 8 | byteOf(text, i);
}

template <bool big> DecodedCharacter decodeUtf16(std::string_view text) {
  if (text.size() < 2)
    return {-1, text.size()};
  int32_t unit = wordOf<big>(text, 0);
  if (unit < 0xD800 || unit > 0xDFFF)
    return {unit, 2};
  if (unit > 0xDBFF || text.size() < 4)
    return {-1, text.size() < 4 && unit <= 0xDBFF ? text.size() : 2};
  int32_t low = wordOf<big>(text, 2);
  if (low < 0xDC00 || low > 0xDFFF)
    return {-1, 2};
  return {0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), 4};
}

template <bool big> DecodedCharacter decodeUtf32(std::string_view text) {
  if (text.size() < 4)
    return {-1, text.size()};
  int64_t high = wordOf<big>(text, big ? 0 : 2);
  int64_t value = high << 16 | wordOf<big>(text, big ? 2 : 0);
  if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
    return {-1, 4};
  return {static_cast<int32_t>(value), 4};
}

DecodedCharacter decodeAscii(std::string_view text) {
  return {byteOf(text, 0) < 0x80 ? byteOf(text, 0) : -1, 1};
}

DecodedCharacter decodeLatin1(std::string_view text) {
  return {byteOf(text, 0), 1};
}

absl::StatusOr<Decoder> decoderOf(std::string name) {
  struct Encoding {
    const char *name;
    Decoder decoder;
  };
  static const Encoding encodings[] = {{"UTF-8", decodeUtf8},
                                       {"UTF8", decodeUtf8},
                                       {"UTF-16", decodeUtf16<true>},
                                       {"UTF-16-BE", decodeUtf16<true>},
                                       {"UTF-16BE", decodeUtf16<true>},
                                       {"UTF-16-LE", decodeUtf16<false>},
                                       {"UTF-16LE", decodeUtf16<false>},
                                       {"UTF-32", decodeUtf32<true>},
                                       {"UTF-32-BE", decodeUtf32<true>},
                                       {"UTF-32BE", decodeUtf32<true>},
                                       {"UTF-32-LE", decodeUtf32<false>},
                                       {"UTF-32LE", decodeUtf32<false>},
                                       {"US-ASCII", decodeAscii},
                                       {"ASCII", decodeAscii},
                                       {"ISO-8859-1", decodeLatin1},
                                       {"LATIN1", decodeLatin1}};
  absl::AsciiStrToUpper(&name);
  for (const Encoding &encoding : encodings)
    if (name == encoding.name)
      return encoding.decoder;
  return absl::UnimplementedError(absl::StrCat(
      "unsupported op: it reads UTF-8, UTF-16, UTF-32, US-ASCII and "
      "ISO-8859-1, but the encoding is '",
      name, "'"));
}

//===----------------------------------------------------------------------===//
// What the node says about errors
//===----------------------------------------------------------------------===//

struct ErrorPolicy {
  enum Kind { Strict, Replace, Ignore } kind;
  int32_t replacement;
  bool replaceControl;

  static absl::StatusOr<ErrorPolicy> of(const Attributes &attributes) {
    std::string errors = attributes.getString("errors", "replace");
    int64_t replacement = attributes.getInt("replacement_char", 0xFFFD);
    if (errors != "strict" && errors != "replace" && errors != "ignore")
      return absl::InvalidArgumentError(
          absl::StrCat("expects errors 'strict', 'replace' or 'ignore', but "
                       "found '",
                       errors, "'"));
    if (replacement < 0 || replacement > 0x10FFFF ||
        (replacement >= 0xD800 && replacement <= 0xDFFF))
      return absl::InvalidArgumentError(
          absl::StrCat("expects replacement_char to be a Unicode character, "
                       "but found ",
                       replacement));
    return ErrorPolicy{errors == "strict"    ? Strict
                       : errors == "replace" ? Replace
                                             : Ignore,
                       static_cast<int32_t>(replacement),
                       attributes.getBool("replace_control_characters")};
  }
};

/// Calls `body(character, offset)` for each character of the text.
absl::Status forEachCharacter(std::string_view text, Decoder decoder,
                              const ErrorPolicy &policy,
                              absl::FunctionRef<void(int32_t, size_t)> body) {
  for (size_t offset = 0; offset < text.size();) {
    DecodedCharacter next = decoder(text.substr(offset));
    bool isControl =
        policy.replaceControl && next.character >= 0 && next.character < 0x20;
    if (next.character < 0 && policy.kind == ErrorPolicy::Strict)
      return absl::InvalidArgumentError(absl::StrCat(
          "expects well-formed text, but found an error at byte ", offset));
    if (next.character >= 0 && !isControl)
      body(next.character, offset);
    else if (policy.kind != ErrorPolicy::Ignore)
      body(policy.replacement, offset);
    offset += next.bytes;
  }
  return absl::OkStatus();
}

//===----------------------------------------------------------------------===//
// Encoding
//===----------------------------------------------------------------------===//

using Encoder = void (*)(std::string &text, int32_t character);

void appendWord(std::string &text, int32_t word) {
  text += static_cast<char>(word >> 8 & 0xFF);
  text += static_cast<char>(word & 0xFF);
}
void appendUtf16(std::string &text, int32_t character) {
  if (character >= 0x10000) {
    appendWord(text, 0xD800 + ((character - 0x10000) >> 10));
    character = 0xDC00 + ((character - 0x10000) & 0x3FF);
  }
  appendWord(text, character);
}
void appendUtf32(std::string &text, int32_t character) {
  appendWord(text, character >> 16);
  appendWord(text, character);
}

absl::StatusOr<Encoder> encoderOf(const Attributes &attributes) {
  std::string name = attributes.getString("output_encoding");
  if (name == "UTF-8")
    return appendUtf8;
  if (name == "UTF-16-BE")
    return appendUtf16;
  if (name == "UTF-32-BE")
    return appendUtf32;
  return absl::InvalidArgumentError(
      absl::StrCat("expects output_encoding 'UTF-8', 'UTF-16-BE' or "
                   "'UTF-32-BE', but found '",
                   name, "'"));
}

absl::Status unicodeTranscode(RoutineCall &call) {
  auto policy = ErrorPolicy::of(call.attributes());
  auto decoder = decoderOf(call.attributes().getString("input_encoding"));
  auto encoder = encoderOf(call.attributes());
  for (const absl::Status &status :
       {policy.status(), decoder.status(), encoder.status()})
    if (!status.ok())
      return status;
  absl::Status status;
  absl::Status written = mapToStrings(call, [&](std::string_view text) {
    std::string result;
    absl::Status ended =
        forEachCharacter(text, *decoder, *policy,
                         [&](int32_t c, size_t) { (*encoder)(result, c); });
    if (status.ok())
      status = ended;
    return result;
  });
  return written.ok() ? status : written;
}

//===----------------------------------------------------------------------===//
// UnicodeDecode, UnicodeDecodeWithOffsets, UnicodeEncode
//===----------------------------------------------------------------------===//

/// Writes a vector of row splits, whose type is int32 or int64.
absl::Status writeSplits(RoutineCall &call,
                         const std::vector<int64_t> &splits) {
  Shape shape{static_cast<int64_t>(splits.size())};
  if (call.outputType(0) == DType::Int64) {
    auto output = call.outputValues<int64_t>(0, shape);
    if (output.ok())
      std::copy(splits.begin(), splits.end(), output->begin());
    return output.status();
  }
  auto output = call.outputValues<int32_t>(0, shape);
  if (output.ok())
    std::transform(splits.begin(), splits.end(), output->begin(),
                   [](int64_t split) { return static_cast<int32_t>(split); });
  return output.status();
}

absl::Status unicodeDecode(RoutineCall &call) {
  auto policy = ErrorPolicy::of(call.attributes());
  if (!policy.ok())
    return policy.status();
  auto decoder = decoderOf(call.attributes().getString("input_encoding"));
  if (!decoder.ok())
    return decoder.status();
  std::vector<int64_t> splits{0}, offsets;
  std::vector<int32_t> characters;
  for (int64_t i = 0; i < call.numElements(0); ++i) {
    absl::Status status =
        forEachCharacter(call.string(0, i), *decoder, *policy,
                         [&](int32_t character, size_t offset) {
                           characters.push_back(character);
                           offsets.push_back(static_cast<int64_t>(offset));
                         });
    if (!status.ok())
      return status;
    splits.push_back(static_cast<int64_t>(characters.size()));
  }
  if (absl::Status status = writeSplits(call, splits); !status.ok())
    return status;
  Shape shape{static_cast<int64_t>(characters.size())};
  auto values = call.outputValues<int32_t>(1, shape);
  if (!values.ok())
    return values.status();
  std::copy(characters.begin(), characters.end(), values->begin());
  if (call.numOutputs() < 3)
    return absl::OkStatus();
  auto starts = call.outputValues<int64_t>(2, shape);
  if (starts.ok())
    std::copy(offsets.begin(), offsets.end(), starts->begin());
  return starts.status();
}

absl::Status unicodeEncode(RoutineCall &call) {
  auto policy = ErrorPolicy::of(call.attributes());
  if (!policy.ok())
    return policy.status();
  auto encoder = encoderOf(call.attributes());
  if (!encoder.ok())
    return encoder.status();
  std::span<const int32_t> characters = call.values<int32_t>(0);
  std::vector<int64_t> splits = call.integers(1);
  auto size = static_cast<int64_t>(characters.size());
  if (splits.empty() || splits[0] != 0 || splits.back() != size ||
      !std::is_sorted(splits.begin(), splits.end()))
    return absl::InvalidArgumentError(absl::StrCat(
        "expects input_splits that begin with 0 and grow to ", size));
  auto output = call.outputValues<StringRef>(
      0, Shape{static_cast<int64_t>(splits.size()) - 1});
  if (!output.ok())
    return output.status();
  for (size_t row = 0; row + 1 < splits.size(); ++row) {
    std::string text;
    for (int64_t i = splits[row]; i < splits[row + 1]; ++i) {
      int32_t character = characters[i];
      if (character >= 0 && character <= 0x10FFFF &&
          (character < 0xD800 || character > 0xDFFF))
        (*encoder)(text, character);
      else if (policy->kind == ErrorPolicy::Strict)
        return absl::InvalidArgumentError(
            absl::StrCat("expects Unicode characters, but found ", character,
                         " at index ", i));
      else if (policy->kind == ErrorPolicy::Replace)
        (*encoder)(text, policy->replacement);
    }
    (*output)[row] = call.newString(std::move(text));
  }
  return absl::OkStatus();
}

} // namespace

void addUnicodeRoutines(RoutineTable &table) {
  table.add("UnicodeTranscode", unicodeTranscode);
  table.add("UnicodeDecode", unicodeDecode);
  table.add("UnicodeDecodeWithOffsets", unicodeDecode);
  table.add("UnicodeEncode", unicodeEncode);
}

} // namespace firn::runtime
