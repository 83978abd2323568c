/**
 * Fields of what was measured: each metric of training and validation rows at its best epoch and after the last, and the
 * figures of the saved model on the test rows. Test rows measured epoch by epoch are left out: nothing is chosen by them.
 */
import type { RunSummary } from '../contract';
import type { RunField } from './run-fields';
import { isHigherBetter, isShareMetric, metricText } from './run-metrics';

export function metricFields(runs: readonly RunSummary[]): RunField[] {
  const epochs = new Set<string>();
  const tests = new Set<string>();
  for (const run of runs) {
    for (const name in run.bests) epochs.add(name);
    for (const name in run.test) tests.add(name.replace(/^test\./, ''));
  }
  const measured = [...epochs].filter((name) => !name.startsWith('test.')).sort(validationFirst);
  return [...measured.flatMap(epochFields), ...[...tests].sort().map(testField)];
}

function validationFirst(a: string, b: string): number {
  const place = (name: string) => `${name.startsWith('validation.') ? 0 : 1}${name}`;
  return place(a) < place(b) ? -1 : 1;
}

function shared(name: string) {
  const better: NonNullable<RunField['better']> = isHigherBetter(name) ? 'higher' : 'lower';
  const kind: RunField['kind'] = isShareMetric(name) ? 'share' : 'number';
  return { group: 'metric' as const, names: [], kind, better };
}

function epochFields(name: string): RunField[] {
  const label = metricText(name);
  return [
    {
      ...shared(name),
      key: name,
      label,
      help: { en: `${label.en}, at its best epoch.`, zh: `${label.zh}，取其最佳一轮的值。` },
      read: (run) => run.bests[name]?.[0] ?? null,
      epoch: (run) => run.bests[name]?.[1] ?? null,
    },
    {
      ...shared(name),
      key: `last.${name}`,
      label: { en: `${label.en}, last`, zh: `${label.zh}，最后` },
      help: { en: `${label.en}, after the last epoch.`, zh: `${label.zh}，取最后一轮之后的值。` },
      read: (run) => run.last?.[name] ?? null,
      epoch: (run) => (run.last?.[name] === undefined ? null : run.epochsDone),
    },
  ];
}

function testField(name: string): RunField {
  const label = metricText(`test.${name}`);
  return {
    ...shared(name),
    key: `test.${name}`,
    label,
    help: { en: `${label.en}: of the saved model.`, zh: `${label.zh}：取自保存的模型。` },
    read: (run) => run.test?.[name] ?? run.test?.[`test.${name}`] ?? null,
  };
}
