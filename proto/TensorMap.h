// TensorProto ↔ constant attribute.
//
// A TensorProto holds its values in one of two ways. `tensor_content`, if it is
// not empty, has them all: row-major, little endian, strings as lengths then
// bytes. Otherwise the typed list of the dtype (`float_val`, `int_val`, …) has
// the first ones and the last of them repeats up to the tensor's size; without
// any, all are zero. So 30 bytes can declare a tensor of any size: equal values
// stay one value (a splat), and what must be expanded is counted against a
// budget. Large contents may have been left in the file (`content_in_file`).
#ifndef FIRN_PROTO_TENSORMAP_H
#define FIRN_PROTO_TENSORMAP_H

#include "absl/status/statusor.h"
#include "ir/ConstantMemory.h"
#include "ir/TFGDialect.h"
#include "proto/tensor.pb.h"

#include <vector>

namespace firn {

/// What the tensors of one file share.
struct TensorFile {
  /// How many bytes they may take beyond what the file has of them.
  int64_t expandedBytes = int64_t(256) << 20;
  /// The contents that were left in the file, mapped, and how to give back the
  /// pages of a part of them.
  std::vector<llvm::ArrayRef<char>> contents = {};
  tfg::ReleasePages releasePages = {};
};

/// The values as an attribute of type tensor<…>. Refuses unknown dimensions,
/// sizes that overflow, data that does not fit the shape, and resource handles.
absl::StatusOr<mlir::TypedAttr> tensorFromProto(const tf::TensorProto &proto,
                                                mlir::MLIRContext *context,
                                                TensorFile &file);

/// The content of a tensor, in the message or left in the file; empty if its
/// values are in a list. What was left in the file can be had once, by the
/// tensor that it was left out of.
absl::StatusOr<llvm::ArrayRef<char>> tensorContent(const tf::TensorProto &proto,
                                                   TensorFile &file);

/// Writes the tensor: one element or a splat as a typed value, others as
/// `tensor_content`; strings as `string_val`.
absl::Status tensorToProto(mlir::TypedAttr value, tf::TensorProto &proto);

/// What tensorToProto() would make `tensor_content`, where that is large: it is
/// not copied. Empty where it is small, or where there is none.
llvm::ArrayRef<char> largeTensorContent(mlir::Attribute value);

/// The tensor without its values.
absl::Status tensorTypeToProto(mlir::ShapedType type, tf::TensorProto &proto);

/// Bytes of one element in `tensor_content`; 0 for strings, resources,
/// variants.
size_t tensorElementSize(tf::DataType dtype);

/// The first values of the typed list, `limit` at most, in the form of
/// `tensor_content`; not for strings.
std::string tensorListBytes(const tf::TensorProto &proto, int64_t limit);

} // namespace firn

#endif // FIRN_PROTO_TENSORMAP_H
