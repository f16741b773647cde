"""Cases whose code is not compiled once for inputs of any size, but when the sizes are there."""


def _all(case):
    return True


def _fed(*positions):
    """The size of a vector is a rank, and it is fed."""
    return lambda case: any(case.fed is None or position in case.fed for position in positions)


def _of_several_nodes(case):
    """With a Reshape to a vector that is fed."""
    return case.build is not None


def _training(case):
    return case.attributes.get("is_training", True)


def _may_differ(case):
    """Whether shapes broadcast decides the rank."""
    return case.attributes.get("incompatible_shape_error") is False


STAGED = {
    # Code is generated for the sizes of the image.
    **dict.fromkeys(["AvgPool", "AvgPool3D", "BatchToSpace", "BatchToSpaceND", "Conv2D", "Conv2DBackpropInput", "Conv3D",
                     "Conv3DBackpropInputV2", "DepthToSpace", "FusedPadConv2D", "FusedResizeAndPadConv2D", "LRN",
                     "MaxPool", "MaxPool3D", "MaxPoolV2", "ResizeBilinear", "ResizeNearestNeighbor", "SpaceToBatch",
                     "SpaceToBatchND", "SpaceToDepth"], _all),
    "DepthwiseConv2dNative": _fed(1),
    "FusedBatchNorm": _training, "FusedBatchNormV2": _training, "FusedBatchNormV3": _training,
    # Taken apart by passes that need the shapes.
    **dict.fromkeys(["BlockLSTM", "BlockLSTMV2", "TensorArrayCloseV3", "TensorArrayConcatV3", "TensorArrayGatherV3",
                     "TensorArrayReadV3", "TensorArrayScatterV3", "TensorArraySplitV3", "TensorArrayV3",
                     "TensorArrayWriteV3"], _all),
    "TensorArraySizeV3": lambda case: len(case.inputs) == 1,
    # A stack is made before anything says of what shape its elements are.
    **dict.fromkeys(["Stack", "StackClose", "StackCloseV2", "StackPop", "StackPopV2", "StackPush", "StackPushV2",
                     "StackV2"], lambda case: case.fed is None and case.inputs[0].shape),
    # A fed vector says a rank.
    **dict.fromkeys(["RandomGamma", "RandomStandardNormal", "RandomUniform", "RandomUniformInt",
                     "StatelessRandomGammaV2", "StatelessRandomGammaV3", "StatelessRandomNormal",
                     "StatelessRandomNormalV2", "StatelessRandomUniform", "StatelessRandomUniformV2", "Empty", "Fill",
                     "StridedSliceGrad"], _fed(0)),
    **dict.fromkeys(["BroadcastTo", "GatherNd", "Reshape"], _fed(1)),
    "ScatterNd": _fed(2), "SparseToDense": _fed(1), "StridedSlice": _fed(1), "ResourceGatherNd": _all,
    "EditDistance": _all,
    **dict.fromkeys(["BatchMatMulV2", "MatMul", "Sum"], _of_several_nodes),
    # Which sizes are 1 says the rank.
    "Squeeze": lambda case: not case.attributes.get("squeeze_dims"),
    "Equal": _may_differ, "NotEqual": _may_differ,
    # It says a shape, its input does not.
    "PlaceholderWithDefault": _all,
}


def declared(case):
    return STAGED.get(case.op, lambda _: False)(case)
