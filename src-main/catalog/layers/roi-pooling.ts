/**
 * Pooling of regions of interest by RoIAlign (He et al. 2017, Mask R-CNN), as torchvision's with `aligned`: bilinear samples
 * between pixels instead of whole ones, so that boxes get gradients too. Along each side a sample is a sum of the pixels
 * beside it, so that all of them are two products with sparse weights: ops that every backend has, and that can be recorded.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Shape } from '../../contract';
import { defineMergingLayer, type ShapeProblem, type TensorFlow } from '../definitions';
import { integer } from '../fields';
import { fullShape, withoutParameters } from '../merging';
import { ownJoiningLayer } from '../own-layer';
import { pictureShape } from '../shapes';

const nothing: Shape = [];

const side = (label: { readonly en: string; readonly zh: string }) =>
  integer({
    label,
    help: { en: 'Cells that each box is cut into along this side.', zh: '每个框沿该边分成多少格。' },
    default: 3,
    minimum: 1,
    maximum: 64,
  });

export const definition = defineMergingLayer({
  id: 'roi-pooling',
  label: { en: 'Region pooling (RoIAlign)', zh: '区域池化（RoIAlign）' },
  help: {
    en: 'Cuts boxes out of a picture or feature map, each brought to the same size, so that what follows can look at every box alike. Boxes are top, left, bottom, right, as shares of the height and width from 0 to 1.',
    zh: '从图片或特征图中剪出各个框，并统一为相同大小，使后面的层能同样查看每个框。框为上、左、下、右，以高和宽的比例（0 到 1）表示。',
  },
  formula:
    'y[n, p, q] = mean of bilinear samples of x in cell (p, q) of box n; a sample at (r, s) is Σ x[i, j] · max(0, 1 − |r − i|) · max(0, 1 − |s − j|)',
  glyph: 'scan-search',
  group: 'pooling',
  inputs: { minimum: 2, maximum: 2 },
  inputNames: [
    { en: 'Feature map', zh: '特征图' },
    { en: 'Boxes', zh: '框' },
  ],
  fields: {
    rows: side({ en: 'Rows', zh: '行数' }),
    columns: side({ en: 'Columns', zh: '列数' }),
    samples: integer({
      label: { en: 'Samples per side of a cell', zh: '每格每边采样数' },
      help: {
        en: 'How many places of a cell are read along each side; their mean is the cell.',
        zh: '每格沿每条边读取多少个位置；它们的平均值就是该格的值。',
      },
      default: 2,
      minimum: 1,
      maximum: 8,
      advanced: true,
    }),
  },
  summary: ({ rows, columns }) => ({ en: `${rows} × ${columns} per box`, zh: `每框 ${rows} × ${columns}` }),
  outputShape({ rows, columns }, [map = nothing, boxes = nothing]) {
    const picture = pictureShape(map);
    if ('problem' in picture) return picture;
    const [count] = boxes;
    if (boxes.length !== 2 || count === undefined || boxes[1] !== 4) return noBoxes(boxes);
    return [count, rows, columns, picture.channels];
  },
  parameters: withoutParameters,
  multiplyAdds({ rows, columns }, [[height = 0, width = 0, channels = 0] = nothing, [count = 0] = nothing]) {
    return count * rows * channels * width * (height + columns);
  },
  build: (tf, values, context) =>
    ownJoiningLayer(tf, context, {
      className: 'RegionPooling',
      outputShape: ([map = nothing, boxes = nothing]) => [boxes[0] ?? 0, values.rows, values.columns, map[2] ?? 0],
      call([map, boxes]) {
        if (!map || !boxes) throw new Error('Region pooling was called without a feature map and boxes');
        return pooledRegions(tf, map, boxes, values);
      },
    }),
  example: {
    inputs: [
      [5, 4, 2],
      [3, 4],
    ],
    fields: { rows: 2, columns: 3 },
  },
});

function noBoxes(shape: Shape): ShapeProblem {
  const size = shape.reduce((product, length) => product * length, 1);
  const problem = {
    en: `The second input must be boxes × 4 numbers, but has the shape ${fullShape(shape)}.`,
    zh: `第二个输入必须是“框数 × 4 个数”，但形状是 ${fullShape(shape)}。`,
  };
  if (size === 0 || size % 4 !== 0) return { problem };
  const label = { en: 'Put Reshape into branch 2', zh: '在第 2 个分支中加“重排”' };
  return { problem, repair: { label, insertBefore: 'reshape', fields: { steps: size / 4 }, on: 1 } };
}

interface Cells {
  readonly rows: number;
  readonly columns: number;
  readonly samples: number;
}

/** @param map `[batch, height, width, channels]`. @param boxes `[batch, boxes, 4]`. @returns `[batch, boxes, rows, columns, channels]` */
function pooledRegions(
  tf: TensorFlow,
  map: tensorflow.Tensor,
  boxes: tensorflow.Tensor,
  { rows, columns, samples }: Cells,
): tensorflow.Tensor {
  const [batch = 0, height = 0, width = 0, channels = 0] = map.shape;
  const [, count = 0] = boxes.shape;
  const down = pixelWeights(tf, boxes, { first: 0, size: height, cells: rows, samples });
  const across = pixelWeights(tf, boxes, { first: 1, size: width, cells: columns, samples });
  const lines = tf.matMul(down.reshape([batch, count * rows, height]), map.reshape([batch, height, width * channels]));
  const turned = tf.transpose(lines.reshape([batch, count, rows, width, channels]), [0, 1, 3, 2, 4]);
  const cells = tf.matMul(
    across.reshape([batch * count, columns, width]),
    turned.reshape([batch * count, width, rows * channels]),
  );
  return tf.transpose(cells.reshape([batch, count, columns, rows, channels]), [0, 1, 3, 2, 4]);
}

interface Along {
  /** Which number of a box is its beginning; its end is two further. */
  readonly first: 0 | 1;
  /** Pixels along the side. */
  readonly size: number;
  readonly cells: number;
  readonly samples: number;
}

/** How much of each pixel a cell takes along one side: `[batch, boxes, cells, size]`, each row adding up to 1. */
function pixelWeights(tf: TensorFlow, boxes: tensorflow.Tensor, { first, size, cells, samples }: Along) {
  const [batch = 0, count = 0] = boxes.shape;
  const start = tf.slice(boxes, [0, 0, first], [batch, count, 1]);
  const end = tf.slice(boxes, [0, 0, first + 2], [batch, count, 1]);
  const places = cells * samples;
  const shares = tf.tensor(
    Float32Array.from({ length: places }, (_, at) => (at + 0.5) / places),
    [1, 1, places],
  );
  const inside = tf.add(start, tf.mul(tf.sub(end, start), shares));
  // The middle of the first pixel is at half a pixel; beyond the middles of the outermost ones is what those are.
  const pixels = tf.clipByValue(tf.sub(tf.mul(inside, size), 0.5), 0, size - 1);
  const centres = tf.tensor(
    Float32Array.from({ length: size }, (_, at) => at),
    [1, 1, 1, size],
  );
  const distance = tf.abs(tf.sub(pixels.reshape([batch, count, places, 1]), centres));
  const weights = tf.relu(tf.sub(1, distance));
  return tf.mean(weights.reshape([batch, count, cells, samples, size]), 3);
}
