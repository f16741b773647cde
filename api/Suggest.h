// "Did you mean": the name that a misspelt one was meant to be.
#ifndef FIRN_API_SUGGEST_H
#define FIRN_API_SUGGEST_H

#include <span>
#include <string>
#include <string_view>

namespace firn {

/// The candidate that is nearest to `name`, by edit distance or as the last
/// part of a path; empty if none is near.
std::string nearestName(std::string_view name,
                        std::span<const std::string> candidates);

/// " Did you mean 'x'?", or nothing.
std::string didYouMean(std::string_view name,
                       std::span<const std::string> candidates);

} // namespace firn

#endif // FIRN_API_SUGGEST_H
