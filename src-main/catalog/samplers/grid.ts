/**
 * Every combination of some values of each field, once. They are taken in an order that is spread over the grid, so that a search
 * that ends early has seen something of everything.
 */
import type { FieldValue, FieldValues, SearchParameter, SearchRange } from '../../contract';
import { integer } from '../fields';
import { generator } from '../random';
import type { SamplerDefinition } from '../sampler-definitions';
import { drawValues, isThere } from '../sampling/draw';

const fields = {
  levels: integer({
    label: { en: 'Values per number', zh: '每个数值的取值个数' },
    help: {
      en: 'How many values of a range are tried, its ends among them. The number of trials is the product over all fields.',
      zh: '每个范围尝试多少个值，包括两端。尝试次数是所有字段取值个数的乘积。',
    },
    default: 3,
    minimum: 2,
    maximum: 100,
  }),
};

/** Both ends and what lies evenly between them, on the range's scale. */
function levelsOf(range: SearchRange, count: number): readonly FieldValue[] {
  if (range.kind === 'choice') return range.values;
  const { kind, minimum, maximum, scale } = range;
  const levels = Array.from({ length: count }, (_, at) => {
    const share = at / (count - 1);
    const value = scale === 'log' ? minimum * (maximum / minimum) ** share : minimum + share * (maximum - minimum);
    const rounded = kind === 'integer' ? Math.round(value) : Number(value.toPrecision(6));
    return Math.min(maximum, Math.max(minimum, rounded));
  });
  return [...new Set(levels)];
}

/** A parameter with its values, and whether others depend on it. */
interface Axis {
  readonly parameter: SearchParameter;
  readonly levels: readonly FieldValue[];
  readonly decides: boolean;
}

function axesOf(parameters: readonly SearchParameter[], levels: number): Axis[] {
  return parameters.map((parameter) => ({
    parameter,
    levels: levelsOf(parameter.range, levels),
    decides: parameters.some(({ when }) => when?.path === parameter.path),
  }));
}

/** Combinations of the axes from this place on. @param values of the axes before that decide something. */
function countFrom(axes: readonly Axis[], place: number, values: FieldValues): bigint {
  const axis = axes[place];
  if (!axis) return 1n;
  const { parameter, levels, decides } = axis;
  if (!isThere(parameter, values)) return countFrom(axes, place + 1, values);
  if (!decides) return BigInt(levels.length) * countFrom(axes, place + 1, values);
  return levels.reduce((sum, level) => sum + countFrom(axes, place + 1, { ...values, [parameter.path]: level }), 0n);
}

/** The combination at an index, as numbers are written with digits of several bases. */
function combinationAt(axes: readonly Axis[], index: bigint): FieldValues {
  let rest = index;
  const decided: Record<string, FieldValue> = {};
  const take = (axis: Axis, place: number): FieldValue => {
    const last = axis.levels.length - 1;
    for (const [at, level] of axis.levels.entries()) {
      const after = axis.decides ? { ...decided, [axis.parameter.path]: level } : decided;
      const count = countFrom(axes, place + 1, after);
      if (rest < count || at === last) {
        if (axis.decides) decided[axis.parameter.path] = level;
        return level;
      }
      rest -= count;
    }
    return axis.levels[0] ?? 0;
  };
  return drawValues(
    axes.map(({ parameter }) => parameter),
    (_range, place) => {
      const axis = axes[place];
      return axis ? take(axis, place) : 0;
    },
  );
}

/** A step through all indices, near the golden section of them: each is met once before any is met again. */
function strideOf(count: bigint): bigint {
  let stride = (count * 618n) / 1000n || 1n;
  while (commonDivisor(stride, count) !== 1n) stride++;
  return stride;
}

function commonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : commonDivisor(b, a % b);
}

export const definition: SamplerDefinition<typeof fields> = {
  id: 'grid',
  label: { en: 'Grid', zh: '网格' },
  help: {
    en: 'Tries every combination of some values of each field. Clear to read, but grows fast with the number of fields.',
    zh: '尝试每个字段若干取值的所有组合。结果一目了然，但随字段增多而迅速膨胀。',
  },
  fields,
  next({ parameters, seed, number, fields: { levels } }) {
    const axes = axesOf(parameters, levels);
    const count = countFrom(axes, 0, {});
    if (BigInt(number) > count) return null;
    const start = BigInt(generator(seed)()) % count;
    return combinationAt(axes, (start + BigInt(number - 1) * strideOf(count)) % count);
  },
};
