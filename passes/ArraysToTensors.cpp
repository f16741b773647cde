//===- ArraysToTensors.cpp - arrays and lists become tensors --------------===//
//
// A TensorArray is the tensor that its flow carries, [size, element…]; a list
// is one itself. Writing gives a tensor with one slice changed
// (tfg._SetElement, which code does in place), reading gathers.
//
// What an element's shape is may follow only from what a loop writes, and that
// from what it reads from another array. So shapes are inferred, the arrays
// whose elements are known are replaced, and so on until nothing is left or
// known.
//
//===----------------------------------------------------------------------===//

#include "ir/TFGConstants.h"
#include "ir/TFGTensorArrayOps.h"
#include "ir/TFGTensorListOps.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "passes/ArrayClasses.h"
#include "passes/NodeBuilder.h"
#include "passes/Passes.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_ARRAYSTOTENSORSPASS
#include "passes/Passes.h.inc"

namespace {

/// Elements written one by one where a scatter is no permutation.
constexpr size_t kMaxScattered = 256;

struct ArraysToTensorsPass
    : impl::ArraysToTensorsPassBase<ArraysToTensorsPass> {
  void runOnOperation() override;
};

/// Rewrites the nodes of one array. A node that needs to know more than is
/// known stays, and the lowering names it.
class Converter {
public:
  Converter(const ArrayClass &array)
      : array(array), builder(array.values.front().getContext()) {}

  void convert(Operation *op);

private:
  // Nodes at the insertion point, named like the node that is replaced.
  Value node(StringRef op, ValueRange operands, Type type,
             ArrayRef<NamedAttribute> attrs = {}) {
    return createNode(builder, loc, op, operands, TypeRange(type), attrs)
        ->getResult(0);
  }
  Value ints(ArrayRef<int32_t> values) {
    auto type =
        RankedTensorType::get({int64_t(values.size())}, builder.getI32Type());
    return ConstOp::create(builder, loc, DenseElementsAttr::get(type, values));
  }
  Value scalar(int32_t value) {
    auto type = RankedTensorType::get({}, builder.getI32Type());
    return ConstOp::create(builder, loc, DenseElementsAttr::get(type, value));
  }
  /// tensor<count x element>.
  RankedTensorType stacked(int64_t count) {
    SmallVector<int64_t> shape(array.getTensorType().getShape());
    shape.front() = count;
    return RankedTensorType::get(shape, elementType());
  }
  Type elementType() { return array.element.getElementType(); }
  Value one(Value item) {
    return node("ExpandDims", {item, scalar(0)}, stacked(1));
  }

  Value zeros(Value count);
  Value get(Value list, Value index, Type type) {
    return node("GatherV2", {list, index, scalar(0)}, type);
  }
  Value gather(Value list, Value indices, Type type);
  Value scatter(Value base, Value indices, Value tensor);
  Value resize(Value list, Value size);
  Value split(Value tensor, Value lengths);
  Value concat(Value a, Value b) {
    return node("ConcatV2", {a, b, scalar(0)}, stacked(ShapedType::kDynamic));
  }
  Value join(Value list, Type type);
  Value lengths(Value list, Type type);
  Value sizes(Value list);
  Value length(Value list, Type type);
  Value stack(Value list, Type type, Value element, int64_t count);
  std::pair<Value, Value> pop(Value list, Type type);

  /// Whether elements have a first dimension.
  bool canJoin() { return array.element.getRank() > 0; }
  Value slice(Value vector, int64_t begin, int64_t count) {
    return node("Slice",
                {vector, ints({int32_t(begin)}), ints({int32_t(count)})},
                RankedTensorType::get({count}, builder.getI32Type()));
  }
  /// Puts values in the place of the results.
  void replace(Operation *op, ValueRange values);
  void convertArrayOp(Operation *op);
  void convertListOp(Operation *op);

  const ArrayClass &array;
  OpBuilder builder;
  Location loc = builder.getUnknownLoc();
};

} // namespace

//===----------------------------------------------------------------------===//
// What ops compute
//===----------------------------------------------------------------------===//

