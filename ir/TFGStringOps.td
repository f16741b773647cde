//===- TFGStringOps.td - strings ------------------------------------------===//
//
// Computed by routines (backend/runtime/routines/String*Routines.cpp).
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGSTRINGOPS_TD
#define FIRN_IR_TFGSTRINGOPS_TD

include "ir/TFGTensorKinds.td"

// y = f(x), element by element, with strings as operands.
class TFG_StringMap<string name, string what, dag attributes = (ins),
                    Type element = TFG_StringTensor>
    : TFG_Elementwise<name, []> {
  let summary = what;
  let description = what # [{, element by element.

    ```mlir
    %y = tfg.}] # name # [{(%x) : (tensor<2x!tfg.string>) -> tensor<2x!tfg.string> name("y")
    ```
  }];
  let arguments = !con((ins TFG_StringTensor:$input, Variadic<TFG_Control>:$ctls), attributes);
  let results = (outs element:$output);
}

//===----------------------------------------------------------------------===//
// From one string to another
//===----------------------------------------------------------------------===//

def TFG_StringLowerOp : TFG_StringMap<"StringLower",
    "lower case: of ASCII, or with `encoding = \"utf-8\"` of Unicode",
    (ins TFG_DefaultStr<"\"\"">:$encoding)>;
def TFG_StringUpperOp : TFG_StringMap<"StringUpper",
    "upper case: of ASCII, or with `encoding = \"utf-8\"` of Unicode",
    (ins TFG_DefaultStr<"\"\"">:$encoding)>;
def TFG_StringStripOp : TFG_StringMap<"StringStrip", "the string without white space at its ends">;
def TFG_StringLengthOp : TFG_StringMap<"StringLength", "how many bytes or characters it has",
    (ins TFG_DefaultStr<"\"BYTE\"">:$unit), TFG_Int32Tensor>;
def TFG_StaticRegexFullMatchOp : TFG_StringMap<"StaticRegexFullMatch",
    "whether the regular expression matches all of it", (ins StrAttr:$pattern), TFG_BoolTensor>;
def TFG_StaticRegexReplaceOp : TFG_StringMap<"StaticRegexReplace",
    "the string with matches of the regular expression rewritten",
    (ins StrAttr:$pattern, StrAttr:$rewrite, TFG_DefaultBool<"true">:$replace_global)>;
def TFG_StringToHashBucketFastOp : TFG_StringMap<"StringToHashBucketFast",
    "FarmHash's Fingerprint64 modulo `num_buckets`", (ins I64Attr:$num_buckets), TFG_Int64Tensor>;
def TFG_StringToHashBucketOp : TFG_StringMap<"StringToHashBucket",
    "an old 64-bit hash modulo `num_buckets`", (ins I64Attr:$num_buckets), TFG_Int64Tensor>;
def TFG_StringToHashBucketStrongOp : TFG_StringMap<"StringToHashBucketStrong",
    "SipHash with a key of two numbers, modulo `num_buckets`",
    (ins I64Attr:$num_buckets, TFG_IntListAttr:$key), TFG_Int64Tensor>;
def TFG_EncodeBase64Op : TFG_StringMap<"EncodeBase64", "Base64 in the alphabet for URLs",
    (ins TFG_DefaultBool<"false">:$pad)>;
def TFG_DecodeBase64Op : TFG_StringMap<"DecodeBase64", "the bytes that Base64 for URLs stands for">;
def TFG_UnicodeTranscodeOp : TFG_StringMap<"UnicodeTranscode", "the text in another encoding",
    (ins StrAttr:$input_encoding, StrAttr:$output_encoding,
         TFG_DefaultStr<"\"replace\"">:$errors, TFG_DefaultInt<"65533">:$replacement_char,
         TFG_DefaultBool<"false">:$replace_control_characters)>;

