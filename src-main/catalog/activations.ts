/** The activation functions a layer may end with, as a field. Names are tfjs's own. */
import type { Text } from '../contract';
import { choice } from './fields';

const options = [
  { value: 'linear', label: { en: 'None', zh: '无' } },
  { value: 'relu', label: { en: 'ReLU', zh: 'ReLU' } },
  { value: 'elu', label: { en: 'ELU', zh: 'ELU' } },
  { value: 'selu', label: { en: 'SELU', zh: 'SELU' } },
  { value: 'swish', label: { en: 'Swish', zh: 'Swish' } },
  { value: 'tanh', label: { en: 'Tanh', zh: 'Tanh' } },
  { value: 'sigmoid', label: { en: 'Sigmoid', zh: 'Sigmoid' } },
  { value: 'softplus', label: { en: 'Softplus', zh: 'Softplus' } },
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
  return options.find((option) => option.value === activation)?.label ?? { en: activation, zh: activation };
}
