//===- DecomposeRecurrentCells.cpp - LSTM and GRU cells in basic nodes ----===//
//
// The one place that says what the cells compute. A BlockLSTM is a loop whose
// body is a cell; what the cell does with its input alone is one product over
// the whole sequence before the loop.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGRecurrentOps.h"
#include "passes/NodeBuilder.h"
#include "passes/Passes.h"
#include "passes/RecurrentCells.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_DECOMPOSERECURRENTCELLSPASS
#include "passes/Passes.h.inc"

namespace {

struct DecomposeRecurrentCellsPass
    : impl::DecomposeRecurrentCellsPassBase<DecomposeRecurrentCellsPass> {
  void runOnOperation() override;
};

/// Nodes of one element type in a body; shapes are left to inference.
class CellBuilder {
public:
  CellBuilder(OpBuilder &builder, Location loc, Type element)
      : builder(builder), loc(loc), element(element) {}

  Value node(StringRef op, ValueRange operands, Type result = {},
             ArrayRef<NamedAttribute> attrs = {}) {
    return createNode(builder, loc, op, operands,
                      TypeRange(result ? result : any()), attrs)
        ->getResult(0);
  }
  Type any() { return UnrankedTensorType::get(element); }
  Value add(Value a, Value b) { return node("AddV2", {a, b}); }
  Value mul(Value a, Value b) { return node("Mul", {a, b}); }
  Value sigmoid(Value x) { return node("Sigmoid", {x}); }
  Value tanh(Value x) { return node("Tanh", {x}); }
  Value product(Value a, Value b) { return node("MatMul", {a, b}); }
  Value concat(Value a, Value b) {
    return node("ConcatV2", {a, b, integer(1)});
  }
  Value integer(int32_t value) {
    auto type = RankedTensorType::get({}, builder.getI32Type());
    return ConstOp::create(builder, loc, DenseElementsAttr::get(type, value));
  }
  Value integers(ArrayRef<int32_t> values) {
    auto type =
        RankedTensorType::get({int64_t(values.size())}, builder.getI32Type());
    return ConstOp::create(builder, loc, DenseElementsAttr::get(type, values));
  }
  Value constant(double value, ArrayRef<int64_t> shape = {}) {
    auto type = RankedTensorType::get(shape, element);
    Attribute scalar = builder.getFloatAttr(element, value);
    return ConstOp::create(builder, loc, DenseElementsAttr::get(type, scalar));
  }
  SmallVector<Value> split(Value value, unsigned count) {
    SmallVector<Type> types(count, any());
    return llvm::to_vector_of<Value>(
        createNode(builder, loc, "Split", {integer(1), value}, types)
            ->getResults());
  }

private:
  OpBuilder &builder;
  Location loc;
  Type element;
};

struct LSTMOptions {
  double forgetBias;
  double cellClip;
  bool usePeephole;
  bool forgetFirst; // gates i, f, ci, o instead of i, ci, f, o
};

/// Outputs of an LSTM cell in TensorFlow's order: i, cs, f, o, ci, co, h.
using LSTMOutputs = std::array<Value, 7>;

} // namespace

/// One step, from the gates' inputs [batch, 4 cells].
static LSTMOutputs buildLSTM(CellBuilder &cell, Value gates, Value csPrev,
                             Value wci, Value wcf, Value wco,
                             const LSTMOptions &options) {
  SmallVector<Value> parts = cell.split(gates, 4);
  Value i = parts[0], ci = parts[1], f = parts[2], o = parts[3];
  if (options.forgetFirst)
    std::swap(ci, f);
  if (options.forgetBias != 0)
    f = cell.add(f, cell.constant(options.forgetBias));
  if (options.usePeephole) {
    i = cell.add(i, cell.mul(csPrev, wci));
    f = cell.add(f, cell.mul(csPrev, wcf));
  }
  i = cell.sigmoid(i);
  f = cell.sigmoid(f);
  ci = cell.tanh(ci);
  Value cs = cell.add(cell.mul(ci, i), cell.mul(csPrev, f));
  if (options.cellClip > 0) {
    cs = cell.node("Minimum", {cs, cell.constant(options.cellClip)});
    cs = cell.node("Maximum", {cs, cell.constant(-options.cellClip)});
  }
  if (options.usePeephole)
    o = cell.add(o, cell.mul(cs, wco));
  o = cell.sigmoid(o);
  Value co = cell.tanh(cs);
  return {i, cs, f, o, ci, co, cell.mul(co, o)};
}

static void replace(Operation *op, ArrayRef<Value> values) {
  for (auto [result, given] : llvm::zip(op->getResults(), values)) {
    Value value = given;
    // What was known of the shape stays known.
    value.setType(result.getType());
    result.replaceAllUsesWith(value);
  }
  op->erase();
}

