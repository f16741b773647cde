// Routines that parse tf.Example messages: ParseExample, ParseExampleV2,
// ParseSingleExample. The three differ in where their keys stand; each becomes
// a list of columns, one an output or a group of outputs.
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/ExampleReader.h"
#include "backend/runtime/routines/Routines.h"

#include "absl/strings/str_cat.h"

#include <algorithm>

namespace firn::runtime {
namespace {

/// A feature that is asked for, and the values that the examples gave so far.
struct Column {
  enum Form { Sparse, Dense, Ragged } form = Sparse;
  std::string key;
  /// The output of the values; of sparse ones that of the indices and of the
  /// shape, of ragged ones that of the row splits.
  size_t values = 0, indices = 0, shape = 0, splits = 0;
  /// Of a dense feature: the operand with its default, and the shape of one
  /// example, in which the first dimension may be kDynamicDim.
  size_t defaults = 0;
  Shape dims;

  std::vector<std::string_view> texts;
  std::vector<float> floats;
  std::vector<int64_t> ints;
  std::vector<int64_t> counts; // of values, an example
  int64_t total = 0;

  bool isPadded() const {
    return form == Dense && !dims.empty() && dims[0] == kDynamicDim;
  }
  /// How many values an example must have, or must have a multiple of.
  int64_t stride() const {
    std::span<const int64_t> fixed = dims;
    return numElements(isPadded() ? fixed.subspan(1) : fixed).value_or(0);
  }
};

Column makeColumn(Column::Form form, std::string key, size_t values) {
  Column column;
  column.form = form;
  column.key = std::move(key);
  column.values = values;
  return column;
}

absl::Status read(const FeatureView &feature, DType dtype, Column &column) {
  if (dtype == DType::String)
    return readValues(feature, column.texts);
  return dtype == DType::Float ? readValues(feature, column.floats)
                               : readValues(feature, column.ints);
}

int64_t sizeOfColumn(const Column &column) {
  return static_cast<int64_t>(column.texts.size() + column.floats.size() +
                              column.ints.size());
}

DType dtypeOfKind(FeatureView::Kind kind) {
  return kind == FeatureView::Bytes   ? DType::String
         : kind == FeatureView::Float ? DType::Float
                                      : DType::Int64;
}

/// Parses the examples of operand 0 into columns and these into outputs.
class ExampleParser {
public:
  /// `isBatch`: outputs have a dimension for the examples.
  ExampleParser(RoutineCall &call, bool isBatch)
      : call(call), isBatch(isBatch) {}

  std::vector<Column> columns;
  /// The operand with names of the examples for messages, 0 if there is none.
  size_t names = 0;

  void addSparse(std::string key, size_t index, size_t count) {
    Column column = makeColumn(Column::Sparse, std::move(key), count + index);
    column.indices = index;
    column.shape = 2 * count + index;
    columns.push_back(std::move(column));
  }
  void addDense(std::string key, size_t output, size_t defaults) {
    Column column = makeColumn(Column::Dense, std::move(key), output);
    column.defaults = defaults;
    std::span<const int64_t> dims = call.outputDims(output);
    column.dims.assign(dims.begin() + (isBatch && !dims.empty()), dims.end());
    columns.push_back(std::move(column));
  }
  void addRagged(std::string key, size_t output, size_t splits) {
    Column column = makeColumn(Column::Ragged, std::move(key), output);
    column.splits = splits;
    columns.push_back(std::move(column));
  }

  absl::Status run() {
    int64_t batch = call.numElements(0);
    if (names && call.numElements(names) != 0 &&
        call.numElements(names) != batch)
      return absl::InvalidArgumentError(
          absl::StrCat("expects no names or as many as examples, ", batch,
                       ", but found ", call.numElements(names)));
    for (const Column &column : columns)
      if (absl::Status status = check(column); !status.ok())
        return status;
    for (int64_t i = 0; i < batch; ++i)
      if (absl::Status status = parse(i); !status.ok())
        return absl::Status(status.code(),
                            absl::StrCat(nameOfExample(i), ": ",
                                         std::string(status.message())));
    for (const Column &column : columns)
      if (absl::Status status = write(column); !status.ok())
        return status;
    return absl::OkStatus();
  }

private:
  std::string nameOfExample(int64_t i) const {
    if (names && call.numElements(names) != 0)
      return absl::StrCat("example '", std::string(call.string(names, i)), "'");
    return absl::StrCat("example ", i);
  }

