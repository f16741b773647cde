//===- ArrayClasses.cpp - which values are one array or list --------------===//
//
// First every node says which values belong together and what it knows of them;
// then the facts are given to the classes that came of it. A fact that
// contradicts another is an obstacle, no error: the array stays what it is.
//
//===----------------------------------------------------------------------===//

#include "passes/ArrayClasses.h"
#include "ir/TFGTensorArrayOps.h"
#include "ir/TFGTensorListOps.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;

namespace firn::tfg {

std::optional<int64_t> getConstantScalar(Value value) {
  auto ints = ShapeInference().constantInts(value);
  return ints && ints->size() == 1 ? std::optional(ints->front())
                                   : std::nullopt;
}

/// Ops with the variant values of lists and nothing else in common.
using ListOps =
    std::tuple<EmptyTensorListOp, TensorListReserveOp, TensorListFromTensorOp,
               TensorListScatterOp, TensorListScatterV2Op,
               TensorListScatterIntoExistingListOp, TensorListSplitOp,
               TensorListSetItemOp, TensorListPushBackOp, TensorListPopBackOp,
               TensorListConcatListsOp, TensorListGetItemOp, TensorListGatherOp,
               TensorListStackOp, TensorListConcatOp, TensorListConcatV2Op,
               TensorListLengthOp, TensorListElementShapeOp,
               TensorListResizeOp>;

static bool isListOp(Operation *op) {
  return std::apply(
      [&](auto... types) { return (isa<decltype(types)>(op) || ...); },
      ListOps());
}

static bool isTensorArrayOp(Operation *op) {
  return isa<TensorArrayV3Op, TensorArrayWriteV3Op, TensorArrayReadV3Op,
             TensorArrayGatherV3Op, TensorArrayScatterV3Op, TensorArraySizeV3Op,
             TensorArrayConcatV3Op, TensorArraySplitV3Op, TensorArrayCloseV3Op>(
      op);
}

bool isArrayOp(Operation *op) { return isTensorArrayOp(op) || isListOp(op); }

//===----------------------------------------------------------------------===//
// Classes
//===----------------------------------------------------------------------===//

bool ArrayClass::isReady() const {
  auto type = dyn_cast_or_null<RankedTensorType>(element);
  if (!obstacle.empty() || !type)
    return false;
  return !needsZeros ||
         (type.hasStaticShape() && type.getElementType().isIntOrFloat());
}

RankedTensorType ArrayClass::getTensorType() const {
  SmallVector<int64_t> shape{ShapedType::kDynamic};
  llvm::append_range(shape, element.getShape());
  return RankedTensorType::get(shape, element.getElementType());
}

void ArrayClasses::join(Value a, Value b) {
  if (isa<TensorType>(a.getType()) && isa<TensorType>(b.getType()))
    classes.unionSets(a.getAsOpaquePointer(), b.getAsOpaquePointer());
}

void ArrayClasses::note(Value value, Fact fact) {
  facts.emplace_back(value, std::move(fact));
}

void ArrayClasses::noteElement(Value value, Type type) {
  auto element = dyn_cast<TensorType>(type);
  if (!element)
    return;
  note(value, [element](ArrayClass &array) {
    if (!array.element) {
      array.element = element;
      return;
    }
    FailureOr<TensorType> merged = mergeTypes(array.element, element);
    if (failed(merged) ||
        array.element.getElementType() != element.getElementType())
      array.obstacle = llvm::formatv("it is to hold {0} and {1}",
                                     Type(array.element), Type(element));
    else
      array.element = *merged;
  });
}

void ArrayClasses::noteSize(Value value, std::optional<int64_t> size) {
  note(value, [size](ArrayClass &array) {
    if (!size || (array.size && *array.size != *size))
      array.sizeVaries = true;
    else
      array.size = *size;
  });
}

void ArrayClasses::noteWritten(Value value, Value indices) {
  auto known = ShapeInference().constantInts(indices);
  if (known && !known->empty())
    note(value, [last = *llvm::max_element(*known)](ArrayClass &array) {
      if (last < std::numeric_limits<int32_t>::max())
        array.written = std::max(array.written, last + 1);
    });
}

void ArrayClasses::noteStacked(Value value, Type stacked) {
  auto type = cast<TensorType>(stacked);
  if (type.hasRank() && type.getRank() > 0)
    noteElement(
        value, type.clone(type.getShape().drop_front(), type.getElementType()));
  else
    noteElement(value, UnrankedTensorType::get(type.getElementType()));
}

/// What an `element_shape` operand says, of this element type.
static Type elementOf(Value shape, Type elementType) {
  auto dims = ShapeInference().constantInts(shape);
  auto rank = shapeOf(shape);
  if (!dims || !rank || rank->size() != 1)
    return UnrankedTensorType::get(elementType);
  for (int64_t &dim : *dims)
    if (dim < 0)
      dim = ShapedType::kDynamic;
  return RankedTensorType::get(*dims, elementType);
}

static Type elementOf(std::optional<ShapeAttr> shape, Type elementType) {
  return shape ? shape->getTensorType(elementType)
               : UnrankedTensorType::get(elementType);
}

static std::optional<int64_t> firstDim(Value value) {
  auto shape = shapeOf(value);
  if (!shape || shape->empty() || ShapedType::isDynamic(shape->front()))
    return std::nullopt;
  return shape->front();
}

/// The shape of the pieces, which all have one length: the elements of an array
/// that is a tensor do. The code checks it.
static Type pieceType(Value value, Value lengths) {
  auto type = cast<TensorType>(value.getType());
  if (!type.hasRank() || type.getRank() == 0)
    return UnrankedTensorType::get(type.getElementType());
  SmallVector<int64_t> shape(type.getShape());
  int64_t length = ShapedType::kDynamic;
  if (auto known = ShapeInference().constantInts(lengths)) {
    if (!known->empty() && llvm::all_equal(*known))
      length = known->front();
  } else if (std::optional<int64_t> count = firstDim(lengths);
             count && *count > 0 && !type.isDynamicDim(0) &&
             shape.front() % *count == 0) {
    length = shape.front() / *count;
  }
  shape.front() = length;
  return RankedTensorType::get(shape, type.getElementType());
}

//===----------------------------------------------------------------------===//
// What nodes say
//===----------------------------------------------------------------------===//

void ArrayClasses::visitArrayOp(Operation *op) {
  Value handle = op->getOperand(0);
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](TensorArrayV3Op array) {
        join(array.getHandle(), array.getFlow());
        noteElement(array.getFlow(),
                    elementOf(array.getElementShape(), array.getDtype()));
        std::optional<int64_t> size = getConstantScalar(array.getSize());
        noteSize(array.getFlow(), size);
        bool isDynamic = array.getDynamicSize();
        note(array.getFlow(), [isDynamic](ArrayClass &facts) {
          facts.needsZeros = true;
          facts.isDynamic |= isDynamic;
        });
      })
      .Case([&](TensorArrayWriteV3Op write) {
        join(handle, write.getFlowIn());
        join(handle, write.getFlowOut());
        noteElement(handle, write.getValue().getType());
        noteWritten(handle, write.getIndex());
      })
      .Case([&](TensorArrayReadV3Op read) {
        join(handle, read.getFlowIn());
        noteElement(handle, read.getValue().getType());
      })
      .Case([&](TensorArrayGatherV3Op gather) {
        join(handle, gather.getFlowIn());
        noteElement(handle, elementOf(gather.getElementShape(),
                                      getElementType(gather.getValue())));
      })
      .Case([&](TensorArrayScatterV3Op scatter) {
        join(handle, scatter.getFlowIn());
        join(handle, scatter.getFlowOut());
        noteStacked(handle, scatter.getValue().getType());
        noteWritten(handle, scatter.getIndices());
      })
      .Case([&](TensorArraySplitV3Op split) {
        join(handle, split.getFlowIn());
        join(handle, split.getFlowOut());
        noteElement(handle, pieceType(split.getValue(), split.getLengths()));
      })
      .Case<TensorArraySizeV3Op, TensorArrayConcatV3Op>(
          [&](auto reader) { join(handle, reader.getFlowIn()); });
}

