/**
 * Networks for pictures of any size, and for spectrograms, which are pictures of sounds. All but the last layers see small
 * windows only; how often the picture is halved follows from its smaller side.
 */
import type { LayerSpec, NetworkSpec, Shape } from '../contract';
import { namedLayers } from './block-layers';
import { residualLayers } from './blocks/residual';
import { dense } from './task-parts';

/** Pictures are brought to at most this side before every pixel gets weights of its own. */
const largestFlattened = 32;
/** From this side on, the first convolution moves by two pixels: most of the arithmetic is in the first layers. */
const large = 64;

/** Whether a picture is grey and small, such as a digit. */
export function isSmallGrey([height = 1, width = 1, channels = 1]: Shape): boolean {
  return channels === 1 && height * width <= largestFlattened ** 2;
}

/** Dense 256-128-outputs over all pixels. */
export function denseOverPixels([height = 1, width = 1]: Shape, outputs: number): NetworkSpec {
  const poolSize = Math.min(64, Math.ceil(Math.max(height, width) / largestFlattened));
  const smaller: LayerSpec = {
    id: 'average-pooling2d-1',
    type: 'average-pooling2d',
    fields: { poolSize, padding: 'same' },
  };
  return {
    layers: [
      ...(poolSize > 1 ? [smaller] : []),
      { id: 'flatten-1', type: 'flatten', fields: {} },
      dense(1, 256, 'relu'),
      dense(2, 128, 'relu'),
      dense(3, outputs, 'linear'),
    ],
  };
}

/** Convolution, batch normalization and pooling until the smaller side is at most four pixels; then the outputs. */
export function smallConvolutional([height = 1, width = 1]: Shape, outputs: number): NetworkSpec {
  const side = Math.min(height, width);
  const isLarge = side > large;
  const stages = Math.max(1, halvings(isLarge ? side / 2 : side, 4));
  const convolutions = Array.from({ length: stages }, (_, at) => {
    const filters = Math.min(128, 32 * 2 ** at);
    return [...normalized(at + 1, filters, { stride: at === 0 && isLarge ? 2 : 1 }), pooling(at + 1)];
  });
  return {
    layers: [
      ...convolutions.flat(),
      { id: 'flatten-1', type: 'flatten', fields: {} },
      { id: 'dropout-1', type: 'dropout', fields: { rate: 0.3 } },
      dense(1, outputs, 'linear'),
    ],
  };
}

/**
 * A residual network (He et al. 2015): a convolution, then two to four residual blocks, each but the first halving the
 * picture and doubling the filters, and the mean of each filter over the whole picture in place of dense layers.
 */
export function residualConvolutional([height = 1, width = 1]: Shape, outputs: number): NetworkSpec {
  const side = Math.min(height, width);
  const isLarge = side > large;
  const blocks = Math.min(4, Math.max(2, halvings(isLarge ? side / 4 : side, 8) + 1));
  const layers = [...normalized(1, 32, { stride: isLarge ? 2 : 1 }), ...(isLarge ? [pooling(1)] : [])];
  for (let block = 1, channels = 32; block <= blocks; block += 1) {
    const filters = 32 * 2 ** (block - 1);
    const added = residualLayers({ filters, halve: block > 1 }, channels);
    layers.push(...namedLayers(added, `residual-${block}`, layers.at(-1)?.id ?? ''));
    channels = filters;
  }
  return {
    layers: [
      ...layers,
      { id: 'global-average-pooling2d-1', type: 'global-average-pooling2d', fields: {} },
      { id: 'dropout-1', type: 'dropout', fields: { rate: 0.2 } },
      dense(1, outputs, 'linear'),
    ],
  };
}

/** How often a side must be halved to be no longer than `target`, both in pixels. */
function halvings(side: number, target: number): number {
  return Math.max(0, Math.ceil(Math.log2(side / target)));
}

/** A convolution whose output is normalized before the activation. */
function normalized(number: number, filters: number, { stride }: { readonly stride: number }): LayerSpec[] {
  const convolution = { filters, kernelSize: 3, stride, padding: 'same', activation: 'linear' };
  return [
    { id: `conv2d-${number}`, type: 'conv2d', fields: { ...convolution, initializer: 'he-normal' } },
    { id: `batch-normalization-${number}`, type: 'batch-normalization', fields: {} },
    { id: `activation-${number}`, type: 'activation', fields: { activation: 'relu' } },
  ];
}

/** Halves the picture; the edge is padded, so that any picture can be halved. */
function pooling(number: number): LayerSpec {
  return { id: `max-pooling2d-${number}`, type: 'max-pooling2d', fields: { padding: 'same' } };
}
