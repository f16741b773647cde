// Routines that make several strings of one: StringSplit, StringSplitV2,
// StringNGrams.
#include "backend/runtime/routines/Routines.h"
#include "backend/runtime/routines/Strings.h"

#include "absl/functional/function_ref.h"
#include "absl/strings/ascii.h"

#include <algorithm>

namespace firn::runtime {
namespace {

using Pieces = std::vector<std::string_view>;

/// A sparse matrix of strings, a row an input.
absl::Status
splitRows(RoutineCall &call,
          absl::FunctionRef<void(std::string_view, Pieces &)> split) {
  int64_t rows = call.numElements(0);
  if (call.input(0).rank != 1)
    return absl::InvalidArgumentError(
        absl::StrCat("expects an input of rank 1, but found ",
                     shapeToString(call.input(0).shape())));
  std::vector<Pieces> pieces(static_cast<size_t>(rows));
  int64_t total = 0, widest = 0;
  for (int64_t row = 0; row < rows; ++row) {
    split(call.string(0, row), pieces[row]);
    auto width = static_cast<int64_t>(pieces[row].size());
    total += width;
    widest = std::max(widest, width);
  }
  auto indices = call.outputValues<int64_t>(0, Shape{total, 2});
  auto values = call.outputValues<StringRef>(1, Shape{total});
  auto shape = call.outputValues<int64_t>(2, Shape{2});
  for (const absl::Status &status :
       {indices.status(), values.status(), shape.status()})
    if (!status.ok())
      return status;
  (*shape)[0] = rows;
  (*shape)[1] = widest;
  size_t next = 0;
  for (int64_t row = 0; row < rows; ++row)
    for (size_t i = 0; i < pieces[row].size(); ++i, ++next) {
      (*indices)[2 * next] = row;
      (*indices)[2 * next + 1] = static_cast<int64_t>(i);
      (*values)[next] = call.newString(std::string(pieces[row][i]));
    }
  return absl::OkStatus();
}

/// Each character of `delimiter` separates; without one, each byte is a piece.
absl::Status stringSplit(RoutineCall &call) {
  auto delimiter = scalarString(call, 1, "delimiter");
  if (!delimiter.ok())
    return delimiter.status();
  bool skipEmpty = call.attributes().getBool("skip_empty", true);
  return splitRows(call, [&](std::string_view text, Pieces &pieces) {
    if (delimiter->empty()) {
      for (size_t i = 0; i < text.size(); ++i)
        pieces.push_back(text.substr(i, 1));
      return;
    }
    for (;;) {
      size_t end = text.find_first_of(*delimiter);
      std::string_view piece = text.substr(0, end);
      if (!skipEmpty || !piece.empty())
        pieces.push_back(piece);
      if (end == std::string_view::npos)
        return;
      text.remove_prefix(end + 1);
    }
  });
}

bool isSpace(char c) { return absl::ascii_isspace(static_cast<uint8_t>(c)); }

/// At runs of white space; none at the ends.
void splitAtSpace(std::string_view text, int64_t maxsplit, Pieces &pieces) {
  auto skipSpace = [&] {
    auto end = std::find_if_not(text.begin(), text.end(), isSpace);
    text.remove_prefix(static_cast<size_t>(end - text.begin()));
  };
  skipSpace();
  while (!text.empty()) {
    auto end = std::find_if(text.begin(), text.end(), isSpace);
    auto size = static_cast<size_t>(end - text.begin());
    pieces.push_back(text.substr(0, size));
    text.remove_prefix(size);
    skipSpace();
    if (maxsplit > 0 && static_cast<int64_t>(pieces.size()) == maxsplit) {
      pieces.push_back(text);
      return;
    }
  }
}

absl::Status stringSplitV2(RoutineCall &call) {
  auto separator = scalarString(call, 1, "sep");
  if (!separator.ok())
    return separator.status();
  int64_t maxsplit = call.attributes().getInt("maxsplit", -1);
  return splitRows(call, [&](std::string_view text, Pieces &pieces) {
    if (maxsplit == 0) {
      pieces.push_back(text);
      return;
    }
    if (separator->empty())
      return splitAtSpace(text, maxsplit, pieces);
    for (int64_t splits = 0; maxsplit < 0 || splits < maxsplit; ++splits) {
      size_t end = text.find(*separator);
      if (end == std::string_view::npos)
        break;
      pieces.push_back(text.substr(0, end));
      text.remove_prefix(end + separator->size());
    }
    pieces.push_back(text);
  });
}

//===----------------------------------------------------------------------===//
// StringNGrams
//===----------------------------------------------------------------------===//

/// Wider n-grams would only fill memory with padding.
constexpr int64_t kWidest = 1 << 16;

struct NGrams {
  std::string separator, leftPad, rightPad;
  std::vector<int64_t> widths;
  int64_t padWidth;
  bool preserveShort;

