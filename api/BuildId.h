// Which build of a program or library is running.
#ifndef FIRN_API_BUILDID_H
#define FIRN_API_BUILDID_H

#include <string>

namespace firn {

/// The identity that the linker gave (--build-id) to the program or shared
/// library that `address` lies in; empty if it has none.
std::string buildIdOf(const void *address);

} // namespace firn

#endif // FIRN_API_BUILDID_H
