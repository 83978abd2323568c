/** What a beginner sees of the samples, and in which order. */
import { expect, test } from 'vitest';
import { gallerySamples, samples, tasks } from './index';

test('pictures come first, then a table, texts, series and ratings, and nothing that is for tests', () => {
  const inputs = gallerySamples().map(({ task }) => tasks.get(task).input);
  const order = ['picture', 'table', 'text', 'steps', 'ratings'];
  expect([...new Set(inputs)].filter((input) => order.includes(input))).toEqual(order);
  expect(gallerySamples().some(({ id }) => samples.get(id).hidden)).toBe(false);
});
