/** Whether the weights of one network fit another: layer by layer, those without weights left out. */
import type { CheckedLayer, CheckedNetwork } from './network';

export interface LayerDifference {
  /** Of the network that is to get the weights; of the other where this one has fewer layers. */
  readonly layer: string;
  /** `dense, 128 parameters`, or `–` where there is none. */
  readonly was: string;
  readonly is: string;
}

/** The first layer whose weights have another shape; null where all fit. */
export function firstLayerDifference(before: CheckedNetwork, after: CheckedNetwork): LayerDifference | null {
  const [was, is] = [before, after].map(({ layers }) =>
    layers.filter(({ parameters: p }) => p.trainable + p.fixed > 0),
  );
  const count = Math.max(was?.length ?? 0, is?.length ?? 0);
  for (let at = 0; at < count; at += 1) {
    const [one, other] = [was?.[at], is?.[at]];
    if (one && other && weightsOf(one) === weightsOf(other)) continue;
    return { layer: other?.id ?? one?.id ?? '', was: wordsOf(one), is: wordsOf(other) };
  }
  return null;
}

/** Layers of one kind with as many weights over the last axis of what they take, and as many outputs, have the same shapes. */
function weightsOf({ definition, parameters, inputShapes, outputShape }: CheckedLayer): string {
  const channels = [...(inputShapes ?? []), outputShape].map((shape) => shape?.at(-1) ?? 0);
  return JSON.stringify([definition?.id, parameters.trainable + parameters.fixed, channels]);
}

function wordsOf(layer: CheckedLayer | undefined): string {
  if (!layer) return '–';
  const { definition, parameters, outputShape } = layer;
  return `${definition?.id ?? ''} ${(outputShape ?? []).join('×')} (${parameters.trainable + parameters.fixed})`;
}
