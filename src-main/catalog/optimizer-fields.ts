/** Fields that several optimizers share, and the corrections of Adam's family. */
import { number } from './fields';

export const beta1Field = number({
  label: { en: 'Beta 1', zh: 'β₁' },
  help: { en: 'How long past gradients are remembered.', zh: '对以往梯度的记忆时长。' },
  default: 0.9,
  minimum: 0,
  maximum: 0.9999,
  scale: 'linear',
  advanced: true,
});

export const beta2Field = number({
  label: { en: 'Beta 2', zh: 'β₂' },
  help: { en: 'How long the size of past gradients is remembered.', zh: '对以往梯度大小的记忆时长。' },
  default: 0.999,
  minimum: 0,
  maximum: 0.99999,
  scale: 'linear',
  advanced: true,
});

export const epsilonField = (start: number) =>
  number({
    label: { en: 'Epsilon', zh: 'ε' },
    help: {
      en: 'A small number that keeps the division safe where gradients are tiny.',
      zh: '一个很小的数，使梯度极小时除法仍然安全。',
    },
    default: start,
    minimum: 1e-12,
    maximum: 1,
    scale: 'log',
    advanced: true,
  });

export const adamFields = { beta1: beta1Field, beta2: beta2Field, epsilon: epsilonField(1e-8) };

interface AdamValues {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * Both bias corrections drawn together into two numbers, so that no tensor is divided for them (section 2 of Kingma & Ba
 * 2015): θ ← θ − rate · m / (√v + epsilon).
 * @param step 1 for the first step.
 */
export function adamCorrections({ beta1, beta2, epsilon }: AdamValues, learningRate: number, step: number) {
  const correction = Math.sqrt(1 - beta2 ** step);
  return { rate: (learningRate * correction) / (1 - beta1 ** step), epsilon: epsilon * correction };
}

/** The scalars of TensorFlow's Adam kernels in their order, between the slots and the gradient. */
export function adamScalars(values: AdamValues) {
  const { beta1, beta2 } = values;
  type At = { readonly step: number; readonly learningRate: number };
  return [
    { scalar: ({ step }: At) => beta1 ** step },
    { scalar: ({ step }: At) => beta2 ** step },
    { scalar: ({ learningRate }: At) => learningRate },
    { scalar: () => beta1 },
    { scalar: () => beta2 },
    // The kernels add epsilon to an uncorrected √v; this makes it the paper's.
    { scalar: ({ step }: At) => adamCorrections(values, 1, step).epsilon },
  ];
}
