// What routines over strings share: mapping element by element, walking two
// operands that broadcast, and the reading of one UTF-8 character.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_STRINGS_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_STRINGS_H

#include "backend/runtime/Routine.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace firn::runtime {

/// Output 0 has the shape of input 0; element i is `body(string i)`.
template <typename T, typename Body>
absl::Status mapStrings(RoutineCall &call, Body &&body) {
  auto output = call.outputValues<T>(0, call.input(0).shape());
  if (!output.ok())
    return output.status();
  for (size_t i = 0; i < output->size(); ++i)
    (*output)[i] = body(call.string(0, static_cast<int64_t>(i)));
  return absl::OkStatus();
}

/// The same with strings as results.
template <typename Body>
absl::Status mapToStrings(RoutineCall &call, Body &&body) {
  return mapStrings<StringRef>(
      call, [&](std::string_view text) { return call.newString(body(text)); });
}

/// The one string of a scalar operand, or of an operand with one element.
absl::StatusOr<std::string_view>
scalarString(const RoutineCall &call, size_t index, std::string_view what);

/// Whether the byte continues a UTF-8 character.
inline bool continuesCharacter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

/// One step of decoding: the character, or -1 if the bytes are ill-formed, and
/// how many bytes it took (at least one).
struct DecodedCharacter {
  int32_t character;
  size_t bytes;
};

/// Reads the first character of `text`, which is not empty, as UTF-8. Of an
/// ill-formed sequence the longest part that could have begun a character is
/// taken as one error, as Unicode recommends.
DecodedCharacter decodeUtf8(std::string_view text);
/// Appends the character's UTF-8 form.
void appendUtf8(std::string &text, int32_t character);

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_STRINGS_H
