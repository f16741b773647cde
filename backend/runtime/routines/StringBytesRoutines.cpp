// Routines that read strings as bytes: DecodeRaw, DecodePaddedRaw and the two
// of Base64.
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"
#include "backend/runtime/routines/Strings.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace firn::runtime {
namespace {

/// Copies numbers whose bytes are in the order that the node says.
void copyNumbers(const RoutineCall &call, char *to, std::string_view bytes) {
  std::memcpy(to, bytes.data(), bytes.size());
  DType dtype = call.outputType(0);
  size_t width = sizeOf(dtype);
  if (dtype == DType::Complex64 || dtype == DType::Complex128)
    width /= 2;
  bool little = call.attributes().getBool("little_endian", true);
  if (little == (std::endian::native == std::endian::little))
    return;
  for (size_t i = 0; i < bytes.size(); i += width)
    std::reverse(to + i, to + i + width);
}

/// Output 0: the shape of input 0 and one more dimension.
absl::StatusOr<TensorView> rawOutput(RoutineCall &call, int64_t elements) {
  std::span<const int64_t> shape = call.input(0).shape();
  Shape result(shape.begin(), shape.end());
  result.push_back(elements);
  return call.output(0, result);
}

absl::Status decodeRaw(RoutineCall &call) {
  int64_t count = call.numElements(0);
  size_t size = count ? call.string(0, 0).size() : 0;
  for (int64_t i = 1; i < count; ++i)
    if (call.string(0, i).size() != size)
      return absl::InvalidArgumentError(absl::StrCat(
          "expects strings of one size, ", size, " bytes, but element ", i,
          " has ", call.string(0, i).size()));
  size_t width = sizeOf(call.outputType(0));
  if (size % width != 0)
    return absl::InvalidArgumentError(absl::StrCat(
        "expects strings of a multiple of ", width, " bytes, but found ", size,
        " bytes for elements of ", std::string(nameOf(call.outputType(0)))));
  auto output = rawOutput(call, static_cast<int64_t>(size / width));
  if (!output.ok())
    return output.status();
  auto *to = static_cast<char *>(output->data);
  for (int64_t i = 0; i < count; ++i)
    copyNumbers(call, to + i * static_cast<int64_t>(size), call.string(0, i));
  return absl::OkStatus();
}

/// As DecodeRaw, but each string is cut or filled with zero bytes to a size.
absl::Status decodePaddedRaw(RoutineCall &call) {
  std::vector<int64_t> length = call.integers(1);
  auto width = static_cast<int64_t>(sizeOf(call.outputType(0)));
  if (length.size() != 1 || length[0] < 1 || length[0] % width != 0)
    return absl::InvalidArgumentError(absl::StrCat(
        "expects one fixed_length that is a multiple of ", width,
        " bytes, but found ",
        length.empty() ? std::string("none") : std::to_string(length[0])));
  auto output = rawOutput(call, length[0] / width);
  if (!output.ok())
    return output.status();
  auto *to = static_cast<char *>(output->data);
  std::string padded;
  for (int64_t i = 0; i < call.numElements(0); ++i, to += length[0]) {
    padded = call.string(0, i).substr(0, static_cast<size_t>(length[0]));
    padded.resize(static_cast<size_t>(length[0]));
    copyNumbers(call, to, padded);
  }
  return absl::OkStatus();
}

//===----------------------------------------------------------------------===//
// Base64, in the alphabet for URLs
//===----------------------------------------------------------------------===//

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encodeText(std::string_view bytes, bool pad) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = 0;
    size_t count = std::min<size_t>(3, bytes.size() - i);
    for (size_t k = 0; k < 3; ++k)
      group = group << 8 |
              (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0);
    for (size_t k = 0; k <= count; ++k)
      text += kAlphabet[group >> (18 - 6 * k) & 63];
    if (pad)
      text.append(3 - count, '=');
  }
  return text;
}

std::optional<std::string> decodeText(std::string_view text) {
  size_t padded = text.size();
  for (int i = 0; i < 2 && !text.empty() && text.back() == '='; ++i)
    text.remove_suffix(1);
  if (text.size() % 4 == 1 || (padded != text.size() && padded % 4 != 0))
    return std::nullopt;
  std::string bytes;
  uint32_t group = 0;
  int bits = 0;
  for (char c : text) {
    size_t digit = kAlphabet.find(c);
    if (digit == std::string_view::npos)
      return std::nullopt;
    group = (group << 6 | static_cast<uint32_t>(digit)) & 0xFFFF;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>(group >> bits & 0xFF);
    }
  }
  return bytes;
}

absl::Status encodeBase64(RoutineCall &call) {
  bool pad = call.attributes().getBool("pad");
  return mapToStrings(
      call, [&](std::string_view text) { return encodeText(text, pad); });
}

absl::Status decodeBase64(RoutineCall &call) {
  auto output = call.outputValues<StringRef>(0, call.input(0).shape());
  if (!output.ok())
    return output.status();
  for (size_t i = 0; i < output->size(); ++i) {
    std::string_view text = call.string(0, static_cast<int64_t>(i));
    std::optional<std::string> bytes = decodeText(text);
    if (!bytes)
      return absl::InvalidArgumentError(
          absl::StrCat("expects web-safe Base64, but found '",
                       std::string(text.substr(0, 80)), "' at index ", i));
    (*output)[i] = call.newString(*std::move(bytes));
  }
  return absl::OkStatus();
}

} // namespace

void addStringBytesRoutines(RoutineTable &table) {
  table.add("DecodeRaw", decodeRaw);
  table.add("DecodePaddedRaw", decodePaddedRaw);
  table.add("EncodeBase64", encodeBase64);
  table.add("DecodeBase64", decodeBase64);
}

} // namespace firn::runtime
