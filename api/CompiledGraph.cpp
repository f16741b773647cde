// From a selected graph to code: the passes, the outputs that need no code, the
// lowering, and machine code; then the calls.
#include "api/CompiledGraph.h"

#include "api/CompilePipeline.h"
#include "api/ConstantTensor.h"
#include "api/GraphIndex.h"
#include "api/StagedGraph.h"
#include "backend/jit/CompileImage.h"
#include "backend/jit/ImageStream.h"
#include "backend/jit/Stopwatch.h"
#include "backend/jit/lowering/TFGToLinalg.h"
#include "frontend/Diagnostics.h"
#include "ir/ConstantMemory.h"
#include "passes/CarriedVariables.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/Pipelines.h"

#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"

#include <algorithm>

using namespace mlir;

namespace firn {
namespace {

/// Most models have fewer inputs and outputs; more take one allocation in a
/// call.
using Views = absl::InlinedVector<TensorView, 16>;

size_t feedIndexOf(tfg::PlaceholderOp placeholder) {
  return static_cast<size_t>(
      placeholder->getAttrOfType<IntegerAttr>(tfg::TFGDialect::kFeedIndexAttr)
          .getInt());
}

bool isFeed(Operation *op) {
  return op && isa<tfg::PlaceholderOp>(op) &&
         op->hasAttr(tfg::TFGDialect::kFeedIndexAttr);
}

/// Whether there is something to be run for a control edge: an Assert of a
/// condition that always holds is nothing.
bool hasEffect(Value control) {
  return llvm::any_of(tfg::findNeeded(control), [](Operation *op) {
    if (!isa<tfg::NodeOpInterface>(op) || tfg::isPureNode(op) ||
        isa<tfg::NoOp, tfg::PlaceholderOp>(op))
      return false;
    DenseElementsAttr condition;
    return !isa<tfg::AssertOp>(op) ||
           !matchPattern(op->getOperand(0), m_Constant(&condition)) ||
           !condition.getElementType().isInteger(1) || !condition.isSplat() ||
           !condition.getSplatValue<bool>();
  });
}

bool isStatic(const TensorInfo &info) {
  return info.hasRank && std::find(info.shape.begin(), info.shape.end(),
                                   kDynamicDim) == info.shape.end();
}

bool sameShape(std::span<const int64_t> declared,
               std::span<const int64_t> given) {
  return declared.size() == given.size() &&
         std::equal(declared.begin(), declared.end(), given.begin(),
                    [](int64_t want, int64_t have) {
                      return want == kDynamicDim || want == have;
                    });
}

absl::Status checkView(const char *what, const TensorInfo &info,
                       const TensorView &view, bool shapeMatters) {
  if (view.dtype != info.dtype)
    return absl::InvalidArgumentError(absl::StrCat(
        what, " '", info.name, "' is ", std::string(nameOf(info.dtype)),
        ", but a tensor of ", std::string(nameOf(view.dtype)), " was given"));
  if (shapeMatters && info.hasRank && !sameShape(info.shape, view.shape()))
    return absl::InvalidArgumentError(absl::StrCat(
        what, " '", info.name, "' has shape ", shapeToString(info.shape),
        ", but a tensor of shape ", shapeToString(view.shape()), " was given"));
  return absl::OkStatus();
}

} // namespace

CompiledGraph::CompiledGraph() = default;
CompiledGraph::~CompiledGraph() = default;

absl::StatusOr<std::shared_ptr<const CompiledGraph>>
CompiledGraph::compile(ModuleOp module, const CompileOptions &options,
                       jit::ImageWriter *writer,
                       tfg::ScratchConstants *scratch) {
  auto compiled = std::make_shared<CompiledGraph>();
  compiled->takeInputs(findGraph(module));
  jit::Stopwatch watch;
  if (absl::Status status = runCompilePipeline(module, options.keptVariables);
      !status.ok())
    return status;
  compiled->firstSteps.push_back({"passes", watch.lap()});
  tfg::GraphOp graph = findGraph(module);
  compiled->takeVariables(graph);
  if (absl::Status status = compiled->takeHostOutputs(graph.getFetch());
      !status.ok())
    return status;
  bool hasCode = !graph.getFetch().getArgs().empty();
  if (writer)
    (*writer)(hasCode);
  if (hasCode) {
    compiled->dropUnusedInputs(graph);
    if (absl::Status status =
            compiled->compileCode(module, options, writer, scratch);
        !status.ok())
      return status;
  }
  if (writer)
    compiled->writeTables(*writer);
  return compiled;
}

void CompiledGraph::takeInputs(tfg::GraphOp graph) {
  for (auto placeholder : graph.getBodyBlock()->getOps<tfg::PlaceholderOp>()) {
    if (!isFeed(placeholder))
      continue;
    size_t index = feedIndexOf(placeholder);
    inputInfos.resize(std::max(inputInfos.size(), index + 1));
    auto name =
        placeholder->getAttrOfType<StringAttr>(tfg::TFGDialect::kFeedNameAttr);
    inputInfos[index] = tensorInfoOf(placeholder.getOutput(), name.str(),
                                     placeholder.getNodeName().str() + ":0");
  }
}

/// The inputs and outputs that tfg-carry-variables added.
void CompiledGraph::takeVariables(tfg::GraphOp graph) {
  size_t selected = inputInfos.size();
  for (auto placeholder : graph.getBodyBlock()->getOps<tfg::PlaceholderOp>()) {
    auto name = placeholder->getAttrOfType<StringAttr>(tfg::kCarriedInAttr);
    if (!name)
      continue;
    size_t index = feedIndexOf(placeholder) - selected;
    carried.resize(std::max(carried.size(), index + 1));
    TensorInfo info =
        tensorInfoOf(placeholder.getOutput(), name.str(), name.str());
    carried[index] = {name.str(), info, !placeholder->use_empty(), {}};
    // The parts of a staged graph have it as an input like any other.
    placeholder->removeAttr(tfg::kCarriedInAttr);
  }
  for (const Variable &variable : carried)
    inputInfos.push_back(variable.info);
  tfg::FetchOp fetch = graph.getFetch();
  auto written = fetch->getAttrOfType<ArrayAttr>(tfg::kCarriedOutAttr);
  if (!written)
    return;
  size_t output = fetch.getNames().size() - written.size();
  for (auto name : written.getAsRange<StringAttr>())
    for (Variable &variable : carried)
      if (variable.name == name.getValue())
        variable.output = output++;
}

size_t CompiledGraph::numOutputs() const {
  return outputInfos.size() -
         llvm::count_if(carried, [](const Variable &variable) {
           return variable.output.has_value();
         });
}

/// Sorts the outputs into those that code computes and those that are at hand,
/// and leaves the former in the fetch.
absl::Status CompiledGraph::takeHostOutputs(tfg::FetchOp fetch) {
  SmallVector<Value> kept;
  SmallVector<Attribute> keptNames;
  size_t numNamed = fetch.getNames().size();
  for (auto [i, value] :
       llvm::enumerate(fetch.getArgs().take_front(numNamed))) {
    auto name = cast<StringAttr>(fetch.getNames()[i]);
    if (!isa<TensorType>(value.getType()))
      return absl::InvalidArgumentError(absl::StrCat(
          "'", name.str(), "' has no outputs, so there is nothing to fetch"));
    outputInfos.push_back(tensorInfoOf(value, name.str(), name.str()));
    Operation *op = value.getDefiningOp();
    if (isFeed(op)) {
      sources.push_back(
          {Source::Input, feedIndexOf(cast<tfg::PlaceholderOp>(op))});
      continue;
    }
    if (auto constant = dyn_cast<tfg::ConstOp>(op)) {
      absl::StatusOr<Tensor> tensor = tensorOfConstant(constant.getValue());
      if (!tensor.ok())
        return absl::Status(
            tensor.status().code(),
            absl::StrCat("'", name.str(), "': ", tensor.status().message()));
      sources.push_back({Source::Constant, constants.size()});
      constants.push_back(*std::move(tensor));
      continue;
    }
    sources.push_back({Source::Native, nativeOutputs.size()});
    nativeOutputs.push_back(i);
    kept.push_back(value);
    keptNames.push_back(name);
  }
  llvm::copy_if(fetch.getArgs().drop_front(numNamed), std::back_inserter(kept),
                hasEffect);
  OpBuilder builder(fetch);
  tfg::FetchOp::create(builder, fetch.getLoc(), kept,
                       builder.getArrayAttr(keptNames), ArrayAttr(),
                       StringAttr(), StringAttr());
  fetch.erase();
  return absl::OkStatus();
}

/// Inputs that no code needs are no arguments of it; the others are renumbered.
void CompiledGraph::dropUnusedInputs(tfg::GraphOp graph) {
  SmallVector<tfg::PlaceholderOp> used;
  for (auto placeholder : llvm::make_early_inc_range(
           graph.getBodyBlock()->getOps<tfg::PlaceholderOp>())) {
    if (!isFeed(placeholder))
      continue;
    if (placeholder->use_empty())
      placeholder.erase();
    else
      used.push_back(placeholder);
  }
  llvm::sort(used, [](tfg::PlaceholderOp a, tfg::PlaceholderOp b) {
    return feedIndexOf(a) < feedIndexOf(b);
  });
  Builder builder(graph.getContext());
  for (auto [i, placeholder] : llvm::enumerate(used)) {
    nativeInputs.push_back(feedIndexOf(placeholder));
    placeholder->setAttr(tfg::TFGDialect::kFeedIndexAttr,
                         builder.getI64IntegerAttr(i));
  }
}

/// Whole if that is possible, else in stages; if neither is, what the whole
/// graph lacks is what a user can do something about.
absl::Status CompiledGraph::compileCode(ModuleOp module,
                                        const CompileOptions &options,
                                        jit::ImageWriter *writer,
                                        tfg::ScratchConstants *scratch) {
  bool hasUnknownShapes = llvm::any_of(
      findGraph(module).getBodyBlock()->getOperations(), [](Operation &op) {
        return llvm::any_of(tfg::getOutputs(&op).getTypes(), [](Type type) {
          auto tensor = dyn_cast<TensorType>(type);
          return tensor && !tensor.hasStaticShape();
        });
      });
  if (!hasUnknownShapes && scratch)
    return compileNative(
        module, options, writer,
        [scratch](Attribute constant) { scratch->release(constant); });
  if (!hasUnknownShapes)
    return compileNative(module, options, writer, tfg::releasePages);
  OwningOpRef<ModuleOp> original(cast<ModuleOp>(module->clone()));
  // The stages may need the constants, too.
  absl::Status whole =
      compileNative(module, options, writer, tfg::releasePages);
  if (whole.ok() || !hasLoweringForAll(*original, tfg::isTakenApart))
    return whole;
  absl::StatusOr<std::unique_ptr<StagedGraph>> stages =
      StagedGraph::create(*original, options);
  if (!stages.ok())
    return absl::IsNotFound(stages.status()) ? whole : stages.status();
  native.reset();
  staged = *std::move(stages);
  return absl::OkStatus();
}

absl::Status CompiledGraph::compileNative(ModuleOp module,
                                          const CompileOptions &options,
                                          jit::ImageWriter *writer,
                                          jit::ConstantTable::Release release) {
  jit::Stopwatch watch;
  {
    DiagnosticCollector errors(*module.getContext(), "compiling the graph");
    if (absl::Status status = errors.check(lowerToLinalg(module), "lowering");
        !status.ok())
      return status;
  }
  firstSteps.push_back({"linalg", watch.lap()});
  jit::NativeOptions nativeOptions;
  nativeOptions.optLevel = options.optLevel;
  nativeOptions.profile = options.profile;
  nativeOptions.winograd =
      options.winograd ? jit::Winograd::Auto : jit::Winograd::Off;
  nativeOptions.threads = options.threads;
  nativeOptions.releaseConstant = std::move(release);
  absl::StatusOr<jit::NativeImage> image =
      jit::compileImage(module, nativeOptions);
  if (!image.ok())
    return image.status();
  if (writer)
    image->write(*writer);
  absl::StatusOr<std::unique_ptr<jit::NativeModule>> code =
      jit::NativeModule::create(*std::move(image));
  if (!code.ok())
    return code.status();
  native = *std::move(code);
  for (size_t i = 0; i < nativeOutputs.size(); ++i) {
    TensorInfo &info = outputInfos[nativeOutputs[i]];
    info.hasRank = true;
    info.shape.clear();
    for (int64_t dim : native->outputShape(i))
      info.shape.push_back(ShapedType::isDynamic(dim) ? kDynamicDim : dim);
  }
  return absl::OkStatus();
}

MemoryUse CompiledGraph::memoryUse() const {
  if (!native)
    return {};
  const jit::CompileReport &report = native->report();
  return {report.constantBytes, report.arenaBytes, report.livePeakBytes};
}

std::vector<CompileStep> CompiledGraph::compileSteps() const {
  if (!native)
    return {};
  std::vector<CompileStep> steps = firstSteps;
  const jit::CompileReport &report = native->report();
  // Of these, code that was read has the last one only.
  for (const CompileStep &step : {CompileStep{"tensors", report.tensors},
                                  CompileStep{"buffers", report.buffers},
                                  CompileStep{"kernels", report.kernels},
                                  CompileStep{"LLVM IR", report.lowering},
                                  CompileStep{"machine code", report.machine},
                                  CompileStep{"linking", report.linking}})
    if (step.seconds > 0)
      steps.push_back(step);
  return steps;
}

std::vector<OpProfile> CompiledGraph::profile() const {
  std::vector<OpProfile> result;
  if (!native)
    return result;
  jit::Profile profile = native->profile();
  for (const jit::ProfiledOp &op : profile.ops)
    result.push_back({op.node, op.summary, op.operations, op.bytes,
                      op.seconds / double(std::max<int64_t>(profile.runs, 1)),
                      op.lastStart, op.lastDuration});
  return result;
}

absl::Status CompiledGraph::check(std::span<const TensorView> inputs,
                                  std::span<const TensorView> outputs) const {
  if (inputs.size() != inputInfos.size() ||
      outputs.size() != outputInfos.size())
    return absl::InvalidArgumentError(
        absl::StrCat(inputInfos.size(), " inputs and ", outputInfos.size(),
                     " outputs are expected, ", inputs.size(), " and ",
                     outputs.size(), " were given"));
  for (size_t i = 0; i < inputs.size(); ++i)
    if (absl::Status status =
            checkView("input", inputInfos[i], inputs[i], true);
        !status.ok())
      return status;
  return absl::OkStatus();
}

absl::Status CompiledGraph::runNative(
    std::span<const TensorView> inputs, std::span<const TensorView> outputs,
    runtime::ThreadPool &pool, const runtime::OutputAllocator *allocate) const {
  if (!native)
    return absl::OkStatus();
  Views in, out;
  for (size_t index : nativeInputs)
    in.push_back(inputs[index]);
  for (size_t index : nativeOutputs)
    out.push_back(outputs[index]);
  return native->run(in, out, pool, allocate);
}

absl::StatusOr<std::vector<Tensor>>
CompiledGraph::runStaged(std::span<const TensorView> inputs,
                         runtime::ThreadPool &pool) const {
  if (!staged)
    return std::vector<Tensor>();
  Views in;
  for (size_t index : nativeInputs)
    in.push_back(inputs[index]);
  absl::StatusOr<std::vector<Tensor>> results = staged->run(in, pool);
  if (!results.ok())
    return results;
  for (size_t i = 0; i < results->size(); ++i) {
    const TensorInfo &info = outputInfos[nativeOutputs[i]];
    if (info.hasRank && !sameShape(info.shape, (*results)[i].shape()))
      return absl::InternalError(
          absl::StrCat("output '", info.name, "' has shape ",
                       shapeToString((*results)[i].shape()), ", but ",
                       shapeToString(info.shape), " was expected"));
  }
  return results;
}

void CompiledGraph::copyHostOutputs(std::span<const TensorView> inputs,
                                    std::span<const TensorView> outputs) const {
  for (size_t i = 0; i < sources.size(); ++i) {
    if (sources[i].kind == Source::Input)
      copyElements(inputs[sources[i].index], outputs[i]);
    else if (sources[i].kind == Source::Constant)
      copyElements(constants[sources[i].index].view(), outputs[i]);
  }
}

absl::Status CompiledGraph::run(std::span<const TensorView> inputs,
                                std::span<const TensorView> outputs,
                                runtime::ThreadPool &pool) const {
  if (absl::Status status = check(inputs, outputs); !status.ok())
    return status;
  for (size_t i = 0; i < outputs.size(); ++i) {
    if (!isStatic(outputInfos[i]))
      return absl::FailedPreconditionError(absl::StrCat(
          "the shape of output '", outputInfos[i].name,
          "' depends on the inputs' values; let run() allocate it"));
    if (absl::Status status =
            checkView("output", outputInfos[i], outputs[i], true);
        !status.ok())
      return status;
  }
  if (absl::Status status = runNative(inputs, outputs, pool, nullptr);
      !status.ok())
    return status;
  absl::StatusOr<std::vector<Tensor>> results = runStaged(inputs, pool);
  if (!results.ok())
    return results.status();
  for (size_t i = 0; i < results->size(); ++i)
    copyElements((*results)[i].view(), outputs[nativeOutputs[i]]);
  copyHostOutputs(inputs, outputs);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Tensor>>
CompiledGraph::run(std::span<const TensorView> inputs,
                   runtime::ThreadPool &pool) const {
  std::vector<Tensor> tensors(outputInfos.size());
  Views views(outputInfos.size());
  if (absl::Status status = check(inputs, views); !status.ok())
    return status;
  for (size_t i = 0; i < tensors.size(); ++i) {
    views[i].dtype = outputInfos[i].dtype;
    std::span<const int64_t> shape = outputInfos[i].shape;
    if (sources[i].kind == Source::Input)
      shape = inputs[sources[i].index].shape();
    else if (!isStatic(outputInfos[i]) ||
             (staged && sources[i].kind == Source::Native))
      continue;
    absl::StatusOr<Tensor> tensor =
        Tensor::uninitialized(outputInfos[i].dtype, shape);
    if (!tensor.ok())
      return tensor.status();
    tensors[i] = *std::move(tensor);
    views[i] = tensors[i].view();
  }
  auto allocate = [&](size_t index,
                      std::span<const int64_t> dims) -> absl::StatusOr<void *> {
    size_t output = nativeOutputs[index];
    absl::StatusOr<Tensor> tensor =
        Tensor::uninitialized(outputInfos[output].dtype, dims);
    if (!tensor.ok())
      return absl::Status(tensor.status().code(),
                          absl::StrCat("output '", outputInfos[output].name,
                                       "': ", tensor.status().message()));
    tensors[output] = *std::move(tensor);
    return tensors[output].data();
  };
  runtime::OutputAllocator allocator = allocate;
  if (absl::Status status = runNative(inputs, views, pool, &allocator);
      !status.ok())
    return status;
  absl::StatusOr<std::vector<Tensor>> results = runStaged(inputs, pool);
  if (!results.ok())
    return results;
  for (size_t i = 0; i < results->size(); ++i)
    tensors[nativeOutputs[i]] = std::move((*results)[i]);
  copyHostOutputs(inputs, views);
  return tensors;
}

} // namespace firn
