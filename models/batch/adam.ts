/**
 * Adam: steps of about the same size for every parameter, whatever the scale of its gradient.
 *
 * Source: Kingma & Ba 2015, algorithm 1; Loshchilov & Hutter 2019 (decay of weights apart from the gradient).
 */

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

export interface Adam {
  /** Moves the parameters against the gradient. @param decays which of them are pulled to zero */
  step(parameters: Float64Array, gradient: Float64Array, decays: Uint8Array): void;
}

/** @param decay share of the step by which a weight shrinks */
export function adam(size: number, rate: number, decay: number): Adam {
  const means = new Float64Array(size);
  const squares = new Float64Array(size);
  let power1 = 1;
  let power2 = 1;
  return {
    step(parameters, gradient, decays) {
      power1 *= beta1;
      power2 *= beta2;
      const scale = rate / (1 - power1);
      const root = 1 / Math.sqrt(1 - power2);
      for (let i = 0; i < size; i += 1) {
        const g = gradient[i]!;
        means[i] = beta1 * means[i]! + (1 - beta1) * g;
        squares[i] = beta2 * squares[i]! + (1 - beta2) * g * g;
        const shrunk = decays[i] === 1 ? rate * decay * parameters[i]! : 0;
        parameters[i]! -= shrunk + (scale * means[i]!) / (Math.sqrt(squares[i]!) * root + epsilon);
      }
    },
  };
}
