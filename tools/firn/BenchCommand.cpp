// firn bench: how long a model takes to load, to compile, and to predict.
#include "tools/firn/Commands.h"

#include "api/Npy.h"
#include "tools/firn/NamedFile.h"
#include "tools/firn/ProfileReport.h"
#include "tools/firn/RandomInput.h"
#include "tools/firn/Session.h"
#include "tools/firn/Terminal.h"

#include "CLI/CLI.hpp"

#include <chrono>
#include <cstdio>
#include <memory>
#include <sys/resource.h>

namespace firn::cli {
namespace {

struct Arguments : ModelArguments {
  std::string signature;
  std::vector<std::string> feeds;
  std::vector<std::string> fetches;
  SessionOptions session;
  unsigned iterations = 20;
  unsigned warmup = 2;
  bool json = false;
  bool profile = false;
  std::string trace;
};

struct Times {
  double load = 0, compile = 0, first = 0;
  std::vector<CompileStep> steps; // of compile
  MemoryUse memory;
  std::vector<double> runs;
};

class Clock {
public:
  double milliseconds() const {
    return std::chrono::duration<double, std::milli>(
               std::chrono::steady_clock::now() - start)
        .count();
  }

private:
  std::chrono::steady_clock::time_point start =
      std::chrono::steady_clock::now();
};

void print(Times times, bool json) {
  std::sort(times.runs.begin(), times.runs.end());
  double min = times.runs.front();
  double median = times.runs[times.runs.size() / 2];
  struct rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  if (!json) {
    std::printf("load %.1f ms, compile %.1f ms, first run %.3f ms\n",
                times.load, times.compile, times.first);
    for (const CompileStep &step : times.steps)
      std::printf("%s%s %.1f ms",
                  &step == times.steps.data() ? "compile: " : ", ",
                  step.name.c_str(), step.seconds * 1e3);
    std::printf("%s%zu runs: fastest %.3f ms, median %.3f ms, slowest %.3f "
                "ms\n",
                times.steps.empty() ? "" : "\n", times.runs.size(), min, median,
                times.runs.back());
    std::printf(
        "memory: constants %.1f MB, arena %.1f MB (%.1f MB needed at "
        "once), process at most %.1f MB\n",
        double(times.memory.constants) / 1e6, double(times.memory.arena) / 1e6,
        double(times.memory.live) / 1e6, double(usage.ru_maxrss) * 1024 / 1e6);
  }
  std::printf(
      "{\"min_ms\": %.6f, \"median_ms\": %.6f, \"load_ms\": %.3f, "
      "\"compile_ms\": %.3f, \"first_ms\": %.6f, \"constants_kb\": %lld, "
      "\"arena_kb\": %lld, \"peak_kb\": %ld}\n",
      min, median, times.load, times.compile, times.first,
      static_cast<long long>(times.memory.constants / 1024),
      static_cast<long long>(times.memory.arena / 1024), usage.ru_maxrss);
}

/// Adds random tensors for the inputs that were not given.
absl::Status addInputs(const Session &session, std::vector<NamedFile> &feeds,
                       std::vector<Tensor> &tensors) {
  if (!feeds.empty())
    return absl::OkStatus();
  for (const TensorInfo &input : session.inputs()) {
    absl::StatusOr<Tensor> tensor = randomInput(input);
    if (!tensor.ok())
      return tensor.status();
    feeds.push_back({input.name, ""});
    tensors.push_back(*std::move(tensor));
  }
  return absl::OkStatus();
}

absl::Status time(const Predictor &predictor, const std::vector<Tensor> &inputs,
                  std::vector<Tensor> &outputs, const Arguments &arguments,
                  Times &times) {
  std::vector<TensorView> in, out;
  for (const Tensor &tensor : inputs)
    in.push_back(tensor.view());
  for (const TensorInfo &info : predictor.outputs()) {
    absl::StatusOr<Tensor> tensor = Tensor::create(info.dtype, info.shape);
    if (!tensor.ok())
      return tensor.status();
    outputs.push_back(*std::move(tensor));
  }
  for (Tensor &tensor : outputs)
    out.push_back(tensor.view());
  unsigned untimed = std::max(1u, arguments.warmup);
  unsigned total = untimed + arguments.iterations;
  for (unsigned i = 0; i < total; ++i) {
    Clock clock;
    if (absl::Status status = predictor.run(in, out); !status.ok())
      return status;
    double elapsed = clock.milliseconds();
    if (i == 0)
      times.first = elapsed;
    if (i >= untimed)
      times.runs.push_back(elapsed);
  }
  return absl::OkStatus();
}

absl::Status run(const Arguments &arguments) {
  absl::StatusOr<std::vector<NamedFile>> feeds =
      parseNamedFiles("--feed", arguments.feeds);
  if (!feeds.ok())
    return feeds.status();
  absl::StatusOr<std::vector<NamedFile>> fetches =
      parseOutputFiles("--fetch", arguments.fetches);
  if (!fetches.ok())
    return fetches.status();
  Times times;
  Clock loading;
  SessionOptions options = arguments.session;
  options.profile = arguments.profile || !arguments.trace.empty();
  absl::StatusOr<Session> session =
      Session::load(arguments, arguments.signature, options);
  if (!session.ok())
    return session.status();
  times.load = loading.milliseconds();

  // What is not named comes from the signature, under its keys.
  if (feeds->empty() || fetches->empty())
    session->nameBySignature();
  absl::StatusOr<std::vector<Tensor>> inputs = session->readFeeds(*feeds);
  if (!inputs.ok())
    return inputs.status();
  if (absl::Status status = addInputs(*session, *feeds, *inputs); !status.ok())
    return status;
  std::vector<std::string> names = namesOf(*fetches);
  if (names.empty())
    for (const TensorInfo &output : session->outputs())
      names.push_back(output.name);
  Clock compiling;
  absl::StatusOr<Predictor> predictor =
      session->prepare(*feeds, *inputs, names);
  if (!predictor.ok())
    return predictor.status();
  times.compile = compiling.milliseconds();
  times.steps = predictor->compileSteps();
  times.memory = predictor->memoryUse();

  std::vector<Tensor> outputs;
  if (absl::Status status =
          time(*predictor, *inputs, outputs, arguments, times);
      !status.ok())
    return status;
  for (size_t i = 0; i < fetches->size(); ++i)
    if (absl::Status status = writeNpy((*fetches)[i].file, outputs[i]);
        !status.ok())
      return status;
  if (arguments.profile)
    printProfile(predictor->profile());
  print(std::move(times), arguments.json);
  if (!arguments.trace.empty())
    return writeTrace(arguments.trace, predictor->profile());
  return absl::OkStatus();
}

} // namespace

void addBenchCommand(CLI::App &app, Action &action) {
  CLI::App *command = app.add_subcommand(
      "bench", "Time loading, compiling and predictions of MODEL");
  auto arguments = std::make_shared<Arguments>();
  addModelArguments(*command, *arguments);
  command
      ->add_option("--signature", arguments->signature,
                   "NAMEs are this signature's keys")
      ->option_text("KEY");
  command
      ->add_option("--feed", arguments->feeds,
                   "the inputs; random ones if none is given")
      ->option_text("NAME=FILE.npy ...");
  command
      ->add_option("--fetch", arguments->fetches,
                   "the outputs to compute and write (default: all, not "
                   "written)")
      ->option_text("NAME=OUT.npy ...");
  addThreadsArgument(*command, arguments->session.threads);
  addCacheArgument(*command, arguments->session.cache);
  command
      ->add_option("--iterations", arguments->iterations,
                   "how many timed runs (default 20)")
      ->check(CLI::PositiveNumber)
      ->option_text("N");
  command
      ->add_option("--warmup", arguments->warmup,
                   "how many runs before them (default 2)")
      ->option_text("N");
  command->add_flag("--json", arguments->json,
                    "print nothing but the last line, which is JSON");
  command->add_flag("--profile", arguments->profile,
                    "print what each op took: time, GFLOP/s, GB/s");
  command
      ->add_option(
          "--trace", arguments->trace,
          "write the last run as a trace that Perfetto and Chrome show")
      ->option_text("FILE.json");
  command->footer("Examples:\n"
                  "  firn bench frozen.pb --threads 2\n"
                  "  firn bench frozen.pb --threads 1 --profile\n"
                  "  firn bench model/ --signature serving_default \\\n"
                  "      --feed image=image.npy --iterations 100 --json");
  command->callback([&action, arguments] {
    action = [arguments] { return run(*arguments); };
  });
}

} // namespace firn::cli
