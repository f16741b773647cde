// DataType ↔ element type, TensorShapeProto ↔ shape. Both directions of a map
// stand together.
#ifndef FIRN_PROTO_TYPEMAP_H
#define FIRN_PROTO_TYPEMAP_H

#include "absl/status/statusor.h"
#include "ir/TFGDialect.h"
#include "proto/tensor.pb.h"
#include "proto/types.pb.h"

namespace firn {

/// More dimensions than this no TensorFlow tensor has.
inline constexpr int kMaxRank = 254;

/// The element type of a DataType; a reference dtype becomes `!tfg.ref`,
/// DT_INVALID
/// `!tfg.unknown`. Refuses numbers that are no dtype.
absl::StatusOr<mlir::Type> elementTypeFromProto(tf::DataType dtype,
                                                mlir::MLIRContext *context);
/// The DataType of an element type. Refuses types that no dtype stands for.
absl::StatusOr<tf::DataType> elementTypeToProto(mlir::Type type);

/// The element type without a reference.
mlir::Type withoutRef(mlir::Type elementType);

/// The shape; refuses dimensions below -1, more than kMaxRank of them, and
/// dimensions beside an unknown rank. Names of dimensions mean nothing and are
/// dropped.
absl::StatusOr<tfg::ShapeAttr> shapeFromProto(const tf::TensorShapeProto &shape,
                                              mlir::MLIRContext *context);
void shapeToProto(tfg::ShapeAttr shape, tf::TensorShapeProto &proto);

/// Shape and dtype together: a ranked or an unranked tensor type.
absl::StatusOr<mlir::TensorType>
tensorTypeFromProto(tf::DataType dtype, const tf::TensorShapeProto &shape,
                    mlir::MLIRContext *context);

} // namespace firn

#endif // FIRN_PROTO_TYPEMAP_H
