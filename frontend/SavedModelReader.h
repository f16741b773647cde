// Reads SavedModels: finds the file, picks the MetaGraph, checks what it refers
// to.
#ifndef FIRN_FRONTEND_SAVEDMODELREADER_H
#define FIRN_FRONTEND_SAVEDMODELREADER_H

#include "proto/meta_graph.pb.h"

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include <string>
#include <vector>

namespace firn {

/// Where a model lies.
struct ModelLocation {
  std::string file;
  std::string savedModelFolder; // empty for a file that is no SavedModel's
};

/// Finds the model that `path` means: a file of its own, a SavedModel folder,
/// or the `saved_model.pb` in one.
absl::StatusOr<ModelLocation> locateModel(const std::string &path);

/// A MetaGraph's tags as users write them: `serve,gpu`.
std::string formatTags(const tf::MetaGraphDef &metaGraph);

/// The index of the MetaGraph whose tag set is exactly `tags`. Without tags:
/// the only MetaGraph, else the one for `serve`. Errors name `path` and list
/// the tag sets that there are.
absl::StatusOr<int> selectMetaGraph(const tf::SavedModel &savedModel,
                                    absl::Span<const std::string> tags,
                                    const std::string &path);

/// A file that the graph reads: the node `tensor` is fed its path.
struct Asset {
  std::string tensor;
  std::string file; // inside the SavedModel's folder `assets`
};

/// The assets of a MetaGraph, from either place that lists them. Refuses names
/// that lead out of `folder`, the SavedModel's.
absl::StatusOr<std::vector<Asset>> readAssets(const tf::MetaGraphDef &metaGraph,
                                              const std::string &folder);

/// The node that initialises the graph after its variables are restored; empty
/// if there is none.
absl::StatusOr<std::string> findInitNode(const tf::MetaGraphDef &metaGraph,
                                         const std::string &path);

} // namespace firn

#endif // FIRN_FRONTEND_SAVEDMODELREADER_H
