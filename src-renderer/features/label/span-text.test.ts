import { expect, test } from 'vitest';
import { doubtfulSpans, fitsText, pieceText, spansAt, spansOf, TextPlaces } from './span-text';

const span = (start: number, end: number, label: string) => ({ start, end, label });

test('overlapping and nested marks each keep a line of their own, and no sign of the text is lost', () => {
  const text = 'Ada Lovelace of London wrote it';
  const spans = [span(16, 22, 'place'), span(0, 22, 'title'), span(0, 12, 'person'), span(4, 16, 'odd')];
  const { pieces, levels, unfit } = pieceText(text, spans);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  expect(levels).toBe(3);
  expect(unfit).toEqual([]);
  expect(pieces.map(({ text: own, marks }) => [own, marks.map(({ label, level }) => `${label} ${level}`)])).toEqual([
    ['Ada ', ['title 0', 'person 1']],
    ['Lovelace', ['title 0', 'person 1', 'odd 2']],
    [' of ', ['title 0', 'odd 2']],
    ['London', ['title 0', 'place 1']],
    [' wrote it', []],
  ]);
  const person = pieces.flatMap(({ marks }) => marks).filter(({ label }) => label === 'person');
  expect(person.map(({ isFirst, isLast }) => [isFirst, isLast])).toEqual([
    [true, false],
    [false, true],
  ]);
});

test('marks that no longer fit are told apart, not drawn', () => {
  const text = 'a😀b';
  const spans = [span(0, 2, 'cut'), span(1, 3, 'face'), span(3, 9, 'beyond')];
  expect(spans.map((each) => fitsText(each, text))).toEqual([false, true, false]);
  expect(pieceText(text, spans).unfit).toEqual([0, 2]);
  expect(pieceText('', []).pieces).toEqual([]);
});

test('marks over words that an edit of the text moved or changed are doubtful, those made since are not', () => {
  const [before, after] = ['Ada met Bob', 'Ada Lovelace met Bob'];
  const old = [span(0, 3, 'who'), span(8, 11, 'who')];
  const now = [...old, span(17, 20, 'who'), span(17, 21, 'who')];
  expect(doubtfulSpans(now, after, old, before)).toEqual([false, true, false, true]);
  expect(doubtfulSpans(old, before, [], before)).toEqual([false, false]);
});

test('cells: none looked at, none there, something else', () => {
  expect(spansOf(null)).toBeNull();
  expect(spansOf('[]')).toEqual([]);
  expect(spansOf('[{"start":3,"end":2,"label":"x"}]')).toBeNull();
  expect(spansOf('{')).toBeNull();
});

test('a click means the innermost mark, another click the one around it', () => {
  expect(spansAt([span(0, 20, 'outer'), span(4, 9, 'inner'), span(9, 12, 'beside')], 5)).toEqual([1, 0]);
});

test('stretches grow to whole words, lose spaces at their ends and never cut a character', () => {
  const places = new TextPlaces('Call Ada Lovelace now 👩‍💻!', 'en');
  expect(places.snap(6, 13)).toEqual({ start: 5, end: 17 });
  expect(places.snap(13, 6)).toEqual({ start: 5, end: 17 });
  expect(places.snap(4, 9)).toEqual({ start: 5, end: 8 });
  expect(places.snap(6, 11, true)).toEqual({ start: 6, end: 11 });
  expect(places.snap(24, 25, true)).toEqual({ start: 22, end: 27 });
  expect(places.snap(4, 5)).toBeNull();
});

test('Chinese is cut into words, and the caret goes by characters and words', () => {
  const text = '我们在北京大学学习';
  const places = new TextPlaces(text, 'zh');
  const { start, end } = places.snap(4, 5)!;
  expect(text.slice(start, end)).toMatch(/^北京(大学)?$/);
  const english = new TextPlaces('to be 😀', 'en');
  expect([english.byWord(0, 1), english.byWord(2, 1), english.byWord(5, -1), english.byWord(0, -1)]).toEqual([
    2, 5, 3, 0,
  ]);
  expect([
    english.byCharacter(6, 1),
    english.byCharacter(8, -1),
    english.byCharacter(0, -1),
    english.byCharacter(8, 1),
  ]).toEqual([8, 6, 0, 8]);
});
