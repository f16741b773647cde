// One function a transform that has parameters; those without are one line of
// the table.
#include "api/TransformPasses.h"

#include "api/ConstantEvaluator.h"
#include "api/GraphRewriter.h"
#include "api/RequantizationLog.h"
#include "api/Suggest.h"
#include "api/Transform.h"
#include "passes/Passes.h"
#include "proto/OpCatalogParser.h"
#include "proto/TypeMap.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "mlir/Transforms/Passes.h"

#include <map>

using namespace mlir;

namespace firn {
namespace {

using Maker = std::function<absl::StatusOr<PassBuilder>(TransformSpec &)>;

/// Passes of one kind with options.
template <typename Create, typename Options>
PassBuilder single(Create create, Options options) {
  return [=](OpPassManager &manager) { manager.addPass(create(options)); };
}

/// A transform without parameters.
template <typename Create> Maker plain(Create create) {
  return [=](TransformSpec &) -> absl::StatusOr<PassBuilder> {
    return PassBuilder(
        [=](OpPassManager &manager) { manager.addPass(create()); });
  };
}

template <typename T>
void assign(T &target, const std::vector<std::string> &values) {
  target.assign(values.begin(), values.end());
}

absl::StatusOr<PassBuilder> foldConstants(TransformSpec &spec) {
  bool clearShapes = spec.flag("clear_output_shapes", true);
  std::vector<std::string> ops = spec.list("exclude_op");
  std::vector<std::string> nodes = spec.list("exclude_node");
  int64_t maxBytes =
      spec.number("max_constant_size_in_bytes", int64_t(10) << 20);
  return PassBuilder([=](OpPassManager &manager) {
    if (clearShapes) {
      tfg::RemoveAttributePassOptions options;
      options.attributeName = "_output_shapes";
      manager.addPass(tfg::createRemoveAttributePass(options));
    }
    addFoldConstants(manager, maxBytes, ops, nodes);
  });
}

absl::StatusOr<PassBuilder> foldBatchNorms(TransformSpec &) {
  return PassBuilder([](OpPassManager &manager) {
    manager.addPass(tfg::createFoldBatchNormPass());
    manager.addPass(tfg::createPrunePass());
  });
}

Maker fuseConvolutions(bool pad, bool resize, bool both) {
  return [=](TransformSpec &) -> absl::StatusOr<PassBuilder> {
    tfg::FuseConvolutionsPassOptions options;
    options.pad = pad;
    options.resize = resize;
    options.resizeAndPad = both;
    return single(
        [](const auto &o) { return tfg::createFuseConvolutionsPass(o); },
        options);
  };
}

absl::StatusOr<PassBuilder> insertLogging(TransformSpec &spec) {
  tfg::InsertLoggingPassOptions options;
  assign(options.ops, spec.list("op"));
  assign(options.prefixes, spec.list("prefix"));
  options.message = spec.text("message");
  options.showOp = spec.flag("show_op", false);
  options.showName = spec.flag("show_name", false);
  options.firstN = spec.number("first_n", -1);
  options.summarize = spec.number("summarize", 1024);
  return single([](const auto &o) { return tfg::createInsertLoggingPass(o); },
                options);
}

absl::StatusOr<PassBuilder> fakeQuantize(TransformSpec &spec) {
  tfg::FakeQuantizePassOptions options;
  options.numBits = spec.number("num_bits", 8);
  return single([](const auto &o) { return tfg::createFakeQuantizePass(o); },
                options);
}

absl::StatusOr<PassBuilder> freezeRequantizationRanges(TransformSpec &spec) {
  std::string log = spec.required("min_max_log_file");
  int64_t minPercentile = spec.number("min_percentile", 5);
  int64_t maxPercentile = spec.number("max_percentile", 5);
  if (absl::Status status = spec.check(); !status.ok())
    return status;
  absl::StatusOr<std::vector<RequantizationRange>> ranges =
      readRequantizationLog(log, minPercentile, maxPercentile);
  if (!ranges.ok())
    return ranges.status();
  tfg::FreezeRequantizationRangesPassOptions options;
  for (const RequantizationRange &range : *ranges) {
    options.nodes.push_back(range.node);
    options.mins.push_back(range.min);
    options.maxes.push_back(range.max);
  }
  return single(
      [](const auto &o) {
        return tfg::createFreezeRequantizationRangesPass(o);
      },
      options);
}

absl::StatusOr<PassBuilder> quantizeNodes(TransformSpec &spec) {
  tfg::QuantizeNodesPassOptions options;
  options.inputMin = spec.text("input_min");
  options.inputMax = spec.text("input_max");
  options.fallbackMin = spec.text("fallback_min");
  options.fallbackMax = spec.text("fallback_max");
  assign(options.ignoreOps, spec.list("ignore_op"));
  return PassBuilder([=](OpPassManager &manager) {
    // A FakeQuant counts for the op that it belongs to.
    manager.addPass(tfg::createHoistFakeQuantsPass());
    manager.addPass(tfg::createQuantizeNodesPass(options));
  });
}

absl::StatusOr<PassBuilder> quantizeWeights(TransformSpec &spec) {
  tfg::QuantizeWeightsPassOptions options;
  options.minimumSize = spec.number("minimum_size", 1024);
  return single([](const auto &o) { return tfg::createQuantizeWeightsPass(o); },
                options);
}

absl::StatusOr<PassBuilder> sparsifyGather(TransformSpec &spec) {
  // Of variables; the graph has none left when it comes here.
  (void)spec.text("input_checkpoint");
  tfg::SparsifyGatherPassOptions options;
  options.groupInitNode = spec.text("group_init_node", "group_deps");
  return single([](const auto &o) { return tfg::createSparsifyGatherPass(o); },
                options);
}

absl::StatusOr<PassBuilder> roundWeights(TransformSpec &spec) {
  tfg::RoundWeightsPassOptions options;
  options.numSteps = spec.number("num_steps", 256);
  return single([](const auto &o) { return tfg::createRoundWeightsPass(o); },
                options);
}

absl::StatusOr<PassBuilder> removeAttribute(TransformSpec &spec) {
  tfg::RemoveAttributePassOptions options;
  options.attributeName = spec.required("attribute_name");
  options.opName = spec.text("op_name");
  return single([](const auto &o) { return tfg::createRemoveAttributePass(o); },
                options);
}

/// TensorFlow's clears devices, and nothing that says more about a node.
absl::StatusOr<PassBuilder> removeDevice(TransformSpec &) {
  tfg::ClearDevicesPassOptions options;
  options.keepColocations = true;
  return single([](const auto &o) { return tfg::createClearDevicesPass(o); },
                options);
}

absl::StatusOr<PassBuilder> removeNodes(TransformSpec &spec) {
  tfg::SpliceNodesPassOptions options;
  assign(options.ops, spec.list("op"));
  options.maxInputs = spec.number("max_inputs", 1);
  return single([](const auto &o) { return tfg::createSpliceNodesPass(o); },
                options);
}

absl::StatusOr<PassBuilder> removeControlDependencies(TransformSpec &) {
  tfg::DropControlEdgesPassOptions options;
  options.all = true;
  return single(
      [](const auto &o) { return tfg::createDropControlEdgesPass(o); },
      options);
}

absl::StatusOr<PassBuilder> renameAttribute(TransformSpec &spec) {
  tfg::RenameAttributePassOptions options;
  options.from = spec.required("old_attribute_name");
  options.to = spec.required("new_attribute_name");
  options.opName = spec.text("op_name");
  return single([](const auto &o) { return tfg::createRenameAttributePass(o); },
                options);
}

absl::StatusOr<PassBuilder> renameNode(TransformSpec &spec) {
  tfg::RenameNodePassOptions options;
  options.from = spec.required("old_node_name");
  options.to = spec.required("new_node_name");
  return single([](const auto &o) { return tfg::createRenameNodePass(o); },
                options);
}

absl::StatusOr<PassBuilder> renameOp(TransformSpec &spec) {
  std::string from = spec.required("old_op_name");
  std::string to = spec.required("new_op_name");
  return PassBuilder([=](OpPassManager &manager) {
    manager.addPass(tfg::createRenameOpPass(makeOpDefinitions(), from, to));
  });
}

absl::StatusOr<PassBuilder> addDefaultAttributes(TransformSpec &) {
  return PassBuilder([](OpPassManager &manager) {
    manager.addPass(tfg::createAddDefaultAttributesPass(makeOpDefinitions()));
  });
}

absl::StatusOr<PassBuilder> setDevice(TransformSpec &spec) {
  tfg::SetDevicePassOptions options;
  options.device = spec.text("device");
  options.ifDefault = spec.flag("if_default", false);
  return single([](const auto &o) { return tfg::createSetDevicePass(o); },
                options);
}

/// A shape of the command line, `1,224,224,3`, in the pass's notation.
std::string shapeText(const std::string &shape) {
  if (shape.empty())
    return "";
  return absl::StrReplaceAll(shape, {{",", "x"}, {" ", ""}, {"-1", "?"}});
}

absl::StatusOr<PassBuilder> stripUnusedNodes(TransformSpec &spec) {
  tfg::RetypePlaceholdersPassOptions options;
  auto typeText = [](const std::string &name) -> absl::StatusOr<std::string> {
    return name.empty() ? std::string() : elementTypeText(name);
  };
  absl::StatusOr<std::string> type = typeText(spec.text("type"));
  if (!type.ok())
    return type.status();
  options.type = *type;
  options.shape = shapeText(spec.text("shape"));
  assign(options.names, spec.list("name"));
  for (const std::string &name : spec.list("type_for_name")) {
    absl::StatusOr<std::string> text = typeText(name);
    if (!text.ok())
      return text.status();
    options.types.push_back(*text);
  }
  for (const std::string &shape : spec.list("shape_for_name"))
    options.shapes.push_back(shapeText(shape));
  return PassBuilder([=](OpPassManager &manager) {
    manager.addPass(tfg::createRetypePlaceholdersPass(options));
    manager.addPass(tfg::createPrunePass());
  });
}

const std::map<std::string, Maker> &transforms() {
  static const std::map<std::string, Maker> table = {
      {"add_default_attributes", addDefaultAttributes},
      {"backport_concatv2",
       plain([] { return tfg::createBackportConcatPass(); })},
      {"backport_tensor_array_v3",
       plain([] { return tfg::createBackportTensorArrayPass(); })},
      {"fake_quantize_training", fakeQuantize},
      {"flatten_atrous_conv",
       plain([] { return tfg::createFlattenAtrousConvPass(); })},
      {"fold_batch_norms", foldBatchNorms},
      {"fold_constants", foldConstants},
      {"fold_old_batch_norms", foldBatchNorms},
      {"freeze_requantization_ranges", freezeRequantizationRanges},
      {"fuse_convolutions", fuseConvolutions(true, true, true)},
      {"fuse_pad_and_conv", fuseConvolutions(true, false, false)},
      {"fuse_resize_and_conv", fuseConvolutions(false, true, false)},
      {"fuse_resize_pad_and_conv", fuseConvolutions(false, false, true)},
      {"hoist_fakequants",
       plain([] { return tfg::createHoistFakeQuantsPass(); })},
      {"inline_partitionedcall",
       plain([] { return tfg::createInlineCallsPass(); })},
      {"insert_logging", insertLogging},
      {"merge_duplicate_nodes", plain([] { return createCSEPass(); })},
      {"obfuscate_names",
       plain([] { return tfg::createObfuscateNamesPass(); })},
      {"obsfucate_names",
       plain([] { return tfg::createObfuscateNamesPass(); })},
      {"quantize_nodes", quantizeNodes},
      {"quantize_weights", quantizeWeights},
      {"remove_attribute", removeAttribute},
      {"remove_control_dependencies", removeControlDependencies},
      {"remove_device", removeDevice},
      {"remove_nodes", removeNodes},
      {"rename_attribute", renameAttribute},
      {"rename_node", renameNode},
      {"rename_op", renameOp},
      {"round_weights", roundWeights},
      {"set_device", setDevice},
      {"sort_by_execution_order",
       plain([] { return tfg::createSortNodesPass(); })},
      {"sparsify_gather", sparsifyGather},
      {"strip_unused_nodes", stripUnusedNodes},
  };
  return table;
}

} // namespace

std::vector<std::string> transformNames() {
  std::vector<std::string> names;
  for (const auto &[name, maker] : transforms())
    names.push_back(name);
  return names;
}

void addFoldConstants(OpPassManager &manager, int64_t maxBytes,
                      const std::vector<std::string> &excludedOps,
                      const std::vector<std::string> &excludedNodes) {
  tfg::FoldConstantsPassOptions options;
  options.maxBytes = maxBytes;
  assign(options.excludeOps, excludedOps);
  assign(options.excludeNodes, excludedNodes);
  manager.addPass(tfg::createInferShapesPass());
  // What fold() does knows nothing of nodes to leave out.
  if (excludedOps.empty() && excludedNodes.empty()) {
    GreedyRewriteConfig config;
    config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
    manager.addPass(createCanonicalizerPass(config));
  }
  manager.addPass(
      tfg::createFoldConstantsPass(makeConstantEvaluator(), options));
  manager.addPass(tfg::createPrunePass());
}

absl::StatusOr<std::string> elementTypeText(const std::string &name) {
  std::string lower = absl::AsciiStrToLower(name);
  absl::string_view text = absl::StripPrefix(lower, "dt_");
  static const std::map<std::string, std::string> aliases = {
      {"float32", "float"}, {"float64", "double"}, {"float16", "half"}};
  if (auto it = aliases.find(std::string(text)); it != aliases.end())
    text = it->second;
  int number = 0;
  tf::DataType dtype = absl::SimpleAtoi(text, &number)
                           ? static_cast<tf::DataType>(number)
                           : dtypeFromSignatureName(text);
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.loadDialect<tfg::TFGDialect>();
  absl::StatusOr<Type> type = elementTypeFromProto(dtype, &context);
  if (!type.ok() || dtype == tf::DT_INVALID)
    return absl::InvalidArgumentError(
        absl::StrCat("'", name, "' is no type that TensorFlow has"));
  std::string result;
  llvm::raw_string_ostream(result) << *type;
  return result;
}

absl::StatusOr<PassBuilder> makeTransform(TransformSpec &transform) {
  auto it = transforms().find(transform.name);
  if (it == transforms().end())
    return absl::InvalidArgumentError(
        absl::StrCat("there is no transform '", transform.name, "'.",
                     didYouMean(transform.name, transformNames())));
  absl::StatusOr<PassBuilder> builder = it->second(transform);
  if (!builder.ok())
    return builder;
  if (absl::Status status = transform.check(); !status.ok())
    return status;
  return builder;
}

} // namespace firn
