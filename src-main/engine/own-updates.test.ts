/**
 * The arithmetic of the project's own ops for optimizers against float64, in every set of processor instructions that this
 * machine has, for sizes that fill vectors and blocks and for sizes that do not.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { GraphWriter } from './compile/graph-writer';
import { noise, opened } from './compile/graphs.test-data';
import { dataTypes } from './compile/protobuf';
import { loadTensorFlow, type TensorFlow } from './tf';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

const float = { T: { type: dataTypes.float32 } };

interface Rule {
  readonly rule: 'adam' | 'momentum' | 'descent';
  readonly nesterov: boolean;
  readonly decay: boolean;
}

const rules = (['adam', 'momentum', 'descent'] as const).flatMap((rule) =>
  (rule === 'descent' ? [false] : [false, true]).flatMap((nesterov) =>
    [false, true].map((decay): Rule => ({ rule, nesterov, decay })),
  ),
);
const slotCount = { adam: 2, momentum: 1, descent: 0 };
/** β₁ᵗ, β₂ᵗ, η, β₁, β₂, ε; η, μ; η; then the factor of the decay. */
function scalarsOf({ rule, decay }: Rule): number[] {
  const scalars = { adam: [0.729, 0.997, 0.01, 0.9, 0.999, 1e-6], momentum: [0.01, 0.9], descent: [0.01] }[rule];
  return decay ? [...scalars, 0.97] : scalars;
}

/** One step in float64, in place. */
function reference({ rule, nesterov, decay }: Rule, state: Float64Array[], gradient: ArrayLike<number>): void {
  const scalars = scalarsOf({ rule, nesterov, decay }).map(Math.fround);
  const [theta, m, v] = state as [Float64Array, Float64Array, Float64Array];
  const [first, second, rate, beta1, beta2, epsilon] = scalars as [number, number, number, number, number, number];
  for (let i = 0; i < theta.length; i++) {
    const g = gradient[i]!;
    if (decay) theta[i]! *= scalars.at(-1)!;
    if (rule === 'adam') {
      m[i] = m[i]! + (g - m[i]!) * (1 - beta1);
      v[i] = v[i]! + (g * g - v[i]!) * (1 - beta2);
      const direction = nesterov ? g * (1 - beta1) + m[i]! * beta1 : m[i]!;
      theta[i]! -= ((direction * rate * Math.sqrt(1 - second)) / (1 - first)) * (1 / (Math.sqrt(v[i]!) + epsilon));
    } else if (rule === 'momentum') {
      m[i] = m[i]! * second + g;
      theta[i]! -= (nesterov ? g + m[i]! * second : m[i]!) * first;
    } else theta[i]! -= g * first;
  }
}

interface Asked {
  readonly rule: Rule;
  readonly size: number;
  readonly parts: number;
  readonly instructions: string;
  /** Rows and columns of the factors, where the gradient is their product. */
  readonly product?: { readonly batch: number; readonly rows: number; readonly columns: number };
}

/** Two steps of the op as a graph does them, from given values. @returns the variable and its slots. */
function updated(
  { rule, size, parts, instructions, product }: Asked,
  gradients: readonly Float32Array[],
): Float32Array[] {
  const graph = new GraphWriter();
  const names = ['theta', 'm', 'v'].slice(0, 1 + slotCount[rule.rule]);
  for (const name of names) graph.variable(name, dataTypes.float32, [size]);
  const shapes = product
    ? [
        [product.batch, product.rows],
        [product.batch, product.columns],
      ]
    : [[size]];
  const inputs = shapes.map((shape, i) => graph.placeholder(`gradient_${i}`, dataTypes.float32, shape));
  const scalars = scalarsOf(rule);
  const vector = graph.placeholder('scalars', dataTypes.float32, [scalars.length]);
  const [read = '', ...slots] = names.map((name) => `${name}/read`);
  const done = Array.from({ length: parts }, (_, part) =>
    graph.add(product ? 'TandemProductUpdate' : 'TandemUpdate', `update_${part}`, [read, ...inputs, vector, ...slots], {
      rule: { string: rule.rule },
      nesterov: { bool: rule.nesterov },
      decay: { bool: rule.decay },
      part: { int: part },
      parts: { int: parts },
      S: { int: slots.length },
      instructions: { string: instructions },
    }),
  );
  graph.add('Identity', 'done', ['theta/one', ...done.map((name) => `^${name}`)], float);
  const session = opened(tf, graph);
  try {
    session.setVariables(
      names.map((name, i) => ({ name, dtype: dataTypes.float32, shape: [size], values: start(size, i) })),
    );
    const feed = (name: string, shape: readonly number[], values: Float32Array) => ({
      ...{ name, shape: [...shape], values },
      dtype: dataTypes.float32,
    });
    const feeds = gradients.map((values, i) => feed(`gradient_${i}`, shapes[i]!, values));
    for (let step = 0; step < 2; step++) {
      session.run([...feeds, feed('scalars', [scalars.length], Float32Array.from(scalars))], 'done');
    }
    return names.map((name) => session.readVariable(name) as Float32Array);
  } finally {
    session.dispose();
  }
}

