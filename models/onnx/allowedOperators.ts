/** Operators that a model may use: arithmetic on numbers, none that branches, reads files, draws numbers or makes text. */

/** Of ONNX itself. */
const plain = `
  Abs Add And ArgMax Cast Clip Concat Constant ConstantOfShape Div Elu Equal Erf Exp Expand Flatten Floor Gather Gelu Gemm Greater
  GreaterOrEqual HardSigmoid Identity IsNaN LayerNormalization LeakyRelu Less LessOrEqual Log LogSoftmax MatMul Max Mean Min Mul Neg
  Not Or PRelu Pow Reciprocal ReduceMax ReduceMean ReduceMin ReduceSum ReduceSumSquare Relu Reshape Round Selu Shape Sigmoid Slice
  Softmax Softplus Split Sqrt Squeeze Sub Sum Tanh Transpose Unsqueeze Where Xor`;

/** Of ai.onnx.ml. */
const learning = `
  ArrayFeatureExtractor Binarizer FeatureVectorizer Imputer LinearClassifier LinearRegressor Normalizer Scaler SVMClassifier
  SVMRegressor TreeEnsemble TreeEnsembleClassifier TreeEnsembleRegressor`;

const words = (text: string) => text.trim().split(/\s+/);

/** As `readOnnx` names them. */
export const allowedOperators: ReadonlySet<string> = new Set([
  ...words(plain),
  ...words(learning).map((operator) => `ai.onnx.ml.${operator}`),
]);