/// `count` elements of zeros; `count` is a scalar.
Value Converter::zeros(Value count) {
  ArrayRef<int64_t> shape = array.element.getShape();
  SmallVector<int32_t> dims(shape.begin(), shape.end());
  std::optional<int64_t> known = getConstantScalar(count);
  Value sizes;
  if (known) {
    dims.insert(dims.begin(), int32_t(*known));
    sizes = ints(dims);
  } else {
    Type countType = getElementType(count);
    auto vector = RankedTensorType::get({1}, builder.getI32Type());
    if (!countType.isInteger(32))
      count = node("Cast", {count},
                   RankedTensorType::get({}, builder.getI32Type()));
    Value first = node("ExpandDims", {count, scalar(0)}, vector);
    sizes = node("ConcatV2", {first, ints(dims), scalar(0)},
                 RankedTensorType::get({int64_t(dims.size()) + 1},
                                       builder.getI32Type()));
  }
  auto type = RankedTensorType::get({}, elementType());
  Value zero = ConstOp::create(
      builder, loc,
      DenseElementsAttr::get(type, builder.getZeroAttr(elementType())));
  return node("Fill", {sizes, zero},
              stacked(known ? *known : ShapedType::kDynamic));
}

/// Whether `indices` are 0, 1, …, each once in this order.
static bool isSequence(Value indices) {
  if (auto range = indices.getDefiningOp<RangeOp>())
    return getConstantScalar(range->getOperand(0)) == 0 &&
           getConstantScalar(range->getOperand(2)) == 1;
  auto known = ShapeInference().constantInts(indices);
  return known && llvm::all_of(llvm::enumerate(*known), [](auto entry) {
           return entry.value() == int64_t(entry.index());
         });
}

/// All elements in their order, where that is known.
static bool isWhole(const ArrayClass &array, Value indices) {
  auto shape = shapeOf(indices);
  return array.size && shape && shape->size() == 1 &&
         shape->front() == *array.size && isSequence(indices);
}

Value Converter::gather(Value list, Value indices, Type type) {
  return isWhole(array, indices) ? list : get(list, indices, type);
}

/// The slices of `tensor` at `indices` of `base`; null: of a new list. Null if
/// that cannot be said.
Value Converter::scatter(Value base, Value indices, Value tensor) {
  if (base ? isWhole(array, indices) : isSequence(indices))
    return tensor;
  auto known = ShapeInference().constantInts(indices);
  if (base && (!known || known->size() > kMaxScattered)) {
    auto shape = shapeOf(indices);
    int64_t rows =
        shape && shape->size() == 1 ? shape->front() : ShapedType::kDynamic;
    Value vectors =
        node("ExpandDims", {indices, scalar(1)},
             RankedTensorType::get({rows, 1}, builder.getI32Type()));
    return node("TensorScatterUpdate", {base, vectors, tensor}, base.getType());
  }
  if (!known || known->size() > kMaxScattered)
    return {};
  int64_t count = known->size();
  if (!base && !array.element.hasStaticShape())
    return {};
  if (!base) {
    for (int64_t index : *known)
      count = std::max(count, index + 1);
    base = zeros(scalar(count));
  }
  for (auto [i, index] : llvm::enumerate(*known))
    base = node("_SetElement",
                {base, scalar(index), get(tensor, scalar(i), array.element)},
                base.getType());
  return base;
}

/// `size` elements, new ones zeros. Null if their shape is not known.
Value Converter::resize(Value list, Value size) {
  if (!array.element.hasStaticShape())
    return {};
  Value end = node("ExpandDims", {size, scalar(0)},
                   RankedTensorType::get({1}, builder.getI32Type()));
  return node("StridedSlice",
              {concat(list, zeros(size)), ints({0}), end, ints({1})},
              stacked(ShapedType::kDynamic));
}

