// Ranks candidates: equal but for case, then the same last part of a path
// (`BiasAdd` for `logits/BiasAdd`), then edit distance up to a third of the
// length.
#include "api/Suggest.h"

#include "llvm/ADT/StringRef.h"

namespace firn {

std::string nearestName(std::string_view name,
                        std::span<const std::string> candidates) {
  llvm::StringRef wanted(name.data(), name.size());
  unsigned best = static_cast<unsigned>(name.size() / 3 + 1) + 1;
  std::string nearest;
  for (const std::string &text : candidates) {
    llvm::StringRef candidate(text);
    if (candidate.equals_insensitive(wanted))
      return text;
    unsigned distance;
    if (!wanted.empty() &&
        candidate.rsplit('/').second.equals_insensitive(wanted))
      distance = 0;
    else
      distance = candidate.edit_distance(wanted, /*AllowReplacements=*/true,
                                         /*MaxEditDistance=*/best);
    if (distance < best) {
      best = distance;
      nearest = text;
    }
  }
  return nearest;
}

std::string didYouMean(std::string_view name,
                       std::span<const std::string> candidates) {
  std::string nearest = nearestName(name, candidates);
  return nearest.empty() ? "" : " Did you mean '" + nearest + "'?";
}

} // namespace firn
