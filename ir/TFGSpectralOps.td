//===- TFGSpectralOps.td - Fourier transforms and spectra -----------------===//
//
// Discrete Fourier transforms over the last dimensions, and what speech models start
// with. The runtime computes them (backend/runtime/routines).
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGSPECTRALOPS_TD
#define FIRN_IR_TFGSPECTRALOPS_TD

include "ir/TFGBase.td"

//===----------------------------------------------------------------------===//
// Fourier transforms
//===----------------------------------------------------------------------===//

def TFG_FFTOp : TFG_Node<"FFT", [Pure, TFG_InferShapes]> {
  let summary = "Fourier transform over the last dimension";
  let description = [{
    ```mlir
    %r = tfg.FFT(%input) : (tensor<8xcomplex<f32>>) -> tensor<8xcomplex<f32>>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_IFFTOp : TFG_Node<"IFFT", [Pure, TFG_InferShapes]> {
  let summary = "inverse Fourier transform over the last dimension";
  let description = [{
    Divided by the number of elements.

    ```mlir
    %r = tfg.IFFT(%input) : (tensor<8xcomplex<f32>>) -> tensor<8xcomplex<f32>>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_RFFTOp : TFG_Node<"RFFT", [Pure, TFG_InferShapes]> {
  let summary = "Fourier transform of real numbers over the last dimension";
  let description = [{
    Of the first `fft_length` elements; the spectrum is given to its middle.

    ```mlir
    %r = tfg.RFFT(%input, %fft_length) : (tensor<8xf32>, tensor<1xi32>) -> tensor<5xcomplex<f32>>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$fft_length,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_IRFFTOp : TFG_Node<"IRFFT", [Pure, TFG_InferShapes]> {
  let summary = "inverse of RFFT";
  let description = [{
    Gives `fft_length` elements.

    ```mlir
    %r = tfg.IRFFT(%input, %fft_length) : (tensor<5xcomplex<f32>>, tensor<1xi32>) -> tensor<8xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$fft_length,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_FFT2DOp : TFG_Node<"FFT2D", [Pure, TFG_InferShapes]> {
  let summary = "Fourier transform over the last two dimensions";
  let description = [{
    ```mlir
    %r = tfg.FFT2D(%input) : (tensor<4x8xcomplex<f32>>) -> tensor<4x8xcomplex<f32>>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_IFFT2DOp : TFG_Node<"IFFT2D", [Pure, TFG_InferShapes]> {
  let summary = "inverse Fourier transform over the last two dimensions";
  let description = [{
    Divided by the number of elements.

    ```mlir
    %r = tfg.IFFT2D(%input) : (tensor<4x8xcomplex<f32>>) -> tensor<4x8xcomplex<f32>>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_RFFT2DOp : TFG_Node<"RFFT2D", [Pure, TFG_InferShapes]> {
  let summary = "Fourier transform of real numbers over the last two dimensions";
  let description = [{
    Of the first `fft_length` elements; the spectrum is given to its middle.

    ```mlir
    %r = tfg.RFFT2D(%input, %fft_length) : (tensor<4x8xf32>, tensor<2xi32>) -> tensor<4x5xcomplex<f32>>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$fft_length,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_IRFFT2DOp : TFG_Node<"IRFFT2D", [Pure, TFG_InferShapes]> {
  let summary = "inverse of RFFT2D";
  let description = [{
    Gives `fft_length` elements.

    ```mlir
    %r = tfg.IRFFT2D(%input, %fft_length) : (tensor<4x5xcomplex<f32>>, tensor<2xi32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$fft_length,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_FFT3DOp : TFG_Node<"FFT3D", [Pure, TFG_InferShapes]> {
  let summary = "Fourier transform over the last three dimensions";
  let description = [{
    ```mlir
    %r = tfg.FFT3D(%input) : (tensor<4x4x8xcomplex<f32>>) -> tensor<4x4x8xcomplex<f32>>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_IFFT3DOp : TFG_Node<"IFFT3D", [Pure, TFG_InferShapes]> {
  let summary = "inverse Fourier transform over the last three dimensions";
  let description = [{
    Divided by the number of elements.

    ```mlir
    %r = tfg.IFFT3D(%input) : (tensor<4x4x8xcomplex<f32>>) -> tensor<4x4x8xcomplex<f32>>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_RFFT3DOp : TFG_Node<"RFFT3D", [Pure, TFG_InferShapes]> {
  let summary = "Fourier transform of real numbers over the last three dimensions";
  let description = [{
    Of the first `fft_length` elements; the spectrum is given to its middle.

    ```mlir
    %r = tfg.RFFT3D(%input, %fft_length) : (tensor<4x4x8xf32>, tensor<3xi32>) -> tensor<4x4x5xcomplex<f32>>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$fft_length,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

def TFG_IRFFT3DOp : TFG_Node<"IRFFT3D", [Pure, TFG_InferShapes]> {
  let summary = "inverse of RFFT3D";
  let description = [{
    Gives `fft_length` elements.

    ```mlir
    %r = tfg.IRFFT3D(%input, %fft_length) : (tensor<4x4x5xcomplex<f32>>, tensor<3xi32>) -> tensor<4x4x8xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, TFG_Tensor:$fft_length,
                       Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$output);
}

//===----------------------------------------------------------------------===//
// Audio
//===----------------------------------------------------------------------===//

def TFG_AudioSpectrogramOp : TFG_Node<"AudioSpectrogram", [Pure, TFG_InferShapes]> {
  let summary = "magnitudes of the spectra of overlapping pieces of a signal";
  let description = [{
    From [samples, channels] to [channels, pieces, frequencies]; pieces are weighted by a
    Hann window and padded to a power of two.

    ```mlir
    %r = tfg.AudioSpectrogram(%input) {stride = 160, window_size = 320} : (tensor<16000x1xf32>) -> tensor<1x99x257xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$input, Variadic<TFG_Control>:$ctls, I64Attr:$window_size,
                       I64Attr:$stride, TFG_DefaultBool<"false">:$magnitude_squared);
  let results = (outs TFG_Tensor:$spectrogram);
  let hasVerifier = 1;
}

def TFG_MfccOp : TFG_Node<"Mfcc", [Pure, TFG_InferShapes]> {
  let summary = "mel-frequency cepstral coefficients of spectra";
  let description = [{
    Of squared magnitudes: [channels, pieces, frequencies].

    ```mlir
    %r = tfg.Mfcc(%spectrogram, %sample_rate) : (tensor<1x99x257xf32>, tensor<i32>) -> tensor<1x99x13xf32>
    ```
  }];
  let arguments = (ins TFG_Tensor:$spectrogram, TFG_Tensor:$sample_rate,
                       Variadic<TFG_Control>:$ctls,
                       TFG_DefaultFloat<"4000.0f">:$upper_frequency_limit,
                       TFG_DefaultFloat<"20.0f">:$lower_frequency_limit,
                       TFG_DefaultInt<"40">:$filterbank_channel_count,
                       TFG_DefaultInt<"13">:$dct_coefficient_count);
  let results = (outs TFG_Tensor:$output);
}

#endif // FIRN_IR_TFGSPECTRALOPS_TD
