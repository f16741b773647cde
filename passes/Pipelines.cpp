//===- Pipelines.cpp - the passes in order --------------------------------===//

#include "passes/Pipelines.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"
#include "passes/ArrayClasses.h"
#include "passes/RecurrentCells.h"

using namespace mlir;

namespace firn::tfg {

/// Inputs of a signature keep their defaults in a graph that is only frozen;
/// what is named cuts off what computes it.
static void addSelection(OpPassManager &pm, const SelectionOptions &options,
                         bool isCompiled) {
  SelectSignaturePassOptions passOptions;
  passOptions.signature = options.signature;
  passOptions.feeds.assign(options.feeds.begin(), options.feeds.end());
  passOptions.fetches.assign(options.fetches.begin(), options.fetches.end());
  passOptions.keepDefaults = !isCompiled && options.feeds.empty();
  pm.addPass(createSelectSignaturePass(passOptions));
}

/// From here on there is nothing that the fetches do not need, and there are no
/// variables but those that are asked to be kept.
static void addFreezing(OpPassManager &pm, const FreezeOptions &options,
                        bool isCompiled = false) {
  addSelection(pm, options.selection, isCompiled);
  // Before anything that looks at nodes: most nodes of a TF2 model are in
  // functions, and a weight that is passed to one is no constant there.
  if (!options.keepFunctions)
    pm.addPass(createInlineCallsPass());
  // Before pruning: what only a dead branch needs is not needed. A branch that
  // updates a variable while training must not keep it from being frozen.
  if (options.takeConstantBranches)
    pm.addPass(createTakeConstantBranchesPass());
  // Before pruning: what is fetched does not need the initialisers. A graph
  // that is only frozen keeps its tables, for TensorFlow to fill.
  if (isCompiled)
    pm.addPass(createBakeTablesPass());
  else if (options.holdTables)
    pm.addPass(createHoldTablesPass());
  // Before freezing: a training graph writes its variables, what is fetched
  // does not; and only variables that are needed must have a value.
  pm.addPass(createPrunePass());
  FreezeVariablesPassOptions freeze;
  freeze.allow.assign(options.allow.begin(), options.allow.end());
  freeze.deny.assign(options.deny.begin(), options.deny.end());
  freeze.keepWritten = options.keepWritten;
  freeze.advice = options.advice;
  pm.addPass(createFreezeVariablesPass(freeze, options.onFrozen));
  // Before control edges are dropped, which tie Asserts to what is fetched. A
  // graph that is only frozen computes its outputs, and checks no more.
  if (isCompiled)
    pm.addPass(createHoldAssertsPass());
  // After freezing: what is a variable still is written. Before control edges
  // are dropped, which say in which order.
  if (isCompiled)
    pm.addPass(createCarryVariablesPass());
  if (!options.keepDevices)
    pm.addPass(createClearDevicesPass());
  // After freezing, which follows handles through Switch and Enter; before
  // control edges are dropped: until here they say what runs in a branch.
  if (options.functionalize)
    pm.addPass(createFunctionalizeControlFlowPass());
  // After freezing: reads of variables are pure from here on, and only now is
  // the order of reads and writes that control edges held of no use.
  pm.addPass(createDropControlEdgesPass());
  // What only those edges held.
  pm.addPass(createPrunePass());
}

void buildFreezePipeline(OpPassManager &pm, const FreezeOptions &options) {
  addFreezing(pm, options);
}

static std::unique_ptr<Pass> createFolding() {
  GreedyRewriteConfig config;
  // A graph has one block; there are no regions to simplify.
  config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
  return createCanonicalizerPass(config);
}

void buildCompilePipeline(OpPassManager &pm, const CompileOptions &options) {
  FreezeOptions freeze;
  freeze.selection = options.selection;
  freeze.takeConstantBranches = true;
  freeze.keepWritten = true;
  freeze.deny = options.keptVariables;
  addFreezing(pm, freeze, /*isCompiled=*/true);
  // After freezing: what is a reference now is none of a frozen variable.
  pm.addPass(createReplaceUpdatesPass());
  // Asserts that are not held would keep branches and loops of TF1.
  DropTrainingOpsPassOptions training;
  training.dropAsserts = true;
  pm.addPass(createDropTrainingOpsPass(training));
  // After asserts are gone: a branch that only held one has no effect, and
  // nothing needs it once pure nodes wait for nobody. After freezing, so that
  // weights are constants that bodies copy and need not be passed; before
  // shapes are inferred, which knows functions and no frames.
  pm.addPass(createFunctionalizeControlFlowPass());
  pm.addPass(createDropControlEdgesPass());
  pm.addPass(createPrunePass());
  // From here on there is no control flow of TF1.
  // Before shapes: they are those of the parts. Before batch norms fold.
  pm.addPass(createDecomposeFusedOpsPass());
  // Equal nodes meet before shapes are inferred and values computed twice.
  pm.addPass(createCSEPass());
  // Before shapes: a loop's function is inferred for one loop, and knows the
  // axes and sizes that are passed to it.
  pm.addPass(createSpecializeFunctionsPass());
  InferShapesPassOptions shapes;
  shapes.inputShapes = options.inputShapes;
  pm.addPass(createInferShapesPass(shapes));
  // After shape inference: with known shapes all shape arithmetic folds.
  pm.addPass(createFolding());
  // After folding: sizes of arrays are constants now.
  pm.addPass(createSpecializeFunctionsPass());
  pm.addPass(createArraysToTensorsPass());
  // From here on there are no arrays and lists that can be tensors.
  // After that: sequences are tensors now, and their shapes known.
  pm.addPass(createDecomposeRecurrentCellsPass());
  // Shapes and the weights are known; before the weights' parts are folded.
  pm.addPass(createBatchInputProductsPass());
  // What is too large to fold by hand.
  pm.addPass(createFoldConstantsPass(options.evaluator));
  // A condition that folded left a call of its branch.
  pm.addPass(createInlineCallsPass());
  // After folding: parameters and filters are constants now, or never.
  pm.addPass(createFoldBatchNormPass());
  pm.addPass(createFolding());
  pm.addPass(createCSEPass());
  // Folding may have made types of results sharper than their users know, and
  // constants of what functions are given.
  pm.addPass(createSpecializeFunctionsPass());
  pm.addPass(createInferShapesPass());
  // Effects that were held by what folded are not needed any more.
  pm.addPass(createPrunePass());
  pm.addPass(createVerifyLowerablePass());
}

bool isTakenApart(Operation *op) {
  return isArrayOp(op) || isRecurrentCell(op);
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

namespace {

struct PipelineSelection : PassPipelineOptions<PipelineSelection> {
  Option<std::string> signature{*this, "signature",
                                llvm::cl::desc("Key of the signature")};
  ListOption<std::string> feeds{*this, "feeds",
                                llvm::cl::desc("Tensors that are fed")};
  ListOption<std::string> fetches{*this, "fetches",
                                  llvm::cl::desc("Tensors that are wanted")};
  SelectionOptions get() const {
    return {signature,
            {feeds.begin(), feeds.end()},
            {fetches.begin(), fetches.end()}};
  }
};

struct FreezePipeline : PipelineSelection {
  ListOption<std::string> allow{
      *this, "allow",
      llvm::cl::desc("Freeze only the variables of these nodes")};
  ListOption<std::string> deny{
      *this, "deny", llvm::cl::desc("Keep the variables of these nodes")};
  Option<bool> keepWritten{*this, "keep-written",
                           llvm::cl::desc("Keep variables that are written"),
                           llvm::cl::init(false)};
  Option<bool> keepDevices{*this, "keep-devices",
                           llvm::cl::desc("Keep where nodes are placed"),
                           llvm::cl::init(false)};
  Option<bool> keepFunctions{*this, "keep-functions",
                             llvm::cl::desc("Keep calls of functions"),
                             llvm::cl::init(false)};
  Option<bool> takeConstantBranches{
      *this, "take-constant-branches",
      llvm::cl::desc("Remove branches of TF1 that are never taken"),
      llvm::cl::init(false)};
  Option<bool> functionalize{
      *this, "functionalize",
      llvm::cl::desc("Turn loops and branches of TF1 into While and If"),
      llvm::cl::init(false)};
};

struct CompilePipeline : PipelineSelection {
  Option<std::string> inputShapes{
      *this, "input-shapes", llvm::cl::desc("Shapes of feeds: name=dims;…")};
};

} // namespace

void registerFirnPipelines() {
  PassPipelineRegistration<FreezePipeline>(
      "firn-freeze", "Freeze the model: variables become constants",
      [](OpPassManager &pm, const FreezePipeline &given) {
        FreezeOptions options;
        options.selection = given.get();
        options.allow.assign(given.allow.begin(), given.allow.end());
        options.deny.assign(given.deny.begin(), given.deny.end());
        options.keepWritten = given.keepWritten;
        options.keepDevices = given.keepDevices;
        options.keepFunctions = given.keepFunctions;
        options.takeConstantBranches = given.takeConstantBranches;
        options.functionalize = given.functionalize;
        buildFreezePipeline(pm, options);
      });
  PassPipelineRegistration<CompilePipeline>(
      "firn-compile", "Bring the model into the form that is compiled",
      [](OpPassManager &pm, const CompilePipeline &given) {
        CompileOptions options;
        options.selection = given.get();
        options.inputShapes = given.inputShapes;
        buildCompilePipeline(pm, options);
      });
}

} // namespace firn::tfg
