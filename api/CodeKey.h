// What tells one piece of compiled code from another.
//
// The key of an entry in the cache is a BLAKE3 hash of everything that decides
// what compiling makes: the model as it was imported, with the bytes of all its
// weights (they take part in folding and packing); what was selected of it, and
// the shapes; the options; the processor; and the builds of Firn, MLIR and LLVM
// that compile. A file's name and time take no part, so that nothing depends on
// clocks or on who touches files.
#ifndef FIRN_API_CODEKEY_H
#define FIRN_API_CODEKEY_H

#include "api/CompiledGraph.h"
#include "api/Selection.h"
#include "backend/jit/HostTarget.h"
#include "backend/runtime/ThreadPool.h"

#include "mlir/IR/BuiltinOps.h"

#include <array>
#include <optional>
#include <string>

namespace firn {

using Digest = std::array<uint8_t, 32>;

/// The hash of a whole module with the values of its constants; nothing if it
/// cannot be written as bytecode.
std::optional<Digest> digestOf(mlir::ModuleOp module,
                               runtime::ThreadPool &pool);

/// The identity of the compiler that is running. Empty if it is not known
/// (linked without build ids); nothing may be kept then.
const std::string &compilerIdentity();

/// The key of the code of `selection` of the model with that digest.
Digest codeKey(const Digest &model, const Selection &selection,
               const CompileOptions &options, const jit::HostTarget &host,
               const std::string &compiler);

} // namespace firn

#endif // FIRN_API_CODEKEY_H
