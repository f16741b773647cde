//===- TFGToLinalg.cpp - a lowerable graph becomes one function of linalg
//--===//
//
// First the nodes that the fetch needs are moved, in topological order, into a
// function over the original types; then one dialect conversion lowers each of
// them. Nodes that no pattern took are reported together.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/TFGToLinalg.h"
#include "backend/jit/JitDialect.h"
#include "backend/jit/lowering/ControlFlowToSCF.h"
#include "backend/jit/lowering/NodeOrder.h"
#include "backend/jit/lowering/Patterns.h"
#include "backend/runtime/Routine.h"
#include "ir/TFGOps.h"
#include "ir/TFGTensorListOps.h"
#include "ir/TypeText.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Func/Transforms/FuncConversions.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/Patterns.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Pass/Pass.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace firn {

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

static Type convertElementType(Type type) {
  MLIRContext *context = type.getContext();
  if (auto integer = dyn_cast<IntegerType>(type))
    return IntegerType::get(context, integer.getWidth());
  if (isa<Float16Type, BFloat16Type, Float32Type, Float64Type, ComplexType>(
          type))
    return type;
  if (isa<tfg::QInt8Type, tfg::QUInt8Type>(type))
    return IntegerType::get(context, 8);
  if (isa<tfg::QInt16Type, tfg::QUInt16Type>(type))
    return IntegerType::get(context, 16);
  if (isa<tfg::QInt32Type>(type))
    return IntegerType::get(context, 32);
  // Compiled code moves strings as pointers (runtime::StringRef).
  if (isa<tfg::StringType>(type))
    return IntegerType::get(context, 64);
  return {};
}

static Value materializeCast(OpBuilder &builder, Type type, ValueRange inputs,
                             Location loc) {
  return UnrealizedConversionCastOp::create(builder, loc, type, inputs)
      .getResult(0);
}

LoweringTypeConverter::LoweringTypeConverter() {
  // The conversion that was added last is asked first.
  addConversion([](Type type) -> std::optional<Type> {
    return type.isSignlessIntOrIndexOrFloat() ? type : Type();
  });
  addConversion([](RankedTensorType type) -> std::optional<Type> {
    Type elementType = convertElementType(type.getElementType());
    return elementType ? Type(type.clone(elementType)) : Type();
  });
  addConversion(
      [](UnrankedTensorType) -> std::optional<Type> { return Type(); });
  addSourceMaterialization(materializeCast);
  addTargetMaterialization(materializeCast);
}

//===----------------------------------------------------------------------===//
// From graph to function
//===----------------------------------------------------------------------===//

/// The Placeholders of the signature by their index.
static FailureOr<SmallVector<tfg::PlaceholderOp>>
collectFeeds(tfg::GraphOp graph) {
  SmallVector<tfg::PlaceholderOp> feeds;
  for (auto feed : graph.getBodyBlock()->getOps<tfg::PlaceholderOp>()) {
    auto index =
        feed->getAttrOfType<IntegerAttr>(tfg::TFGDialect::kFeedIndexAttr);
    if (!index)
      continue;
    size_t position = index.getValue().getLimitedValue(1u << 20);
    if (position == 1u << 20)
      return feed.emitOpError("has a feed index out of range");
    if (feeds.size() <= position)
      feeds.resize(position + 1);
    if (feeds[position])
      return feed.emitOpError("has the feed index of another placeholder");
    feeds[position] = feed;
  }
  if (llvm::is_contained(feeds, tfg::PlaceholderOp()))
    return graph.emitOpError("expects placeholders for all feed indices");
  return feeds;
}

/// The node that is to blame for a value without a native type: the first above
/// it whose own inputs have one.
static Operation *findOrigin(Value value,
                             const LoweringTypeConverter &converter) {
  llvm::SmallSetVector<Operation *, 8> above;
  above.insert(value.getDefiningOp());
  for (size_t i = 0; i < above.size(); ++i) {
    bool isOrigin = true;
    for (Value operand : tfg::getDataOperands(above[i])) {
      if (converter.convertType(operand.getType()))
        continue;
      isOrigin = false;
      above.insert(operand.getDefiningOp());
    }
    if (isOrigin)
      return above[i];
  }
  return above.front();
}

