//===- TableFile.h - the lines of a file as keys and values ---------------===//
//
// What InitializeTableFromTextFile makes of a text file, as two constants.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_TABLEFILE_H
#define FIRN_PASSES_TABLEFILE_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Operation.h"

namespace firn::tfg {

/// The keys and the values of a table, vectors of the same length.
struct TableContents {
  mlir::ElementsAttr keys, values;
};

/// How a file is read; see tfg.InitializeTableFromTextFileV2.
struct TableFileFormat {
  mlir::Type keyType, valueType;
  int64_t keyIndex, valueIndex, vocabSize, offset;
  llvm::StringRef delimiter;
};

/// Reads the lines of `text`. What does not fit is reported on `op`.
mlir::FailureOr<TableContents> readTableFile(mlir::Operation *op,
                                             llvm::StringRef text,
                                             const TableFileFormat &format);

} // namespace firn::tfg

#endif // FIRN_PASSES_TABLEFILE_H
