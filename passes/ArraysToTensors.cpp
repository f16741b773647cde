//===- ArraysToTensors.cpp - arrays and lists become tensors --------------===//
//
// A TensorArray is the tensor that its flow carries, [size, element…]; a list
// is one itself; ArrayMath.h says what their ops become.
//
// What an element's shape is may follow only from what a loop writes, and that
// from what it reads from another array. So shapes are inferred, the arrays
// whose elements are known are replaced, and so on until nothing is left or
// known.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGTensorArrayOps.h"
#include "ir/TFGTensorListOps.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "passes/ArrayMath.h"
#include "passes/Passes.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_ARRAYSTOTENSORSPASS
#include "passes/Passes.h.inc"

namespace {

struct ArraysToTensorsPass
    : impl::ArraysToTensorsPassBase<ArraysToTensorsPass> {
  void runOnOperation() override;
};

/// Rewrites the nodes of one array. A node that needs to know more than is
/// known stays, and the lowering names it.
class Converter : ArrayMath {
public:
  explicit Converter(const ArrayClass &array) : ArrayMath(array) {}

  void convert(Operation *op);

private:
  /// Puts values in the place of the results.
  void replace(Operation *op, ValueRange values);
  void convertArrayOp(Operation *op);
  void convertListOp(Operation *op);
};

} // namespace

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

void Converter::replace(Operation *op, ValueRange values) {
  for (auto [result, value] : llvm::zip(op->getResults(), values))
    result.replaceAllUsesWith(value);
  op->erase();
}

void Converter::convertArrayOp(Operation *op) {
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](TensorArrayV3Op made) {
        Value size = array.size ? scalar(*array.size) : made.getSize();
        replace(made, {scalar(0), zeros(size)});
      })
      .Case([&](TensorArrayWriteV3Op write) {
        replace(write,
                node("_SetElement",
                     {write.getFlowIn(), write.getIndex(), write.getValue()},
                     stacked(ShapedType::kDynamic)));
      })
      .Case([&](TensorArrayReadV3Op read) {
        replace(read, get(read.getFlowIn(), read.getIndex(), read.getType()));
      })
      .Case([&](TensorArrayGatherV3Op gathered) {
        replace(gathered, gather(gathered.getFlowIn(), gathered.getIndices(),
                                 gathered.getType()));
      })
      .Case([&](TensorArrayScatterV3Op scattered) {
        if (Value tensor =
                scatter(scattered.getFlowIn(), scattered.getIndices(),
                        scattered.getValue()))
          replace(scattered, tensor);
      })
      .Case([&](TensorArraySplitV3Op pieces) {
        if (Value tensor = split(pieces.getValue(), pieces.getLengths()))
          replace(pieces, tensor);
      })
      .Case([&](TensorArraySizeV3Op size) {
        replace(size, length(size.getFlowIn(), size.getType()));
      })
      .Case([&](TensorArrayConcatV3Op joined) {
        if (canJoin())
          replace(joined,
                  {join(joined.getFlowIn(), joined.getValue().getType()),
                   lengths(joined.getFlowIn(), joined.getLengths().getType())});
      })
      .Case([&](TensorArrayCloseV3Op closed) {
        replace(
            closed,
            createNode(builder, loc, "NoOp", {}, TypeRange())->getResults());
      });
}

void Converter::convertListOp(Operation *op) {
  auto replaceIf = [&](Value value) {
    if (value)
      replace(op, value);
  };
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](EmptyTensorListOp) { replace(op, zeros(scalar(0))); })
      .Case([&](TensorListReserveOp list) {
        replace(op, zeros(list.getNumElements()));
      })
      .Case([&](TensorListFromTensorOp list) { replace(op, list.getTensor()); })
      .Case([&](TensorListScatterOp list) {
        replaceIf(scatter({}, list.getIndices(), list.getTensor()));
      })
      .Case([&](TensorListScatterV2Op list) {
        // -1: as many elements as the indices need.
        std::optional<int64_t> size = getConstantScalar(list.getNumElements());
        if (size && *size < 0)
          replaceIf(scatter({}, list.getIndices(), list.getTensor()));
        else if (size && array.element.hasStaticShape())
          replaceIf(scatter(zeros(scalar(*size)), list.getIndices(),
                            list.getTensor()));
      })
      .Case([&](TensorListResizeOp list) {
        replaceIf(resize(list.getInputHandle(), list.getSize()));
      })
      .Case([&](TensorListScatterIntoExistingListOp list) {
        replaceIf(scatter(list.getInputHandle(), list.getIndices(),
                          list.getTensor()));
      })
      .Case([&](TensorListSplitOp list) {
        replaceIf(split(list.getTensor(), list.getLengths()));
      })
      .Case([&](TensorListSetItemOp list) {
        replace(op,
                node("_SetElement",
                     {list.getInputHandle(), list.getIndex(), list.getItem()},
                     stacked(ShapedType::kDynamic)));
      })
      .Case([&](TensorListPushBackOp list) {
        replace(op, concat(list.getInputHandle(), one(list.getTensor())));
      })
      .Case([&](TensorListPopBackOp list) {
        auto [rest, last] =
            pop(list.getInputHandle(), list.getTensor().getType());
        replace(op, {rest, last});
      })
      .Case([&](TensorListConcatListsOp list) {
        replace(op, concat(list.getInputA(), list.getInputB()));
      })
      .Case([&](TensorListGetItemOp list) {
        replace(op, get(list.getInputHandle(), list.getIndex(),
                        list.getItem().getType()));
      })
      .Case([&](TensorListGatherOp list) {
        replace(op, gather(list.getInputHandle(), list.getIndices(),
                           list.getValues().getType()));
      })
      .Case([&](TensorListStackOp list) {
        replace(op, stack(list.getInputHandle(), list.getTensor().getType(),
                          list.getElementShape(), list.getNumElements()));
      })
      .Case<TensorListConcatOp, TensorListConcatV2Op>([&](auto list) {
        if (canJoin())
          replace(op, {join(list.getInputHandle(), list.getTensor().getType()),
                       lengths(list.getInputHandle(),
                               list.getLengths().getType())});
      })
      .Case([&](TensorListLengthOp list) {
        replace(op, length(list.getInputHandle(), list.getType()));
      })
      .Case([&](TensorListElementShapeOp list) {
        Type type = getElementType(list.getElementShape());
        auto vector = RankedTensorType::get({array.element.getRank()}, type);
        if (array.element.hasStaticShape())
          return replace(op, {ConstOp::create(
                                  builder, loc,
                                  makeIntVector(type, array.element.getShape()))
                                  ->getResult(0)});
        Value shape =
            slice(sizes(list.getInputHandle()), 1, array.element.getRank());
        if (!type.isInteger(32))
          shape = node("Cast", {shape}, vector);
        replace(op, shape);
      });
}

