/** Other names that people look for layers by: those of other libraries, of papers and of everyday speech. */
import { trans } from '../translation';

/** The names for each class, separated by commas; a translation may list those of its language instead. */
export function aliases(): { [class_name: string]: string } {
  return {
    InputLayer: trans.__('input, placeholder, data'),
    Dense: trans.__('fully connected, linear, perceptron, FC, MLP'),
    Activation: trans.__('nonlinearity, transfer function'),
    ReLU: trans.__('rectifier, rectified linear unit'),
    Softmax: trans.__('probabilities, classifier'),
    Embedding: trans.__('word vectors, lookup table'),
    Lambda: trans.__('function, custom code'),
    Flatten: trans.__('vector, unroll, one-dimensional'),
    Reshape: trans.__('view, change shape'),
    Permute: trans.__('transpose, swap axes'),
    RepeatVector: trans.__('tile, repeat'),
    Add: trans.__('residual, skip connection, shortcut, sum, plus'),
    Subtract: trans.__('minus, difference'),
    Multiply: trans.__('product, times, gate'),
    Average: trans.__('mean, ensemble'),
    Concatenate: trans.__('concat, join, merge, combine'),
    Conv1D: trans.__('temporal convolution, CNN'),
    Conv2D: trans.__('convolution, CNN, image filter'),
    Conv2DTranspose: trans.__('deconvolution, transposed convolution, upconv'),
    DepthwiseConv2D: trans.__('depthwise convolution'),
    SeparableConv2D: trans.__('separable convolution, Xception'),
    UpSampling2D: trans.__('upscale, resize, interpolate'),
    MaxPooling2D: trans.__('max pool, subsampling, downsample'),
    AveragePooling2D: trans.__('average pool, mean pooling'),
    GlobalAveragePooling2D: trans.__('global average pool, GAP'),
    GlobalMaxPooling2D: trans.__('global max pool'),
    ZeroPadding2D: trans.__('padding, pad'),
    Cropping2D: trans.__('crop, cut'),
    LSTM: trans.__('long short-term memory, recurrent, RNN, sequence'),
    GRU: trans.__('gated recurrent unit'),
    SimpleRNN: trans.__('vanilla RNN, Elman'),
    Bidirectional: trans.__('biLSTM, both directions'),
    TimeDistributed: trans.__('time distributed, each step'),
    MultiHeadAttention: trans.__(
      'self attention, self-attention, transformer, cross attention, MHA'
    ),
    Attention: trans.__('dot-product attention, Luong'),
    AdditiveAttention: trans.__('Bahdanau'),
    BatchNormalization: trans.__(
      'normalise, normalize, batch norm, batchnorm, BN'
    ),
    LayerNormalization: trans.__('normalise, normalize, layer norm, layernorm'),
    GroupNormalization: trans.__('normalise, normalize, group norm'),
    Normalization: trans.__('normalise, normalize, standardise, standardize'),
    Rescaling: trans.__('normalise, normalize, scale pixels, divide by 255'),
    Dropout: trans.__('regularise, regularize, overfitting'),
    GaussianNoise: trans.__('noise, jitter'),
    Masking: trans.__('ignore padding, mask'),
    RandomFlip: trans.__('augmentation, mirror'),
    RandomRotation: trans.__('augmentation, rotate'),
    RandomZoom: trans.__('augmentation, zoom'),
    TextVectorization: trans.__('tokenizer, tokenise, tokenize, words, text'),
    StringLookup: trans.__('vocabulary, categories'),
    CategoryEncoding: trans.__('one-hot, one hot, dummies'),
    Discretization: trans.__('bins, buckets'),
    LeakyReLU: trans.__('leaky rectifier'),
    PReLU: trans.__('parametric rectifier')
  };
}
