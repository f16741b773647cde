//===- Patterns.h - the patterns of every op family
//------------------------===//
//
// An op is lowerable iff one of these registers a pattern for it, or the
// runtime has a routine of its name. A new family declares its function here
// and adds it to populateTFGToLinalgPatterns.
//
// A pattern that cannot take a node for a reason a user should read (a type, an
// attribute) returns `op.emitError("reason")` before it changes anything: the
// driver puts the reason beside the node's name in its one error.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_BACKEND_JIT_LOWERING_PATTERNS_H
#define FIRN_BACKEND_JIT_LOWERING_PATTERNS_H

#include "mlir/Transforms/DialectConversion.h"

namespace firn {

/// Const, and the ops that hand on their input.
void populateStructureToLinalgPatterns(const mlir::TypeConverter &converter,
                                       mlir::RewritePatternSet &patterns);

/// Conv2D, Conv3D, DepthwiseConv2dNative.
void populateConvToLinalgPatterns(const mlir::TypeConverter &converter,
                                  mlir::RewritePatternSet &patterns);

/// Resizing.
void populateImageToLinalgPatterns(const mlir::TypeConverter &converter,
                                   mlir::RewritePatternSet &patterns);

/// FusedBatchNorm, V2, V3, LRN.
void populateNormalizationToLinalgPatterns(const mlir::TypeConverter &converter,
                                           mlir::RewritePatternSet &patterns);

/// MaxPool, AvgPool and their forms.
void populatePoolToLinalgPatterns(const mlir::TypeConverter &converter,
                                  mlir::RewritePatternSet &patterns);

/// SpaceToBatch, SpaceToDepth, their inverses and ND forms.
void populateSpaceDepthToLinalgPatterns(const mlir::TypeConverter &converter,
                                        mlir::RewritePatternSet &patterns);

/// Conv2DBackpropInput, Conv3DBackpropInputV2.
void populateTransposedConvToLinalgPatterns(
    const mlir::TypeConverter &converter, mlir::RewritePatternSet &patterns);

/// Reshape and its kin, shapes as values, Fill, BroadcastTo.
void populateReshapeToLinalgPatterns(const mlir::TypeConverter &converter,
                                     mlir::RewritePatternSet &patterns);

/// Gather, GatherV2.
void populateGatherToLinalgPatterns(const mlir::TypeConverter &converter,
                                    mlir::RewritePatternSet &patterns);

/// Bitcast, OneHot, Roll, Reverse, MatrixBandPart, GatherNd.
void populateRearrangeToLinalgPatterns(const mlir::TypeConverter &converter,
                                       mlir::RewritePatternSet &patterns);

/// Slices, splits, concatenation, padding, transposes, tiling.
void populateSliceToLinalgPatterns(const mlir::TypeConverter &converter,
                                   mlir::RewritePatternSet &patterns);

/// Elementwise arithmetic, functions, comparisons, logic, selection, casts.
void populateElementwiseToLinalgPatterns(const mlir::TypeConverter &converter,
                                         mlir::RewritePatternSet &patterns);

/// MatMul, batches of it, Einsum, BiasAdd.
void populateMatmulToLinalgPatterns(const mlir::TypeConverter &converter,
                                    mlir::RewritePatternSet &patterns);

/// Reductions, ArgMax, ArgMin, Softmax, LogSoftmax, L2Loss.
void populateReductionToLinalgPatterns(const mlir::TypeConverter &converter,
                                       mlir::RewritePatternSet &patterns);
void populateSoftmaxToLinalgPatterns(const mlir::TypeConverter &converter,
                                     mlir::RewritePatternSet &patterns);

/// Every op that the runtime has a routine for and no other pattern takes.
void populateRoutinePatterns(const mlir::TypeConverter &converter,
                             mlir::RewritePatternSet &patterns);

/// Elements of what arrays and lists have become.
void populateTensorListToLinalgPatterns(const mlir::TypeConverter &converter,
                                        mlir::RewritePatternSet &patterns);

/// All of the above.
void populateTFGToLinalgPatterns(const mlir::TypeConverter &converter,
                                 mlir::RewritePatternSet &patterns);

} // namespace firn

#endif // FIRN_BACKEND_JIT_LOWERING_PATTERNS_H