  absl::Status error(const Column &column, const std::string &text) const {
    return absl::InvalidArgumentError(
        absl::StrCat("feature '", column.key, "': ", text));
  }

  absl::Status check(const Column &column) const {
    DType dtype = call.outputType(column.values);
    if (dtype != DType::Float && dtype != DType::Int64 &&
        dtype != DType::String)
      return unsupportedType(dtype);
    if (column.form != Column::Dense)
      return absl::OkStatus();
    if (call.input(column.defaults).dtype != dtype)
      return error(column, "expects a default of the type of the output");
    for (size_t i = 1; i < column.dims.size(); ++i)
      if (column.dims[i] == kDynamicDim)
        return error(column, absl::StrCat("expects a dense shape with at most "
                                          "its first dimension unknown, but "
                                          "found ",
                                          shapeToString(column.dims)));
    if (column.isPadded() && column.stride() == 0)
      return error(column, "expects a dense shape without dimensions of 0");
    int64_t given = call.numElements(column.defaults);
    bool fits =
        column.isPadded() ? given <= 1 : given == 0 || given == column.stride();
    if (!fits)
      return error(column,
                   absl::StrCat("expects a default of shape ",
                                shapeToString(column.dims),
                                " or none, but found ", given, " values"));
    return absl::OkStatus();
  }

  absl::Status parse(int64_t i) {
    if (absl::Status status = readExample(call.string(0, i), example);
        !status.ok())
      return status;
    for (Column &column : columns)
      if (absl::Status status = append(column); !status.ok())
        return status;
    return absl::OkStatus();
  }

  /// Adds the values of one example.
  absl::Status append(Column &column) {
    auto found = example.find(column.key);
    DType dtype = call.outputType(column.values);
    bool isThere =
        found != example.end() && found->second.kind != FeatureView::None;
    if (isThere && dtypeOfKind(found->second.kind) != dtype)
      return error(
          column,
          absl::StrCat("expects values of type ", std::string(nameOf(dtype)),
                       ", but found ",
                       std::string(nameOf(dtypeOfKind(found->second.kind)))));
    if (isThere)
      if (absl::Status status = read(found->second, dtype, column);
          !status.ok())
        return status;
    if (!isThere && column.form == Column::Dense)
      if (absl::Status status = appendDefault(column, dtype); !status.ok())
        return status;
    int64_t count = sizeOfColumn(column) - column.total;
    column.total += count;
    column.counts.push_back(count);
    if (column.form != Column::Dense)
      return absl::OkStatus();
    int64_t stride = column.stride();
    if (column.isPadded() ? count % stride != 0 : count != stride)
      return error(
          column,
          absl::StrCat("expects ", column.isPadded() ? "a multiple of " : "",
                       stride, " values for the shape ",
                       shapeToString(column.dims), ", but found ", count));
    return absl::OkStatus();
  }

  absl::Status appendDefault(Column &column, DType dtype) {
    // A padded feature that is not there has no values, and padding later.
    if (column.isPadded())
      return absl::OkStatus();
    int64_t count = call.numElements(column.defaults);
    if (count == 0 && column.stride() != 0)
      return error(column, absl::StrCat("it is required (no default), but was "
                                        "not found; its type is ",
                                        std::string(nameOf(dtype))));
    for (int64_t i = 0; i < count; ++i) {
      if (dtype == DType::String)
        column.texts.push_back(call.string(column.defaults, i));
      else if (dtype == DType::Float)
        column.floats.push_back(call.values<float>(column.defaults)[i]);
      else
        column.ints.push_back(call.values<int64_t>(column.defaults)[i]);
    }
    return absl::OkStatus();
  }

  absl::Status write(const Column &column) {
    switch (column.form) {
    case Column::Sparse:
      return writeSparse(column);
    case Column::Dense:
      return writeDense(column);
    case Column::Ragged:
      return writeRagged(column);
    }
    return absl::OkStatus();
  }