static LogicalResult reportOrigin(tfg::FetchOp fetch, Value result,
                                  Operation *origin) {
  return fetch.emitError("unsupported op: ")
         << opNameOf(origin) << " (node '" << tfg::getNodeName(origin->getLoc())
         << "'); for it the fetched node '" << tfg::getNodeName(result.getLoc())
         << "' has type " << result.getType();
}

/// Placeholders that are needed are fed; what is fed and fetched has a type
/// that native code can take.
static LogicalResult checkInterface(tfg::FetchOp fetch,
                                    ArrayRef<tfg::PlaceholderOp> feeds,
                                    ArrayRef<Operation *> order) {
  for (Operation *op : order)
    if (isa<tfg::PlaceholderOp>(op) &&
        !op->hasAttr(tfg::TFGDialect::kFeedIndexAttr))
      return op->emitOpError("is needed but not fed");
  LoweringTypeConverter converter;
  for (tfg::PlaceholderOp feed : feeds)
    if (!converter.convertType(feed.getType()))
      return feed.emitError("unsupported op: Placeholder (node '")
             << feed.getNodeName() << "' of type " << feed.getType() << ")";
  for (Value result : tfg::getDataOperands(fetch))
    if (!converter.convertType(result.getType()))
      return reportOrigin(fetch, result, findOrigin(result, converter));
  return success();
}

/// Moves what the fetch needs into `func.func @main` and erases the graph.
static FailureOr<func::FuncOp> buildMain(tfg::GraphOp graph) {
  tfg::FetchOp fetch = graph.getFetch();
  if (!fetch)
    return graph.emitOpError("expects a tfg.fetch: select a signature first");
  FailureOr<SmallVector<tfg::PlaceholderOp>> feeds = collectFeeds(graph);
  if (failed(feeds))
    return failure();
  FailureOr<SmallVector<Operation *>> order = sortNeededNodes(fetch.getArgs());
  if (failed(order) || failed(checkRanks(*order)) ||
      failed(checkInterface(fetch, *feeds, *order)))
    return failure();

  SmallVector<Type> argumentTypes, resultTypes;
  for (tfg::PlaceholderOp feed : *feeds)
    argumentTypes.push_back(feed.getType());
  SmallVector<Value> results(tfg::getDataOperands(fetch));
  for (Value result : results)
    resultTypes.push_back(result.getType());
  OpBuilder builder(graph);
  auto function =
      func::FuncOp::create(builder, graph.getLoc(), "main",
                           builder.getFunctionType(argumentTypes, resultTypes));
  for (auto [index, type] : llvm::enumerate(argumentTypes))
    if (isa<tfg::StringType>(getElementTypeOrSelf(type)))
      function.setArgAttr(index, jit::kStringAttr, builder.getUnitAttr());
  for (auto [index, type] : llvm::enumerate(resultTypes))
    if (isa<tfg::StringType>(getElementTypeOrSelf(type)))
      function.setResultAttr(index, jit::kStringAttr, builder.getUnitAttr());
  Block *entry = function.addEntryBlock();
  for (Operation *op : *order) {
    op->moveBefore(entry, entry->end());
    // Their order holds all that control edges say.
    op->setOperands(SmallVector<Value>(tfg::getDataOperands(op)));
  }
  builder.setInsertionPointToEnd(entry);
  func::ReturnOp::create(builder, fetch.getLoc(), results);
  for (auto [feed, argument] : llvm::zip(*feeds, entry->getArguments()))
    feed.getResult().replaceAllUsesWith(argument);
  graph.getBody().dropAllReferences();
  graph.erase();
  for (Operation *op : llvm::reverse(*order))
    if (isa<tfg::ControlOp, tfg::NoOp, tfg::PlaceholderOp>(op) &&
        op->use_empty())
      op->erase();
  return function;
}