/// How many elements a list has that a scatter makes: `wanted` of them, or as
/// many as its indices need.
static std::optional<int64_t> scatteredSize(Value indices, Value tensor,
                                            std::optional<int64_t> wanted) {
  if (!wanted || *wanted >= 0)
    return wanted;
  auto known = ShapeInference().constantInts(indices);
  if (!known)
    return firstDim(tensor);
  return known->empty() ? 0 : *llvm::max_element(*known) + 1;
}

/// A producer without elements set.
template <typename Op> static std::pair<Value, Type> producedZeros(Op op) {
  return {op.getHandle(),
          elementOf(Value(op.getElementShape()), op.getElementDtype())};
}

void ArrayClasses::visitListOp(Operation *op) {
  auto makesZeros = [](ArrayClass &array) { array.needsZeros = true; };
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](EmptyTensorListOp list) {
        auto [value, element] = producedZeros(list);
        noteElement(value, element);
        noteSize(value, std::nullopt);
        note(value, makesZeros);
      })
      .Case([&](TensorListReserveOp list) {
        auto [value, element] = producedZeros(list);
        noteElement(value, element);
        noteSize(value, getConstantScalar(list.getNumElements()));
        note(value, makesZeros);
      })
      .Case([&](TensorListFromTensorOp list) {
        noteStacked(list.getOutputHandle(), list.getTensor().getType());
        noteSize(list.getOutputHandle(), firstDim(list.getTensor()));
      })
      .Case([&](TensorListScatterOp list) {
        noteStacked(list.getOutputHandle(), list.getTensor().getType());
        noteSize(list.getOutputHandle(),
                 scatteredSize(list.getIndices(), list.getTensor(), -1));
      })
      .Case([&](TensorListScatterV2Op list) {
        noteStacked(list.getOutputHandle(), list.getTensor().getType());
        noteSize(list.getOutputHandle(),
                 scatteredSize(list.getIndices(), list.getTensor(),
                               getConstantScalar(list.getNumElements())));
      })
      .Case([&](TensorListResizeOp list) {
        join(list.getInputHandle(), list.getOutputHandle());
        noteSize(list.getOutputHandle(), std::nullopt);
        note(list.getOutputHandle(), makesZeros);
      })
      .Case([&](TensorListScatterIntoExistingListOp list) {
        join(list.getInputHandle(), list.getOutputHandle());
        noteStacked(list.getOutputHandle(), list.getTensor().getType());
      })
      .Case([&](TensorListSplitOp list) {
        noteElement(list.getOutputHandle(),
                    pieceType(list.getTensor(), list.getLengths()));
        noteSize(list.getOutputHandle(), firstDim(list.getLengths()));
      })
      .Case([&](TensorListSetItemOp list) {
        join(list.getInputHandle(), list.getOutputHandle());
        noteElement(list.getOutputHandle(), list.getItem().getType());
      })
      .Case([&](TensorListPushBackOp list) {
        join(list.getInputHandle(), list.getOutputHandle());
        noteElement(list.getOutputHandle(), list.getTensor().getType());
        noteSize(list.getOutputHandle(), std::nullopt);
      })
      .Case([&](TensorListPopBackOp list) {
        join(list.getInputHandle(), list.getOutputHandle());
        noteElement(list.getOutputHandle(), list.getTensor().getType());
        noteSize(list.getOutputHandle(), std::nullopt);
      })
      .Case([&](TensorListConcatListsOp list) {
        join(list.getInputA(), list.getOutput());
        join(list.getInputB(), list.getOutput());
        noteSize(list.getOutput(), std::nullopt);
      })
      .Case([&](TensorListGetItemOp list) {
        noteElement(list.getInputHandle(), list.getItem().getType());
      })
      .Case([&](TensorListGatherOp list) {
        noteStacked(list.getInputHandle(), list.getValues().getType());
      })
      .Case([&](TensorListStackOp list) {
        noteStacked(list.getInputHandle(), list.getTensor().getType());
      })
      .Default([&](Operation *reader) {
        note(reader->getOperand(0), [](ArrayClass &) {});
      });
}