  absl::Status writeSparse(const Column &column) {
    int64_t rank = isBatch ? 2 : 1;
    auto indices =
        call.outputValues<int64_t>(column.indices, Shape{column.total, rank});
    auto shape = call.outputValues<int64_t>(column.shape, Shape{rank});
    for (const absl::Status &status : {indices.status(), shape.status()})
      if (!status.ok())
        return status;
    int64_t *next = indices->data();
    int64_t widest = 0;
    for (size_t row = 0; row < column.counts.size(); ++row) {
      widest = std::max(widest, column.counts[row]);
      for (int64_t i = 0; i < column.counts[row]; ++i) {
        if (isBatch)
          *next++ = static_cast<int64_t>(row);
        *next++ = i;
      }
    }
    if (isBatch)
      (*shape)[0] = static_cast<int64_t>(column.counts.size());
    shape->back() = widest;
    return writeValues(column, Shape{column.total}, 0);
  }

  absl::Status writeDense(const Column &column) {
    Shape shape = column.dims;
    int64_t width = column.stride();
    if (column.isPadded()) {
      int64_t longest = 0;
      for (int64_t count : column.counts)
        longest = std::max(longest, count);
      shape[0] = longest / width;
      width = longest;
    }
    if (isBatch)
      shape.insert(shape.begin(), static_cast<int64_t>(column.counts.size()));
    return writeValues(column, shape, column.isPadded() ? width : 0);
  }

  absl::Status writeRagged(const Column &column) {
    Shape shape{static_cast<int64_t>(column.counts.size()) + 1};
    auto fill = [&](auto splits) {
      if (!splits.ok())
        return splits.status();
      (*splits)[0] = 0;
      for (size_t row = 0; row < column.counts.size(); ++row)
        (*splits)[row + 1] = (*splits)[row] + column.counts[row];
      return absl::OkStatus();
    };
    absl::Status status =
        call.outputType(column.splits) == DType::Int32
            ? fill(call.outputValues<int32_t>(column.splits, shape))
            : fill(call.outputValues<int64_t>(column.splits, shape));
    return status.ok() ? writeValues(column, Shape{column.total}, 0) : status;
  }

  absl::Status writeValues(const Column &column, const Shape &shape,
                           int64_t paddedWidth) {
    DType dtype = call.outputType(column.values);
    if (dtype == DType::Float)
      return copyValues(
          column, shape, paddedWidth, column.floats, [](float v) { return v; },
          [&] { return call.values<float>(column.defaults)[0]; });
    if (dtype == DType::Int64)
      return copyValues(
          column, shape, paddedWidth, column.ints, [](int64_t v) { return v; },
          [&] { return call.values<int64_t>(column.defaults)[0]; });
    return copyValues(
        column, shape, paddedWidth, column.texts,
        [&](std::string_view text) {
          return call.newString(std::string(text));
        },
        [&] { return call.values<StringRef>(column.defaults)[0]; });
  }

  /// Copies the values; with a width, each example's are filled up to it.
  template <typename From, typename Convert, typename Padding>
  absl::Status copyValues(const Column &column, const Shape &shape,
                          int64_t paddedWidth, const std::vector<From> &values,
                          Convert convert, Padding padding) {
    using To = decltype(padding());
    using Element = std::remove_cvref_t<To>;
    auto output = call.outputValues<Element>(column.values, shape);
    if (!output.ok())
      return output.status();
    auto to = output->begin();
    auto from = values.begin();
    if (paddedWidth == 0) {
      std::transform(from, values.end(), to, convert);
      return absl::OkStatus();
    }
    Element filler{};
    if (call.numElements(column.defaults) == 1)
      filler = padding();
    for (int64_t count : column.counts) {
      to = std::transform(from, from + count, to, convert);
      from += count;
      to = std::fill_n(to, paddedWidth - count, filler);
    }
    return absl::OkStatus();
  }