  explicit NGrams(const Attributes &attributes)
      : separator(attributes.getString("separator")),
        leftPad(attributes.getString("left_pad")),
        rightPad(attributes.getString("right_pad")),
        widths(attributes.getList<int64_t>("ngram_widths")),
        padWidth(attributes.getInt("pad_width")),
        preserveShort(attributes.getBool("preserve_short_sequences")) {}

  /// How much padding a side of n-grams of that width has: never a whole one.
  int64_t paddingOf(int64_t width) const {
    return padWidth < 0 ? width - 1 : std::min(padWidth, width - 1);
  }
  int64_t countOf(int64_t length, int64_t width) const {
    return std::max<int64_t>(0, length + 2 * paddingOf(width) - width + 1);
  }
  /// A sequence too short for any width becomes one n-gram, if asked for.
  bool isShort(int64_t length) const {
    if (!preserveShort || length == 0)
      return false;
    return std::all_of(widths.begin(), widths.end(), [&](int64_t width) {
      return countOf(length, width) == 0;
    });
  }
};

/// The n-gram that starts `at` (negative: in the left padding) and has `width`
/// tokens of the sequence [begin, begin + length).
std::string makeNGram(const RoutineCall &call, const NGrams &form,
                      int64_t begin, int64_t length, int64_t at,
                      int64_t width) {
  std::string text;
  for (int64_t i = at; i < at + width; ++i) {
    if (i > at)
      text += form.separator;
    if (i < 0)
      text += form.leftPad;
    else if (i < length)
      text += call.string(0, begin + i);
    else
      text += form.rightPad;
  }
  return text;
}

absl::Status checkSplits(const std::vector<int64_t> &splits, int64_t size) {
  for (size_t i = 0; i < splits.size(); ++i) {
    int64_t least = i ? splits[i - 1] : 0;
    int64_t most = i ? size : 0;
    if (splits[i] < least || splits[i] > most)
      return absl::InvalidArgumentError(
          absl::StrCat("expects data_splits that begin with 0 and grow to ",
                       size, ", but found ", splits[i], " at index ", i));
  }
  if (!splits.empty() && splits.back() != size)
    return absl::InvalidArgumentError(
        absl::StrCat("expects the last of data_splits to be ", size,
                     ", but found ", splits.back()));
  return absl::OkStatus();
}

absl::Status writeSplits(RoutineCall &call, const std::vector<int64_t> &ends) {
  Shape shape{static_cast<int64_t>(ends.size())};
  if (call.outputType(1) == DType::Int32) {
    auto splits = call.outputValues<int32_t>(1, shape);
    if (splits.ok())
      std::transform(ends.begin(), ends.end(), splits->begin(),
                     [](int64_t end) { return static_cast<int32_t>(end); });
    return splits.status();
  }
  auto splits = call.outputValues<int64_t>(1, shape);
  if (splits.ok())
    std::copy(ends.begin(), ends.end(), splits->begin());
  return splits.status();
}

absl::Status stringNGrams(RoutineCall &call) {
  NGrams form(call.attributes());
  for (int64_t width : form.widths)
    if (width < 1 || width > kWidest)
      return absl::InvalidArgumentError(absl::StrCat(
          "expects ngram_widths from 1 to ", kWidest, ", but found ", width));
  if (form.padWidth > kWidest)
    return absl::InvalidArgumentError(
        absl::StrCat("expects a pad_width of at most ", kWidest, ", but found ",
                     form.padWidth));
  std::vector<int64_t> splits = call.integers(1);
  int64_t size = call.numElements(0);
  if (absl::Status status = checkSplits(splits, size); !status.ok())
    return status;
  std::vector<int64_t> ends(splits.size());
  std::vector<StringRef> texts;
  auto emit = [&](int64_t begin, int64_t length, int64_t at, int64_t width) {
    texts.push_back(
        call.newString(makeNGram(call, form, begin, length, at, width)));
  };
  for (size_t i = 1; i < splits.size() && size > 0; ++i) {
    int64_t begin = splits[i - 1], length = splits[i] - begin;
    for (int64_t width : form.widths)
      for (int64_t k = 0; k < form.countOf(length, width); ++k)
        emit(begin, length, k - form.paddingOf(width), width);
    if (form.isShort(length)) {
      int64_t padding = std::max<int64_t>(0, form.padWidth);
      emit(begin, length, -padding, length + 2 * padding);
    }
    ends[i] = static_cast<int64_t>(texts.size());
  }
  auto output = call.outputValues<StringRef>(
      0, Shape{static_cast<int64_t>(texts.size())});
  if (!output.ok())
    return output.status();
  std::copy(texts.begin(), texts.end(), output->begin());
  return writeSplits(call, ends);
}

} // namespace

void addStringSplitRoutines(RoutineTable &table) {
  table.add("StringSplit", stringSplit);
  table.add("StringSplitV2", stringSplitV2);
  table.add("StringNGrams", stringNGrams);
}

} // namespace firn::runtime
