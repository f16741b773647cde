// Routines: ops computed by compiled-in C++ instead of generated code, because
// generating them is not worth it (decompositions, strings, tables, sorting) or
// their result's shape depends on values. A routine sees its operands as dense
// views and asks for its outputs' memory once it knows their shapes.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINE_H
#define FIRN_BACKEND_RUNTIME_ROUTINE_H

#include "backend/runtime/DType.h"
#include "backend/runtime/Shape.h"
#include "backend/runtime/TensorView.h"

#include "absl/status/statusor.h"

#include <cassert>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace firn::runtime {

class ThreadPool;
struct CallContext;

/// An attribute of a node: what an AttrValue may hold, but for functions.
using AttrValue =
    std::variant<bool, int64_t, double, std::string, DType, std::vector<bool>,
                 std::vector<int64_t>, std::vector<double>,
                 std::vector<std::string>, std::vector<DType>>;

/// The attributes of a node, by TensorFlow's names. A shape is a list of ints.
/// The getters give `fallback` if the attribute is absent or of another kind.
class Attributes {
public:
  void set(std::string name, AttrValue value) {
    values.insert_or_assign(std::move(name), std::move(value));
  }
  bool getBool(std::string_view name, bool fallback = false) const {
    return get<bool>(name, fallback);
  }
  int64_t getInt(std::string_view name, int64_t fallback = 0) const {
    return get<int64_t>(name, fallback);
  }
  double getFloat(std::string_view name, double fallback = 0) const {
    return get<double>(name, fallback);
  }
  std::string getString(std::string_view name,
                        std::string fallback = "") const {
    return get<std::string>(name, std::move(fallback));
  }
  DType getType(std::string_view name, DType fallback = DType::Invalid) const {
    return get<DType>(name, fallback);
  }
  /// A list; empty if absent. T: bool, int64_t, double, std::string, DType.
  template <typename T> std::vector<T> getList(std::string_view name) const {
    return get<std::vector<T>>(name, {});
  }

private:
  template <typename T> T get(std::string_view name, T fallback) const {
    auto it = values.find(name);
    const T *value = it == values.end() ? nullptr : std::get_if<T>(&it->second);
    return value ? *value : fallback;
  }
  std::map<std::string, AttrValue, std::less<>> values;
};

/// An element of a string tensor inside compiled code: strings are immutable
/// and shared, null is the empty string.
using StringRef = const std::string *;

class RoutineCall;

/// Computes an op. Runs on the calling thread of a predict(); several calls of
/// one site may run at the same time. A failure ends the call; its text says
/// what was expected and found (the node's name is added to it).
using Routine = absl::Status (*)(RoutineCall &call);

/// What is the same in all calls of one node.
struct RoutineSite {
  /// A result as the compiler knew it; `dims` has kDynamicDim where the routine
  /// decides. The memory of one of dynamic shape that nobody takes is freed
  /// when the routine is done.
  struct Result {
    DType dtype;
    Shape dims;
    bool isTaken = true;
    bool isDynamic() const;
  };

  Routine routine = nullptr;
  std::string op;
  std::string node;
  Attributes attributes;
  std::vector<DType> inputTypes;
  std::vector<size_t> inputRanks;
  std::vector<Result> results;

  // What a routine keeps between calls (a parsed expression, a filled table).
  mutable std::once_flag stateMade;
  mutable std::shared_ptr<void> state;
  mutable absl::Status stateStatus;
};

/// One running call of a routine.
class RoutineCall {
public:
  RoutineCall(CallContext &context, const RoutineSite &site, void *const *data,
              const int64_t *dims, int64_t *dynamicResults);

  const Attributes &attributes() const { return site.attributes; }
  ThreadPool &pool() const;

  size_t numInputs() const { return inputs.size(); }
  /// The operand; of string tensors `data` is an array of StringRef.
  const TensorView &input(size_t index) const { return inputs[index]; }
  int64_t numElements(size_t index) const;
  /// The elements of an operand. T must have the size of its element type:
  /// uint16_t for half and bfloat16, StringRef for strings.
  template <typename T> std::span<const T> values(size_t index) const {
    assert(sizeof(T) == elementSize(inputs[index].dtype));
    return {static_cast<const T *>(inputs[index].data),
            static_cast<size_t>(numElements(index))};
  }
  /// An integer operand's elements, of any width, as int64; nothing if its
  /// elements are no integers.
  std::vector<int64_t> integers(size_t index) const;
  std::string_view string(size_t index, int64_t element) const {
    StringRef ref = static_cast<const StringRef *>(inputs[index].data)[element];
    return ref ? std::string_view(*ref) : std::string_view();
  }

  size_t numOutputs() const { return site.results.size(); }
  DType outputType(size_t index) const { return site.results[index].dtype; }
  /// What the compiler knew of the output's shape.
  std::span<const int64_t> outputDims(size_t index) const {
    return site.results[index].dims;
  }
  /// The memory of an output, which must be asked for exactly once. Elements
  /// are not set. Fails if the shape is not the one that was compiled for, or
  /// if there is no memory.
  absl::StatusOr<TensorView> output(size_t index,
                                    std::span<const int64_t> shape);
  /// The same as elements. Fails if T has not the size of the element type.
  template <typename T>
  absl::StatusOr<std::span<T>> outputValues(size_t index,
                                            std::span<const int64_t> shape) {
    if (sizeof(T) != elementSize(outputType(index)))
      return wrongElementSize(index);
    absl::StatusOr<TensorView> view = output(index, shape);
    if (!view.ok())
      return view.status();
    return std::span<T>(static_cast<T *>(view->data),
                        static_cast<size_t>(*firn::numElements(shape)));
  }
  /// A string that lives until the outputs of this predict() are copied out.
  StringRef newString(std::string text);

  /// What this node keeps between calls, made at the first one by
  /// `make() -> absl::StatusOr<std::shared_ptr<T>>`. T guards itself.
  template <typename T, typename Make> absl::StatusOr<T *> state(Make make) {
    std::call_once(site.stateMade, [&] {
      absl::StatusOr<std::shared_ptr<T>> made = make();
      if (made.ok())
        site.state = *std::move(made);
      else
        site.stateStatus = made.status();
    });
    if (!site.stateStatus.ok())
      return site.stateStatus;
    return static_cast<T *>(site.state.get());
  }

  /// After the routine: fails if an output was not asked for, and frees those
  /// that nobody takes.
  absl::Status finish() const;

private:
  /// Bytes of an element in compiled code.
  static size_t elementSize(DType dtype) {
    return dtype == DType::String ? sizeof(StringRef) : sizeOf(dtype);
  }
  absl::Status wrongElementSize(size_t output) const;

  CallContext &context;
  const RoutineSite &site;
  std::vector<TensorView> inputs;
  void *const *resultData;
  int64_t *dynamicResults;
  std::vector<bool> given;
};

/// The routines by TensorFlow's op name.
class RoutineTable {
public:
  void add(std::string_view op, Routine routine) {
    routines.emplace(op, routine);
  }
  Routine find(std::string_view op) const {
    auto it = routines.find(op);
    return it == routines.end() ? nullptr : it->second;
  }
  auto begin() const { return routines.begin(); }
  auto end() const { return routines.end(); }

private:
  std::map<std::string, Routine, std::less<>> routines;
};

/// All routines of Firn; made at first use.
const RoutineTable &routines();

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINE_H