  RoutineCall &call;
  bool isBatch;
  ExampleView example;
};

absl::Status expectStrings(const RoutineCall &call, size_t first, size_t end) {
  for (size_t i = first; i < end; ++i)
    if (call.input(i).dtype != DType::String)
      return unsupportedType(call.input(i).dtype);
  return absl::OkStatus();
}

/// serialized, names, Nsparse keys, Ndense keys, Ndense defaults.
absl::Status parseExample(RoutineCall &call) {
  size_t keysAndDefaults = call.numInputs() - 2, outputs = call.numOutputs();
  // 3 S + D outputs and S + 2 D operands.
  size_t sparse = (2 * outputs - keysAndDefaults) / 5;
  size_t dense = outputs - 3 * sparse;
  if (sparse + 2 * dense != keysAndDefaults)
    return absl::InvalidArgumentError("expects as many keys as features");
  if (absl::Status status = expectStrings(call, 0, 2 + sparse + dense);
      !status.ok())
    return status;
  for (size_t i = 2; i < 2 + sparse + dense; ++i)
    if (call.numElements(i) != 1)
      return absl::InvalidArgumentError("expects scalars as keys");
  ExampleParser parser(call, /*isBatch=*/true);
  parser.names = 1;
  for (size_t i = 0; i < sparse; ++i)
    parser.addSparse(std::string(call.string(2 + i, 0)), i, sparse);
  for (size_t i = 0; i < dense; ++i)
    parser.addDense(std::string(call.string(2 + sparse + i, 0)), 3 * sparse + i,
                    2 + sparse + dense + i);
  return parser.run();
}

/// serialized, names, vectors of the sparse, dense and ragged keys, defaults.
absl::Status parseExampleV2(RoutineCall &call) {
  if (absl::Status status = expectStrings(call, 0, 5); !status.ok())
    return status;
  auto sparse = static_cast<size_t>(call.numElements(2));
  auto dense = static_cast<size_t>(call.numElements(3));
  auto ragged = static_cast<size_t>(call.numElements(4));
  if (call.numInputs() != 5 + dense ||
      call.numOutputs() != 3 * sparse + dense + 2 * ragged)
    return absl::InvalidArgumentError(
        absl::StrCat("expects as many outputs as keys, but found ",
                     call.numOutputs(), " for ", sparse, " sparse, ", dense,
                     " dense and ", ragged, " ragged keys"));
  bool isBatch = call.input(0).rank > 0;
  if (!isBatch && ragged)
    return absl::UnimplementedError(
        "unsupported op: ragged features of a single example");
  ExampleParser parser(call, isBatch);
  parser.names = 1;
  for (size_t i = 0; i < sparse; ++i)
    parser.addSparse(std::string(call.string(2, i)), i, sparse);
  for (size_t i = 0; i < dense; ++i)
    parser.addDense(std::string(call.string(3, i)), 3 * sparse + i, 5 + i);
  for (size_t i = 0; i < ragged; ++i)
    parser.addRagged(std::string(call.string(4, i)), 3 * sparse + dense + i,
                     3 * sparse + dense + ragged + i);
  return parser.run();
}

/// serialized, defaults; the keys are attributes.
absl::Status parseSingleExample(RoutineCall &call) {
  auto sparse = call.attributes().getList<std::string>("sparse_keys");
  auto dense = call.attributes().getList<std::string>("dense_keys");
  if (call.numElements(0) != 1 || call.numInputs() != 1 + dense.size() ||
      call.numOutputs() != 3 * sparse.size() + dense.size())
    return absl::InvalidArgumentError(
        "expects one example, and as many outputs as keys");
  ExampleParser parser(call, /*isBatch=*/false);
  for (size_t i = 0; i < sparse.size(); ++i)
    parser.addSparse(sparse[i], i, sparse.size());
  for (size_t i = 0; i < dense.size(); ++i)
    parser.addDense(dense[i], 3 * sparse.size() + i, 1 + i);
  return parser.run();
}

} // namespace

void addExampleRoutines(RoutineTable &table) {
  table.add("ParseExample", parseExample);
  table.add("ParseExampleV2", parseExampleV2);
  table.add("ParseSingleExample", parseSingleExample);
}

} // namespace firn::runtime