//===----------------------------------------------------------------------===//
// Conversion
//===----------------------------------------------------------------------===//

/// Why an op stayed, or an empty string.
static std::string findReason(Operation *op, const Reasons &reasons) {
  if (auto it = reasons.find(op->getLoc()); it != reasons.end())
    return it->second;
  if (auto obstacle = op->getAttrOfType<StringAttr>(tfg::kObstacleAttr))
    return obstacle.str();
  for (Type type : op->getResultTypes())
    if (isa<UnrankedTensorType>(type))
      return "the rank of its output is not known";
  LoweringTypeConverter converter;
  std::string reason;
  llvm::raw_string_ostream stream(reason);
  for (ValueRange values :
       {ValueRange(op->getOperands()), ValueRange(op->getResults())})
    for (Value value : values)
      if (reason.empty() && !converter.convertType(value.getType()))
        stream << "no native form of " << tfg::describeType(value.getType());
  return reason;
}

/// One error for all nodes that are left.
static LogicalResult reportUnsupported(func::FuncOp function,
                                       const Reasons &reasons) {
  llvm::MapVector<StringRef, SmallVector<Operation *>> left;
  function.walk([&](tfg::NodeOpInterface node) {
    left[node.getTFOpName()].push_back(node);
  });
  if (left.empty())
    return success();
  llvm::sort(left, llvm::less_first());
  InFlightDiagnostic error = function.emitError("unsupported op");
  if (left.size() > 1)
    error << "s";
  error << ": ";
  llvm::interleave(
      left,
      [&](const auto &entry) {
        error << entry.first << " (";
        llvm::interleaveComma(entry.second, error, [&](Operation *op) {
          error << "node '" << tfg::getNodeName(op->getLoc()) << "'";
          if (std::string reason = findReason(op, reasons); !reason.empty())
            error << ": " << reason;
        });
        error << ")";
      },
      [&] { error << ", "; });
  return error;
}

static LogicalResult convert(func::FuncOp function, Reasons reasons) {
  MLIRContext *context = function.getContext();
  LoweringTypeConverter converter;
  RewritePatternSet patterns(context);
  populateTFGToLinalgPatterns(converter, patterns);
  populateFunctionOpInterfaceTypeConversionPattern<func::FuncOp>(patterns,
                                                                 converter);
  populateReturnOpTypeConversionPattern(patterns, converter);

  ConversionTarget target(*context);
  target.addLegalDialect<arith::ArithDialect, cf::ControlFlowDialect,
                         complex::ComplexDialect, jit::JitDialect,
                         linalg::LinalgDialect, math::MathDialect,
                         scf::SCFDialect, tensor::TensorDialect>();
  scf::populateSCFStructuralTypeConversionsAndLegality(converter, patterns,
                                                       target);
  target.addDynamicallyLegalOp<func::FuncOp>([&](func::FuncOp op) {
    return converter.isSignatureLegal(op.getFunctionType());
  });
  target.addDynamicallyLegalOp<func::ReturnOp>(
      [&](func::ReturnOp op) { return converter.isLegal(op); });

  ConversionConfig config;
  config.foldingMode = DialectConversionFoldingMode::Never;
  // Nodes are neither legal nor illegal here: those that stay are reported
  // below, all together, by their names and with what the patterns said.
  LogicalResult converted = success();
  {
    ScopedDiagnosticHandler collect(context, [&](Diagnostic &diagnostic) {
      reasons.try_emplace(diagnostic.getLocation(), diagnostic.str());
      return success();
    });
    converted =
        applyPartialConversion(function, target, std::move(patterns), config);
  }
  if (failed(reportUnsupported(function, reasons)))
    return failure();
  if (failed(converted)) {
    InFlightDiagnostic error = function.emitError("cannot be lowered");
    for (auto &[loc, text] : reasons)
      error.attachNote(loc) << text;
    return error;
  }
  SmallVector<UnrealizedConversionCastOp> casts;
  function.walk([&](UnrealizedConversionCastOp op) { casts.push_back(op); });
  reconcileUnrealizedCasts(casts);
  return success();
}