void Converter::convert(Operation *op) {
  builder.setInsertionPoint(op);
  loc = op->getLoc();
  if (op->getName().getStringRef().contains("TensorArray"))
    convertArrayOp(op);
  else
    convertListOp(op);
}

//===----------------------------------------------------------------------===//
// Classes
//===----------------------------------------------------------------------===//

/// The declared output shapes of a branch or loop that say what an array is.
static void forgetShape(OpResult result) {
  Operation *op = result.getOwner();
  auto shapes = op->getAttrOfType<ArrayAttr>("output_shapes");
  if (!shapes || result.getResultNumber() >= shapes.size())
    return;
  SmallVector<Attribute> changed(shapes.getValue());
  changed[result.getResultNumber()] = ShapeAttr::getUnranked(op->getContext());
  op->setAttr("output_shapes", ArrayAttr::get(op->getContext(), changed));
}

/// Gives the values that functions and branches pass on the type of a tensor;
/// handles of TensorArrays, which nobody reads any more, become numbers.
static void retype(const ArrayClass &array) {
  MLIRContext *context = array.values.front().getContext();
  Type handle = RankedTensorType::get({}, IntegerType::get(context, 32));
  for (Value value : array.values) {
    // Also what the array's own nodes give: they are replaced in any order, and
    // a node that is made is checked against its operands.
    Operation *op = value.getDefiningOp();
    bool isHandle = isa<ResourceType>(getElementType(value));
    value.setType(isHandle ? handle : Type(array.getTensorType()));
    if (op && isa<CallLikeOpInterface>(op))
      forgetShape(cast<OpResult>(value));
  }
}

/// Replaces the arrays that can be; says whether there were some.
static bool convertReady(ModuleOp module) {
  ArrayClasses classes(module);
  bool changed = false;
  for (const ArrayClass *array : classes.getArrays()) {
    if (!array->isReady())
      continue;
    // Before anything is erased.
    SmallVector<Operation *> ops;
    llvm::SmallPtrSet<Operation *, 16> seen;
    auto add = [&](Operation *op) {
      if (isArrayOp(op) && seen.insert(op).second)
        ops.push_back(op);
    };
    for (Value value : array->values) {
      if (Operation *op = value.getDefiningOp())
        add(op);
      llvm::for_each(value.getUsers(), add);
    }
    retype(*array);
    Converter converter(*array);
    for (Operation *op : ops)
      converter.convert(op);
    changed = true;
  }
  for (auto func : module.getOps<FuncOp>())
    if (changed && !func.isExternal() && !func->hasAttr("tfg.raw"))
      func.setFunctionType(FunctionType::get(
          func.getContext(), func.getBodyBlock()->getArgumentTypes(),
          func.getReturn().getDataOperands().getTypes()));
  return changed;
}

/// Says on the ops of arrays that stay why they do.
static void noteObstacles(ModuleOp module) {
  ArrayClasses classes(module);
  for (const ArrayClass *array : classes.getArrays())
    for (Value value : array->values)
      if (Operation *op = value.getDefiningOp();
          op && isArrayOp(op) && !array->obstacle.empty())
        op->setAttr(kObstacleAttr,
                    StringAttr::get(op->getContext(), array->obstacle));
}

void ArraysToTensorsPass::runOnOperation() {
  bool hasArrays = false;
  getOperation().walk([&](Operation *op) { hasArrays |= isArrayOp(op); });
  if (!hasArrays)
    return markAllAnalysesPreserved();
  while (true) {
    OpPassManager shapes(ModuleOp::getOperationName());
    shapes.addPass(createInferShapesPass());
    GreedyRewriteConfig config;
    config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
    shapes.addPass(createCanonicalizerPass(config));
    if (failed(runPipeline(shapes, getOperation())))
      return signalPassFailure();
    if (!convertReady(getOperation()))
      return noteObstacles(getOperation());
    ++numRounds;
  }
}

} // namespace firn::tfg