class TFG_Regex<string name, string what, dag more, dag attributes, Type element>
    : TFG_Node<name, [Pure, TFG_InferShapes], [{
        ::llvm::LogicalResult $cppClass::inferShapes(
            const ::firn::tfg::ShapeInference &,
            ::llvm::SmallVectorImpl<::mlir::Type> &results) {
          return ::firn::tfg::inferSameAsFirst(*this, results);
        }
      }]> {
  let summary = what;
  let description = what # [{, element by element; the expression is one scalar.

    ```mlir
    %y = tfg.RegexFullMatch(%x, %pattern)
         : (tensor<2x!tfg.string>, tensor<!tfg.string>) -> tensor<2xi1> name("y")
    ```
  }];
  let arguments = !con((ins TFG_StringTensor:$input, TFG_StringTensor:$pattern), more,
                       (ins Variadic<TFG_Control>:$ctls), attributes);
  let results = (outs element:$output);
}
def TFG_RegexFullMatchOp : TFG_Regex<"RegexFullMatch",
    "whether the regular expression matches all of it", (ins), (ins), TFG_BoolTensor>;
def TFG_RegexReplaceOp : TFG_Regex<"RegexReplace",
    "the string with matches of the regular expression rewritten",
    (ins TFG_StringTensor:$rewrite), (ins TFG_DefaultBool<"true">:$replace_global),
    TFG_StringTensor>;

def TFG_SubstrOp : TFG_Elementwise<"Substr", []> {
  let summary = "a part of each string";
  let description = [{
    From `pos` on (negative: from the end), `len` bytes or, with
    `unit = "UTF8_CHAR"`, characters; the inputs are broadcast. A position
    outside of the string is an error.

    ```mlir
    %y = tfg.Substr(%x, %pos, %len) : (tensor<2x!tfg.string>, tensor<i32>, tensor<i32>) -> tensor<2x!tfg.string> name("y")
    ```
  }];
  let arguments = (ins TFG_StringTensor:$input, TFG_IndexTensor:$pos, TFG_IndexTensor:$len,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultStr<"\"BYTE\"">:$unit);
  let results = (outs TFG_StringTensor:$output);
}

//===----------------------------------------------------------------------===//
// Between strings and numbers
//===----------------------------------------------------------------------===//

