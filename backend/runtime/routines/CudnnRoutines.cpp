// Routines for CudnnRNN and its versions: stacks of recurrent layers in one op,
// whose weights lie in one vector, as Keras and cuDNN put them there:
//
//   for each layer and direction: for each gate its input weights [units,
//     inputs], then for each gate its recurrent weights [units, units];
//   then for each layer and direction: for each gate its input bias, then for
//     each gate its recurrent bias.
//
// Gates: LSTM input, forget, candidate, output; GRU reset, update, candidate.
#include "backend/runtime/routines/Checks.h"
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Families.h"

#include <Eigen/Core>

namespace firn::runtime {
namespace {

enum class Cell { Relu, Tanh, Lstm, Gru };

struct Stack {
  Cell cell;
  int64_t gates, layers, directions, units, inputs, time, batch;
  bool timeMajor;
  std::vector<int64_t> lengths; // of the sequences
};

template <typename T>
using Matrix =
    Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <typename T> using MatrixView = Eigen::Map<const Matrix<T>>;
template <typename T>
using RowView = Eigen::Map<const Eigen::Matrix<T, 1, Eigen::Dynamic>>;

/// The weights of one layer in one direction.
template <typename T> struct Weights {
  const T *input, *recurrent, *inputBias, *recurrentBias;
  int64_t inputs, units;

  Matrix<T> fromInput(const Matrix<T> &x, int64_t gate) const {
    MatrixView<T> weights(input + gate * units * inputs, units, inputs);
    return (x * weights.transpose()).rowwise() +
           RowView<T>(inputBias + gate * units, units);
  }
  Matrix<T> fromState(const Matrix<T> &h, int64_t gate) const {
    MatrixView<T> weights(recurrent + gate * units * units, units, units);
    return (h * weights.transpose()).rowwise() +
           RowView<T>(recurrentBias + gate * units, units);
  }
};

template <typename T> Matrix<T> sigmoid(const Matrix<T> &x) {
  return ((-x.array()).exp() + T(1)).inverse().matrix();
}

/// One step of all sequences.
template <typename T>
void step(Cell cell, const Weights<T> &weights, const Matrix<T> &x,
          Matrix<T> &h, Matrix<T> &c) {
  auto gate = [&](int64_t index) -> Matrix<T> {
    return weights.fromInput(x, index) + weights.fromState(h, index);
  };
  switch (cell) {
  case Cell::Relu:
    h = gate(0).cwiseMax(T(0));
    return;
  case Cell::Tanh:
    h = gate(0).array().tanh().matrix();
    return;
  case Cell::Lstm: {
    Matrix<T> in = sigmoid(gate(0)), forget = sigmoid(gate(1));
    Matrix<T> candidate = gate(2).array().tanh().matrix();
    Matrix<T> out = sigmoid(gate(3));
    c = forget.cwiseProduct(c) + in.cwiseProduct(candidate);
    h = out.cwiseProduct(c.array().tanh().matrix());
    return;
  }
  case Cell::Gru: {
    Matrix<T> reset = sigmoid(gate(0)), update = sigmoid(gate(1));
    Matrix<T> candidate =
        (weights.fromInput(x, 2) + reset.cwiseProduct(weights.fromState(h, 2)))
            .array()
            .tanh()
            .matrix();
    h = candidate + update.cwiseProduct(h - candidate);
    return;
  }
  }
}

/// Where row `row` of matrix `matrix` starts, of `matrices` with `rows` each,
/// which in batch-major tensors lie the other way round.
int64_t offset(const Stack &stack, int64_t matrix, int64_t row,
               int64_t matrices, int64_t width) {
  return (stack.timeMajor ? matrix * stack.batch + row
                          : row * matrices + matrix) *
         width;
}

template <typename T> class Runner {
public:
  Runner(RoutineCall &call, const Stack &stack) : call(call), stack(stack) {}

  absl::Status run() {
    if (absl::Status status = findWeights(); !status.ok())
      return status;
    std::vector<Matrix<T>> values = readInput();
    Shape shape = dimsOf(call.input(0), 0, 2);
    shape.push_back(stack.units * stack.directions);
    auto output = call.outputValues<T>(0, shape);
    auto lastH = call.outputValues<T>(1, call.input(1).shape());
    bool isLstm = stack.cell == Cell::Lstm;
    auto lastC = call.outputValues<T>(2, isLstm ? call.input(2).shape()
                                                : std::span<const int64_t>());
    if (absl::Status status =
            firstError({output.status(), lastH.status(), lastC.status()});
        !status.ok())
      return status;
    if (!isLstm)
      lastC->front() = T(0);
    int64_t states = stack.layers * stack.directions;
    for (int64_t layer = 0; layer < stack.layers; ++layer) {
      std::vector<Matrix<T>> next(
          stack.time,
          Matrix<T>::Zero(stack.batch, stack.units * stack.directions));
      for (int64_t way = 0; way < stack.directions; ++way) {
        int64_t state = layer * stack.directions + way;
        Matrix<T> h = readState(1, state, states);
        Matrix<T> c = isLstm ? readState(2, state, states) : Matrix<T>();
        runDirection(weights[state], values, next, h, c, way);
        writeState(h, *lastH, state, states);
        if (isLstm)
          writeState(c, *lastC, state, states);
      }
      values = std::move(next);
    }
    int64_t width = stack.units * stack.directions;
    for (int64_t t = 0; t < stack.time; ++t)
      for (int64_t b = 0; b < stack.batch; ++b)
        std::copy_n(values[t].row(b).data(), width,
                    output->data() + offset(stack, t, b, stack.time, width));
    return absl::OkStatus();
  }

private:
  absl::Status findWeights() {
    const T *next = call.values<T>(3).data();
    int64_t total = 0;
    std::vector<int64_t> inputs;
    for (int64_t i = 0; i < stack.layers * stack.directions; ++i) {
      inputs.push_back(i < stack.directions ? stack.inputs
                                            : stack.units * stack.directions);
      total += stack.gates * stack.units * (inputs.back() + stack.units + 2);
    }
    if (call.numElements(3) != total)
      return invalid("expects ", total, " params for ", stack.layers,
                     " layers of ", stack.units, " units, but got ",
                     call.numElements(3));
    for (int64_t in : inputs) {
      Weights<T> own{next, nullptr, nullptr, nullptr, in, stack.units};
      own.recurrent = next += stack.gates * stack.units * in;
      next += stack.gates * stack.units * stack.units;
      weights.push_back(own);
    }
    for (Weights<T> &own : weights) {
      own.inputBias = next;
      own.recurrentBias = next += stack.gates * stack.units;
      next += stack.gates * stack.units;
    }
    return absl::OkStatus();
  }

  std::vector<Matrix<T>> readInput() {
    const T *from = call.values<T>(0).data();
    std::vector<Matrix<T>> values(stack.time,
                                  Matrix<T>(stack.batch, stack.inputs));
    for (int64_t t = 0; t < stack.time; ++t)
      for (int64_t b = 0; b < stack.batch; ++b)
        std::copy_n(from + offset(stack, t, b, stack.time, stack.inputs),
                    stack.inputs, values[t].row(b).data());
    return values;
  }

  Matrix<T> readState(size_t operand, int64_t state, int64_t states) {
    Matrix<T> value(stack.batch, stack.units);
    const T *from = call.values<T>(operand).data();
    for (int64_t b = 0; b < stack.batch; ++b)
      std::copy_n(from + offset(stack, state, b, states, stack.units),
                  stack.units, value.row(b).data());
    return value;
  }

  void writeState(const Matrix<T> &value, std::span<T> to, int64_t state,
                  int64_t states) {
    for (int64_t b = 0; b < stack.batch; ++b)
      std::copy_n(value.row(b).data(), stack.units,
                  to.data() + offset(stack, state, b, states, stack.units));
  }

  /// The second direction starts at the end of each sequence.
  void runDirection(const Weights<T> &own, const std::vector<Matrix<T>> &values,
                    std::vector<Matrix<T>> &next, Matrix<T> &h, Matrix<T> &c,
                    int64_t way) {
    for (int64_t i = 0; i < stack.time; ++i) {
      int64_t t = way == 0 ? i : stack.time - 1 - i;
      Matrix<T> newH = h, newC = c;
      step(stack.cell, own, values[t], newH, newC);
      for (int64_t b = 0; b < stack.batch; ++b) {
        if (t >= stack.lengths[b])
          continue;
        h.row(b) = newH.row(b);
        if (stack.cell == Cell::Lstm)
          c.row(b) = newC.row(b);
        next[t].block(b, way * stack.units, 1, stack.units) = h.row(b);
      }
    }
  }

  RoutineCall &call;
  const Stack &stack;
  std::vector<Weights<T>> weights;
};

absl::StatusOr<Stack> readStack(RoutineCall &call, bool hasLengths) {
  const Attributes &attributes = call.attributes();
  if (absl::Status status = firstError({requireRank(call, 0, "input", 3),
                                        requireRank(call, 1, "input_h", 3),
                                        requireRank(call, 3, "params", 1)});
      !status.ok())
    return status;
  static const std::map<std::string, std::pair<Cell, int64_t>> cells = {
      {"rnn_relu", {Cell::Relu, 1}},
      {"rnn_tanh", {Cell::Tanh, 1}},
      {"lstm", {Cell::Lstm, 4}},
      {"gru", {Cell::Gru, 3}}};
  auto cell = cells.find(attributes.getString("rnn_mode", "lstm"));
  if (cell == cells.end())
    return invalid("expects rnn_mode rnn_relu, rnn_tanh, lstm or gru, but got ",
                   attributes.getString("rnn_mode"));
  Stack stack;
  std::tie(stack.cell, stack.gates) = cell->second;
  stack.timeMajor = attributes.getBool("time_major", true);
  bool isBoth = attributes.getString("direction") == "bidirectional";
  stack.directions = isBoth ? 2 : 1;
  const TensorView &input = call.input(0), &state = call.input(1);
  stack.time = input.dims[stack.timeMajor ? 0 : 1];
  stack.batch = input.dims[stack.timeMajor ? 1 : 0];
  stack.inputs = input.dims[2];
  int64_t states = state.dims[stack.timeMajor ? 0 : 1];
  stack.layers = states / stack.directions;
  stack.units = state.dims[2];
  if (states % stack.directions || stack.layers == 0 ||
      state.dims[stack.timeMajor ? 1 : 0] != stack.batch)
    return invalid("expects input_h of layers times directions, the batch (",
                   stack.batch, "), and units, but got shape ",
                   shapeText(call, 1));
  if (stack.cell == Cell::Lstm)
    if (absl::Status status = requireSameShape(call, 1, 2); !status.ok())
      return status;
  std::string mode = attributes.getString("input_mode", "linear_input");
  if (mode == "skip_input" || attributes.getInt("num_proj") != 0)
    return absl::UnimplementedError(
        "unsupported op: it skips the input's weights, or projects");
  if (attributes.getBool("is_training", true) &&
      attributes.getFloat("dropout") != 0)
    return absl::UnimplementedError(
        "unsupported op: its dropout is cuDNN's own random numbers");
  stack.lengths.assign(stack.batch, stack.time);
  if (hasLengths)
    stack.lengths = call.integers(4);
  if (static_cast<int64_t>(stack.lengths.size()) != stack.batch)
    return invalid("expects ", stack.batch, " sequence_lengths, but got ",
                   stack.lengths.size());
  for (int64_t length : stack.lengths)
    if (length < 0 || length > stack.time)
      return invalid("expects sequence_lengths of at most ", stack.time,
                     ", but got ", length);
  return stack;
}

/// What only training reads is empty.
absl::Status writeReserved(RoutineCall &call) {
  for (size_t index = 3; index < call.numOutputs(); ++index)
    if (auto view = call.output(index, Shape{0}); !view.ok())
      return view.status();
  return absl::OkStatus();
}

template <bool hasLengths> absl::Status cudnnRnn(RoutineCall &call) {
  absl::StatusOr<Stack> stack = readStack(call, hasLengths);
  if (!stack.ok())
    return stack.status();
  absl::Status status;
  if (call.input(0).dtype == DType::Float)
    status = Runner<float>(call, *stack).run();
  else if (call.input(0).dtype == DType::Double)
    status = Runner<double>(call, *stack).run();
  else
    return unsupportedType(call.input(0).dtype);
  return status.ok() ? writeReserved(call) : status;
}

} // namespace

void addCudnnRoutines(RoutineTable &table) {
  table.add("CudnnRNN", cudnnRnn<false>);
  table.add("CudnnRNNV2", cudnnRnn<false>);
  table.add("CudnnRNNV3", cudnnRnn<true>);
}

} // namespace firn::runtime
