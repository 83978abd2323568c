/**
 * What a network that finds boxes is trained by: the focal loss that takes off for cells near a middle (Law and Deng, "CornerNet",
 * ECCV 2018), and generalized intersection over union (Rezatofighi et al., CVPR 2019) where a box is near.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { TensorFlow } from '../definition-parts';

/** Powers of the focal loss: of how wrong a cell is, and of how far from a middle. */
const FOCUS = 2;
const FALL = 4;
/** Keeps logarithms and quotients finite. */
const SMALL = 1e-7;

/**
 * −Σ (1−p)² log p at middles, −Σ (1−h)⁴ p² log(1−p) elsewhere, p the logits' sigmoid and h the map that is wanted, by the
 * number of boxes.
 * @param logits and @param heat `[batch, rows, columns, classes]`. @param count of boxes in the batch.
 */
export function heatLoss(
  tf: TensorFlow,
  logits: tensorflow.Tensor4D,
  heat: tensorflow.Tensor4D,
  count: number,
): tensorflow.Scalar {
  // log σ(x) = −softplus(−x), log(1−σ(x)) = −softplus(x): exact where σ is all but 0 or 1.
  const probability = tf.sigmoid(logits);
  const isMiddle = tf.cast(tf.greaterEqual(heat, 1), 'float32');
  const missed = tf.mul(tf.pow(tf.sub(1, probability), FOCUS), tf.softplus(tf.neg(logits)));
  const wrong = tf.mul(tf.mul(tf.pow(tf.sub(1, heat), FALL), tf.pow(probability, FOCUS)), tf.softplus(logits));
  const both = tf.add(tf.mul(isMiddle, missed), tf.mul(tf.sub(1, isMiddle), wrong));
  return tf.div(tf.sum(both), Math.max(1, count));
}

/**
 * Σ weight · (1 − GIoU) by the number of boxes.
 * @param codes what cells say, `[batch, rows, columns, 4]`, see `encodeBox`. @param boxes and @param weights as `cellTargets` gives them.
 */
export function boxLoss(
  tf: TensorFlow,
  codes: tensorflow.Tensor4D,
  boxes: tensorflow.Tensor4D,
  weights: tensorflow.Tensor3D,
  count: number,
): tensorflow.Scalar {
  const [, rows, columns] = codes.shape;
  const part = (of: tensorflow.Tensor4D, place: number) =>
    tf.squeeze<tensorflow.Tensor3D>(tf.slice(of, [0, 0, 0, place], [-1, -1, -1, 1]), [3]);
  const across = tf.reshape(tf.add(tf.range(0, columns), 0.5), [1, 1, columns]);
  const down = tf.reshape(tf.add(tf.range(0, rows), 0.5), [1, rows, 1]);
  const said = {
    x: tf.add(part(codes, 0), across),
    y: tf.add(part(codes, 1), down),
    width: tf.exp(tf.clipByValue(part(codes, 2), -5, 5)),
    height: tf.exp(tf.clipByValue(part(codes, 3), -5, 5)),
  };
  const there = { x: part(boxes, 0), y: part(boxes, 1), width: part(boxes, 2), height: part(boxes, 3) };
  const loss = tf.sub(1, generalizedOverlap(tf, said, there));
  return tf.div(tf.sum(tf.mul(loss, weights)), Math.max(1, count));
}

interface Boxes {
  readonly x: tensorflow.Tensor;
  readonly y: tensorflow.Tensor;
  readonly width: tensorflow.Tensor;
  readonly height: tensorflow.Tensor;
}

/** IoU − (hull − union) / hull, the hull being the smallest box around both. @param one and @param other by their middles. */
function generalizedOverlap(tf: TensorFlow, one: Boxes, other: Boxes): tensorflow.Tensor {
  const along = (axis: 'x' | 'y', side: 'width' | 'height') => {
    const ends = [one, other].map((box) => {
      const half = tf.div(box[side], 2);
      return { low: tf.sub(box[axis], half), high: tf.add(box[axis], half) };
    });
    const [first, second] = ends;
    if (!first || !second) throw new Error('There are two boxes');
    return {
      both: tf.relu(tf.sub(tf.minimum(first.high, second.high), tf.maximum(first.low, second.low))),
      hull: tf.sub(tf.maximum(first.high, second.high), tf.minimum(first.low, second.low)),
    };
  };
  const [horizontal, vertical] = [along('x', 'width'), along('y', 'height')];
  const both = tf.mul(horizontal.both, vertical.both);
  const areas = tf.add(tf.mul(one.width, one.height), tf.mul(other.width, other.height));
  const union = tf.add(tf.sub(areas, both), SMALL);
  const hull = tf.add(tf.mul(horizontal.hull, vertical.hull), SMALL);
  return tf.sub(tf.div(both, union), tf.div(tf.sub(hull, union), hull));
}
