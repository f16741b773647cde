// Lookup in a table whose keys and values are operands. They are constants (the
// pass tfg-bake-tables has seen to that), so the hash map over them is made
// once and kept.
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <unordered_map>

namespace firn::runtime {
namespace {

/// The row of each key, by its bytes; the map owns them.
struct Table {
  int64_t size;
  std::unordered_map<std::string, int64_t> rows;
};

/// The bytes that a key is compared by.
std::string_view keyAt(const RoutineCall &call, size_t index, int64_t element) {
  const TensorView &keys = call.input(index);
  if (keys.dtype == DType::String)
    return call.string(index, element);
  size_t width = sizeOf(keys.dtype);
  return {static_cast<const char *>(keys.data) +
              static_cast<size_t>(element) * width,
          width};
}

absl::StatusOr<std::shared_ptr<Table>> makeTable(const RoutineCall &call) {
  auto table = std::make_shared<Table>();
  table->size = call.numElements(2);
  table->rows.reserve(static_cast<size_t>(table->size));
  // The first of equal keys counts.
  for (int64_t row = 0; row < table->size; ++row)
    table->rows.emplace(std::string(keyAt(call, 2, row)), row);
  return table;
}

/// keys, default_value, the table's keys, the table's values.
absl::Status tableFind(RoutineCall &call) {
  DType type = call.outputType(0);
  if (call.input(0).dtype != call.input(2).dtype ||
      call.input(1).dtype != type || call.input(3).dtype != type)
    return absl::InvalidArgumentError(
        "expects keys and values of the table's types");
  int64_t width = call.numElements(1), rows = call.numElements(2);
  if (call.numElements(3) != rows * width)
    return absl::InvalidArgumentError(absl::StrCat(
        "expects a default value of the size of the table's values, but found ",
        width, " elements for ", call.numElements(3), " of ", rows, " keys"));
  absl::StatusOr<Table *> table =
      call.state<Table>([&] { return makeTable(call); });
  if (!table.ok())
    return table.status();
  if ((*table)->size != rows)
    return absl::InvalidArgumentError(
        absl::StrCat("expects a table that stays the same, but found ", rows,
                     " keys after ", (*table)->size));
  std::span<const int64_t> keys = call.input(0).shape();
  std::span<const int64_t> value = call.input(1).shape();
  Shape shape(keys.begin(), keys.end());
  shape.insert(shape.end(), value.begin(), value.end());
  return dispatchBits(type, [&]<typename T>() -> absl::Status {
    auto output = call.outputValues<T>(0, shape);
    if (!output.ok())
      return output.status();
    auto to = output->begin();
    for (int64_t i = 0; i < call.numElements(0); ++i) {
      auto found = (*table)->rows.find(std::string(keyAt(call, 0, i)));
      const T *from = found == (*table)->rows.end()
                          ? call.values<T>(1).data()
                          : call.values<T>(3).data() + found->second * width;
      to = std::copy_n(from, width, to);
    }
    return absl::OkStatus();
  });
}

} // namespace

void addTableRoutines(RoutineTable &table) {
  table.add("_TableFind", tableFind);
}

} // namespace firn::runtime
