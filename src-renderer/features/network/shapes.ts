/** Shapes as people read them. */
import { tasks } from '../../../src-main/catalog';
import type { Shape, Target } from '../../../src-main/contract';
import { formatNumber, m } from '../../i18n';

/** `28 × 28 × 1`. */
export function formatShape(shape: Shape): string {
  return shape.map((size) => formatNumber(size)).join(' × ');
}

/**
 * What one prepared example is, in a sentence. @param codes how many different ones the inputs are; null for numbers.
 * @param task that the inputs are for.
 */
export function meaningOfInput(shape: Shape, codes: number | null, task = ''): string {
  const [height = 0, width = 0, channels = 0] = shape;
  const input = tasks.has(task) ? tasks.get(task).input : null;
  if (codes !== null && input === 'ratings') {
    return m.ratings_input_codes({ count: formatNumber(height), codes: formatNumber(codes) });
  }
  if (codes !== null) return m.texts_input_codes({ count: formatNumber(height), codes: formatNumber(codes) });
  if (shape.length === 3 && input === 'sound') {
    return m.sound_input({ frames: formatNumber(height), bands: formatNumber(width) });
  }
  if (shape.length === 3) {
    return channels === 1 ? m.network_input_grey({ height, width }) : m.network_input_colour({ height, width });
  }
  if (shape.length === 2) {
    return m.series_input({ steps: formatNumber(height), channels: formatNumber(width) });
  }
  return shape.length === 1 ? m.network_input_values({ count: height }) : m.network_input_other();
}

/** What the outputs stand for. @param name of the target column. */
export function meaningOfOutput(target: Target, name: string): string {
  if (target.kind === 'number' && target.steps !== undefined) {
    return m.series_steps_output({ count: formatNumber(target.steps), name });
  }
  if (target.kind === 'number') return m.network_output_number({ name });
  if (target.kind === 'reconstruction') return m.anomaly_output({ count: formatNumber(target.size) });
  const shown = target.classes.slice(0, 12).join(', ');
  return target.classes.length > 12
    ? m.network_output_classes_more({ name, classes: shown, count: target.classes.length })
    : m.network_output_classes({ name, classes: shown });
}
