//===- NodeNames.cpp - nodes by name, and names for new nodes -------------===//

#include "passes/NodeNames.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace firn::tfg {

NodeNames::NodeNames(Block &body) : context(body.getParentOp()->getContext()) {
  if (auto func = dyn_cast<FuncOp>(body.getParentOp()))
    for (unsigned i = 0, e = body.getNumArguments(); i < e; ++i)
      nodes.try_emplace(func.getArgName(i), nullptr);
  for (Operation &op : body) {
    if (!isa<NodeOpInterface>(op))
      continue;
    StringRef name = getNodeName(op.getLoc());
    if (!name.empty() && nodes.try_emplace(name, &op).second)
      ordered.push_back(StringAttr::get(context, name));
  }
}

NodeOpInterface NodeNames::lookup(StringRef name) const {
  return dyn_cast_or_null<NodeOpInterface>(nodes.lookup(name));
}

StringAttr NodeNames::makeUnique(StringRef wanted) {
  if (nodes.try_emplace(wanted, nullptr).second)
    return StringAttr::get(context, wanted);
  unsigned &suffix = nextSuffix[wanted];
  while (true) {
    std::string name = (wanted + "_" + Twine(++suffix)).str();
    if (nodes.try_emplace(name, nullptr).second)
      return StringAttr::get(context, name);
  }
}

Location NodeNames::makeLoc(StringRef wanted) {
  return NameLoc::get(makeUnique(wanted));
}

FailureOr<TensorName> TensorName::parse(StringRef text) {
  TensorName name;
  name.isControl = text.consume_front("^");
  auto [node, port] = text.rsplit(':');
  if (text.contains(':')) {
    name.hasPort = true;
    if (name.isControl || !llvm::to_integer(port, name.port, 10))
      return failure();
  }
  if (node.empty())
    return failure();
  name.node = node.str();
  return name;
}

std::string suggestName(StringRef name, ArrayRef<StringRef> candidates) {
  constexpr size_t maxListed = 12;
  StringRef best;
  unsigned bestDistance = 1 + std::max<unsigned>(2, name.size() / 3);
  for (StringRef candidate : candidates) {
    unsigned distance = name.edit_distance_insensitive(
        candidate, /*AllowReplacements=*/true, bestDistance);
    // Part of a longer name: the user left out its scope.
    if (candidate.size() > name.size() &&
        candidate.ends_with(("/" + name).str()))
      distance = 1;
    if (distance < bestDistance) {
      bestDistance = distance;
      best = candidate;
    }
  }
  std::string text;
  if (!best.empty())
    text = ("; did you mean '" + best + "'?").str();
  if (!candidates.empty() && candidates.size() <= maxListed)
    text += "; there are: " + llvm::join(candidates, ", ");
  return text;
}

} // namespace firn::tfg
