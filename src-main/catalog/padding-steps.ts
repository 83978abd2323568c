/**
 * Which steps of a batch of sequences are padding. An embedding tells it of what it gives; layers that keep the steps in
 * their places hand it on, and global pooling and attention leave padding out; recurrent layers read it as what it is, zeros. What changes the
 * steps ends it. It is told of a tensor's data, so that it lasts through a copy of the tensor.
 */
import type * as tensorflow from '@tensorflow/tfjs';

const present = new WeakMap<object, tensorflow.Tensor2D>();

/** @param steps float32 `[batch, steps]`: 1 where a step is real, 0 where it is padding. */
export function markPresent(values: tensorflow.Tensor, steps: tensorflow.Tensor2D): void {
  present.set(values.dataId, steps);
}

/**
 * @param values `[batch, steps, features]`.
 * @returns float32 `[batch, steps]`, 1 where a step is real; null where all are, as far as is known.
 */
export function presentSteps(values: tensorflow.Tensor): tensorflow.Tensor2D | null {
  const steps = present.get(values.dataId);
  // Data that was laid out anew has other steps.
  return steps && values.rank === 3 && steps.shape[1] === values.shape[1] ? steps : null;
}

/** Says of the output what was said of the input; each step of one must come from that step of the other. */
export function keepPresent(input: tensorflow.Tensor, output: tensorflow.Tensor): tensorflow.Tensor {
  const steps = presentSteps(input);
  if (steps && output !== input) markPresent(output, steps);
  return output;
}

/** A layer of tfjs that hands on which steps are padding. */
export function keepingPresent<L extends tensorflow.layers.Layer>(layer: L): L {
  const call = layer.call.bind(layer);
  layer.call = (inputs, kwargs) => {
    const output = call(inputs, kwargs);
    const input = Array.isArray(inputs) ? inputs[0] : inputs;
    return input && !Array.isArray(output) ? keepPresent(input, output) : output;
  };
  return layer;
}