/** θ, m or v at the start; v is no mean of squares that m could not belong to, which would be huge steps. */
function start(size: number, index: number): Float32Array {
  const values = noise(size, 10 + index);
  return index === 2 ? values.map((value) => value * value + 0.01) : values;
}

function expected(rule: Rule, size: number, gradient: ArrayLike<number>): Float64Array[] {
  const state = Array.from({ length: 1 + slotCount[rule.rule] }, (_, i) => Float64Array.from(start(size, i)));
  reference(rule, state, gradient);
  reference(rule, state, gradient);
  return state;
}

function largestDifference(one: readonly ArrayLike<number>[], other: readonly ArrayLike<number>[]): number {
  let largest = 0;
  one.forEach((values, i) => {
    expect(values.length).toBe(other[i]!.length);
    for (let at = 0; at < values.length; at++) largest = Math.max(largest, Math.abs(values[at]! - other[i]![at]!));
    expect(Number.isFinite(values[values.length - 1])).toBe(true);
  });
  return largest;
}

function sameBits(one: readonly Float32Array[], other: readonly Float32Array[]): boolean {
  return one.every((values, i) => Buffer.compare(Buffer.from(values.buffer), Buffer.from(other[i]!.buffer)) === 0);
}

/** The sets of instructions of this machine; the portable one always. */
function instructionSets(): string[] {
  return ['baseline', 'avx2', 'avx512'].filter((instructions) => {
    try {
      updated({ rule: rules[0]!, size: 1, parts: 1, instructions }, [noise(1, 1)]);
      return true;
    } catch (error) {
      expect(String(error)).toContain('has no');
      return false;
    }
  });
}

describe('the arithmetic', () => {
  test.each(rules)('of $rule, nesterov: $nesterov, decay: $decay, is that of float64 (1e-6) for any size', (rule) => {
    for (const instructions of instructionSets()) {
      for (const size of [1, 3, 15, 16, 17, 33, 1000, 20_011]) {
        const gradient = noise(size, 5);
        const one = updated({ rule, size, parts: 1, instructions }, [gradient]);
        expect(largestDifference(one, expected(rule, size, gradient))).toBeLessThan(1e-6);
        // The same bits, however many share the work.
        expect(sameBits(updated({ rule, size, parts: 3, instructions }, [gradient]), one)).toBe(true);
      }
    }
  });

  const factors = [
    { batch: 1, rows: 1, columns: 1 },
    { batch: 5, rows: 7, columns: 15 },
    { batch: 32, rows: 13, columns: 17 },
    { batch: 33, rows: 64, columns: 64 },
    { batch: 64, rows: 31, columns: 131 },
  ];
  test.each(factors)('with a gradient of $rows × $columns as a product over $batch (1e-5)', (product) => {
    const { batch, rows, columns } = product;
    const [x, dy] = [noise(batch * rows, 6), noise(batch * columns, 7)];
    const gradient = Float64Array.from({ length: rows * columns }, (_, at) => {
      const [row, column] = [Math.floor(at / columns), at % columns];
      let sum = 0;
      for (let k = 0; k < batch; k++) sum += x[k * rows + row]! * dy[k * columns + column]!;
      return sum;
    });
    const size = rows * columns;
    for (const instructions of instructionSets()) {
      for (const rule of rules.filter(({ decay }) => decay)) {
        const one = updated({ rule, size, parts: 1, instructions, product }, [x, dy]);
        expect(largestDifference(one, expected(rule, size, gradient))).toBeLessThan(1e-5 * Math.sqrt(batch));
        expect(sameBits(updated({ rule, size, parts: 2, instructions, product }, [x, dy]), one)).toBe(true);
      }
    }
  });

  test('leaves numbers that are not finite as they are, so that a run can see them', () => {
    const size = 40;
    const gradient = noise(size, 3);
    gradient[7] = NaN;
    gradient[39] = Infinity;
    const [theta = new Float32Array()] = updated({ rule: rules[0]!, size, parts: 2, instructions: 'best' }, [gradient]);
    expect([...theta.entries()].filter(([, value]) => !Number.isFinite(value)).map(([at]) => at)).toEqual([7, 39]);
  });

  test('refuses what does not fit, in words', () => {
    const size = 20;
    const asked = { rule: rules[0]!, size, parts: 1, instructions: 'best' };
    const product = { batch: 2, rows: 4, columns: 6 };
    expect(() => updated({ ...asked, product }, [noise(8, 1), noise(12, 1)])).toThrow('does not fit the variable');
    expect(() => updated({ ...asked, instructions: 'abacus' }, [noise(size, 1)])).toThrow('has no abacus');
  });
});