def TFG_AsStringOp : TFG_Elementwise<"AsString", []> {
  let summary = "each element as text";
  let description = [{
    As `printf` prints it: `%d`, `%f`, with `scientific` `%e`, with `shortest`
    `%g`; `width`, `precision` and `fill` have their places in the format.

    ```mlir
    %y = tfg.AsString(%x) {precision = 2 : i64} : (tensor<2xf32>) -> tensor<2x!tfg.string> name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultInt<"-1">:$precision, TFG_DefaultBool<"false">:$scientific,
                       TFG_DefaultBool<"false">:$shortest, TFG_DefaultInt<"-1">:$width,
                       TFG_DefaultStr<"\"\"">:$fill);
  let results = (outs TFG_StringTensor:$output);
}

def TFG_StringToNumberOp : TFG_Elementwise<"StringToNumber", []> {
  let summary = "the number that each string spells";
  let description = [{
    White space around it is allowed; anything else is an error.

    ```mlir
    %y = tfg.StringToNumber(%x) : (tensor<2x!tfg.string>) -> tensor<2xf32> name("y")
    ```
  }];
  let arguments = (ins TFG_StringTensor:$string_tensor, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_StringFormatOp : TFG_StatedShapes<"StringFormat", "{{}}"> {
  let summary = "a text with tensors in it";
  let description = [{
    The placeholders of the attribute `template` are replaced by the inputs, of
    which `summarize` elements at both ends of each dimension are printed.

    ```mlir
    %y = tfg.StringFormat(%x) {template = "x is %s"} : (tensor<2xf32>) -> tensor<!tfg.string> name("y")
    ```
  }];
  // `template` cannot be declared: it would be the name of a C++ variable.
  let arguments = (ins Variadic<TFG_TensorOrControl>:$args,
                       TFG_DefaultStr<"\"%s\"">:$placeholder, TFG_DefaultInt<"3">:$summarize);
  let results = (outs TFG_StringTensor:$output);
}

class TFG_RawDecoder<string name, string what, dag more> : TFG_Node<name, [Pure, TFG_InferShapes]> {
  let summary = what;
  let description = what # [{: a new last dimension. Without `little_endian` the bytes of each
    number are turned around.

    ```mlir
    %y = tfg.DecodeRaw(%x) : (tensor<2x!tfg.string>) -> tensor<2x?xf32> name("y")
    ```
  }];
  let arguments = !con((ins TFG_StringTensor:$bytes), more,
                       (ins Variadic<TFG_Control>:$ctls, TFG_DefaultBool<"true">:$little_endian));
  let results = (outs TFG_Tensor:$output);
}
def TFG_DecodeRawOp : TFG_RawDecoder<"DecodeRaw", "the bytes of each string as numbers", (ins)>;
def TFG_DecodePaddedRawOp : TFG_RawDecoder<"DecodePaddedRaw",
    "`fixed_length` bytes of each string, cut or filled with zeros, as numbers",
    (ins TFG_Int32Tensor:$fixed_length)>;

//===----------------------------------------------------------------------===//
// From several strings to one
//===----------------------------------------------------------------------===//

def TFG_StringJoinOp : TFG_Elementwise<"StringJoin", []> {
  let summary = "the strings of all inputs behind each other";
  let description = [{
    Element by element, with `separator` between them; scalars are repeated.

    ```mlir
    %y = tfg.StringJoin(%a, %b) {separator = "/"}
         : (tensor<!tfg.string>, tensor<2x!tfg.string>) -> tensor<2x!tfg.string> name("y")
    ```
  }];
  let arguments = (ins Variadic<AnyTypeOf<[TFG_StringTensor, TFG_Control]>>:$args,
                       TFG_DefaultStr<"\"\"">:$separator);
  let results = (outs TFG_StringTensor:$output);
}

def TFG_ReduceJoinOp : TFG_Node<"ReduceJoin", [Pure, TFG_InferShapes]> {
  let summary = "the strings along dimensions behind each other";
  let description = [{
    In the order in which `reduction_indices` names the dimensions, the last of
    them counted fastest.

    ```mlir
    %y = tfg.ReduceJoin(%x, %axes) {separator = " "}
         : (tensor<2x3x!tfg.string>, tensor<1xi32>) -> tensor<2x!tfg.string> name("y")
    ```
  }];
  let arguments = (ins TFG_StringTensor:$inputs, TFG_Int32Tensor:$reduction_indices,
                       Variadic<TFG_Control>:$ctls, TFG_DefaultBool<"false">:$keep_dims,
                       TFG_DefaultStr<"\"\"">:$separator);
  let results = (outs TFG_StringTensor:$output);
}

def TFG_UnsortedSegmentJoinOp : TFG_Node<"UnsortedSegmentJoin", [Pure, TFG_InferShapes]> {
  let summary = "the strings of each segment behind each other";
  let description = [{
    The shape of `segment_ids` begins that of `inputs`; slices with a negative
    id belong nowhere.

    ```mlir
    %y = tfg.UnsortedSegmentJoin(%x, %ids, %n)
         : (tensor<4x!tfg.string>, tensor<4xi32>, tensor<i32>) -> tensor<?x!tfg.string> name("y")
    ```
  }];
  let arguments = (ins TFG_StringTensor:$inputs, TFG_IndexTensor:$segment_ids,
                       TFG_IndexTensor:$num_segments, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultStr<"\"\"">:$separator);
  let results = (outs TFG_StringTensor:$output);
}

//===----------------------------------------------------------------------===//
// From one string to several
//===----------------------------------------------------------------------===//

class TFG_StringSplit<string name, string what, dag more, dag attributes>
    : TFG_StatedShapes<name, "{{-1, 2}, {-1}, {2}}"> {
  let summary = what;
  let description = what # [{, as a sparse matrix with a row for each string of the input vector.

    ```mlir
    %i, %v, %s = tfg.StringSplitV2(%x, %sep) : (tensor<2x!tfg.string>, tensor<!tfg.string>)
                 -> (tensor<?x2xi64>, tensor<?x!tfg.string>, tensor<2xi64>) name("y")
    ```
  }];
  let arguments = !con((ins TFG_StringTensor:$input), more, (ins Variadic<TFG_Control>:$ctls),
                       attributes);
  let results = (outs TFG_Int64Tensor:$indices, TFG_StringTensor:$values, TFG_Int64Tensor:$shape);
}
def TFG_StringSplitOp : TFG_StringSplit<"StringSplit",
    "the parts between the characters of `delimiter` (empty: all bytes)",
    (ins TFG_StringTensor:$delimiter), (ins TFG_DefaultBool<"true">:$skip_empty)>;
def TFG_StringSplitV2Op : TFG_StringSplit<"StringSplitV2",
    "the parts between the strings `sep` (empty: white space)",
    (ins TFG_StringTensor:$sep), (ins TFG_DefaultInt<"-1">:$maxsplit)>;

def TFG_StringNGramsOp : TFG_StatedShapes<"StringNGrams",
    "{{-1}, {knownDim(getDataSplits(), 0)}}"> {
  let summary = "the n-grams of sequences of tokens";
  let description = [{
    `data` and `data_splits` are a ragged matrix of tokens; so are the results.
    Each row gets, for each of `ngram_widths`, its runs of so many tokens, joined
    by `separator`, with up to `pad_width` tokens of padding at its ends
    (-1: as many as make sense).

    ```mlir
    %n, %s = tfg.StringNGrams(%data, %splits) {separator = " ", ngram_widths = [2], left_pad = "",
               right_pad = "", pad_width = 0 : i64, preserve_short_sequences = false}
             : (tensor<5x!tfg.string>, tensor<3xi64>) -> (tensor<?x!tfg.string>, tensor<3xi64>) name("y")
    ```
  }];
  let arguments = (ins TFG_StringTensor:$data, TFG_IndexTensor:$data_splits,
                       Variadic<TFG_Control>:$ctls, StrAttr:$separator,
                       TFG_IntListAttr:$ngram_widths, StrAttr:$left_pad, StrAttr:$right_pad,
                       I64Attr:$pad_width, BoolAttr:$preserve_short_sequences);
  let results = (outs TFG_StringTensor:$ngrams, TFG_IndexTensor:$ngrams_splits);
}

class TFG_UnicodeDecoder<string name, string shapes, string what, dag outputs>
    : TFG_StatedShapes<name, shapes> {
  let summary = what;
  let description = what # [{, as a ragged matrix with a row a string. `errors` says what
    ill-formed text becomes: an error, `replacement_char`, or nothing.

    ```mlir
    %s, %c = tfg.UnicodeDecode(%x) {input_encoding = "UTF-8"}
             : (tensor<2x!tfg.string>) -> (tensor<3xi64>, tensor<?xi32>) name("y")
    ```
  }];
  let arguments = (ins TFG_StringTensor:$input, Variadic<TFG_Control>:$ctls,
                       StrAttr:$input_encoding, TFG_DefaultStr<"\"replace\"">:$errors,
                       TFG_DefaultInt<"65533">:$replacement_char,
                       TFG_DefaultBool<"false">:$replace_control_characters);
  let results = outputs;
}
def TFG_UnicodeDecodeOp : TFG_UnicodeDecoder<"UnicodeDecode", "{{-1}, {-1}}",
    "the characters of each string",
    (outs TFG_IndexTensor:$row_splits, TFG_Int32Tensor:$char_values)>;
def TFG_UnicodeDecodeWithOffsetsOp : TFG_UnicodeDecoder<"UnicodeDecodeWithOffsets",
    "{{-1}, {-1}, {-1}}", "the characters of each string and the bytes where they start",
    (outs TFG_IndexTensor:$row_splits, TFG_Int32Tensor:$char_values,
          TFG_Int64Tensor:$char_to_byte_starts)>;

def TFG_UnicodeEncodeOp : TFG_StatedShapes<"UnicodeEncode", "{{-1}}"> {
  let summary = "strings of a ragged matrix of characters";
  let description = [{
    ```mlir
    %y = tfg.UnicodeEncode(%c, %s) {output_encoding = "UTF-8"}
         : (tensor<5xi32>, tensor<3xi64>) -> tensor<?x!tfg.string> name("y")
    ```
  }];
  let arguments = (ins TFG_Int32Tensor:$input_values, TFG_IndexTensor:$input_splits,
                       Variadic<TFG_Control>:$ctls, StrAttr:$output_encoding,
                       TFG_DefaultStr<"\"replace\"">:$errors,
                       TFG_DefaultInt<"65533">:$replacement_char);
  let results = (outs TFG_StringTensor:$output);
}

#endif // FIRN_IR_TFGSTRINGOPS_TD
