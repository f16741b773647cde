// Model: loading, choosing what to run, and the cache of compiled code.
#include "api/Model.h"

#include "api/CodeKey.h"
#include "api/ModelImpl.h"
#include "api/Signatures.h"
#include "api/Suggest.h"
#include "api/WrittenVariables.h"
#include "backend/jit/JitDialect.h"
#include "frontend/ImportModel.h"
#include "ir/ConstantMemory.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

using namespace mlir;

namespace firn {
namespace {

/// What tells one selection from another.
std::string cacheKey(const Selection &selection) {
  std::string key;
  for (const SelectedFeed &feed : selection.feeds)
    absl::StrAppend(&key, feed.tensor,
                    feed.shape ? shapeToString(*feed.shape) : "", ";");
  for (const SelectedFetch &fetch : selection.fetches)
    absl::StrAppend(&key, "\n", fetch.tensor);
  return key;
}

/// The names of these tensors, as they are listed to a user.
std::vector<std::string> namesOf(const std::vector<TensorInfo> &infos) {
  std::vector<std::string> names;
  for (const TensorInfo &info : infos)
    names.push_back(info.name);
  return names;
}

std::string listOf(const std::vector<TensorInfo> &infos) {
  std::string text;
  for (const TensorInfo &info : infos)
    absl::StrAppend(&text, text.empty() ? "'" : ", '", info.name, "'");
  return text.empty() ? "none" : text;
}

/// The shapes of the inputs that were given, as the end of an error: which of
/// them does not fit is known to nobody but the user, if the node that fails is
/// in the middle of the graph. Empty if the error names one of them.
std::string givenShapes(std::span<const InputSpec> inputs,
                        absl::string_view error) {
  constexpr size_t kMost = 8;
  std::string text;
  for (size_t i = 0; i < std::min(inputs.size(), kMost); ++i) {
    if (absl::StrContains(error, absl::StrCat("'", inputs[i].name, "'")))
      return "";
    absl::StrAppend(&text, text.empty() ? "\n  with the inputs " : ", ",
                    inputs[i].name, " ", shapeToString(inputs[i].shape));
  }
  return text;
}

} // namespace

absl::Status inModel(const std::string &path, const absl::Status &status) {
  if (status.ok() || absl::StrContains(status.message(), path + ":") ||
      absl::StrContains(status.message(), path + "/"))
    return status;
  return absl::Status(status.code(),
                      absl::StrCat(path, ": ", status.message()));
}

Model::Impl::Impl(std::unique_ptr<MLIRContext> context,
                  OwningOpRef<ModuleOp> module, const LoadOptions &options)
    : context(std::move(context)), module(std::move(module)), options(options),
      index(findGraph(*this->module)), signatures(signaturesOf(*this->module)),
      placeholders(index.placeholders()), sinks(index.sinks()),
      variables(*this->module), pool(options.threads) {}

std::shared_ptr<const CompiledGraph>
Model::Impl::cached(const std::string &key) const {
  std::lock_guard<std::mutex> lock(cacheMutex);
  auto found = cache.find(key);
  return found == cache.end() ? nullptr : found->second;
}

absl::StatusOr<std::shared_ptr<const CompiledGraph>>
Model::Impl::compiled(const Selection &selection) const {
  std::string key = cacheKey(selection);
  if (std::shared_ptr<const CompiledGraph> graph = cached(key))
    return graph;
  std::lock_guard<std::mutex> lock(compileMutex);
  // Another thread may have compiled it meanwhile.
  if (std::shared_ptr<const CompiledGraph> graph = cached(key))
    return graph;
  if (!writtenVariables)
    writtenVariables = findWrittenVariables(*module);
  absl::StatusOr<std::shared_ptr<const CompiledGraph>> graph =
      compile(selection);
  if (!graph.ok())
    return graph;
  std::lock_guard<std::mutex> cacheLock(cacheMutex);
  for (const CompiledGraph::Variable &variable : (*graph)->variables())
    if (variable.output &&
        !llvm::is_contained(*writtenVariables, variable.name)) {
      // It is a constant in the graphs that were compiled before.
      writtenVariables->push_back(variable.name);
      cache.clear();
    }
  cache[key] = *graph;
  return graph;
}

absl::StatusOr<std::shared_ptr<const CompiledGraph>>
Model::Impl::compile(const Selection &selection) const {
  CompileOptions compileOptions;
  compileOptions.optLevel = options.optLevel;
  compileOptions.profile = options.profile;
  compileOptions.winograd = options.winograd;
  compileOptions.threads = pool.numThreads();
  compileOptions.compileMutex = &compileMutex;
  compileOptions.keptVariables = *writtenVariables;
  // What was stored knows nothing of variables that later graphs write.
  return codeCache && writtenVariables->empty()
             ? readOrCompile(selection, compileOptions)
             : compile(selection, compileOptions, nullptr);
}

absl::StatusOr<std::shared_ptr<const CompiledGraph>>
Model::Impl::compile(const Selection &selection, const CompileOptions &options,
                     jit::ImageWriter *writer) const {
  tfg::ScratchConstants scratch(context.get());
  OwningOpRef<ModuleOp> copy(cast<ModuleOp>(module.get()->clone()));
  if (absl::Status status = applySelection(*copy, selection); !status.ok())
    return status;
  auto graph = CompiledGraph::compile(*copy, options, writer, &scratch);
  if (graph.ok() && (*graph)->isStaged())
    scratch.keep();
  return graph;
}

absl::StatusOr<std::shared_ptr<const CompiledGraph>>
Model::Impl::readOrCompile(const Selection &selection,
                           const CompileOptions &options) const {
  if (!digest)
    digest = digestOf(*module, pool);
  if (!digest)
    return compile(selection, options, nullptr);
  Digest key = codeKey(*digest, selection, options, jit::HostTarget::get(),
                       compilerIdentity());
  std::shared_ptr<const CompiledGraph> stored;
  auto read = [&](jit::ImageReader &reader) {
    stored = CompiledGraph::read(reader);
  };
  if (codeCache->load(key, read, &pool) && stored)
    return stored;
  jit::ImageWriter writer;
  absl::StatusOr<std::shared_ptr<const CompiledGraph>> graph =
      compile(selection, options, &writer);
  // The code is as good if it cannot be kept (a full disk).
  if (graph.ok() && !(*graph)->isStaged() && (*graph)->variables().empty())
    codeCache->store(key, writer).IgnoreError();
  return graph;
}

absl::StatusOr<TensorInfo> Model::Impl::resolve(const std::string &name,
                                                const SignatureInfo *signature,
                                                bool isInput) const {
  if (signature) {
    const std::vector<TensorInfo> &own =
        isInput ? signature->inputs : signature->outputs;
    for (const TensorInfo &info : own)
      if (info.name == name)
        return info;
    // A tensor of the graph may be named beside the signature's keys.
    if (absl::StatusOr<Value> value = index.tensor(name); value.ok())
      return tensorInfoOf(*value, name, name);
    return absl::NotFoundError(
        absl::StrCat("signature '", signature->key, "' has no ",
                     isInput ? "input" : "output", " '", name, "'; its ",
                     isInput ? "inputs" : "outputs", " are ", listOf(own), ".",
                     didYouMean(name, namesOf(own))));
  }
  absl::StatusOr<Value> value = index.tensor(name);
  if (!value.ok())
    return value.status();
  return tensorInfoOf(*value, name, name);
}

Model::Model(std::shared_ptr<const Impl> impl) : impl(std::move(impl)) {}

absl::StatusOr<Model> Model::load(const std::string &path,
                                  const LoadOptions &options) {
  auto context =
      std::make_unique<MLIRContext>(MLIRContext::Threading::DISABLED);
  // Errors name the node; the operation with all its types would hide that.
  context->printOpOnDiagnostic(false);
  // Folding compiles code in the middle of a pipeline, where no dialect may be
  // loaded any more.
  jit::loadDialects(*context);
  ImportOptions importOptions;
  importOptions.checkpoint = options.checkpoint;
  importOptions.tags = options.tags;
  std::vector<std::string> warnings;
  importOptions.warnings = &warnings;
  absl::StatusOr<OwningOpRef<ModuleOp>> module =
      importModel(path, importOptions, *context);
  if (!module.ok())
    return inModel(path, module.status());
  if (!findGraph(**module))
    return absl::InvalidArgumentError(
        absl::StrCat("'", path, "' has no graph that could be run"));
  auto impl =
      std::make_shared<Impl>(std::move(context), *std::move(module), options);
  impl->path = path;
  impl->warnings = std::move(warnings);
  if (!options.cacheDirectory.empty() && !compilerIdentity().empty()) {
    absl::StatusOr<CodeCache> cache =
        CodeCache::open(options.cacheDirectory, options.cacheBytes);
    if (!cache.ok())
      return cache.status();
    impl->codeCache = *std::move(cache);
  }
  return Model(std::move(impl));
}

const std::vector<SignatureInfo> &Model::signatures() const {
  return impl->signatures;
}

const std::vector<TensorInfo> &Model::placeholders() const {
  return impl->placeholders;
}

const std::vector<TensorInfo> &Model::sinks() const { return impl->sinks; }

absl::StatusOr<SignatureInfo> Model::signature(const std::string &key) const {
  return chooseSignature(impl->signatures, key);
}

void Model::resetVariables() const { impl->variables.reset(); }

absl::StatusOr<TensorInfo> Model::tensor(const std::string &name) const {
  return impl->resolve(name, nullptr, true);
}

namespace {

/// Compiles for these inputs and outputs; `signature` null means that names are
/// tensors.
absl::StatusOr<Predictor>
prepareSelection(const std::shared_ptr<const Model::Impl> &model,
                 const SignatureInfo *signature,
                 std::span<const InputSpec> inputs,
                 std::span<const std::string> outputs) {
  if (outputs.empty())
    return absl::InvalidArgumentError(
        "there is no tensor to fetch: none was named, and the graph computes "
        "none");
  Selection selection;
  if (signature)
    for (const TensorInfo &input : signature->inputs)
      selection.keys[input.tensor] = input.name;
  auto predictor = std::make_shared<Predictor::Impl>();
  for (const InputSpec &input : inputs) {
    absl::StatusOr<TensorInfo> info =
        model->resolve(input.name, signature, true);
    if (!info.ok())
      return info.status();
    if (input.dtype != DType::Invalid && info->dtype != DType::Invalid &&
        input.dtype != info->dtype)
      return absl::InvalidArgumentError(absl::StrCat(
          "input '", input.name, "' takes ", std::string(nameOf(info->dtype)),
          ", but was given ", std::string(nameOf(input.dtype))));
    selection.feeds.push_back({input.name, info->tensor, input.shape});
  }
  for (const std::string &output : outputs) {
    absl::StatusOr<TensorInfo> info = model->resolve(output, signature, false);
    if (!info.ok())
      return info.status();
    selection.fetches.push_back({output, info->tensor});
  }
  absl::StatusOr<std::shared_ptr<const CompiledGraph>> graph =
      model->compiled(selection);
  if (!graph.ok())
    return absl::Status(
        graph.status().code(),
        absl::StrCat(graph.status().message(),
                     givenShapes(inputs, graph.status().message()),
                     warningsText(model->warnings, graph.status().message())));
  predictor->model = model;
  predictor->graph = *graph;
  // The code may have been compiled under other names for the same tensors.
  predictor->inputs = (*graph)->inputs();
  predictor->inputs.resize((*graph)->numInputs());
  predictor->outputs = (*graph)->outputs();
  predictor->outputs.resize((*graph)->numOutputs());
  for (size_t i = 0; i < inputs.size(); ++i)
    predictor->inputs[i].name = inputs[i].name;
  for (size_t i = 0; i < outputs.size(); ++i)
    predictor->outputs[i].name = outputs[i];
  return Predictor(std::move(predictor));
}

absl::StatusOr<Predictor>
prepareImpl(const std::shared_ptr<const Model::Impl> &model,
            const SignatureInfo *signature, std::span<const InputSpec> inputs,
            std::span<const std::string> outputs) {
  absl::StatusOr<Predictor> predictor =
      prepareSelection(model, signature, inputs, outputs);
  if (!predictor.ok())
    return inModel(model->path, predictor.status());
  return predictor;
}

/// Runs a map of tensors: positions follow the map's order.
absl::StatusOr<std::map<std::string, Tensor>>
runMap(const std::shared_ptr<const Model::Impl> &model,
       const SignatureInfo *signature,
       const std::map<std::string, Tensor> &inputs,
       std::span<const std::string> outputs) {
  std::vector<InputSpec> specs;
  std::vector<TensorView> views;
  for (auto &[name, tensor] : inputs) {
    specs.push_back({name, tensor.dtype(), tensor.shape()});
    views.push_back(tensor.view());
  }
  absl::StatusOr<Predictor> predictor =
      prepareImpl(model, signature, specs, outputs);
  if (!predictor.ok())
    return predictor.status();
  absl::StatusOr<std::vector<Tensor>> results =
      predictor->run(std::span<const TensorView>(views));
  if (!results.ok())
    return results.status();
  std::map<std::string, Tensor> map;
  for (size_t i = 0; i < outputs.size(); ++i)
    map[outputs[i]] = std::move((*results)[i]);
  return map;
}

} // namespace

absl::StatusOr<std::map<std::string, Tensor>>
Model::predict(const std::map<std::string, Tensor> &inputs,
               const std::string &signatureKey) const {
  absl::StatusOr<SignatureInfo> signature = this->signature(signatureKey);
  if (!signature.ok())
    return signature.status();
  for (const TensorInfo &input : signature->inputs)
    if (!inputs.count(input.name))
      return absl::InvalidArgumentError(absl::StrCat(
          "signature '", signature->key, "' needs input '", input.name, "'"));
  std::vector<std::string> outputs = namesOf(signature->outputs);
  return runMap(impl, &*signature, inputs, outputs);
}

absl::StatusOr<std::map<std::string, Tensor>>
Model::run(const std::map<std::string, Tensor> &feeds,
           const std::vector<std::string> &fetches) const {
  return runMap(impl, nullptr, feeds, fetches);
}

absl::StatusOr<Predictor>
Model::prepare(const std::string &signatureKey,
               std::span<const InputSpec> inputs,
               std::span<const std::string> outputs) const {
  absl::StatusOr<SignatureInfo> signature = this->signature(signatureKey);
  if (!signature.ok())
    return signature.status();
  std::vector<std::string> all;
  if (outputs.empty()) {
    all = namesOf(signature->outputs);
    outputs = all;
  }
  return prepareImpl(impl, &*signature, inputs, outputs);
}

absl::StatusOr<Predictor>
Model::prepareTensors(std::span<const InputSpec> feeds,
                      std::span<const std::string> fetches) const {
  return prepareImpl(impl, nullptr, feeds, fetches);
}

} // namespace firn
