// Loading with a progress line, and the lines that say what a model wants.
#include "tools/firn/Session.h"

#include "tools/firn/Terminal.h"

#include "absl/strings/str_cat.h"

#include <algorithm>

namespace firn::cli {
namespace {

std::string typeText(const TensorInfo &info) {
  return std::string(nameOf(info.dtype)) + " " +
         (info.hasRank ? shapeToString(info.shape) : "of any shape");
}

std::string list(const char *title, const std::vector<TensorInfo> &tensors) {
  std::string text = absl::StrCat("  ", title, ":\n");
  constexpr size_t kMost = 20;
  for (size_t i = 0; i < std::min(tensors.size(), kMost); ++i)
    absl::StrAppend(&text, "    ", tensors[i].name, "  ", typeText(tensors[i]),
                    "\n");
  if (tensors.size() > kMost)
    absl::StrAppend(&text, "    and ", tensors.size() - kMost, " more\n");
  return text;
}

} // namespace

absl::StatusOr<Session> Session::load(const ModelArguments &arguments,
                                      const std::string &signature,
                                      const SessionOptions &given) {
  Progress progress("Loading " + arguments.model);
  LoadOptions options;
  options.checkpoint = arguments.checkpoint;
  options.tags = arguments.tags;
  options.threads = given.threads;
  options.profile = given.profile;
  options.cacheDirectory =
      given.cache == "-" ? defaultCacheDirectory() : given.cache;
  if (!given.cache.empty() && options.cacheDirectory.empty())
    return absl::InvalidArgumentError(
        "--cache: there is no home folder to keep code in; give --cache=DIR");
  options.optLevel = given.optLevel;
  absl::StatusOr<Model> model = Model::load(arguments.model, options);
  if (!model.ok())
    return model.status();
  Session session(*std::move(model));
  session.path = arguments.model;
  session.bySignature = !signature.empty();
  absl::StatusOr<SignatureInfo> info = session.loaded.signature(signature);
  if (info.ok()) {
    session.chosen = *info;
    session.hasSignature = true;
  } else if (session.bySignature) {
    return info.status();
  }
  return session;
}

const std::vector<TensorInfo> &Session::inputs() const {
  return hasSignature ? chosen.inputs : loaded.placeholders();
}

const std::vector<TensorInfo> &Session::outputs() const {
  return hasSignature ? chosen.outputs : loaded.sinks();
}

std::string Session::usage() const {
  std::string text = absl::StrCat("'", path, "'");
  if (hasSignature)
    absl::StrAppend(&text, ", signature '", chosen.key, "',");
  absl::StrAppend(&text, " has these\n");
  text += list("inputs", inputs());
  text += list("outputs", outputs());
  absl::StrAppend(&text, "For example:\n  firn run ", path);
  if (hasSignature)
    absl::StrAppend(&text, " --signature ", chosen.key);
  for (const TensorInfo &input : inputs())
    absl::StrAppend(&text, " --feed ", input.name, "=in.npy");
  if (!outputs().empty())
    absl::StrAppend(&text, " --fetch ", outputs()[0].name, "=out.npy");
  return text;
}

absl::StatusOr<TensorInfo> Session::find(const std::string &name) const {
  absl::StatusOr<TensorInfo> tensor = loaded.tensor(name);
  if (hasSignature && (bySignature || !tensor.ok()))
    for (const TensorInfo &input : chosen.inputs)
      if (input.name == name)
        return input;
  return tensor;
}

/// Whether all names are keys of the default signature and one at least is not
/// a tensor, so that keys are meant although no signature was named.
bool Session::areKeys(const std::vector<NamedFile> &feeds,
                      const std::vector<std::string> &fetches) const {
  auto isKey = [](const std::vector<TensorInfo> &keys,
                  const std::string &name) {
    return std::any_of(keys.begin(), keys.end(), [&](const TensorInfo &info) {
      return info.name == name;
    });
  };
  bool isMissing = false;
  for (const NamedFile &feed : feeds) {
    if (!isKey(chosen.inputs, feed.name))
      return false;
    isMissing |= !loaded.tensor(feed.name).ok();
  }
  for (const std::string &fetch : fetches) {
    if (!isKey(chosen.outputs, fetch))
      return false;
    isMissing |= !loaded.tensor(fetch).ok();
  }
  return isMissing;
}

absl::StatusOr<std::vector<Tensor>>
Session::readFeeds(const std::vector<NamedFile> &feeds) const {
  std::vector<Tensor> tensors;
  for (const NamedFile &feed : feeds) {
    // A name that is not there is reported by prepare(), which knows all names.
    absl::StatusOr<TensorInfo> info = find(feed.name);
    absl::StatusOr<Tensor> tensor =
        readFeed(feed, info.ok() ? info->dtype : DType::Invalid);
    if (!tensor.ok())
      return tensor.status();
    tensors.push_back(*std::move(tensor));
  }
  return tensors;
}

absl::StatusOr<Predictor>
Session::prepare(const std::vector<NamedFile> &feeds,
                 const std::vector<Tensor> &inputs,
                 const std::vector<std::string> &fetches, bool anySize) const {
  Progress progress("Compiling");
  std::vector<InputSpec> specs;
  for (size_t i = 0; i < feeds.size(); ++i) {
    Shape shape(inputs[i].shape());
    if (anySize)
      std::fill(shape.begin(), shape.end(), kDynamicDim);
    specs.push_back({feeds[i].name, inputs[i].dtype(), std::move(shape)});
  }
  return bySignature || (hasSignature && areKeys(feeds, fetches))
             ? loaded.prepare(chosen.key, specs, fetches)
             : loaded.prepareTensors(specs, fetches);
}

} // namespace firn::cli
