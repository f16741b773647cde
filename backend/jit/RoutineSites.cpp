// Attributes of nodes become the plain values that the runtime, which knows no
// MLIR, holds. Attributes of a kind that no routine needs are left out.
#include "backend/jit/RoutineSites.h"

#include "backend/jit/JitDialect.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace firn::jit {

namespace {

using runtime::AttrValue;

/// The elements of a list as T, or nothing if one is of another kind.
template <typename T, typename AttrT, typename Convert>
std::optional<AttrValue> convertList(ArrayAttr list, Convert convert) {
  std::vector<T> values;
  for (Attribute element : list) {
    auto typed = dyn_cast<AttrT>(element);
    if (!typed)
      return std::nullopt;
    values.push_back(convert(typed));
  }
  return AttrValue(std::move(values));
}

int64_t intOf(IntegerAttr value) { return value.getValue().getSExtValue(); }

std::optional<AttrValue> convertArray(ArrayAttr list) {
  if (list.empty())
    return std::nullopt;
  return llvm::TypeSwitch<Attribute, std::optional<AttrValue>>(list[0])
      .Case<BoolAttr>([&](BoolAttr) {
        return convertList<bool, BoolAttr>(
            list, [](BoolAttr value) { return value.getValue(); });
      })
      .Case<IntegerAttr>([&](IntegerAttr) {
        return convertList<int64_t, IntegerAttr>(list, intOf);
      })
      .Case<FloatAttr>([&](FloatAttr) {
        return convertList<double, FloatAttr>(
            list, [](FloatAttr value) { return value.getValueAsDouble(); });
      })
      .Case<StringAttr>([&](StringAttr) {
        return convertList<std::string, StringAttr>(
            list, [](StringAttr value) { return value.str(); });
      })
      .Default([](Attribute) { return std::nullopt; });
}

std::optional<AttrValue> convertAttribute(Attribute attribute) {
  return llvm::TypeSwitch<Attribute, std::optional<AttrValue>>(attribute)
      .Case<BoolAttr>(
          [](BoolAttr value) { return AttrValue(value.getValue()); })
      .Case<IntegerAttr>(
          [](IntegerAttr value) { return AttrValue(intOf(value)); })
      .Case<FloatAttr>(
          [](FloatAttr value) { return AttrValue(value.getValueAsDouble()); })
      .Case<StringAttr>([](StringAttr value) { return AttrValue(value.str()); })
      .Case<DenseI64ArrayAttr>([](DenseI64ArrayAttr value) {
        return AttrValue(std::vector<int64_t>(value.asArrayRef().begin(),
                                              value.asArrayRef().end()));
      })
      .Case<ArrayAttr>(convertArray)
      .Default([](Attribute) { return std::nullopt; });
}

SiteDescription describe(CallOp op) {
  SiteDescription site;
  site.op = op.getRoutine().str();
  site.node = op.getNode().str();
  for (NamedAttribute attribute : op.getNodeAttributes())
    if (auto value = convertAttribute(attribute.getValue()))
      site.attributes.emplace_back(attribute.getName().str(),
                                   *std::move(value));
  for (auto [input, type] : llvm::zip(op.getInputs(), op.getInputTypes())) {
    site.inputTypes.push_back(static_cast<DType>(type));
    site.inputRanks.push_back(cast<ShapedType>(input.getType()).getRank());
  }
  ValueRange dynamics = op.getDynamics();
  for (auto [tensor, type] :
       llvm::zip(op.getResultTensors().getAsValueRange<TypeAttr>(),
                 op.getResultTypes())) {
    runtime::RoutineSite::Result result{static_cast<DType>(type), {}, true};
    for (int64_t dim : cast<ShapedType>(tensor).getShape())
      result.dims.push_back(ShapedType::isDynamic(dim) ? kDynamicDim : dim);
    if (result.isDynamic()) {
      result.isTaken = !dynamics.front().use_empty();
      dynamics = dynamics.drop_front(1 + result.dims.size());
    }
    site.results.push_back(std::move(result));
  }
  return site;
}

} // namespace

FailureOr<std::vector<SiteDescription>>
collectRoutineSites(func::FuncOp function) {
  std::vector<SiteDescription> sites;
  Builder builder(function.getContext());
  WalkResult walk = function.walk([&](CallOp op) {
    op.setSiteAttr(builder.getI64IntegerAttr(sites.size()));
    sites.push_back(describe(op));
    if (runtime::routines().find(sites.back().op))
      return WalkResult::advance();
    op.emitError("there is no routine '") << op.getRoutine() << "'";
    return WalkResult::interrupt();
  });
  if (walk.wasInterrupted())
    return failure();
  return sites;
}

RoutineSites makeRoutineSites(std::vector<SiteDescription> descriptions) {
  RoutineSites sites;
  for (SiteDescription &description : descriptions) {
    auto site = std::make_unique<runtime::RoutineSite>();
    site->routine = runtime::routines().find(description.op);
    site->op = std::move(description.op);
    site->node = std::move(description.node);
    for (auto &[name, value] : description.attributes)
      site->attributes.set(std::move(name), std::move(value));
    site->inputTypes = std::move(description.inputTypes);
    site->inputRanks = std::move(description.inputRanks);
    site->results = std::move(description.results);
    sites.push_back(std::move(site));
  }
  return sites;
}

} // namespace firn::jit
