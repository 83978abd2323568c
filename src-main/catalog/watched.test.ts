/** What decides the best epoch and the early stop: any measure of the task, in its own direction, and no other. */
import { expect, test } from 'vitest';
import { decidingMeasure, metrics, requireValidSettings, tasks, watchFieldsOf, withSetting } from './index';

const classification = tasks.get('table-classification');
const own = classification.metrics.map((id) => metrics.get(id));
const numbers = tasks.get('table-regression').metrics.map((id) => metrics.get(id));

test('a measure is named as in the figures and knows which direction is better', () => {
  expect(decidingMeasure('loss', own)).toEqual({ id: 'loss', better: 'lower' });
  expect(decidingMeasure('accuracy', own)).toEqual({ id: 'accuracy', better: 'higher' });
  expect(decidingMeasure('main', own)).toEqual({ id: own[0]?.id, better: own[0]?.better });
  expect(decidingMeasure('root-mean-squared-error', numbers)).toMatchObject({ better: 'lower' });
  expect(decidingMeasure('main', [])).toEqual({ id: 'loss', better: 'lower' });
  expect(() => decidingMeasure('accuracy', numbers)).toThrow(/definition-unknown/);
});

test('a form offers the measures of its task, and settings admit no others', () => {
  const offered = watchFieldsOf(classification)['watch.best'].options.map(({ value }) => value);
  expect(offered).toEqual(expect.arrayContaining(['main', 'loss', 'accuracy']));
  expect(offered).not.toContain('mean-absolute-error');
  const settings = classification.defaultSettings({ kind: 'classes', classes: ['a', 'b'] }, 100);
  for (const name of ['watch.stopping', 'watch.best']) {
    requireValidSettings(withSetting(settings, name, 'accuracy'), classification.id);
    expect(() => requireValidSettings(withSetting(settings, name, 'mean-absolute-error'), classification.id)).toThrow(
      /field-invalid.*must be one of/,
    );
    expect(() => withSetting(settings, name, 'beauty')).toThrow(/field-invalid/);
  }
  expect(() => withSetting(settings, 'watch.minimumChange', -1)).toThrow(/field-invalid/);
});
