/** What learning-rate schedules share. */
import { number } from './fields';

/** Half a cosine from one factor to another. @param share of the way that is done, 0 to 1. */
export function cosineFall(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(1, share)))) / 2;
}

export const endField = number({
  label: { en: 'End share', zh: '结束比例' },
  help: { en: 'What is left of the learning rate at the end of the run.', zh: '训练结束时学习率剩下的比例。' },
  default: 0,
  minimum: 0,
  maximum: 1,
  scale: 'linear',
});

export const warmUpField = (start: number) =>
  number({
    label: { en: 'Warm-up', zh: '预热' },
    help: { en: 'The share of the run over which the learning rate rises.', zh: '学习率上升阶段占整个训练的比例。' },
    default: start,
    minimum: 0,
    maximum: 1,
    scale: 'linear',
  });

/** The choice of a schedule, as the settings form names it. */
export const scheduleChoice = { label: { en: 'Learning-rate schedule', zh: '学习率调度' } };
