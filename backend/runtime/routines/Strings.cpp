// See Strings.h.
#include "backend/runtime/routines/Strings.h"

#include <algorithm>

namespace firn::runtime {

absl::StatusOr<std::string_view>
scalarString(const RoutineCall &call, size_t index, std::string_view what) {
  if (call.numElements(index) != 1)
    return absl::InvalidArgumentError(
        absl::StrCat("expects one ", std::string(what), ", but found shape ",
                     shapeToString(call.input(index).shape())));
  return call.string(index, 0);
}

DecodedCharacter decodeUtf8(std::string_view text) {
  auto byteAt = [&](size_t i) {
    return static_cast<int32_t>(static_cast<unsigned char>(text[i]));
  };
  int32_t first = byteAt(0);
  if (first < 0x80)
    return {first, 1};
  if (first < 0xC2 || first > 0xF4)
    return {-1, 1};
  size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  // The second byte excludes overlong forms, surrogates, and what is above
  // U+10FFFF.
  int32_t low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  int32_t high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  int32_t character = first & (0xFF >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    if (i >= text.size() || byteAt(i) < low || byteAt(i) > high)
      return {-1, i};
    character = character << 6 | (byteAt(i) & 0x3F);
    low = 0x80;
    high = 0xBF;
  }
  return {character, length};
}

void appendUtf8(std::string &text, int32_t character) {
  auto put = [&](int32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (character < 0x80)
    return put(character);
  if (character < 0x800) {
    put(0xC0 | character >> 6);
  } else {
    if (character < 0x10000) {
      put(0xE0 | character >> 12);
    } else {
      put(0xF0 | character >> 18);
      put(0x80 | (character >> 12 & 0x3F));
    }
    put(0x80 | (character >> 6 & 0x3F));
  }
  put(0x80 | (character & 0x3F));
}

} // namespace firn::runtime
