/** What becomes of proposed boxes while a person works on a picture: taken, rejected, taken back, and gone with the row. */
import { expect, test } from 'vitest';
import { BoxProposals } from './box-proposals.svelte';

const boxes = ['a', 'b', 'c'].map((label, place) => ({ label, x: 0.1 * place, y: 0, width: 0.1, height: 0.1 }));
const proposal = { value: JSON.stringify(boxes), confidence: 0.5, from: 'a model', parts: [0.9, 0.8, 0.4] };
const labels = (proposals: BoxProposals) => proposals.left.map(({ box }) => box.label).join('');

function opened(): BoxProposals {
  const proposals = new BoxProposals();
  proposals.see(7, null, proposal);
  return proposals;
}

test('the surest comes first; one is taken and the others stay though the row has a label now', () => {
  const proposals = opened();
  expect(proposals.chosen).toMatchObject({ sure: 0.9, box: { label: 'a' } });
  expect(proposals.take([proposals.chosen!], null)).toEqual([boxes[0]]);
  proposals.see(7, JSON.stringify([boxes[0]]), null);
  expect(labels(proposals)).toBe('bc');
  expect(proposals.chosen!.box.label).toBe('b');
  // Moved by hand afterwards: still taken.
  proposals.see(7, JSON.stringify([{ ...boxes[0], x: 0.5 }]), null);
  expect(labels(proposals)).toBe('bc');
});

test('what is undone is proposed again, what was removed by hand is not', () => {
  const proposals = opened();
  const one = JSON.stringify([boxes[0]]);
  proposals.take([proposals.chosen!], null);
  // The cell is as before until the journal has it.
  proposals.see(7, null, proposal);
  expect(labels(proposals)).toBe('bc');
  proposals.see(7, one, null);
  proposals.take([proposals.chosen!], one);
  proposals.see(7, JSON.stringify(boxes.slice(0, 2)), null);
  expect(labels(proposals)).toBe('c');
  proposals.see(7, one, null);
  expect(labels(proposals)).toBe('bc');
  proposals.see(7, null, proposal);
  expect(labels(proposals)).toBe('abc');
  proposals.take([proposals.chosen!], null);
  proposals.see(7, one, null);
  proposals.settle();
  proposals.see(7, '[]', null);
  proposals.see(7, null, proposal);
  expect(labels(proposals)).toBe('bc');
});

test('keys go around what is left, rejected ones come back when they are asked for', () => {
  const proposals = opened();
  expect([proposals.step(-1), proposals.chosen!.box.label]).toEqual([true, 'c']);
  proposals.reject(proposals.chosen!);
  expect([proposals.step(1), proposals.chosen!.box.label]).toEqual([true, 'b']);
  expect([labels(proposals), proposals.rejected]).toEqual(['ab', 1]);
  // A model that has learnt more meanwhile does not move what the person has decided on.
  proposals.see(7, null, { ...proposal, value: '[]', parts: [] });
  expect(labels(proposals)).toBe('ab');
  proposals.bringBack();
  expect(labels(proposals)).toBe('abc');
});

test('another row, an answer of another person, and a row that has a label have none', () => {
  const proposals = opened();
  proposals.see(8, '[]', null);
  expect([proposals.from, proposals.count, proposals.step(1)]).toEqual([null, 0, false]);
  proposals.see(9, null, { ...proposal, parts: undefined });
  expect(proposals.from).toBeNull();
  // Nothing to be found is a proposal too.
  proposals.see(10, null, { ...proposal, value: '[]', parts: [] });
  expect([proposals.from, proposals.count]).toEqual(['a model', 0]);
});
