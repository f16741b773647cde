// See WrittenVariables.h. A cheap look at what a signature reaches comes first;
// only where there is a write (it may be in a branch that is never taken) are
// the passes run that tell.
#include "api/WrittenVariables.h"

#include "passes/Pipelines.h"
#include "passes/VariableUpdates.h"
#include "passes/VariableUses.h"
#include "passes/VariableValues.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace firn {
namespace {

/// The nodes of the graph that outputs of the signature name.
void addOutputs(tfg::SignatureOp signature, Block &body,
                llvm::SetVector<Operation *> &reached) {
  llvm::StringSet<> names;
  for (Attribute output : signature.getOutputs())
    for (NamedAttribute field : cast<DictionaryAttr>(output))
      if (auto tensor = dyn_cast<StringAttr>(field.getValue()))
        names.insert(tensor.getValue().split(':').first);
  for (Operation &op : body)
    if (isa<tfg::NodeOpInterface>(op) &&
        names.contains(tfg::getNodeName(op.getLoc())))
      reached.insert(&op);
}

bool mayWrite(ModuleOp module, tfg::SignatureOp signature) {
  SymbolTable symbols(module);
  llvm::SetVector<Operation *> reached;
  for (auto graph : module.getOps<tfg::GraphOp>())
    addOutputs(signature, *graph.getBodyBlock(), reached);
  for (size_t i = 0; i < reached.size(); ++i) {
    Operation *op = reached[i];
    if (tfg::isVariableUpdate(op))
      return true;
    for (Value operand : op->getOperands())
      if (Operation *producer = operand.getDefiningOp())
        reached.insert(producer);
    auto call = dyn_cast<tfg::CallLikeOpInterface>(op);
    if (!call)
      continue;
    for (tfg::FuncAttr callee : call.getCallees())
      if (auto func = symbols.lookup<tfg::FuncOp>(callee.getName().getValue()))
        for (Operation &node : *func.getBodyBlock())
          reached.insert(&node);
  }
  return false;
}

} // namespace

std::vector<std::string> findWrittenVariables(ModuleOp module) {
  llvm::SetVector<StringRef> written;
  std::vector<OwningOpRef<ModuleOp>> frozen; // holds the names
  for (auto signature : module.getOps<tfg::SignatureOp>()) {
    if (signature.getSymName().starts_with("__") ||
        !mayWrite(module, signature))
      continue;
    ModuleOp copy = *frozen.emplace_back(cast<ModuleOp>(module->clone()));
    tfg::FreezeOptions options;
    options.selection.signature = signature.getSymName().str();
    options.keepWritten = true;
    options.takeConstantBranches = true;
    PassManager manager(module.getContext());
    manager.enableVerifier(false);
    tfg::buildFreezePipeline(manager, options);
    // A signature that cannot be frozen says why when it is compiled.
    ScopedDiagnosticHandler ignore(module.getContext(), [](Diagnostic &) {});
    if (failed(manager.run(copy)))
      continue;
    SymbolTable symbols(copy);
    tfg::VariableValues values(copy, symbols);
    for (auto graph : copy.getOps<tfg::GraphOp>())
      for (Operation &op : *graph.getBodyBlock())
        if (tfg::isVariable(&op))
          written.insert(values.getName(&op));
  }
  std::vector<std::string> names;
  for (StringRef name : written)
    names.push_back(name.str());
  return names;
}

} // namespace firn
