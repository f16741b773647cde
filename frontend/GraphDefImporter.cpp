// The parts of a GraphDef one after the other; bodies are the work of
// BodyImporter.
#include "frontend/GraphDefImporter.h"
#include "frontend/BodyImporter.h"
#include "frontend/Diagnostics.h"
#include "frontend/FunctionImporter.h"
#include "proto/TextForm.h"

#include "absl/strings/str_cat.h"
#include "mlir/IR/Verifier.h"

using namespace mlir;

namespace firn {
namespace {

/// The newest GraphDef version that this reader knows of.
constexpr int kMinConsumer = 0;
constexpr int kProducer = 2314;

class GraphImporter {
public:
  GraphImporter(tf::GraphDef &graph, const GraphImportOptions &options,
                MLIRContext &context)
      : graph(graph), shared{&context, {}, {}, options.tensors},
        options(options), builder(&context) {}

  absl::StatusOr<OwningOpRef<ModuleOp>> run() {
    OwningOpRef<ModuleOp> module = ModuleOp::create(builder.getUnknownLoc());
    builder.setInsertionPointToEnd(module->getBody());
    absl::Status status = checkVersions();
    if (status.ok() && options.modelOps)
      status = shared.catalog.addModelOps(*options.modelOps);
    if (status.ok())
      status = registerFunctions();
    if (status.ok())
      status = importGraph();
    if (status.ok())
      status = importFunctions();
    if (!status.ok())
      return absl::Status(status.code(), absl::StrCat(options.fileName, ": ",
                                                      status.message()));
    makeUnfittingCallsGeneric(*module);
    DiagnosticCollector diagnostics(*shared.context, options.fileName);
    status = diagnostics.check(verify(*module), "checking the imported graph");
    if (!status.ok())
      return status;
    return module;
  }

private:
  /// TensorFlow's rule: the graph's min_consumer is at most our version, and
  /// its bad_consumers do not have it.
  absl::Status checkVersions() {
    const tf::VersionDef &versions = graph.versions();
    if (versions.producer() < kMinConsumer || versions.min_consumer() < 0)
      return absl::InvalidArgumentError("the graph's version is negative");
    if (versions.min_consumer() > kProducer)
      return absl::InvalidArgumentError(absl::StrCat(
          "the graph needs a reader of GraphDef version ",
          versions.min_consumer(), "; this one knows ", kProducer));
    for (int bad : versions.bad_consumers())
      if (bad == kProducer)
        return absl::InvalidArgumentError(absl::StrCat(
            "the graph excludes readers of GraphDef version ", kProducer));
    return absl::OkStatus();
  }

  absl::Status registerFunctions() {
    for (const tf::FunctionDef &function : graph.library().function()) {
      const tf::OpDef &signature = function.signature();
      absl::Status status = checkOpDef(signature);
      if (!status.ok())
        return absl::InvalidArgumentError(
            absl::StrCat("function library: ", status.message()));
      if (!shared.functions.insert({signature.name(), &signature}).second)
        return absl::InvalidArgumentError(absl::StrCat(
            "two functions have the name '", signature.name(), "'"));
    }
    return absl::OkStatus();
  }

  absl::Status importGraph() {
    auto op = tfg::GraphOp::create(builder, builder.getUnknownLoc());
    if (graph.has_versions()) {
      const tf::VersionDef &versions = graph.versions();
      op.setProducer(versions.producer());
      if (versions.min_consumer())
        op.setMinConsumer(versions.min_consumer());
      if (versions.bad_consumers_size())
        op.setBadConsumers(ArrayRef(versions.bad_consumers().data(),
                                    versions.bad_consumers_size()));
    }
    if (int version = graph.version())
      op->setAttr(kVersionAttr, builder.getI64IntegerAttr(version));
    if (graph.has_debug_info()) {
      op->setAttr(tfg::TFGDialect::kDebugInfoAttr,
                  builder.getStringAttr(toBytes(graph.debug_info())));
      graph.clear_debug_info();
    }
    setGradients(op);
    BodyImporter body(shared, op.getBodyBlock(), InputSyntax::Graph);
    absl::Status status = body.importNodes(*graph.mutable_node());
    graph.clear_node();
    return status;
  }

  void setGradients(Operation *op) {
    SmallVector<Attribute> gradients, registered;
    for (const tf::GradientDef &gradient : graph.library().gradient())
      gradients.push_back(builder.getStringAttr(toTextForm(gradient)));
    for (const tf::RegisteredGradient &gradient :
         graph.library().registered_gradients())
      registered.push_back(builder.getStringAttr(toTextForm(gradient)));
    if (!gradients.empty())
      op->setAttr(kGradientsAttr, builder.getArrayAttr(gradients));
    if (!registered.empty())
      op->setAttr(kRegisteredGradientsAttr, builder.getArrayAttr(registered));
  }

  absl::Status importFunctions() {
    for (tf::FunctionDef &function :
         *graph.mutable_library()->mutable_function()) {
      absl::Status status = importFunction(function, shared, builder);
      if (!status.ok())
        return status;
    }
    return absl::OkStatus();
  }

  /// A graph may hold calls that do not fit their function and are never run.
  /// They take the form that says nothing of the call, so that all can be
  /// carried through.
  static void makeUnfittingCallsGeneric(ModuleOp module) {
    SymbolTableCollection symbols;
    SmallVector<Operation *> unfitting;
    {
      ScopedDiagnosticHandler silence(module.getContext(),
                                      [](Diagnostic &) { return success(); });
      module.walk([&](SymbolUserOpInterface user) {
        if (isa<tfg::NodeOpInterface>(*user) &&
            failed(user.verifySymbolUses(symbols)))
          unfitting.push_back(user);
      });
    }
    for (Operation *op : unfitting) {
      OpBuilder at(op);
      OperationState state(op->getLoc(), tfg::NodeOp::getOperationName(),
                           op->getOperands(), op->getResultTypes(),
                           op->getAttrDictionary().getValue());
      state.addAttribute(
          "op", at.getStringAttr(cast<tfg::NodeOpInterface>(op).getTFOpName()));
      op->replaceAllUsesWith(at.create(state));
      op->erase();
    }
  }

  tf::GraphDef &graph;
  ImportContext shared;
  const GraphImportOptions &options;
  OpBuilder builder;
};

} // namespace

absl::StatusOr<OwningOpRef<ModuleOp>>
importGraphDef(tf::GraphDef graph, const GraphImportOptions &options,
               MLIRContext &context) {
  context.loadDialect<tfg::TFGDialect>();
  return GraphImporter(graph, options, context).run();
}

} // namespace firn
