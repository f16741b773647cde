// The .npy format: magic, version, a Python dictionary as the header, then the
// elements. The header is not trusted: all sizes are checked against the
// file's.
#include "api/Npy.h"

#include "absl/strings/str_cat.h"

#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>

namespace firn {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::string_view kMagic("\x93NUMPY", 6);

/// Numpy refuses more, too; it also bounds the time that an index takes.
constexpr size_t kMaxRank = 64;

struct Header {
  char kind = 0;       // 'f', 'i', 'u', 'b', 'c', 'S', 'U', 'V'
  size_t itemSize = 0; // bytes (for 'U' too)
  bool bigEndian = false;
  bool fortranOrder = false;
  Shape shape;
};

absl::Status malformed(std::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("not a valid .npy file: ", std::string(what)));
}

/// Reads the header's dictionary, `{'descr': '<f4', 'fortran_order': False,
/// …}`. Its three keys may come in any order; nothing else is Python enough to
/// be accepted.
class HeaderParser {
public:
  explicit HeaderParser(std::string_view text) : rest(text) {}

  absl::StatusOr<Header> parse() {
    bool seen[3] = {false, false, false};
    if (!take('{'))
      return malformed("its header is not a dictionary");
    while (!take('}')) {
      std::string_view key;
      if (!takeString(key) || !take(':'))
        return malformed("a key is expected in its header");
      absl::Status status = absl::OkStatus();
      if (key == "descr") {
        seen[0] = true;
        status = parseDescr();
      } else if (key == "fortran_order") {
        seen[1] = true;
        header.fortranOrder = takeWord("True");
        if (!header.fortranOrder && !takeWord("False"))
          status = malformed("'fortran_order' is neither True nor False");
      } else if (key == "shape") {
        seen[2] = true;
        status = parseShape();
      } else {
        status = malformed(
            absl::StrCat("unknown header key '", std::string(key), "'"));
      }
      if (!status.ok())
        return status;
      if (!take(',') && peek() != '}')
        return malformed("',' or '}' is expected in its header");
    }
    skipSpace();
    if (!rest.empty())
      return malformed("there is more after its header's dictionary");
    if (!seen[0] || !seen[1] || !seen[2])
      return malformed("its header lacks 'descr', 'fortran_order' or 'shape'");
    return header;
  }

private:
  absl::Status parseDescr() {
    std::string_view text;
    if (peek() == '[')
      return absl::UnimplementedError(
          "the .npy file holds records; an array of one type is expected");
    if (!takeString(text) || text.size() < 2)
      return malformed("'descr' is not a type");
    std::string shown(text);
    if (text[0] == '<' || text[0] == '>' || text[0] == '|' || text[0] == '=') {
      header.bigEndian = text[0] == '>';
      text.remove_prefix(1);
    }
    header.kind = text[0];
    text.remove_prefix(1);
    if (text.empty() || text.size() > 9 ||
        text.find_first_not_of("0123456789") != std::string_view::npos)
      return absl::UnimplementedError(
          absl::StrCat("the .npy file has elements of numpy type '", shown,
                       "'; numbers, bool, complex, 'S' and 'U' can be read"));
    for (char digit : text)
      header.itemSize = header.itemSize * 10 + static_cast<size_t>(digit - '0');
    if (header.kind == 'U')
      header.itemSize *= 4;
    return absl::OkStatus();
  }

  absl::Status parseShape() {
    if (!take('('))
      return malformed("'shape' is not a tuple");
    while (!take(')')) {
      int64_t dim = 0;
      size_t digits = 0;
      for (; !rest.empty() && rest[0] >= '0' && rest[0] <= '9'; ++digits) {
        if (__builtin_mul_overflow(dim, int64_t(10), &dim) ||
            __builtin_add_overflow(dim, int64_t(rest[0] - '0'), &dim))
          return malformed("a dimension is too large");
        rest.remove_prefix(1);
      }
      if (digits == 0)
        return malformed("a dimension is not a number");
      // Python 2 wrote long integers so.
      take('L');
      header.shape.push_back(dim);
      if (header.shape.size() > kMaxRank)
        return malformed("it has more than 64 dimensions");
      if (!take(',') && peek() != ')')
        return malformed("',' or ')' is expected in its shape");
      skipSpace();
    }
    return absl::OkStatus();
  }

