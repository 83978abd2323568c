/** The tree of runs that branched off from each other. */
import { expect, test } from 'vitest';
import type { RunSummary } from '../../../src-main/contract';
import { lineageOf, lineagesOf, type Lineage } from './lineage';

const run = (id: string, parent: string | null, createdAt = 0) =>
  ({
    ...{ id, name: id, createdAt },
    parent: parent === null ? null : { runId: parent, name: parent, epoch: 3, withOptimizer: true },
  }) as RunSummary;
const words = ({ name, run, branches }: Lineage): string =>
  `${name}${run ? '' : '!'}${branches.length > 0 ? `(${branches.map(words).join(' ')})` : ''}`;
const of = (id: string, runs: readonly RunSummary[]) => {
  const found = lineageOf(id, runs);
  return found && words(found);
};

test('the whole tree is found from any run of it; the oldest branch first', () => {
  const runs = [
    run('late', 'root', 9),
    run('leaf', 'early', 8),
    run('early', 'root', 5),
    run('root', null),
    run('alone', null),
  ];
  for (const id of ['root', 'late', 'leaf']) expect(of(id, runs)).toBe('root(early(leaf) late)');
  expect(of('alone', runs)).toBeNull();
});
test('branches of a run that is gone stay together under its name', () => {
  expect(of('b', [run('a', 'gone'), run('b', 'gone', 1)])).toBe('gone!(a b)');
});

test('runs of one tree have it once', () => {
  const runs = [run('a', null), run('b', 'a'), run('c', 'b'), run('x', null), run('y', 'x'), run('alone', null)];
  expect(lineagesOf(['c', 'alone', 'y', 'b'], runs).map(words)).toEqual(['a(b(c))', 'x(y)']);
});
