//===- TFGCodecOps.td - encoded images, decoders of sequences -------------===//
//
// Computed by routines (backend/runtime/routines/ImageRoutines.cpp,
// CtcRoutines.cpp).
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGCODECOPS_TD
#define FIRN_IR_TFGCODECOPS_TD

include "ir/TFGTensorKinds.td"

// channels 0: as many as the file has.
class TFG_ImageDecoder<string name, string what, dag attributes>
    : TFG_StatedShapes<name, "{{-1, -1, static_cast<int64_t>(getChannels() ? getChannels() : -1)}}"> {
  let summary = what;
  let description = what # [{, as `[height, width, channels]`. Which format it is, its first bytes
    say, whatever the op is called.

    ```mlir
    %y = tfg.}] # name # [{(%x) {channels = 3 : i64} : (tensor<!tfg.string>) -> tensor<?x?x3xui8> name("y")
    ```
  }];
  let arguments = !con((ins TFG_StringTensor:$contents, Variadic<TFG_Control>:$ctls,
                            TFG_DefaultInt<"0">:$channels), attributes);
  let results = (outs TFG_Tensor:$image);
}
def TFG_DecodeJpegOp : TFG_ImageDecoder<"DecodeJpeg", "the pixels of a JPEG image",
    (ins TFG_DefaultInt<"1">:$ratio, TFG_DefaultBool<"true">:$fancy_upscaling,
         TFG_DefaultBool<"false">:$try_recover_truncated,
         TFG_DefaultFloat<"1.0f">:$acceptable_fraction, TFG_DefaultStr<"\"\"">:$dct_method)>;
def TFG_DecodePngOp : TFG_ImageDecoder<"DecodePng", "the pixels of a PNG image", (ins)>;
def TFG_DecodeBmpOp : TFG_ImageDecoder<"DecodeBmp", "the pixels of a BMP image", (ins)>;
def TFG_DecodeImageOp : TFG_ImageDecoder<"DecodeImage", "the pixels of an image",
    (ins TFG_DefaultBool<"true">:$expand_animations)>;

def TFG_DecodeGifOp : TFG_StatedShapes<"DecodeGif", "{{-1, -1, -1, 3}}"> {
  let summary = "the frames of a GIF image";
  let description = [{
    As `[frames, height, width, 3]`. An image of another format is one frame.

    ```mlir
    %y = tfg.DecodeGif(%x) : (tensor<!tfg.string>) -> tensor<?x?x?x3xui8> name("y")
    ```
  }];
  let arguments = (ins TFG_StringTensor:$contents, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$image);
}

def TFG_EncodePngOp : TFG_StatedShapes<"EncodePng", "{{}}"> {
  let summary = "an image as PNG";
  let description = [{
    One to four channels of 8 or 16 bits.

    ```mlir
    %y = tfg.EncodePng(%x) : (tensor<8x8x3xui8>) -> tensor<!tfg.string> name("y")
    ```
  }];
  let arguments = (ins TFG_ByteTensor:$image, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultInt<"-1">:$compression);
  let results = (outs TFG_StringTensor:$contents);
}

def TFG_EncodeJpegOp : TFG_StatedShapes<"EncodeJpeg", "{{}}"> {
  let summary = "an image as JPEG";
  let description = [{
    ```mlir
    %y = tfg.EncodeJpeg(%x) {quality = 90 : i64} : (tensor<8x8x3xui8>) -> tensor<!tfg.string> name("y")
    ```
  }];
  let arguments = (ins TFG_ByteTensor:$image, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultStr<"\"\"">:$format, TFG_DefaultInt<"95">:$quality,
                       TFG_DefaultBool<"false">:$progressive,
                       TFG_DefaultBool<"false">:$optimize_size,
                       TFG_DefaultBool<"true">:$chroma_downsampling,
                       TFG_DefaultStr<"\"in\"">:$density_unit,
                       TFG_DefaultInt<"300">:$x_density, TFG_DefaultInt<"300">:$y_density,
                       TFG_DefaultStr<"\"\"">:$xmp_metadata);
  let results = (outs TFG_StringTensor:$contents);
}

def TFG_CTCGreedyDecoderOp : TFG_StatedShapes<"CTCGreedyDecoder",
    "{{-1, 2}, {-1}, {2}, {knownDim(getInputs(), 1), 1}}"> {
  let summary = "the likeliest label of each step, without blanks";
  let description = [{
    Logits are `[time, batch, classes]`; the labels are a sparse matrix with a
    row a sequence. The last output is the negated sum of the chosen logits.

    ```mlir
    %i, %v, %s, %p = tfg.CTCGreedyDecoder(%x, %lengths) {merge_repeated = true}
        : (tensor<20x2x28xf32>, tensor<2xi32>)
        -> (tensor<?x2xi64>, tensor<?xi64>, tensor<2xi64>, tensor<2x1xf32>) name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$inputs, TFG_Int32Tensor:$sequence_length,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultBool<"false">:$merge_repeated,
                       TFG_DefaultInt<"-1">:$blank_index);
  let results = (outs TFG_Int64Tensor:$decoded_indices, TFG_Int64Tensor:$decoded_values,
                      TFG_Int64Tensor:$decoded_shape, TFG_Tensor:$log_probability);
}

def TFG_CTCBeamSearchDecoderOp : TFG_Node<"CTCBeamSearchDecoder", [Pure, TFG_InferShapes]> {
  let summary = "the likeliest sequences of labels";
  let description = [{
    Keeps `beam_width` prefixes a step. `top_paths` sparse matrices: their
    indices, then their values, then their shapes; at last the log probabilities.
    The last class is the blank.

    ```mlir
    %i, %v, %s, %p = tfg.CTCBeamSearchDecoder(%x, %lengths) {beam_width = 9 : i64, top_paths = 1 : i64}
        : (tensor<20x2x28xf32>, tensor<2xi32>)
        -> (tensor<?x2xi64>, tensor<?xi64>, tensor<2xi64>, tensor<2x1xf32>) name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$inputs, TFG_Int32Tensor:$sequence_length,
                       Variadic<TFG_Control>:$ctls, I64Attr:$beam_width, I64Attr:$top_paths,
                       TFG_DefaultBool<"true">:$merge_repeated);
  let results = (outs Variadic<TFG_TensorOrControl>:$outputs);
  let hasVerifier = 1;
}

#endif // FIRN_IR_TFGCODECOPS_TD
