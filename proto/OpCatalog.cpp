// The built-in ops are embedded as text. The lines are indexed at the first
// use, each is parsed when its op is first asked for: a model uses a few dozen
// of them.
#include "proto/OpCatalog.h"
#include "proto/OpCatalogParser.h"

#include "absl/container/flat_hash_set.h"
#include "absl/container/node_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/mutex.h"

#include <algorithm>
#include <cassert>
#include <memory>

namespace firn {
namespace {

constexpr char catalogText[] =
#include "proto/OpCatalog.inc"
    ;

class BuiltinOps {
public:
  static BuiltinOps &get() {
    static BuiltinOps *const instance = new BuiltinOps;
    return *instance;
  }

  const tf::OpDef *find(absl::string_view name) {
    auto it = entries.find(name);
    if (it == entries.end())
      return nullptr;
    Entry &entry = it->second;
    absl::MutexLock lock(&mutex);
    if (!entry.op) {
      auto op = std::make_unique<tf::OpDef>();
      absl::Status status = parseOpSignature(entry.line, sets, *op);
      assert(status.ok() && "a mistake in OpCatalog.txt");
      if (!status.ok())
        return nullptr;
      entry.op = std::move(op);
    }
    return entry.op.get();
  }

  std::vector<absl::string_view> names() const {
    std::vector<absl::string_view> result;
    for (const auto &entry : entries)
      result.push_back(entry.first);
    std::sort(result.begin(), result.end());
    return result;
  }

private:
  struct Entry {
    absl::string_view line;
    std::unique_ptr<tf::OpDef> op;
  };

  BuiltinOps() {
    absl::string_view text(catalogText, sizeof(catalogText) - 1);
    for (absl::string_view line : absl::StrSplit(text, '\n')) {
      if (line.empty() || line[0] == '#')
        continue;
      if (absl::ConsumePrefix(&line, "@")) {
        std::pair<absl::string_view, absl::string_view> set =
            absl::StrSplit(line, absl::MaxSplits(" = ", 1));
        sets.insert(set);
        continue;
      }
      entries[line.substr(0, line.find('('))].line = line;
    }
  }

  absl::Mutex mutex;
  DTypeSets sets;
  absl::node_hash_map<absl::string_view, Entry> entries;
};

template <typename List>
absl::Status checkUnique(const tf::OpDef &op, absl::string_view what,
                         const List &list) {
  absl::flat_hash_set<absl::string_view> seen;
  for (const auto &element : list)
    if (!seen.insert(element.name()).second)
      return absl::InvalidArgumentError(
          absl::StrCat("the signature of '", op.name(), "' has two ", what,
                       " of the name '", element.name(), "'"));
  return absl::OkStatus();
}

} // namespace

absl::Status checkOpDef(const tf::OpDef &op) {
  if (op.name().empty())
    return absl::InvalidArgumentError("the signature of an op has no name");
  absl::Status status = checkUnique(op, "inputs", op.input_arg());
  if (status.ok())
    status = checkUnique(op, "outputs", op.output_arg());
  if (status.ok())
    status = checkUnique(op, "attributes", op.attr());
  return status;
}

absl::Status OpCatalog::addModelOps(const tf::OpList &ops) {
  for (const tf::OpDef &op : ops.op()) {
    absl::Status status = checkOpDef(op);
    if (!status.ok())
      return status;
    modelOps.insert({op.name(), op});
  }
  return absl::OkStatus();
}

const tf::OpDef *OpCatalog::find(absl::string_view name) const {
  if (const tf::OpDef *op = findBuiltin(name))
    return op;
  auto it = modelOps.find(name);
  return it == modelOps.end() ? nullptr : &it->second;
}

const tf::OpDef *OpCatalog::findBuiltin(absl::string_view name) {
  return BuiltinOps::get().find(name);
}

std::vector<absl::string_view> OpCatalog::builtinNames() {
  return BuiltinOps::get().names();
}

const tf::OpDef::AttrDef *findAttrDef(const tf::OpDef &op,
                                      absl::string_view name) {
  for (const tf::OpDef::AttrDef &attr : op.attr())
    if (attr.name() == name)
      return &attr;
  return nullptr;
}

} // namespace firn
