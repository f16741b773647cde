// NAME=FILE arguments, and feeding tensors from .npy files.
#ifndef FIRN_TOOLS_FIRN_NAMEDFILE_H
#define FIRN_TOOLS_FIRN_NAMEDFILE_H

#include "api/Model.h"

#include <string>
#include <vector>

namespace firn::cli {

/// One NAME=FILE argument.
struct NamedFile {
  std::string name;
  std::string file;
};

/// Splits the values of `option` at their first '='. Each name may come once.
absl::StatusOr<std::vector<NamedFile>>
parseNamedFiles(const std::string &option,
                const std::vector<std::string> &values);

/// The same for files that are written, each of which may come once too.
absl::StatusOr<std::vector<NamedFile>>
parseOutputFiles(const std::string &option,
                 const std::vector<std::string> &values);

/// The names, in order.
std::vector<std::string> namesOf(const std::vector<NamedFile> &files);

/// Reads an .npy file, or an array of an .npz file (`file.npz[array]`; without
/// `[array]` the only one), for an input of type `expected` (Invalid: any).
/// Types that numpy lacks are given as the integers that hold them.
absl::StatusOr<Tensor> readFeed(const NamedFile &feed, DType expected);

} // namespace firn::cli

#endif // FIRN_TOOLS_FIRN_NAMEDFILE_H