void ArrayClasses::connectCallees(CallLikeOpInterface call) {
  auto node = cast<NodeOpInterface>(call.getOperation());
  bool isLoop = isa<WhileOp, StatelessWhileOp>(call);
  for (auto [i, attr] : llvm::enumerate(call.getCallees())) {
    auto func = symbols.lookup<FuncOp>(attr.getName().getValue());
    if (!func || func.isExternal() ||
        func.getNumArguments() != call.getCalleeOperands().size())
      continue;
    for (auto [operand, argument] :
         llvm::zip(call.getCalleeOperands(), func.getArguments()))
      join(operand, argument);
    if (!call.returnsResultsOf(i))
      continue;
    for (auto [result, returned] :
         llvm::zip(node.getOutputs(), func.getReturn().getDataOperands()))
      join(result, returned);
    if (isLoop)
      for (auto [operand, returned] : llvm::zip(
               call.getCalleeOperands(), func.getReturn().getDataOperands()))
        join(operand, returned);
  }
}

void ArrayClasses::visitNode(Operation *op) {
  if (isTensorArrayOp(op))
    return visitArrayOp(op);
  if (isListOp(op))
    return visitListOp(op);
  if (auto call = dyn_cast<CallLikeOpInterface>(op))
    return connectCallees(call);
  if (isa<IdentityOp>(op))
    join(op->getOperand(0), op->getResult(0));
  if (isa<IdentityNOp>(op))
    for (auto [operand, result] :
         llvm::zip(getDataOperands(op), getOutputs(op)))
      join(operand, result);
}