Value Converter::split(Value tensor, Value lengths) {
  if (!canJoin())
    return {};
  int64_t rank = array.element.getRank();
  auto known = ShapeInference().constantInts(lengths);
  auto count = shapeOf(lengths);
  if (known && array.element.hasStaticShape()) {
    SmallVector<int32_t> shape{int32_t(known->size())};
    llvm::append_range(shape, array.element.getShape());
    return node("Reshape", {tensor, ints(shape)}, stacked(known->size()));
  }
  // SplitV checks at run time that each piece has the shape of an element.
  if (array.element.hasStaticShape() && count && count->size() == 1 &&
      !ShapedType::isDynamic(count->front()) && count->front() > 0) {
    SmallVector<Type> types(count->front(), array.element);
    Operation *pieces =
        createNode(builder, loc, "SplitV", {tensor, lengths, scalar(0)}, types);
    return node("Pack", pieces->getResults(), stacked(count->front()));
  }
  // [number of lengths, the one length that there is, …]
  Type i32 = builder.getI32Type(), i64 = builder.getI64Type();
  auto vector = [](int64_t size, Type type) {
    return RankedTensorType::get({size}, type);
  };
  Operation *unique = createNode(
      builder, loc, "Unique", {lengths},
      {vector(ShapedType::kDynamic, i64), vector(ShapedType::kDynamic, i32)});
  Value one =
      node("EnsureShape", unique->getResult(0), vector(1, i64),
           builder.getNamedAttr(
               "shape", ShapeAttr::getRanked(builder.getContext(), {1})));
  Value number = node("Shape", {lengths}, vector(1, i32));
  Value length = node("Cast", {one}, vector(1, i32));
  Value all = node("Shape", {tensor}, vector(rank, i32));
  Value shape =
      node("ConcatV2", {number, length, slice(all, 1, rank - 1), scalar(0)},
           vector(rank + 1, i32));
  return node("Reshape", {tensor, shape}, stacked(ShapedType::kDynamic));
}

/// The shape of the list as a tensor.
Value Converter::sizes(Value list) {
  return node("Shape", {list},
              RankedTensorType::get({array.element.getRank() + 1},
                                    builder.getI32Type()));
}

/// The elements one behind the other.
Value Converter::join(Value list, Type type) {
  ArrayRef<int64_t> element = array.element.getShape();
  if (array.element.hasStaticShape()) {
    SmallVector<int32_t> shape{-1};
    llvm::append_range(shape, element.drop_front());
    if (array.size)
      shape.front() = *array.size * element.front();
    return node("Reshape", {list, ints(shape)}, type);
  }
  Value all = sizes(list);
  auto vector = [&](int64_t size) {
    return RankedTensorType::get({size}, builder.getI32Type());
  };
  Value first = node("Mul", {slice(all, 0, 1), slice(all, 1, 1)}, vector(1));
  Value shape =
      node("ConcatV2", {first, slice(all, 2, element.size() - 1), scalar(0)},
           vector(element.size()));
  return node("Reshape", {list, shape}, type);
}

Value Converter::length(Value list, Type type) {
  if (array.size)
    return scalar(*array.size);
  return get(sizes(list), scalar(0), type);
}

/// The first dimension of each element.
Value Converter::lengths(Value list, Type type) {
  Value count = length(list, RankedTensorType::get({}, builder.getI32Type()));
  auto scalarType = RankedTensorType::get({}, builder.getI64Type());
  Value value;
  if (array.element.isDynamicDim(0))
    value = node("Cast",
                 {get(sizes(list), scalar(1),
                      RankedTensorType::get({}, builder.getI32Type()))},
                 scalarType);
  else
    value = ConstOp::create(
        builder, loc,
        DenseElementsAttr::get(scalarType, array.element.getDimSize(0)));
  return node("Fill",
              {node("ExpandDims", {count, scalar(0)},
                    RankedTensorType::get({1}, builder.getI32Type())),
               value},
              type);
}

/// All elements, which must be `count` of them (-1: any number) and of the
/// shape that `element` says.
Value Converter::stack(Value list, Type type, Value element, int64_t count) {
  SmallVector<int64_t> shape(array.getTensorType().getShape());
  shape.front() = count < 0 ? ShapedType::kDynamic : count;
  auto dims = ShapeInference().constantInts(element);
  auto rank = shapeOf(element);
  if (dims && rank && rank->size() == 1 && dims->size() + 1 == shape.size())
    for (auto [own, dim] :
         llvm::zip(MutableArrayRef(shape).drop_front(), *dims))
      own = dim < 0 ? own : dim;
  if (llvm::all_of(shape, ShapedType::isDynamic))
    return list;
  return node("EnsureShape", list, type,
              builder.getNamedAttr(
                  "shape", ShapeAttr::getRanked(builder.getContext(), shape)));
}

/// The list without its last element, and that.
std::pair<Value, Value> Converter::pop(Value list, Type type) {
  auto bit = [&](StringRef name) {
    return builder.getNamedAttr(name, builder.getI64IntegerAttr(1));
  };
  Value rest = node("StridedSlice", {list, ints({0}), ints({-1}), ints({1})},
                    stacked(ShapedType::kDynamic), {bit("begin_mask")});
  Value last = node("StridedSlice", {list, ints({-1}), ints({0}), ints({1})},
                    type, {bit("shrink_axis_mask")});
  return {rest, last};
}

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
