// What a model takes on its way from the file to a prediction:
//
//   firn-model-bench [--benchmark_…] MODEL…
//
// For each MODEL: reading it (import), writing it frozen (freeze), compiling it
// (compile; counters tell its steps, passes among them), predicting through
// maps (predict) and from prepared tensors (run), the latter from several
// threads at a time, too. Dimensions that the model leaves open are 1, inputs
// are zero, and one thread computes a prediction.
#include "api/Freeze.h"
#include "api/Model.h"

#include "benchmark/benchmark.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <unistd.h>

using namespace firn;

namespace {

/// What a prediction needs: the names of the inputs with tensors of zeros, and
/// what is computed.
struct Call {
  std::map<std::string, Tensor> inputs;
  std::vector<InputSpec> specs;
  std::vector<std::string> fetches; ///< empty: the model has a signature
};

absl::StatusOr<Call> makeCall(const Model &model) {
  Call call;
  std::vector<TensorInfo> inputs = model.placeholders();
  if (model.signatures().empty()) {
    for (const TensorInfo &sink : model.sinks())
      call.fetches.push_back(sink.name);
  } else {
    absl::StatusOr<SignatureInfo> signature = model.signature();
    if (!signature.ok())
      return signature.status();
    inputs = signature->inputs;
  }
  for (TensorInfo &input : inputs) {
    std::replace(input.shape.begin(), input.shape.end(), kDynamicDim,
                 int64_t(1));
    absl::StatusOr<Tensor> zeros = Tensor::create(input.dtype, input.shape);
    if (!zeros.ok())
      return zeros.status();
    call.inputs[input.name] = *std::move(zeros);
    call.specs.push_back({input.name, input.dtype, input.shape});
  }
  return call;
}

absl::StatusOr<Predictor> prepare(const Model &model, const Call &call) {
  return call.fetches.empty() ? model.prepare("", call.specs)
                              : model.prepareTensors(call.specs, call.fetches);
}

/// A model that is loaded, with its code; the error if that is not possible.
struct Prepared {
  std::string path;
  absl::Status status;
  std::optional<Model> model;
  Call call;
  std::optional<Predictor> predictor;

  explicit Prepared(std::string file) : path(std::move(file)) {
    LoadOptions options;
    options.threads = 1;
    absl::StatusOr<Model> loaded = Model::load(path, options);
    absl::StatusOr<Call> made =
        loaded.ok() ? makeCall(*loaded) : absl::StatusOr<Call>(loaded.status());
    absl::StatusOr<Predictor> compiled =
        made.ok() ? prepare(*loaded, *made)
                  : absl::StatusOr<Predictor>(made.status());
    status = compiled.status();
    if (!status.ok())
      return;
    model = *std::move(loaded);
    call = *std::move(made);
    predictor = *std::move(compiled);
  }
};

void import(benchmark::State &state, const Prepared &prepared) {
  for (auto _ : state)
    if (absl::StatusOr<Model> model = Model::load(prepared.path); !model.ok())
      state.SkipWithError(model.status().ToString().c_str());
}

void freezeModel(benchmark::State &state, const Prepared &prepared) {
  std::string output = std::filesystem::temp_directory_path() /
                       ("firn-model-bench-" + std::to_string(getpid()) + ".pb");
  for (auto _ : state)
    if (auto report = freeze(prepared.path, {}, output); !report.ok())
      state.SkipWithError(report.status().ToString().c_str());
  std::filesystem::remove(output);
}

void compile(benchmark::State &state, const Prepared &prepared) {
  LoadOptions options;
  options.threads = 1;
  for (auto _ : state) {
    state.PauseTiming();
    // Loaded afresh: a model compiles once for each set of shapes.
    absl::StatusOr<Model> model = Model::load(prepared.path, options);
    state.ResumeTiming();
    absl::StatusOr<Predictor> predictor =
        model.ok() ? prepare(*model, prepared.call)
                   : absl::StatusOr<Predictor>(model.status());
    if (!predictor.ok()) {
      state.SkipWithError(predictor.status().ToString().c_str());
      return;
    }
    for (const CompileStep &step : predictor->compileSteps())
      state.counters[step.name + " ms"] = step.seconds * 1e3;
  }
}

void predict(benchmark::State &state, const Prepared &prepared) {
  for (auto _ : state) {
    auto outputs =
        prepared.call.fetches.empty()
            ? prepared.model->predict(prepared.call.inputs)
            : prepared.model->run(prepared.call.inputs, prepared.call.fetches);
    if (!outputs.ok())
      state.SkipWithError(outputs.status().ToString().c_str());
  }
}

/// Each thread predicts for itself.
void run(benchmark::State &state, const Prepared &prepared) {
  std::vector<TensorView> inputs;
  for (const TensorInfo &input : prepared.predictor->inputs())
    inputs.push_back(prepared.call.inputs.at(input.name).view());
  std::vector<Tensor> outputs;
  std::vector<TensorView> views;
  for (const TensorInfo &output : prepared.predictor->outputs()) {
    absl::StatusOr<Tensor> tensor = Tensor::create(output.dtype, output.shape);
    if (!tensor.ok()) {
      state.SkipWithError("the shape of an output depends on values");
      return;
    }
    outputs.push_back(*std::move(tensor));
    views.push_back(outputs.back().view());
  }
  for (auto _ : state)
    if (absl::Status status = prepared.predictor->run(inputs, views);
        !status.ok())
      state.SkipWithError(status.ToString().c_str());
  state.SetItemsProcessed(state.iterations());
}

} // namespace

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  if (argc < 2 || argv[1][0] == '-')
    return std::cerr << "usage: firn-model-bench [--benchmark_…] MODEL…\n", 2;
  std::vector<std::unique_ptr<Prepared>> models;
  int status = 0;
  for (int i = 1; i < argc; ++i) {
    auto prepared = std::make_unique<Prepared>(argv[i]);
    if (!prepared->status.ok()) {
      std::cerr << prepared->path << ": " << prepared->status.message() << '\n';
      status = 1;
      continue;
    }
    auto add = [&, &model = *prepared](const char *name, auto function) {
      return benchmark::RegisterBenchmark(
                 (model.path + "/" + name).c_str(),
                 [function, &model](benchmark::State &state) {
                   function(state, model);
                 })
          ->UseRealTime()
          ->Unit(benchmark::kMicrosecond);
    };
    add("import", import);
    add("freeze", freezeModel);
    add("compile", compile);
    add("predict", predict);
    add("run", run)->Threads(1)->Threads(2)->Threads(4);
    models.push_back(std::move(prepared));
  }
  benchmark::RunSpecifiedBenchmarks();
  return status;
}
