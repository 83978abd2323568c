/** Training settings checked against the registries, before a run is saved and again before it trains. */
import { CodedError, settingDefaults, type TrainingSettings } from '../contract';
import { augmentationFits, fittingWords } from './augmentation-parts';
import { parseFields } from './fields';
import type { TaskDefinition } from './definitions';
import { augmentations, losses, optimizers, schedules, tasks } from './index';
import { settingsFields, settingsValues } from './settings';
import { requireWatchFits } from './watched';

/**
 * Checks everything in the settings against the catalog, for a task.
 * @throws CodedError `field-invalid` or `definition-unknown`.
 */
export function requireValidSettings(settings: TrainingSettings, taskId: string): void {
  const task = tasks.get(taskId);
  losses.get(settings.loss);
  if (!task.losses.includes(settings.loss)) {
    const detail = `must be one of ${task.losses.join(', ')} for this task`;
    throw new CodedError('field-invalid', { where: 'Settings', field: 'loss', detail });
  }
  if (settings.classWeights !== 'none' && task.target !== 'classes') {
    throw new CodedError('field-invalid', {
      where: 'Settings',
      field: 'classWeights',
      detail: 'is for tasks with classes only',
    });
  }
  if (settings.anomalyScore !== settingDefaults.anomalyScore && task.target !== 'reconstruction') {
    const detail = 'is for tasks that look for anomalies only';
    throw new CodedError('field-invalid', { where: 'Settings', field: 'anomalyScore', detail });
  }
  requireWatchFits(settings, task);
  requireAugmentationFits(settings, task);
  const optimizer = optimizers.get(settings.optimizer.type);
  parseFields(optimizer.fields, settings.optimizer.fields, optimizer.label.en);
  const schedule = schedules.get(settings.schedule.type);
  parseFields(schedule.fields, settings.schedule.fields, schedule.label.en);
  parseFields(settingsFields, settingsValues(settings), 'Settings');
}

/** @throws CodedError `field-invalid`, for an augmentation of other data too; `definition-unknown` */
function requireAugmentationFits({ augmentation }: TrainingSettings, { input }: Pick<TaskDefinition, 'input'>): void {
  for (const { type, fields } of augmentation) {
    const definition = augmentations.get(type);
    if (!augmentationFits(definition, input)) {
      const detail = `${definition.label.en} is for ${fittingWords(definition)} only`;
      throw new CodedError('field-invalid', { where: 'Settings', field: 'augmentation', detail });
    }
    parseFields(definition.fields, fields, definition.label.en);
  }
}