//===----------------------------------------------------------------------===//
// Collecting
//===----------------------------------------------------------------------===//

const ArrayClass *ArrayClasses::find(Value value) const {
  auto member = classes.findLeader(value.getAsOpaquePointer());
  if (member == classes.member_end())
    return nullptr;
  auto it = byLeader.find(*member);
  return it == byLeader.end() ? nullptr : it->second.get();
}

/// An array that something else looks into, or that the graph gives away, stays
/// one.
void ArrayClasses::checkUses(ArrayClass &array) {
  for (Value value : array.values) {
    auto check = [&](Operation *op) {
      if (!isArrayOp(op) && !isa<CallLikeOpInterface, IdentityOp, IdentityNOp,
                                 ReturnOp, ControlOp>(op))
        array.obstacle = "it is used by other ops";
    };
    llvm::for_each(value.getUsers(), check);
    if (Operation *op = value.getDefiningOp())
      check(op);
  }
}

void ArrayClasses::collect(ModuleOp module) {
  for (auto &[value, fact] : facts) {
    classes.insert(value.getAsOpaquePointer());
    void *leader = *classes.findLeader(value.getAsOpaquePointer());
    std::unique_ptr<ArrayClass> &array = byLeader[leader];
    if (!array) {
      array = std::make_unique<ArrayClass>();
      arrays.push_back(array.get());
    }
    fact(*array);
  }
  auto add = [&](Value value) {
    if (auto *array = const_cast<ArrayClass *>(find(value)))
      array->values.push_back(value);
  };
  module.walk([&](Operation *op) {
    for (Region &region : op->getRegions())
      for (Block &block : region)
        llvm::for_each(block.getArguments(), add);
    llvm::for_each(op->getResults(), add);
  });
  for (ArrayClass *array : arrays) {
    checkUses(*array);
    if (array->sizeVaries)
      array->size.reset();
    if (!array->isDynamic)
      continue;
    // It grows to hold what is written, as far as that can be seen.
    if (array->size)
      array->size = std::max(*array->size, array->written);
    if (!array->size || *array->size == 0)
      array->obstacle = "it grows while the graph runs";
  }
}

ArrayClasses::ArrayClasses(ModuleOp module) : symbols(module) {
  for (Operation &op : *module.getBody())
    if (isa<GraphOp, FuncOp>(op))
      for (Operation &node : op.getRegion(0).front())
        visitNode(&node);
  collect(module);
}

} // namespace firn::tfg
