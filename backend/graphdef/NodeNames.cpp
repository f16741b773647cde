// Nodes with a name are served before those without, so that a new node never
// takes the name of an old one.
#include "backend/graphdef/NodeNames.h"

using namespace mlir;

namespace firn {

NodeNames::NodeNames(Block &block, ArrayRef<StringRef> reserved) {
  for (StringRef name : reserved)
    taken.insert(name);
  SmallVector<tfg::NodeOpInterface> unnamed;
  for (Operation &op : block) {
    auto node = dyn_cast<tfg::NodeOpInterface>(op);
    if (!node)
      continue;
    StringRef name = node.getNodeName();
    if (!name.empty() && taken.insert(name).second)
      names[node] = name.str();
    else
      unnamed.push_back(node);
  }
  for (tfg::NodeOpInterface node : unnamed) {
    StringRef base = node.getNodeName();
    names[node] = makeUnique(base.empty() ? node.getTFOpName() : base);
  }
}

std::string NodeNames::makeUnique(StringRef base) {
  if (taken.insert(base).second)
    return base.str();
  unsigned &suffix = nextSuffix[base];
  while (true) {
    std::string name = (base + "_" + Twine(++suffix)).str();
    if (taken.insert(name).second)
      return name;
  }
}

void NodeNames::rename(Operation *op, StringRef name) {
  names[op] = name.str();
}

StringRef NodeNames::get(Operation *op) const {
  auto it = names.find(op);
  return it == names.end() ? StringRef() : StringRef(it->second);
}

} // namespace firn