LogicalResult lowerToLinalg(ModuleOp module) {
  auto graphs = llvm::to_vector(module.getOps<tfg::GraphOp>());
  if (graphs.size() != 1)
    return module.emitError("expects one tfg.graph, but has ") << graphs.size();
  FailureOr<func::FuncOp> function = buildMain(graphs.front());
  if (failed(function))
    return failure();
  Reasons reasons;
  if (failed(expandControlFlow(*function, module, reasons)) ||
      failed(convert(*function, std::move(reasons))))
    return failure();
  carryScalars(*function);
  for (Operation &op : llvm::make_early_inc_range(*module.getBody()))
    if (isa<tfg::TFGDialect>(op.getDialect()))
      op.erase();
  return success();
}

bool hasLoweringForAll(ModuleOp module,
                       llvm::function_ref<bool(Operation *)> isTakenApart) {
  LoweringTypeConverter converter;
  RewritePatternSet patterns(module.getContext());
  populateTFGToLinalgPatterns(converter, patterns);
  llvm::DenseSet<OperationName> known;
  for (const auto &pattern : patterns.getNativePatterns())
    if (std::optional<OperationName> root = pattern->getRootKind())
      known.insert(*root);
  WalkResult walk = module.walk([&](tfg::NodeOpInterface node) {
    StringRef name = node.getTFOpName();
    bool isKnown =
        isa<tfg::PlaceholderOp, tfg::NoOp, tfg::ControlOp>(*node) ||
        known.contains(node->getName()) || isTakenApart(node) ||
        runtime::routines().find(std::string_view(name.data(), name.size()));
    return isKnown ? WalkResult::advance() : WalkResult::interrupt();
  });
  return !walk.wasInterrupted();
}

void populateTFGToLinalgPatterns(const TypeConverter &converter,
                                 RewritePatternSet &patterns) {
  populateStructureToLinalgPatterns(converter, patterns);
  populateConvToLinalgPatterns(converter, patterns);
  populateImageToLinalgPatterns(converter, patterns);
  populateNormalizationToLinalgPatterns(converter, patterns);
  populatePoolToLinalgPatterns(converter, patterns);
  populateGatherToLinalgPatterns(converter, patterns);
  populateRearrangeToLinalgPatterns(converter, patterns);
  populateReshapeToLinalgPatterns(converter, patterns);
  populateSliceToLinalgPatterns(converter, patterns);
  populateSpaceDepthToLinalgPatterns(converter, patterns);
  populateTransposedConvToLinalgPatterns(converter, patterns);
  populateElementwiseToLinalgPatterns(converter, patterns);
  populateMatmulToLinalgPatterns(converter, patterns);
  populateReductionToLinalgPatterns(converter, patterns);
  populateRoutinePatterns(converter, patterns);
  populateSoftmaxToLinalgPatterns(converter, patterns);
  populateTensorListToLinalgPatterns(converter, patterns);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {

struct TFGToLinalgPass : PassWrapper<TFGToLinalgPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TFGToLinalgPass)

  StringRef getArgument() const final { return "tfg-to-linalg"; }
  StringRef getDescription() const final {
    return "Lowers the selected signature's graph to one function of linalg";
  }
  void getDependentDialects(DialectRegistry &registry) const final {
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect,
                    complex::ComplexDialect, func::FuncDialect, jit::JitDialect,
                    linalg::LinalgDialect, math::MathDialect, scf::SCFDialect,
                    tensor::TensorDialect>();
  }
  void runOnOperation() final {
    if (failed(lowerToLinalg(getOperation())))
      signalPassFailure();
  }
};

} // namespace

void registerTFGToLinalgPass() { PassRegistration<TFGToLinalgPass>(); }

} // namespace firn