  void skipSpace() {
    while (!rest.empty() && (rest[0] == ' ' || rest[0] == '\n'))
      rest.remove_prefix(1);
  }
  char peek() {
    skipSpace();
    return rest.empty() ? '\0' : rest[0];
  }
  bool take(char c) {
    if (peek() != c)
      return false;
    rest.remove_prefix(1);
    return true;
  }
  bool takeWord(std::string_view word) {
    skipSpace();
    if (!rest.starts_with(word))
      return false;
    rest.remove_prefix(word.size());
    return true;
  }
  bool takeString(std::string_view &text) {
    char quote = peek();
    if (quote != '\'' && quote != '"')
      return false;
    size_t end = rest.find(quote, 1);
    if (end == std::string_view::npos)
      return false;
    text = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    return true;
  }

  std::string_view rest;
  Header header;
};

/// The header of a file, and `bytes` cut to what follows it.
absl::StatusOr<Header> takeHeader(std::string_view &bytes) {
  if (!bytes.starts_with(kMagic) || bytes.size() < 10)
    return malformed("it does not begin with numpy's magic bytes");
  auto byte = [&](size_t i) {
    return static_cast<size_t>(static_cast<unsigned char>(bytes[i]));
  };
  size_t major = byte(6), lengthBytes = major == 1 ? 2 : 4;
  if (major < 1 || major > 3)
    return absl::UnimplementedError(absl::StrCat(
        "the .npy file has format version ", major, "; 1 to 3 are known"));
  if (bytes.size() < 8 + lengthBytes)
    return malformed("it ends within its header");
  size_t length = 0;
  for (size_t i = 0; i < lengthBytes; ++i)
    length |= byte(8 + i) << (8 * i);
  bytes.remove_prefix(8 + lengthBytes);
  if (length > bytes.size())
    return malformed("it ends within its header");
  absl::StatusOr<Header> header = HeaderParser(bytes.substr(0, length)).parse();
  bytes.remove_prefix(length);
  return header;
}

/// The element type for numpy's kind and size; Invalid if there is none.
DType dtypeOfHeader(const Header &header) {
  switch (header.kind) {
  case 'S':
  case 'a':
  case 'U':
    return DType::String;
  case 'b':
    return header.itemSize == 1 ? DType::Bool : DType::Invalid;
  case 'f':
    return header.itemSize == 2   ? DType::Half
           : header.itemSize == 4 ? DType::Float
           : header.itemSize == 8 ? DType::Double
                                  : DType::Invalid;
  case 'c':
    return header.itemSize == 8    ? DType::Complex64
           : header.itemSize == 16 ? DType::Complex128
                                   : DType::Invalid;
  case 'i':
    return header.itemSize == 1   ? DType::Int8
           : header.itemSize == 2 ? DType::Int16
           : header.itemSize == 4 ? DType::Int32
           : header.itemSize == 8 ? DType::Int64
                                  : DType::Invalid;
  // 'V' is how numpy saves the bfloat16 and float8 of its extensions: bits.
  case 'V':
    return header.itemSize == 1   ? DType::UInt8
           : header.itemSize == 2 ? DType::UInt16
                                  : DType::Invalid;
  case 'u':
    return header.itemSize == 1   ? DType::UInt8
           : header.itemSize == 2 ? DType::UInt16
           : header.itemSize == 4 ? DType::UInt32
           : header.itemSize == 8 ? DType::UInt64
                                  : DType::Invalid;
  default:
    return DType::Invalid;
  }
}

/// Calls `copy(target, source)` with the element numbers in row-major order and
/// in the file's order.
template <typename Copy>
void forEachElement(const Header &header, size_t count, Copy copy) {
  if (!header.fortranOrder || header.shape.size() < 2) {
    for (size_t i = 0; i < count; ++i)
      copy(i, i);
    return;
  }
  size_t rank = header.shape.size();
  std::vector<size_t> stride(rank), index(rank);
  for (size_t i = 0, product = 1; i < rank; ++i) {
    stride[i] = product;
    product *= static_cast<size_t>(header.shape[i]);
  }
  for (size_t i = 0, source = 0; i < count; ++i) {
    copy(i, source);
    for (size_t axis = rank; axis-- > 0;) {
      source += stride[axis];
      if (++index[axis] < static_cast<size_t>(header.shape[axis]))
        break;
      source -= stride[axis] * index[axis];
      index[axis] = 0;
    }
  }
}

void swapBytes(char *data, size_t bytes, size_t unit) {
  for (size_t at = 0; at + unit <= bytes; at += unit)
    for (size_t i = 0; i < unit / 2; ++i)
      std::swap(data[at + i], data[at + unit - 1 - i]);
}

