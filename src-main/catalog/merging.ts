/** What the layers that join branches number by number share: their shapes, and what to do where those don't fit. */
import type { Shape } from '../contract';
import type { Repair, ShapeProblem } from './definitions';

/** How many branches such a layer joins. */
export const branches = { minimum: 2, maximum: 64 } as const;

/** They learn nothing. */
export const withoutParameters = () => ({ trainable: 0, fixed: 0 });

export const fullShape = (shape: Shape) => shape.join(' × ');
const listed = (shapes: readonly Shape[], and: string) => shapes.map(fullShape).join(and);

/**
 * The shape of branches joined number by number. A side of 1 is repeated along the other's, and so are sides that one has
 * not: [32] with [28, 28, 32] is 32 numbers for every pixel, as TensorFlow's broadcasting has it.
 */
function elementwiseShape(inputs: readonly Shape[]): Shape | ShapeProblem {
  const rank = Math.max(...inputs.map((shape) => shape.length));
  const sides = Array.from({ length: rank }, (_, axis) => {
    const along = inputs.map((shape) => shape[axis - (rank - shape.length)] ?? 1).filter((side) => side !== 1);
    return new Set(along).size > 1 ? null : (along[0] ?? 1);
  });
  const shape = sides.filter((side) => side !== null);
  return shape.length === rank ? shape : mismatch(inputs, null);
}

/** What layers have in common that join branches number by number, unless one says otherwise. */
export const elementwise = {
  group: 'merge',
  fields: {},
  inputs: branches,
  summary: () => ({ en: 'number by number', zh: '逐个数' }),
  outputShape: (_values: unknown, inputs: readonly Shape[]) => elementwiseShape(inputs),
  parameters: withoutParameters,
  multiplyAdds: (_values: unknown, _inputs: readonly Shape[], _output: Shape) => 0,
  example: {
    inputs: [
      [4, 4, 3],
      [4, 4, 3],
    ],
  },
} as const;

/**
 * The problem of branches whose shapes differ, with the repair that brings one to the other's shape where there is one.
 * @param free side, counted from the front, that may differ; null for none.
 */
export function mismatch(inputs: readonly Shape[], free: number | null): ShapeProblem {
  const [first = [], ...others] = inputs;
  const place = others.findIndex((shape) => !isAlike(first, shape, free)) + 1;
  const other = inputs[place] ?? [];
  const shapes: ShapeProblem['problem'] = {
    en: `The branches are ${listed(inputs, ' and ')}`,
    zh: `各分支的形状是 ${listed(inputs, ' 和 ')}`,
  };
  if (first.length !== other.length) {
    const on = first.length > other.length ? 0 : place;
    const longer = first.length > other.length ? first : other;
    return {
      problem: {
        en: `${shapes.en}, which have different numbers of sides; flatten the larger, or bring both to the same shape.`,
        zh: `${shapes.zh}，边数不同；请展平较大的一个，或把两者变为相同形状。`,
      },
      ...(longer.length > 1 ? { repair: putBefore('flatten', on, {}, 'Flatten', '展平') } : {}),
    };
  }
  if (first.length === 3 && (first[0] !== other[0] || first[1] !== other[1])) {
    const repair = pooled(first, other, place, free === 2);
    return {
      problem: {
        en: `${shapes.en}; pool or up-sample one of them.`,
        zh: `${shapes.zh}；请对其中一个做池化或上采样。`,
      },
      ...(repair ? { repair } : {}),
    };
  }
  const repair = projected(first, other, place);
  return {
    problem: {
      en: `${shapes.en}, which cannot be joined number by number; give both the same shape.`,
      zh: `${shapes.zh}，无法逐个数合并；请使两者形状相同。`,
    },
    ...(repair ? { repair } : {}),
  };
}

function isAlike(one: Shape, other: Shape, free: number | null): boolean {
  return one.length === other.length && one.every((side, axis) => axis === free || side === other[axis]);
}

function putBefore(type: string, on: number, fields: Repair['fields'], en: string, zh: string): Repair {
  const label = { en: `Put ${en} into branch ${on + 1}`, zh: `在第 ${on + 1} 个分支中加“${zh}”` };
  return { label, insertBefore: type, on, ...(fields ? { fields } : {}) };
}

/** Max pooling of the larger picture, where it comes out at the size of the smaller. */
function pooled(first: Shape, other: Shape, place: number, channelsMayDiffer: boolean): Repair | null {
  const [large, small, on] = (first[0] ?? 0) > (other[0] ?? 0) ? [first, other, 0] : [other, first, place];
  if (!channelsMayDiffer && first[2] !== other[2]) return null;
  const poolSize = Math.round((large[0] ?? 0) / (small[0] ?? 1));
  const fits = (padding: 'same' | 'valid') =>
    [0, 1].every((axis) => {
      const places = (large[axis] ?? 0) / poolSize;
      return (padding === 'same' ? Math.ceil(places) : Math.floor(places)) === small[axis];
    });
  const padding = (['valid', 'same'] as const).find(fits);
  if (poolSize < 2 || poolSize > 16 || !padding) return null;
  return putBefore('max-pooling2d', on, { poolSize, padding }, 'Max pooling', '最大池化');
}

/** A layer that brings the other branch to as many channels, or values, as the first has. */
function projected(first: Shape, other: Shape, place: number): Repair | null {
  const last = first.length - 1;
  const wanted = first[last] ?? 0;
  if (!first.every((side, axis) => axis === last || side === other[axis])) return null;
  const { en, zh } = { en: 'a convolution of 1 × 1', zh: '1 × 1 卷积' };
  if (last === 2) {
    return putBefore('conv2d', place, { filters: wanted, kernelSize: 1, activation: 'linear' }, en, zh);
  }
  return last === 0 ? putBefore('dense', place, { units: wanted, activation: 'linear' }, 'Dense', '全连接') : null;
}
