// Routines that make a string of a string, measure it, or compare two.
#include "backend/runtime/routines/Broadcast.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"
#include "backend/runtime/routines/Strings.h"

#include "absl/strings/ascii.h"

#include <algorithm>
#include <clocale>
#include <cwctype>

namespace firn::runtime {
namespace {

/// Characters mapped one to one by the C library's tables for Unicode; the few
/// that become several (the German sharp s) are written out.
std::string mapUtf8(std::string_view text, bool upper) {
  static const locale_t unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  std::string result;
  while (!text.empty()) {
    DecodedCharacter next = decodeUtf8(text);
    text.remove_prefix(next.bytes);
    if (next.character < 0)
      appendUtf8(result, 0xFFFD);
    else if (next.character == 0xDF && upper)
      result += "SS";
    else if (!unicode)
      appendUtf8(result, next.character);
    else
      appendUtf8(result, static_cast<int32_t>(
                             upper ? towupper_l(next.character, unicode)
                                   : towlower_l(next.character, unicode)));
  }
  return result;
}

absl::Status mapCase(RoutineCall &call, bool upper) {
  std::string encoding = call.attributes().getString("encoding");
  if (!encoding.empty() && encoding != "utf-8")
    return absl::InvalidArgumentError(absl::StrCat(
        "expects encoding '' or 'utf-8', but found '", encoding, "'"));
  return mapToStrings(call, [&](std::string_view text) {
    if (!encoding.empty())
      return mapUtf8(text, upper);
    std::string copy(text);
    if (upper)
      absl::AsciiStrToUpper(&copy);
    else
      absl::AsciiStrToLower(&copy);
    return copy;
  });
}

absl::Status stringLower(RoutineCall &call) { return mapCase(call, false); }
absl::Status stringUpper(RoutineCall &call) { return mapCase(call, true); }

absl::Status stringStrip(RoutineCall &call) {
  return mapToStrings(call, [](std::string_view text) {
    std::string copy(text);
    absl::StripAsciiWhitespace(&copy);
    return copy;
  });
}

/// Whether the attribute `unit` asks for characters instead of bytes.
absl::StatusOr<bool> countsCharacters(const RoutineCall &call) {
  std::string unit = call.attributes().getString("unit", "BYTE");
  if (unit != "BYTE" && unit != "UTF8_CHAR")
    return absl::InvalidArgumentError(absl::StrCat(
        "expects unit 'BYTE' or 'UTF8_CHAR', but found '", unit, "'"));
  return unit == "UTF8_CHAR";
}

absl::Status stringLength(RoutineCall &call) {
  absl::StatusOr<bool> characters = countsCharacters(call);
  if (!characters.ok())
    return characters.status();
  return mapStrings<int32_t>(call, [&](std::string_view text) {
    if (!*characters)
      return static_cast<int32_t>(text.size());
    return static_cast<int32_t>(
        text.size() -
        std::count_if(text.begin(), text.end(), continuesCharacter));
  });
}

//===----------------------------------------------------------------------===//
// Substr
//===----------------------------------------------------------------------===//

/// Moves `position` by `count` characters to the end; false if there are fewer.
bool forward(std::string_view text, int64_t count, size_t &position) {
  for (; count > 0; --count) {
    if (position >= text.size())
      return false;
    do
      ++position;
    while (position < text.size() && continuesCharacter(text[position]));
  }
  return true;
}

/// The same to the start.
bool backward(std::string_view text, int64_t count, size_t &position) {
  for (; count > 0; --count) {
    if (position == 0)
      return false;
    do
      --position;
    while (position > 0 && continuesCharacter(text[position]));
  }
  return true;
}

/// The part from `start` on, negative ones from the end; nullopt if that is
/// outside of the string.
std::optional<std::string_view> partOf(std::string_view text, int64_t start,
                                       int64_t length, bool characters) {
  if (!characters) {
    auto size = static_cast<int64_t>(text.size());
    if (start < 0)
      start += size;
    if (start < 0 || start > size)
      return std::nullopt;
    // A negative length is, as in TensorFlow, all that is left.
    return text.substr(static_cast<size_t>(start), static_cast<size_t>(length));
  }
  size_t begin = start < 0 ? text.size() : 0;
  if (start == INT64_MIN || !(start < 0 ? backward(text, -start, begin)
                                        : forward(text, start, begin)))
    return std::nullopt;
  size_t end = begin;
  forward(text, length, end);
  return text.substr(begin, end - begin);
}

absl::Status substr(RoutineCall &call) {
  absl::StatusOr<bool> characters = countsCharacters(call);
  if (!characters.ok())
    return characters.status();
  const TensorView &pos = call.input(1), &len = call.input(2);
  if (!std::equal(pos.shape().begin(), pos.shape().end(), len.shape().begin(),
                  len.shape().end()))
    return absl::InvalidArgumentError(absl::StrCat(
        "expects pos and len of one shape, but found ",
        shapeToString(pos.shape()), " and ", shapeToString(len.shape())));
  auto broadcast = Broadcast::of({call.input(0).shape(), pos.shape()});
  if (!broadcast.ok())
    return broadcast.status();
  auto output = call.outputValues<StringRef>(0, broadcast->shape());
  if (!output.ok())
    return output.status();
  std::vector<int64_t> starts = call.integers(1), lengths = call.integers(2);
  absl::Status status;
  broadcast->forEach([&](int64_t i, const Shape &positions) {
    int64_t from = positions[0], where = positions[1];
    std::string_view text = call.string(0, from);
    auto part = partOf(text, starts[where], lengths[where], *characters);
    if (!part && status.ok())
      status = absl::InvalidArgumentError(absl::StrCat(
          "pos ", starts[where], " is out of range for the string '",
          std::string(text), "' at index ", i));
    (*output)[i] = part ? call.newString(std::string(*part)) : nullptr;
  });
  return status;
}

//===----------------------------------------------------------------------===//
// Comparison
//===----------------------------------------------------------------------===//

absl::Status compare(RoutineCall &call, bool whenEqual) {
  if (call.input(0).dtype != DType::String)
    return unsupportedType(call.input(0).dtype);
  auto broadcast =
      Broadcast::of({call.input(0).shape(), call.input(1).shape()});
  if (!broadcast.ok()) {
    if (call.attributes().getBool("incompatible_shape_error", true))
      return broadcast.status();
    auto scalar = call.outputValues<uint8_t>(0, {});
    if (scalar.ok())
      (*scalar)[0] = !whenEqual;
    return scalar.status();
  }
  auto output = call.outputValues<uint8_t>(0, broadcast->shape());
  if (!output.ok())
    return output.status();
  broadcast->forEach([&](int64_t i, const Shape &positions) {
    (*output)[i] = (call.string(0, positions[0]) ==
                    call.string(1, positions[1])) == whenEqual;
  });
  return absl::OkStatus();
}

absl::Status equal(RoutineCall &call) { return compare(call, true); }
absl::Status notEqual(RoutineCall &call) { return compare(call, false); }

} // namespace

void addStringRoutines(RoutineTable &table) {
  table.add("StringLower", stringLower);
  table.add("StringUpper", stringUpper);
  table.add("StringStrip", stringStrip);
  table.add("StringLength", stringLength);
  table.add("Substr", substr);
  table.add("Equal", equal);
  table.add("NotEqual", notEqual);
}

} // namespace firn::runtime
