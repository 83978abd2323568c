/** The activation functions a layer may end with, as a field. Names are tfjs's own. */
import type { Text } from '../contract';
import { choice } from './fields';

interface ActivationOption<Value extends string> {
  readonly value: Value;
  readonly label: Text;
  readonly formula: string;
  /** Of one number, for drawing; null where it depends on several. */
  readonly curve: ((x: number) => number) | null;
}

const option = <const Value extends string>(
  value: Value,
  name: string,
  formula: string,
  curve: ((x: number) => number) | null,
): ActivationOption<Value> => ({ value, label: { en: name, zh: name }, formula, curve });

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0);
/** Of "Self-normalizing neural networks" (Klambauer et al. 2017). */
const selu = { scale: 1.0507009873554805, alpha: 1.6732632423543772 };

/** ∫ of the normal density from −∞ to x; the error function by Abramowitz and Stegun 7.1.26, within 1.5e-7. */
function normalShare(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const upper = 1 - series * Math.exp(-z * z);
  return (1 + Math.sign(x) * upper) / 2;
}

const options = [
  { ...option('linear', 'None', 'y = x', (x) => x), label: { en: 'None (linear)', zh: '无（线性）' } },
  option('relu', 'ReLU', 'y = max(0, x)', (x) => Math.max(0, x)),
  option('elu', 'ELU', 'y = x for x > 0, eˣ − 1 below', (x) => (x > 0 ? x : Math.expm1(x))),
  option('selu', 'SELU', 'y = 1.0507 · x for x > 0, 1.7581 · (eˣ − 1) below', (x) =>
    x > 0 ? selu.scale * x : selu.scale * selu.alpha * Math.expm1(x),
  ),
  option('swish', 'Swish (SiLU)', 'y = x · σ(x)', (x) => x * sigmoid(x)),
  option('gelu', 'GELU', 'y = x · Φ(x), Φ the share of a normal distribution below x', (x) => x * normalShare(x)),
  option('gelu_new', 'GELU (tanh)', 'y = x / 2 · (1 + tanh(√(2 / π) · (x + 0.044715 · x³)))', (x) => {
    return (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
  }),
  option('mish', 'Mish', 'y = x · tanh(ln(1 + eˣ))', (x) => x * Math.tanh(softplus(x))),
  option('relu6', 'ReLU6', 'y = min(6, max(0, x))', (x) => Math.min(6, Math.max(0, x))),
  option('tanh', 'Tanh', 'y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)', Math.tanh),
  option('sigmoid', 'Sigmoid', 'y = 1 / (1 + e⁻ˣ)', sigmoid),
  option('hardSigmoid', 'Hard sigmoid', 'y = min(1, max(0, 0.2 · x + 0.5))', (x) =>
    Math.min(1, Math.max(0, 0.2 * x + 0.5)),
  ),
  option('softplus', 'Softplus', 'y = ln(1 + eˣ)', softplus),
  option('softsign', 'Softsign', 'y = x / (1 + |x|)', (x) => x / (1 + Math.abs(x))),
  option('softmax', 'Softmax', 'y[i] = e^x[i] / Σⱼ e^x[j]: shares of 1 among the values', null),
] as const;

export type Activation = (typeof options)[number]['value'];

export const activationField = choice<Activation>({
  label: { en: 'Activation', zh: '激活函数' },
  help: {
    en: 'Bends the result, so that layers together can learn more than a straight line. ReLU keeps what is above zero.',
    zh: '让结果弯曲，使多层合起来能学到比直线更多的东西。ReLU 只保留大于零的部分。',
  },
  default: 'relu',
  options,
});

export function activationLabel(activation: Activation): Text {
  return options.find(({ value }) => value === activation)?.label ?? { en: activation, zh: activation };
}

/** Formula and curve of an activation; undefined for a name that is none. */
export function activationShape(activation: string): Pick<ActivationOption<string>, 'formula' | 'curve'> | undefined {
  return options.find(({ value }) => value === activation);
}