void appendUtf8(std::string &text, uint32_t c) {
  // What is no character becomes the replacement character.
  if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
    c = 0xfffd;
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xc0 | (c >> 6));
    text += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    text += static_cast<char>(0xe0 | (c >> 12));
    text += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    text += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    text += static_cast<char>(0xf0 | (c >> 18));
    text += static_cast<char>(0x80 | ((c >> 12) & 0x3f));
    text += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    text += static_cast<char>(0x80 | (c & 0x3f));
  }
}

/// One string of a string array: its zero bytes at the end are padding.
std::string stringOf(const Header &header, std::string_view item) {
  if (header.kind != 'U') {
    size_t end = item.find_last_not_of('\0');
    return std::string(
        item.substr(0, end == std::string_view::npos ? 0 : end + 1));
  }
  std::vector<uint32_t> characters(item.size() / 4);
  std::string bytes(item);
  if (header.bigEndian)
    swapBytes(bytes.data(), bytes.size(), 4);
  std::memcpy(characters.data(), bytes.data(), bytes.size());
  while (!characters.empty() && characters.back() == 0)
    characters.pop_back();
  std::string text;
  for (uint32_t c : characters)
    appendUtf8(text, c);
  return text;
}

absl::Status inFile(const std::string &path, const absl::Status &status) {
  return absl::Status(status.code(),
                      absl::StrCat("'", path, "': ", status.message()));
}

} // namespace

absl::StatusOr<Tensor> parseNpy(std::string_view bytes) {
  absl::StatusOr<Header> parsed = takeHeader(bytes);
  if (!parsed.ok())
    return parsed.status();
  const Header &header = *parsed;
  DType dtype = dtypeOfHeader(header);
  if (dtype == DType::Invalid)
    return absl::UnimplementedError(
        absl::StrCat("the .npy file has elements of numpy type '",
                     std::string(1, header.kind), header.itemSize,
                     "'; numbers, bool, complex, 'S' and 'U' can be read"));
  std::optional<int64_t> count = numElements(header.shape);
  if (!count)
    return malformed("its shape is too large");
  // Also for strings of no bytes: they take memory that the file does not.
  size_t itemSize = std::max<size_t>(header.itemSize, 1);
  if (static_cast<size_t>(*count) > bytes.size() / itemSize)
    return malformed(absl::StrCat("it has ", bytes.size(), " bytes for ",
                                  *count, " elements of ", itemSize));
  absl::StatusOr<Tensor> tensor = Tensor::uninitialized(dtype, header.shape);
  if (!tensor.ok())
    return tensor;
  if (dtype == DType::String) {
    forEachElement(
        header, static_cast<size_t>(*count), [&](size_t target, size_t source) {
          tensor->strings()[target] = stringOf(
              header, bytes.substr(source * header.itemSize, header.itemSize));
        });
    return tensor;
  }
  auto *data = static_cast<char *>(tensor->data());
  if (header.fortranOrder)
    forEachElement(header, static_cast<size_t>(*count),
                   [&](size_t target, size_t source) {
                     std::memcpy(data + target * itemSize,
                                 bytes.data() + source * itemSize, itemSize);
                   });
  else
    std::memcpy(data, bytes.data(), static_cast<size_t>(tensor->byteSize()));
  if (header.bigEndian)
    swapBytes(data, static_cast<size_t>(tensor->byteSize()),
              header.kind == 'c' ? itemSize / 2 : itemSize);
  if (dtype == DType::Bool)
    for (int64_t i = 0; i < *count; ++i)
      data[i] = data[i] != 0;
  return tensor;
}

absl::StatusOr<Tensor> readNpy(const std::string &path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  std::streamoff size = file ? static_cast<std::streamoff>(file.tellg()) : -1;
  // A folder opens, but has no size that could be read.
  if (size < 0 || size == std::numeric_limits<std::streamoff>::max())
    return absl::NotFoundError(
        absl::StrCat("cannot read '", path, "': ", std::strerror(errno)));
  std::string bytes(static_cast<size_t>(size), '\0');
  file.seekg(0);
  if (!file.read(bytes.data(), size))
    return absl::DataLossError(absl::StrCat("cannot read '", path, "'"));
  absl::StatusOr<Tensor> tensor = parseNpy(bytes);
  return tensor.ok() ? std::move(tensor) : inFile(path, tensor.status());
}

} // namespace firn
