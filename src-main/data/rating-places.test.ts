/** Ratings on their way to a network: one list of codes for all columns, the same for rows and for what is asked. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeSetup } from './describe';
import { encodeInputs } from './encode';
import { prepareData } from './prepare';
import { ratingIdentities } from './rating-places';
import { stageTable, type StagedTable } from './testing/stage-table';

let folder: string;
let table: StagedTable;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-ratings-'));
  // 12 users with numbers for names, 10 books of 3 genres; the time is different in each row.
  const lines = Array.from({ length: 120 }, (_, row) => {
    const [user, book] = [100 + (row % 12), (row * 7) % 10];
    return `${1000 + row},B${book},${(row % 5) + 1},${['crime', 'poems', 'travel'][book % 3]},${user}`;
  });
  table = await stageTable(folder, ['time,book,rating,genre,user', ...lines].join('\n'), 'rating');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the user comes first, then the item, and each column has codes of its own', async () => {
  expect(table.setup).toMatchObject({ task: 'recommendation', types: { time: 'ignored', user: 'category' } });
  const { preparation, inputs, inputShape } = await prepareData(table.library, table.version, table.setup);
  expect(preparation.inputs.map(({ column }) => column)).toEqual(['user', 'book', 'genre']);
  expect(inputShape).toEqual([3]);
  const codesAt = (place: number) =>
    [...new Set(Array.from(inputs).filter((_, at) => at % 3 === place))].sort((a, b) => a - b);
  expect(codesAt(0)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
  expect(codesAt(1)).toEqual(Array.from({ length: 10 }, (_, at) => at + 13));
  expect(codesAt(2)).toEqual([23, 24, 25]);
  const described = await describeSetup(table.library, table.version, table.setup);
  expect(described).toMatchObject({ codes: 26, inputShape: [3] });
});

test('what is asked gets the codes of the data, and who is unknown code 0', async () => {
  const { preparation } = await prepareData(table.library, table.version, table.setup);
  const ask = (values: Record<string, string | number | null>) => [
    ...encodeInputs(preparation, [{ kind: 'values', values }]).inputs,
  ];
  expect(ask({ user: 103, book: 'B4', genre: 'poems' })).toEqual([4, 17, 24]);
  expect(ask({ user: '999', book: 'B4' })).toEqual([0, 17, 0]);
  const identities = ratingIdentities(preparation);
  expect(identities).toMatchObject({ user: { column: 'user', place: 0 }, item: { column: 'book', place: 1 } });
  expect(identities?.item.nameOf(17)).toBe('B4');
  expect([identities?.user.codeOf('103'), identities?.user.codeOf('999')]).toEqual([4, 0]);
});

test('users that were given other steps are no identities', async () => {
  const steps = { ...table.setup.steps, user: [{ type: 'one-hot', fields: {} }] };
  const { preparation } = await prepareData(table.library, table.version, { ...table.setup, steps });
  expect(ratingIdentities(preparation)).toBeNull();
  expect((await describeSetup(table.library, table.version, { ...table.setup, steps })).codes).toBeNull();
});
