/** Errors as a person reads them: all words in their language, their own names as they are. */
import { expect, test } from 'vitest';
import { describeError } from './index';

test.each([
  ['forecast-column-unfit', { column: 'series', purpose: 'time' }, '列“series”不能用作预测的步的顺序。'],
  ['forecast-column-unfit', { column: 'time', purpose: 'covariate' }, '列“time”不能用作预测的输入。'],
  ['forecast-part-short', { part: 'test', window: 8, horizon: 4, needed: 4, found: 2 }, '测试部分放不下一个窗口：'],
  ['forecast-split-unordered', { earlier: 'training', later: 'test' }, '属于“训练”的行排在“测试”的行之后。'],
])('%s with %o in Chinese', (code, parameters, words) => {
  expect(describeError({ code, parameters }, 'zh').message).toContain(words);
});

test('a value without words of its own stays', () => {
  const { message } = describeError({ code: 'forecast-column-unfit', parameters: { column: 'a', purpose: '?' } }, 'en');
  expect(message).toBe('The column "a" cannot be used as ? of the forecast.');
});
