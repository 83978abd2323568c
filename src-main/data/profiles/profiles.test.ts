/**
 * Profiles against figures of SciPy 1.17 and NumPy 2.4 over the penguins (`pearsonr`, `contingency.association(method='cramer')`,
 * `numpy.mean`, `std`, and η by its formula), to 1e-9; lengths of texts, sizes and series by hand.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stageTable, type StagedTable } from '../testing/stage-table';
import { readColumnProfile } from './column';
import { readRelations } from './relations';
import { readSeriesLines, thin } from './series';

let folder: string;
let penguins: StagedTable;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-profiles-'));
  const file = resolve(import.meta.dirname, '../../../resources/samples/penguins/penguins.csv');
  penguins = await stageTable(folder, readFileSync(file, 'utf8'), 'species');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the relation to the target', () => {
  const relations = async (staged: StagedTable, target: string, task: string) => {
    const setup = { ...staged.setup, target, task };
    return new Map((await readRelations(staged.library, staged.version, setup)).map((one) => [one.column, one]));
  };

  test('of classes is η for numbers and V for categories', async () => {
    const found = await relations(penguins, 'species', 'table-classification');
    expect([...found.keys()]).not.toContain('species');
    for (const [column, measure, rows, value] of [
      ['bill_length_mm', 'correlation-ratio', 342, 0.8413139288696166],
      ['body_mass_g', 'correlation-ratio', 342, 0.8183348664745757],
      ['year', 'correlation-ratio', 344, 0.05114572910176525],
      ['island', 'cramers-v', 344, 0.6598431008795325],
      ['sex', 'cramers-v', 333, 0.0120817001245789],
    ] as const) {
      expect(found.get(column)).toMatchObject({ measure, rows, reason: null });
      expect(Math.abs((found.get(column)?.value ?? 0) - value)).toBeLessThan(1e-9);
    }
  });

  test('of a number is r for numbers and η for categories', async () => {
    const found = await relations(penguins, 'body_mass_g', 'table-regression');
    for (const [column, measure, rows, value] of [
      ['flipper_length_mm', 'pearson', 342, 0.8712017673060113],
      ['bill_depth_mm', 'pearson', 342, -0.4719156211860666],
      ['sex', 'correlation-ratio', 333, 0.42498699090399533],
    ] as const) {
      expect(found.get(column)).toMatchObject({ measure, rows });
      expect(Math.abs((found.get(column)?.value ?? 0) - value)).toBeLessThan(1e-9);
    }
  });

  test('says why there is none', async () => {
    const lines = Array.from({ length: 40 }, (_, row) => `${row % 2 === 0 ? 'a' : 'b'},7,the row number ${row} of all`);
    const staged = await stageTable(folder, ['kind,same,words', ...lines].join('\n'), 'kind');
    const found = await relations(staged, 'kind', 'table-classification');
    expect(found.get('same')).toMatchObject({ value: null, reason: 'constant' });
    expect(found.get('words')).toMatchObject({ measure: null, reason: 'type' });
  });
});

describe('a column by class', () => {
  test('of numbers has the figures of each class over one range', async () => {
    const { library, version, setup } = penguins;
    const [measure] = (await readColumnProfile(library, version, setup, 'bill_length_mm')).measures;
    const adelie = measure?.classes.find(({ label }) => label === 'Adelie');
    expect(measure?.classes.map(({ label }) => label)).toEqual(['Adelie', 'Gentoo', 'Chinstrap']);
    expect(adelie).toMatchObject({ rows: 152, missing: 1 });
    expect(adelie?.spread).toMatchObject({ count: 151, minimum: 32.1, maximum: 46, median: 38.8 });
    expect(adelie?.spread?.mean).toBeCloseTo(38.79139072847682, 9);
    expect(adelie?.spread?.deviation).toBeCloseTo(2.654570977106625, 9);
    const all = measure?.classes.map(({ spread }) => spread?.histogram ?? []) ?? [];
    const summed = measure?.spread?.histogram.map((_, bin) => all.reduce((sum, bins) => sum + (bins[bin] ?? 0), 0));
    expect(summed).toEqual(measure?.spread?.histogram);
  });

  test('of categories has the most frequent of each class', async () => {
    const { library, version, setup } = penguins;
    const [measure] = (await readColumnProfile(library, version, setup, 'island')).measures;
    expect(measure?.classes.find(({ label }) => label === 'Gentoo')?.categories).toEqual([
      { value: 'Biscoe', count: 124 },
    ]);
  });

  test('of texts has words and characters, Chinese by its characters', async () => {
    const texts = ['one two  three', '今天天气很好', 'Tom是我哥哥。', 'x', 'it’s a well-known fact', 'day 1'];
    const lines = Array.from({ length: 60 }, (_, row) => `${row % 2 === 0 ? 'a' : 'b'},${texts[row % 6]} ${row}`);
    const staged = await stageTable(folder, ['kind,words', ...lines].join('\n'), 'kind');
    const setup = { ...staged.setup, types: { words: 'text' as const } };
    const { measures } = await readColumnProfile(staged.library, staged.version, setup, 'words');
    // With the number behind each: 4, 7, 1 + 4 + 1 + 1, 2, 5, 3 words.
    const [words, characters] = measures;
    expect(words?.spread).toMatchObject({ count: 60, minimum: 2, maximum: 7 });
    expect(words?.spread?.mean).toBeCloseTo((4 + 7 + 7 + 2 + 5 + 3) / 6, 12);
    expect(characters?.spread).toMatchObject({ minimum: 3, maximum: 25 });
    expect(words?.classes.map(({ rows }) => rows)).toEqual([30, 30]);
  });
});

describe('series', () => {
  test('follow dates, skip gaps and rows without one', async () => {
    const text = 'day,sales,kind\n2024-01-03,30,a\n2024-01-01,10,b\n,99,a\n2024-01-02,,b\n2024-01-05,50,a\n';
    const staged = await stageTable(folder, text, 'kind');
    const query = { columns: ['sales'], order: 'day', stretches: 100 };
    const { axis, lines } = await readSeriesLines(staged.library, staged.version, query);
    expect(axis).toBe('date');
    expect([...(lines[0]?.x ?? [])].map((time) => new Date(time).toISOString().slice(0, 10))).toEqual([
      ...['2024-01-01', '2024-01-03', '2024-01-05'],
    ]);
    expect([...(lines[0]?.y ?? [])]).toEqual([10, 30, 50]);
    const byRow = await readSeriesLines(staged.library, staged.version, { ...query, order: '' });
    expect([...(byRow.lines[0]?.x ?? [])]).toEqual([1, 2, 3, 5]);
    await expect(readSeriesLines(staged.library, staged.version, { ...query, columns: ['day'] })).rejects.toMatchObject(
      { code: 'column-without-numbers' },
    );
  });

  test('keep every stretch’s extremes when thinned', () => {
    const x = Float64Array.from({ length: 100_000 }, (_, place) => place);
    const y = x.map((place) => Math.sin(place / 9000) + (place === 54_321 ? 40 : place === 77_777 ? -40 : 0));
    const { x: keptX, y: keptY, minimum, maximum } = thin(x, y, 300);
    expect(keptX.length).toBeLessThanOrEqual(1200);
    expect([minimum, maximum]).toEqual([y[77_777], y[54_321]]);
    expect(keptX.includes(54_321) && keptX.includes(77_777)).toBe(true);
    expect([keptX[0], keptX.at(-1)]).toEqual([0, 99_999]);
    expect(keptX.every((place, at) => at === 0 || place > (keptX[at - 1] ?? 0))).toBe(true);
    expect(keptY.every((value, at) => value === y[keptX[at] ?? 0])).toBe(true);
  });
});
