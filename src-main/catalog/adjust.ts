/** Settings of a run that has begun, changed; each change is an event of its log. */
import {
  CodedError,
  type Adjustment,
  type EventCode,
  type Run,
  type RunEvent,
  type TrainingSettings,
} from '../contract';
import { requireValidSettings } from './settings-check';

/**
 * @param task the run's, by its id.
 * @param done epochs that are complete, or under way.
 * @throws CodedError `field-invalid` for a value that cannot be, also for fewer epochs than are done
 */
export function adjustedSettings(
  settings: TrainingSettings,
  { patience, ...changes }: Adjustment,
  { task, done }: { readonly task: string; readonly done: number },
): TrainingSettings {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const earlyStopping = { ...settings.earlyStopping, patience: patience ?? settings.earlyStopping.patience };
  const adjusted: TrainingSettings = { ...settings, ...given, earlyStopping };
  requireValidSettings(adjusted, task);
  if (changes.epochs !== undefined && changes.epochs < done) {
    const detail = `must be at least ${done}: so many are done`;
    throw new CodedError('field-invalid', { where: 'Settings', field: 'epochs', detail });
  }
  return adjusted;
}

/** Whether early stopping ended the run. */
export function endedEarly({ settings, epochsDone, state }: Pick<Run, 'settings' | 'epochsDone' | 'state'>): boolean {
  return state === 'finished' && settings.earlyStopping.enabled && epochsDone < settings.epochs;
}

/**
 * Settings with which a run that came to its end goes on. Early stopping that ended it would end it again at once: it is off
 * then, unless another patience is asked for.
 * @throws CodedError as `adjustedSettings`
 */
export function furtherSettings(
  run: Pick<Run, 'settings' | 'data' | 'epochsDone' | 'state'>,
  changes: Adjustment,
): TrainingSettings {
  const { settings, data, epochsDone } = run;
  const adjusted = adjustedSettings(settings, changes, { task: data.task, done: epochsDone });
  if (!endedEarly(run) || changes.patience !== undefined || adjusted.epochs === epochsDone) return adjusted;
  return { ...adjusted, earlyStopping: { ...adjusted.earlyStopping, enabled: false } };
}

/** What differs, as events. */
export function adjustmentEvents(
  before: TrainingSettings,
  after: TrainingSettings,
): { code: EventCode; parameters: RunEvent['parameters'] }[] {
  const changes: [EventCode, number, number][] = [
    ['learning-rate-adjusted', before.learningRate, after.learningRate],
    ['batch-adjusted', before.batchSize, after.batchSize],
    ['patience-adjusted', before.earlyStopping.patience, after.earlyStopping.patience],
    ['epochs-adjusted', before.epochs, after.epochs],
  ];
  const isOff = before.earlyStopping.enabled && !after.earlyStopping.enabled;
  return [
    ...changes.filter(([, from, to]) => from !== to).map(([code, from, to]) => ({ code, parameters: { from, to } })),
    ...(isOff ? [{ code: 'early-stopping-off' as const, parameters: {} }] : []),
  ];
}
