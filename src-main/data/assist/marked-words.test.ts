import { expect, test } from 'vitest';
import type { Span } from '../../contract';
import { MarkedWords, rightMarks, sureness } from './marked-words';

const mark = (text: string, words: string, label: string): Span => {
  const start = text.indexOf(words);
  return { start, end: start + words.length, label };
};
const marked = (text: string, ...marks: [words: string, label: string][]) => {
  return { text, spans: marks.map(([words, label]) => mark(text, words, label)) };
};

const known = [
  marked('Ada lives in New York.', ['Ada', 'person'], ['New York', 'place']),
  marked('York is old, and Ada knows.', ['York', 'place'], ['Ada', 'person']),
  marked('He may come in May.', ['May', 'time']),
  marked('May I ask?'),
];

test('marks what was marked elsewhere, the longer words first, and whole words only', () => {
  const text = 'Ada and Adam met in New York and York.';
  const found = new MarkedWords(known).propose({ text, spans: null });
  expect(found.map(({ start, end, label, marked, seen }) => [text.slice(start, end), label, marked, seen])).toEqual([
    ['Ada', 'person', 2, 2],
    ['New York', 'place', 1, 1],
    // Seen within "New York" too, where it was not marked by itself.
    ['York', 'place', 1, 2],
  ]);
});

test('a text is judged without its own marks', () => {
  const words = new MarkedWords(known);
  const [first, , third] = known;
  // "New York" is known from this text alone; its "York" was marked elsewhere.
  expect(words.propose(first!).map(({ label, marked }) => [label, marked])).toEqual([
    ['person', 1],
    ['place', 1],
  ]);
  expect(rightMarks(words.propose(first!), first!.spans)).toBe(1);
  expect(words.propose(third!)).toEqual([]);
});

test('words that were mostly not marked are left alone, and Chinese words need no spaces', () => {
  const often = [...known, marked('May I?'), marked('May we?')];
  expect(new MarkedWords(often).propose({ text: 'See you in May.', spans: null })).toEqual([]);
  const chinese = new MarkedWords([marked('我住在北京。', ['北京', '地点'])]);
  expect(chinese.propose({ text: '他去北京了', spans: null })).toMatchObject([{ start: 2, end: 4, label: '地点' }]);
});

test('few sightings make less sure than many', () => {
  const seen = (times: number) => [{ start: 0, end: 1, label: 'x', marked: times, seen: times }];
  expect(sureness(seen(1))).toBeCloseTo(2 / 3);
  expect(sureness(seen(9))).toBeCloseTo(10 / 11);
});
