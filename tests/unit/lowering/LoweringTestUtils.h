// Lowering, compiling and running graphs of tfg ops in tests.
#ifndef FIRN_TESTS_UNIT_LOWERING_LOWERINGTESTUTILS_H
#define FIRN_TESTS_UNIT_LOWERING_LOWERINGTESTUTILS_H

#include "tests/unit/jit/JitTestUtils.h"

#include <string>

namespace firn::jit::test {

/// Compiles a graph of these nodes, which end with a tfg.fetch. Fails the test
/// and gives null if that is not possible.
Compiled compileGraph(const std::string &nodes);

/// `%name = tfg.Placeholder…`, the input number `index`, e.g. of type
/// "1x8x8x3xf32".
std::string feed(const std::string &name, int index, const std::string &type);

/// `%name = tfg.Const…` with these values, e.g. of type "2xi32" and value
/// "[1, 2]".
std::string constant(const std::string &name, const std::string &type,
                     const std::string &value);

/// The values of a float tensor as the text of an elements attribute.
std::string toText(const Tensor &tensor);

} // namespace firn::jit::test

#endif // FIRN_TESTS_UNIT_LOWERING_LOWERINGTESTUTILS_H
