/** Shape rules shared by the layers that work on sequences, `steps × features`. */
import type { Shape, Text } from '../contract';
import type { ShapeProblem } from './definitions';

export interface Sequence {
  readonly steps: number;
  readonly features: number;
}

/** A shape as a sequence, or the problem that it is none: a picture or a row is mended by Reshape. */
export function sequenceShape(input: Shape): Sequence | ShapeProblem {
  const [steps, features] = input;
  if (input.length === 2 && steps !== undefined && features !== undefined) return { steps, features };
  return {
    problem: {
      en: `This layer needs sequences (steps × features), but gets the shape ${input.join(' × ')}.`,
      zh: `该层需要序列（步数 × 特征），但得到的形状是 ${input.join(' × ')}。`,
    },
    repair: { label: { en: 'Put Reshape before it', zh: '在它前面加“重排”' }, insertBefore: 'reshape' },
  };
}

/** The problem of inputs that are not all sequences, mended at the first that is none; null where all are. @param names of them */
export function sequenceShapes(inputs: readonly Shape[], names: readonly Text[]): ShapeProblem | null {
  for (const [on, input] of inputs.entries()) {
    const sequence = sequenceShape(input);
    if (!('problem' in sequence)) continue;
    const name = names[on];
    const label = { en: `Put Reshape into branch ${on + 1}`, zh: `在第 ${on + 1} 个分支中加“重排”` };
    return {
      problem: {
        en: `“${name?.en ?? ''}” must be a sequence (steps × features), but has the shape ${input.join(' × ')}.`,
        zh: `“${name?.zh ?? ''}”必须是序列（步数 × 特征），但形状是 ${input.join(' × ')}。`,
      },
      repair: { label, insertBefore: 'reshape', on },
    };
  }
  return null;
}

/** The problem of a window that is longer than the sequence, mended by padding. */
export function windowTooLong(steps: number, window: number): ShapeProblem {
  return {
    problem: {
      en: `A window of ${window} steps does not fit into a sequence of ${steps}.`,
      zh: `${window} 步的窗口放不进 ${steps} 步的序列。`,
    },
    repair: { label: { en: 'Keep the length with padding', zh: '用填充保持长度' }, set: { padding: 'same' } },
  };
}
