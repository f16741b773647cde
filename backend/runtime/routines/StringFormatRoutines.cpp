// Routines between numbers and strings: AsString, StringToNumber, StringFormat,
// and the text of a failed Assert.
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"
#include "backend/runtime/routines/Strings.h"

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace firn::runtime {
namespace {

/// Wider fields would only fill memory.
constexpr int64_t kWidest = 1 << 16;

/// printf with a format that is put together at run time.
template <typename... Args>
std::string print(const std::string &format, Args... args) {
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wformat-security"
#pragma clang diagnostic ignored "-Wformat-nonliteral"
  int length = std::snprintf(nullptr, 0, format.c_str(), args...);
  if (length <= 0)
    return "";
  std::string text(static_cast<size_t>(length) + 1, '\0');
  std::snprintf(text.data(), text.size(), format.c_str(), args...);
#pragma clang diagnostic pop
  text.pop_back();
  return text;
}

//===----------------------------------------------------------------------===//
// AsString
//===----------------------------------------------------------------------===//

bool isReal(DType dtype) {
  return dtype == DType::Float || dtype == DType::Double ||
         dtype == DType::Half || dtype == DType::BFloat16;
}
bool isComplex(DType dtype) {
  return dtype == DType::Complex64 || dtype == DType::Complex128;
}

/// The flags, width and precision of the printf format, from the attributes.
absl::StatusOr<std::string> formatPrefix(const Attributes &attributes,
                                         DType dtype) {
  int64_t precision = attributes.getInt("precision", -1);
  int64_t width = attributes.getInt("width", -1);
  std::string fill = attributes.getString("fill");
  bool scientific = attributes.getBool("scientific");
  bool shortest = attributes.getBool("shortest");
  bool hasFraction =
      isReal(dtype) || isComplex(dtype) || dtype == DType::String;
  std::string type(nameOf(dtype));
  if (!hasFraction && (scientific || shortest))
    return absl::InvalidArgumentError(absl::StrCat(
        "expects neither scientific nor shortest for elements of ", type));
  if (!hasFraction && precision > -1)
    return absl::InvalidArgumentError(
        absl::StrCat("expects no precision for elements of ", type));
  if (scientific && shortest)
    return absl::InvalidArgumentError(
        "expects one of scientific and shortest at most");
  if (fill.size() > 1 ||
      (fill.size() == 1 &&
       std::string_view(" +-0#").find(fill[0]) == std::string_view::npos))
    return absl::InvalidArgumentError(absl::StrCat(
        "expects fill to be empty or one of ' ', '+', '-', '0', '#', but "
        "found '",
        fill, "'"));
  if (width > kWidest || precision > kWidest)
    return absl::InvalidArgumentError(
        absl::StrCat("expects width and precision of at most ", kWidest,
                     ", but found ", std::max(width, precision)));
  std::string format = "%" + fill;
  if (width > -1)
    absl::StrAppend(&format, width);
  if (precision > -1)
    absl::StrAppend(&format, ".", precision);
  return format;
}

absl::Status asString(RoutineCall &call) {
  const TensorView &input = call.input(0);
  DType dtype = input.dtype;
  absl::StatusOr<std::string> prefix = formatPrefix(call.attributes(), dtype);
  if (!prefix.ok())
    return prefix.status();
  auto output = call.outputValues<StringRef>(0, input.shape());
  if (!output.ok())
    return output.status();
  auto fill = [&](auto textOf) {
    for (size_t i = 0; i < output->size(); ++i)
      (*output)[i] = call.newString(textOf(i));
    return absl::OkStatus();
  };
  if (dtype == DType::Bool)
    return fill([&](size_t i) {
      return std::string(call.values<uint8_t>(0)[i] ? "true" : "false");
    });
  if (dtype == DType::String)
    return fill([&](size_t i) {
      std::string text(call.string(0, static_cast<int64_t>(i)));
      return print(*prefix + "s", text.c_str());
    });
  std::string number =
      *prefix + (call.attributes().getBool("shortest")     ? "g"
                 : call.attributes().getBool("scientific") ? "e"
                                                           : "f");
  std::string pair = absl::StrCat("(", number, ",", number, ")");
  return dispatchNumber(dtype, [&]<typename T>() {
    std::span<const T> values = call.values<T>(0);
    return fill([&](size_t i) {
      if constexpr (std::is_same_v<T, std::complex<float>> ||
                    std::is_same_v<T, std::complex<double>>)
        return print(pair, static_cast<double>(values[i].real()),
                     static_cast<double>(values[i].imag()));
      else if constexpr (isFloating<T>)
        return print(number, static_cast<double>(values[i]));
      else if constexpr (std::is_unsigned_v<T>)
        return print(*prefix + "llu",
                     static_cast<unsigned long long>(values[i]));
      else
        return print(*prefix + "lld", static_cast<long long>(values[i]));
    });
  });
}

//===----------------------------------------------------------------------===//
// StringToNumber
//===----------------------------------------------------------------------===//

template <typename T> bool parseNumber(absl::string_view text, T *value) {
  if constexpr (std::is_same_v<T, float>)
    return absl::SimpleAtof(text, value);
  else if constexpr (std::is_same_v<T, double>)
    return absl::SimpleAtod(text, value);
  else
    return absl::SimpleAtoi(text, value);
}

template <typename T> absl::Status parseNumbers(RoutineCall &call) {
  auto output = call.outputValues<T>(0, call.input(0).shape());
  if (!output.ok())
    return output.status();
  for (size_t i = 0; i < output->size(); ++i) {
    std::string_view text = call.string(0, static_cast<int64_t>(i));
    if (!parseNumber<T>(absl::string_view(text.data(), text.size()),
                        &(*output)[i]))
      return absl::InvalidArgumentError(absl::StrCat(
          "expects a number of type ", std::string(nameOf(call.outputType(0))),
          ", but found '", std::string(text), "' at index ", i));
  }
  return absl::OkStatus();
}

absl::Status stringToNumber(RoutineCall &call) {
  switch (call.outputType(0)) {
  case DType::Float:
    return parseNumbers<float>(call);
  case DType::Double:
    return parseNumbers<double>(call);
  case DType::Int32:
    return parseNumbers<int32_t>(call);
  case DType::Int64:
    return parseNumbers<int64_t>(call);
  case DType::UInt32:
    return parseNumbers<uint32_t>(call);
  case DType::UInt64:
    return parseNumbers<uint64_t>(call);
  default:
    return unsupportedType(call.outputType(0));
  }
}

//===----------------------------------------------------------------------===//
// StringFormat
//===----------------------------------------------------------------------===//

/// The shorter of two precisions that gives the same number back.
std::string shortNumber(double value, bool isSingle) {
  if (std::isnan(value))
    return "nan";
  if (std::isinf(value))
    return value < 0 ? "-inf" : "inf";
  std::string text = print(isSingle ? "%.6g" : "%.15g", value);
  bool exact =
      isSingle ? std::strtof(text.c_str(), nullptr) == static_cast<float>(value)
               : std::strtod(text.c_str(), nullptr) == value;
  return exact ? text : print(isSingle ? "%.9g" : "%.17g", value);
}

std::string elementText(const RoutineCall &call, size_t index, int64_t i) {
  const TensorView &input = call.input(index);
  if (input.dtype == DType::String) {
    std::string_view text = call.string(index, i);
    return absl::StrCat(
        "\"",
        absl::Utf8SafeCEscape(absl::string_view(text.data(), text.size())),
        "\"");
  }
  if (input.dtype == DType::Bool)
    return call.values<uint8_t>(index)[i] ? "1" : "0";
  std::string result;
  // Types without a form have been refused before.
  (void)dispatchNumber(input.dtype, [&]<typename T>() {
    T value = call.values<T>(index)[i];
    if constexpr (std::is_same_v<T, std::complex<float>> ||
                  std::is_same_v<T, std::complex<double>>)
      result = absl::StrCat(
          "(",
          shortNumber(value.real(), std::is_same_v<T, std::complex<float>>),
          ",",
          shortNumber(value.imag(), std::is_same_v<T, std::complex<float>>),
          ")");
    else if constexpr (isFloating<T>)
      result =
          shortNumber(static_cast<double>(value), !std::is_same_v<T, double>);
    else if constexpr (sizeof(T) == 1)
      result = absl::StrCat(static_cast<int>(value));
    else
      result = absl::StrCat(value);
    return absl::OkStatus();
  });
  return result;
}

/// Prints a tensor as nested lists; of long dimensions only `ends` elements at
/// both ends.
class TensorPrinter {
public:
  TensorPrinter(const RoutineCall &call, size_t index, int64_t ends)
      : call(call), index(index), ends(ends) {}

  std::string print() {
    append(0, 0);
    return std::move(text);
  }

private:
  void space(size_t dim) {
    size_t rank = call.input(index).shape().size();
    if (dim == rank - 1) {
      text += ' ';
      return;
    }
    text.append(rank - dim - 1, '\n');
    text.append(dim + 1, ' ');
  }

  void append(size_t dim, int64_t offset) {
    std::span<const int64_t> shape = call.input(index).shape();
    if (dim == shape.size()) {
      text += elementText(call, index, offset);
      return;
    }
    int64_t count = shape[dim];
    int64_t size = firn::numElements(shape.subspan(dim + 1)).value_or(0);
    text += '[';
    for (int64_t i = 0; i < count; ++i) {
      if (i > 0)
        space(dim);
      if (ends >= 0 && i >= ends && i < count - ends) {
        text += "...";
        i = count - ends - 1;
        continue;
      }
      append(dim + 1, offset + i * size);
    }
    text += ']';
  }

  const RoutineCall &call;
  size_t index;
  int64_t ends;
  std::string text;
};

absl::Status stringFormat(RoutineCall &call) {
  std::string rest = call.attributes().getString("template", "%s");
  std::string placeholder = call.attributes().getString("placeholder", "%s");
  int64_t summarize = call.attributes().getInt("summarize", 3);
  if (placeholder.empty())
    return absl::InvalidArgumentError(
        "expects a placeholder that is not empty");
  std::string text;
  size_t found = 0, from = 0;
  for (;; ++found) {
    size_t at = rest.find(placeholder, from);
    text += rest.substr(from, at - from);
    if (at == std::string::npos)
      break;
    from = at + placeholder.size();
    if (found >= call.numInputs())
      continue;
    DType dtype = call.input(found).dtype;
    if (dtype != DType::String && dtype != DType::Bool)
      if (absl::Status status = dispatchNumber(
              dtype, []<typename T>() { return absl::OkStatus(); });
          !status.ok())
        return status;
    text += TensorPrinter(call, found, summarize).print();
  }
  if (found != call.numInputs())
    return absl::InvalidArgumentError(absl::StrCat(
        "expects one placeholder '", placeholder, "' an input, but found ",
        found, " for ", call.numInputs(), " inputs"));
  auto output = call.outputValues<StringRef>(0, {});
  if (output.ok())
    (*output)[0] = call.newString(std::move(text));
  return output.status();
}

//===----------------------------------------------------------------------===//
// Assert
//===----------------------------------------------------------------------===//

/// The first `limit` elements of a tensor, rows in brackets.
class TensorSummary {
public:
  TensorSummary(const RoutineCall &call, size_t index, int64_t limit)
      : call(call), index(index), limit(limit) {}

  std::string print() {
    std::span<const int64_t> shape = call.input(index).shape();
    int64_t count = call.numElements(index);
    limit = limit < 0 ? count : std::min(limit, count);
    if (shape.empty() && limit > 0)
      appendElement();
    else if (!shape.empty())
      append(0);
    if (count > limit)
      text += "...";
    return std::move(text);
  }

private:
  void appendElement() {
    if (call.input(index).dtype == DType::String) {
      std::string_view element = call.string(index, next++);
      text += absl::CEscape(absl::string_view(element.data(), element.size()));
    } else {
      text += elementText(call, index, next++);
    }
  }

  void append(size_t dim) {
    std::span<const int64_t> shape = call.input(index).shape();
    bool isLast = dim + 1 == shape.size();
    int64_t i = 0;
    for (; i < shape[dim] && next < limit; ++i) {
      if (isLast) {
        text += i > 0 ? " " : "";
        appendElement();
        continue;
      }
      text += '[';
      append(dim + 1);
      text += ']';
    }
    // A row that was begun and not ended.
    if (isLast && dim > 0 && i < shape[dim])
      text += "...";
  }

  const RoutineCall &call;
  size_t index;
  int64_t limit;
  int64_t next = 0;
  std::string text;
};

/// Called if the condition does not hold; the inputs are those after it.
absl::Status failedAssert(RoutineCall &call) {
  std::string text = "assertion failed:";
  int64_t summarize = call.attributes().getInt("summarize", 3);
  for (size_t i = 0; i < call.numInputs(); ++i)
    absl::StrAppend(&text, " [", TensorSummary(call, i, summarize).print(),
                    "]");
  return absl::InvalidArgumentError(text);
}

} // namespace

void addStringFormatRoutines(RoutineTable &table) {
  table.add("Assert", failedAssert);
  table.add("AsString", asString);
  table.add("StringToNumber", stringToNumber);
  table.add("StringFormat", stringFormat);
}

} // namespace firn::runtime