static bool isFloat(Value value) {
  return isa<FloatType>(getElementType(value));
}

static void decompose(LSTMBlockCellOp op) {
  OpBuilder builder(op);
  CellBuilder cell(builder, op.getLoc(), getElementType(op.getX()));
  Value gates =
      cell.add(cell.product(cell.concat(op.getX(), op.getHPrev()), op.getW()),
               op.getB());
  replace(op, buildLSTM(cell, gates, op.getCsPrev(), op.getWci(), op.getWcf(),
                        op.getWco(),
                        {op.getForgetBias().convertToFloat(),
                         op.getCellClip().convertToFloat(), op.getUsePeephole(),
                         /*forgetFirst=*/false}));
}

static void decompose(GRUBlockCellOp op) {
  OpBuilder builder(op);
  CellBuilder cell(builder, op.getLoc(), getElementType(op.getX()));
  Value x = op.getX(), h = op.getHPrev();
  Value gates = cell.sigmoid(
      cell.add(cell.product(cell.concat(x, h), op.getWRu()), op.getBRu()));
  SmallVector<Value> ru = cell.split(gates, 2);
  Value c = cell.tanh(
      cell.add(cell.product(cell.concat(x, cell.mul(h, ru[0])), op.getWC()),
               op.getBC()));
  Value rest = cell.node("Sub", {cell.constant(1), ru[1]});
  Value next = cell.add(cell.mul(rest, c), cell.mul(ru[1], h));
  replace(op, {ru[0], ru[1], c, next});
}

//===----------------------------------------------------------------------===//
// BlockLSTM
//===----------------------------------------------------------------------===//

