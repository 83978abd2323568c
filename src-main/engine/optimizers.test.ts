/**
 * Optimizers against their published formulas, worked out in float64 beside them for a θ of two numbers over ten steps
 * (relative 1e-5, or 1e-6 near zero), and against first steps that can be told by hand.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { optimizers, parseFields } from '../catalog';
import type { FieldValues } from '../contract';
import { loadTensorFlow, type TensorFlow } from './tf';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

const start = [1, -0.5];
const gradientOf = (theta: readonly number[]) => [2 * theta[0]! + 0.3, 0.1 * theta[1]! ** 3 - 1];

/** The definition over ten steps. */
function walk(id: string, fields: FieldValues, learningRate: number, steps = 10): number[] {
  const definition = optimizers.get(id);
  const values = parseFields(definition.fields, fields, id);
  let variable: ReturnType<TensorFlow['tensor']> = tf.tensor(start);
  let slots: Readonly<Record<string, typeof variable>> = Object.fromEntries(
    definition.slots(values).map((name) => [name, tf.zeros([2])]),
  );
  for (let step = 1; step <= steps; step++) {
    const gradient = tf.tensor(gradientOf(Array.from(variable.dataSync())));
    ({ variable, slots } = definition.update(tf, { variable, gradient, slots, learningRate, step }, values));
    expect(Object.keys(slots)).toEqual([...definition.slots(values)]);
  }
  return Array.from(variable.dataSync());
}

/** A formula for one number, with its own memory, over ten steps. */
type Rule = () => (theta: number, gradient: number, step: number) => number;
function reference(rule: Rule, steps = 10): number[] {
  const rules = start.map(rule);
  let theta = start;
  for (let step = 1; step <= steps; step++) {
    const gradient = gradientOf(theta);
    theta = theta.map((value, i) => rules[i]!(value, gradient[i]!, step));
  }
  return theta;
}

function expectClose(found: number[], expected: number[]) {
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(found[i]! - value)).toBeLessThan(1e-5 * Math.abs(value) + 1e-6);
  }
}

describe('Adam', () => {
  const adam: Rule = () => {
    let [m, v] = [0, 0];
    return (theta, g, t) => {
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      return theta - (0.05 * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
    };
  };
  test('follows algorithm 1 of the paper', () => expectClose(walk('adam', {}, 0.05), reference(adam)));
  test('goes by the learning rate in its first step, whatever the gradient', () => {
    expectClose(walk('adam', {}, 0.05, 1), [0.95, -0.45]);
  });
});

describe('SGD', () => {
  test('is θ − η∇L without momentum', () => {
    // ∇L = (2.3, −1.0125): 1 − 0.1 · 2.3 and −0.5 + 0.1 · 1.0125.
    expectClose(walk('sgd', { momentum: 0 }, 0.1, 1), [0.77, -0.39875]);
  });
  test('decays weights apart from the gradient: θ − η∇L − ηλθ', () => {
    // 0.77 − 0.1 · 0.5 · 1 and −0.39875 + 0.1 · 0.5 · 0.5.
    expectClose(walk('sgd', { momentum: 0, weightDecay: 0.5 }, 0.1, 1), [0.72, -0.37375]);
  });
  test.each([false, true])('rolls on with momentum, Nesterov %s', (nesterov) => {
    const rule: Rule = () => {
      let v = 0;
      return (theta, g) => {
        v = 0.9 * v + g;
        return theta - 0.01 * (nesterov ? g + 0.9 * v : v) - 0.01 * 0.1 * theta;
      };
    };
    expectClose(walk('sgd', { momentum: 0.9, nesterov, weightDecay: 0.1 }, 0.01), reference(rule));
  });
});

describe('RMSProp', () => {
  test.each([0, 0.5])('divides by the running size of the gradient, momentum %s', (momentum) => {
    const rule: Rule = () => {
      let [s, u] = [0, 0];
      return (theta, g) => {
        s = 0.9 * s + 0.1 * g * g;
        u = momentum * u + (0.01 * g) / Math.sqrt(s + 1e-7);
        return theta - u;
      };
    };
    expectClose(walk('rmsprop', { momentum }, 0.01), reference(rule));
  });
});

describe("Adam's relatives", () => {
  /** Adam's two means with what a relative makes of them. */
  const family =
    (change: (m: number, v: number, g: number, theta: number) => number, square: 'last' | 'largest' = 'last'): Rule =>
    () => {
      let [m, v, w] = [0, 0, 0];
      return (theta, g, t) => {
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        w = Math.max(w, v);
        const [first, second] = [1 - 0.9 ** t, 1 - 0.999 ** t];
        return theta - change(m / first, (square === 'largest' ? w : v) / second, g / first, theta);
      };
    };
  test('AdamW decays weights apart from the gradient', () => {
    const rule = family((m, v, _g, theta) => 0.05 * 0.2 * theta + (0.05 * m) / (Math.sqrt(v) + 1e-8));
    expectClose(walk('adamw', { weightDecay: 0.2 }, 0.05), reference(rule));
    // By hand: 1 − 0.05 · 0.2 · 1 − 0.05 and −0.5 + 0.05 · 0.2 · 0.5 + 0.05.
    expectClose(walk('adamw', { weightDecay: 0.2 }, 0.05, 1), [0.94, -0.445]);
  });
  test('Nadam looks ahead: β₁m + (1 − β₁)∇L in place of m', () => {
    const rule = family((m, v, g) => (0.05 * (0.9 * m + 0.1 * g)) / (Math.sqrt(v) + 1e-8));
    expectClose(walk('nadam', {}, 0.05), reference(rule));
  });
  test('AMSGrad divides by the largest square so far', () => {
    const rule = family((m, v) => (0.3 * m) / (Math.sqrt(v) + 1e-8), 'largest');
    expectClose(walk('amsgrad', {}, 0.3), reference(rule));
  });
  test('AdaMax divides by the largest gradient of late', () => {
    const rule: Rule = () => {
      let [m, u] = [0, 0];
      return (theta, g, t) => {
        m = 0.9 * m + 0.1 * g;
        u = Math.max(0.999 * u, Math.abs(g));
        return theta - ((0.05 / (1 - 0.9 ** t)) * m) / (u + 1e-8);
      };
    };
    expectClose(walk('adamax', {}, 0.05), reference(rule));
  });
});

test('Adagrad divides by the root of all squared gradients', () => {
  const rule: Rule = () => {
    let s = 0;
    return (theta, g) => {
      s += g * g;
      return theta - (0.1 * g) / (Math.sqrt(s) + 1e-7);
    };
  };
  expectClose(walk('adagrad', {}, 0.1), reference(rule));
});

test('Adadelta measures its steps by the steps before', () => {
  const rule: Rule = () => {
    let [s, u] = [0, 0];
    return (theta, g) => {
      s = 0.9 * s + 0.1 * g * g;
      const d = (g * Math.sqrt(u + 1e-6)) / Math.sqrt(s + 1e-6);
      u = 0.9 * u + 0.1 * d * d;
      return theta - d;
    };
  };
  expectClose(walk('adadelta', {}, 1), reference(rule));
});
