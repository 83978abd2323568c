/** What the frozen backbone of the box finder makes of pictures: maps of three sizes, without training. */
import { layers } from '../../catalog';
import { efficientNetLite0 } from '../../catalog/efficientnet-stack';
import type { PictureSize } from '../../catalog/picture-frame';
import { mapLevels, mapShape, mapWeights, runMaps } from '../../catalog/picture-maps';
import type { Shape } from '../../contract';
import { pretrainedFrom } from '../pretrained';
import type { TensorFlow } from '../tf';

/** Finest cells: 8 × 8 pixels; of 4 × 4 there would be four times as many, which know less of what they see. */
const FINEST = 8;
const levels = mapLevels(efficientNetLite0, FINEST);

/** Sides of pictures are multiples of it. */
export const coarsestStride = Math.max(...levels.map(({ stride }) => stride));

/** Shapes of the maps of one picture, the finest first. */
export function mapShapes(size: PictureSize): Shape[] {
  return levels.map((level) => mapShape(level, size));
}

/** Values of all maps of one picture. */
export function mapValues(size: PictureSize): number {
  return mapShapes(size).reduce((sum, shape) => sum + shape.reduce((product, side) => product * side, 1), 0);
}

export interface FeatureMaps {
  /** @param pixels of pictures, `height × width × 3` each. @returns picture by picture its maps, the finest first. */
  of(pixels: Uint8Array, count: number): Promise<Float32Array>;
  dispose(): void;
}

/** @param size of all pictures, multiples of `coarsestStride`. @throws CodedError `pretrained-unreadable` */
export function openFeatureMaps(tf: TensorFlow, resources: string, size: PictureSize): FeatureMaps {
  const { pretrained } = layers.get('efficientnet-lite0');
  if (!pretrained) throw new Error('EfficientNet-Lite0 has no weights');
  const weights = mapWeights(tf, efficientNetLite0, levels, pretrainedFrom(resources).read(pretrained));
  return {
    async of(pixels, count) {
      const made = tf.tidy(() => {
        const given = tf.tensor4d(pixels, [count, size.height, size.width, 3], 'float32');
        const maps = runMaps(tf, efficientNetLite0, levels, weights, given);
        return tf.concat2d(
          maps.map((map) => tf.reshape(map, [count, -1])),
          1,
        );
      });
      try {
        return await made.data<'float32'>();
      } finally {
        made.dispose();
      }
    },
    dispose() {
      for (const [kernel, bias] of weights) {
        kernel.dispose();
        bias.dispose();
      }
    },
  };
}