namespace {

/// The loop of a BlockLSTM. Its variables: the step, the number of steps, h,
/// cs, the outputs that are used; then what stays: products of the input,
/// weights.
template <typename BlockOp> class BlockLoop {
public:
  BlockLoop(BlockOp op, LSTMOptions options, SymbolTable &symbols)
      : op(op), options(options), symbols(symbols), builder(op),
        cell(builder, op.getLoc(), getElementType(op.getX())) {}

  /// False if the shapes are not known.
  bool run();

private:
  static constexpr unsigned kFirstOutput = 4;

  FuncOp startFunction(StringRef name, TypeRange results);
  FuncOp buildCondition();
  FuncOp buildBody();
  Value inputProducts();
  Value rowsOfW(int32_t first, int32_t count) {
    return cell.node("Slice", {op.getW(), cell.integers({first, 0}),
                               cell.integers({count, -1})});
  }

  BlockOp op;
  LSTMOptions options;
  SymbolTable &symbols;
  OpBuilder builder;
  CellBuilder cell;
  int64_t time = 0, batch = 0, inputs = 0, cells = 0;
  SmallVector<unsigned> used; // outputs
  SmallVector<Type> types;    // of the loop's variables
};

template <typename BlockOp>
FuncOp BlockLoop<BlockOp>::startFunction(StringRef name, TypeRange results) {
  builder.setInsertionPointAfter(op->getParentOp());
  auto func = FuncOp::create(builder, op.getLoc(), name,
                             builder.getFunctionType(types, results));
  symbols.insert(func);
  builder.setInsertionPointToEnd(func.getBodyBlock());
  return func;
}

template <typename BlockOp> FuncOp BlockLoop<BlockOp>::buildCondition() {
  auto flag = RankedTensorType::get({}, builder.getI1Type());
  FuncOp func = startFunction("block_lstm_cond", TypeRange(flag));
  Value more =
      cell.node("Less", {func.getArgument(0), func.getArgument(1)}, flag);
  ReturnOp::create(builder, op.getLoc(), ValueRange(more), ArrayAttr());
  return func;
}

template <typename BlockOp> FuncOp BlockLoop<BlockOp>::buildBody() {
  FuncOp func = startFunction("block_lstm_body", types);
  SmallVector<Value> values(func.getArguments());
  unsigned next = kFirstOutput + used.size();
  Value products = values[next], weights = values[next + 1];
  Value step = values[0], h = values[2], cs = values[3];
  Value x = cell.node("GatherV2", {products, step, cell.integer(0)});
  Value gates = cell.add(x, cell.product(h, weights));
  LSTMOutputs outputs = buildLSTM(cell, gates, cs, values[next + 2],
                                  values[next + 3], values[next + 4], options);
  values[0] = cell.node("AddV2", {step, cell.integer(1)}, types[0]);
  values[2] = outputs[6];
  values[3] = outputs[1];
  for (auto [i, output] : llvm::enumerate(used)) {
    Value &list = values[kFirstOutput + i];
    list =
        cell.node("_SetElement", {list, step, outputs[output]}, list.getType());
  }
  ReturnOp::create(builder, op.getLoc(), values, ArrayAttr());
  return func;
}

/// x w + b for all steps: [time, batch, 4 cells].
template <typename BlockOp> Value BlockLoop<BlockOp>::inputProducts() {
  Value rows = cell.node(
      "Reshape",
      {op.getX(), cell.integers({int32_t(time * batch), int32_t(inputs)})});
  Value products = cell.add(cell.product(rows, rowsOfW(0, inputs)), op.getB());
  return cell.node("Reshape",
                   {products, cell.integers({int32_t(time), int32_t(batch),
                                             int32_t(4 * cells)})},
                   RankedTensorType::get({time, batch, 4 * cells},
                                         getElementType(op.getX())));
}

template <typename BlockOp> bool BlockLoop<BlockOp>::run() {
  auto x = dyn_cast<RankedTensorType>(op.getX().getType());
  auto h = dyn_cast<RankedTensorType>(op.getHPrev().getType());
  if (!x || !h || x.getRank() != 3 || h.getRank() != 2 || !x.hasStaticShape() ||
      !h.hasStaticShape())
    return false;
  time = x.getDimSize(0);
  batch = x.getDimSize(1);
  inputs = x.getDimSize(2);
  cells = h.getDimSize(1);
  Type element = x.getElementType();
  auto list = RankedTensorType::get({time, batch, cells}, element);
  for (OpResult result : op->getResults())
    if (!result.use_empty())
      used.push_back(result.getResultNumber());

  auto step = RankedTensorType::get({}, builder.getI32Type());
  Value steps = op.getSeqLenMax();
  steps = cell.node(
      "Minimum", {cell.node("Cast", {steps}, step), cell.integer(time)}, step);
  SmallVector<Value> operands{cell.integer(0), steps, op.getHPrev(),
                              op.getCsPrev()};
  types = {step, step, h, h};
  for (size_t i = 0; i < used.size(); ++i) {
    operands.push_back(cell.constant(0, list.getShape()));
    types.push_back(list);
  }
  Value products = inputProducts(), weights = rowsOfW(inputs, cells);
  for (Value invariant : std::initializer_list<Value>{
           products, weights, op.getWci(), op.getWcf(), op.getWco()}) {
    operands.push_back(invariant);
    types.push_back(invariant.getType());
  }
  types[kFirstOutput + used.size() + 1] =
      RankedTensorType::get({cells, 4 * cells}, element);

  OpBuilder::InsertPoint place = builder.saveInsertionPoint();
  auto attr = [&](StringRef name, FuncOp func) {
    return builder.getNamedAttr(
        name, FuncAttr::get(builder.getContext(),
                            FlatSymbolRefAttr::get(func.getSymNameAttr()),
                            builder.getDictionaryAttr({})));
  };
  NamedAttribute body = attr("body", buildBody());
  NamedAttribute condition = attr("cond", buildCondition());
  builder.restoreInsertionPoint(place);
  Operation *loop = createNode(builder, op.getLoc(), "StatelessWhile", operands,
                               types, {body, condition});
  for (auto [i, output] : llvm::enumerate(used))
    op->getResult(output).replaceAllUsesWith(loop->getResult(kFirstOutput + i));
  op->erase();
  return true;
}

} // namespace

bool isRecurrentCell(Operation *op) {
  return isa<LSTMBlockCellOp, GRUBlockCellOp, BlockLSTMOp, BlockLSTMV2Op>(op);
}

void DecomposeRecurrentCellsPass::runOnOperation() {
  SmallVector<Operation *> cells;
  getOperation().walk([&](Operation *op) {
    if (isRecurrentCell(op) &&
        isFloat(op->getOperand(isa<BlockLSTMOp, BlockLSTMV2Op>(op) ? 1 : 0)))
      cells.push_back(op);
  });
  SymbolTable symbols(getOperation());
  for (Operation *op : cells) {
    ++numCells;
    if (auto lstm = dyn_cast<LSTMBlockCellOp>(op))
      decompose(lstm);
    else if (auto gru = dyn_cast<GRUBlockCellOp>(op))
      decompose(gru);
    else if (auto block = dyn_cast<BlockLSTMOp>(op))
      BlockLoop(block,
                {block.getForgetBias().convertToFloat(),
                 block.getCellClip().convertToFloat(), block.getUsePeephole(),
                 /*forgetFirst=*/false},
                symbols)
          .run();
    else if (auto block = dyn_cast<BlockLSTMV2Op>(op))
      BlockLoop(block,
                {/*forgetBias=*/0, block.getCellClip().convertToFloat(),
                 block.getUsePeephole(), /*forgetFirst=*/true},
                symbols)
          .run();
  }
}

} // namespace firn::tfg
