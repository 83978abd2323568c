/** A table of the person's own: broken files are refused with row, cause and fix and leave nothing; a good one trains. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

let folder: string;
test.beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'tandem-table-'))));
test.afterEach(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Two kinds of flowers that their petals tell apart. */
function flowers(rows: number): string {
  const lines = ['petal_length,petal_width,garden,kind'];
  for (let row = 0; row < rows; row++) {
    const tall = row % 2 === 0;
    const length = (tall ? 5 : 1.5) + (row % 7) * 0.1;
    const width = row % 11 === 3 ? '' : ((tall ? 1.8 : 0.3) + (row % 5) * 0.05).toFixed(2);
    lines.push(`${length.toFixed(1)},${width},${['north', 'south'][row % 3 === 0 ? 1 : 0]},${tall ? 'iris' : 'daisy'}`);
  }
  return `${lines.join('\n')}\n`;
}

const broken: readonly [string, string | Uint8Array, RegExp][] = [
  ['ragged.csv', 'a,b\n1,2\n3,4,5\n', /ragged\.csv, row 3.*Give this row 2 values/s],
  ['quotes.csv', 'a,b\n1,"open\n2,3\n', /quotes\.csv, row \d.*quote/s],
  [
    'encoding.csv',
    new Uint8Array([0x61, 0x2c, 0x62, 0x0a, 0xff, 0xfe, 0xc3, 0x28, 0x2c, 0x31, 0x0a]),
    /encoding\.csv.*UTF-8/s,
  ],
  ['empty.csv', 'a,b\n', /empty\.csv .*no rows of data/],
  ['twice.csv', 'a,b,a\n1,2,3\n', /columns 1 and 3 both have the name "a"/],
  ['picture.xyz', 'x', /picture\.xyz is of no kind that can be imported/],
];

test('broken files are refused in words that help, and nothing is left of them', async ({ tandem, page }) => {
  const home = new HomePage(page);
  for (const [name, content, words] of broken) {
    await home.chooseFile(tandem.application, await file(name, content));
    await expect(
      home.refusal
        .filter({ hasText: name })
        .or(home.refusal.filter({ hasText: words }))
        .first(),
    ).toContainText(words);
  }
  const projects = await page.evaluate(() => window.tandem.rpc('projects.list', undefined));
  const datasets = await page.evaluate(() => window.tandem.rpc('datasets.list', undefined));
  expect([projects, datasets]).toEqual([
    { ok: true, value: [] },
    { ok: true, value: [] },
  ]);
});

test('a good table is imported, its target proposed, and it trains', async ({ tandem, page }) => {
  test.setTimeout(180_000);
  const frame = new Frame(page);
  const train = new TrainPage(page);
  await new HomePage(page).chooseFile(tandem.application, await file('flowers.csv', flowers(200)));
  await expect(page.getByRole('heading', { name: 'flowers', level: 1 })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('tab', { name: /^Columns/ }).click();
  for (const column of ['petal_length', 'petal_width', 'garden', 'kind']) {
    await expect(frame.main.getByRole('rowheader', { name: column })).toBeVisible();
  }
  await frame.go('Network');
  await new NetworkPage(page).set({ Epochs: 5, 'Batch size': 4096 });
  await frame.go('Train');
  await test.step('what stands out is said and mended by a click, and what it will take is measured', async () => {
    const before = page.getByRole('region', { name: 'Before the start' });
    await expect(before.getByText('A batch of 4,096 holds all 140 training rows.')).toBeVisible();
    await before.getByRole('button', { name: 'Set the batch size to 8' }).click();
    await expect(before.getByText(/^A batch of/)).toHaveCount(0);
    await before.getByRole('button', { name: 'Measure first' }).click();
    await expect(before.getByRole('group', { name: 'Time' })).toContainText(/at most \d+(\.\d+)? s/, {
      timeout: 60_000,
    });
    await expect(before.getByRole('group', { name: 'Memory' })).toContainText('MB');
    const examiner = await Examiner.over(page);
    await examiner.look('measured before the start');
    expect(examiner.found).toEqual([]);
  });
  await train.start();
  await train.isIn('Finished', 90_000);
  await expect(train.epochs).toHaveCount(5);

  await test.step('both curves are looked at more closely, by pointer and by keys', async () => {
    const [loss, accuracy] = [/^Loss\. /, /^Accuracy\. /].map((name) => page.getByRole('img', { name }));
    const box = (await loss!.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect(loss!).toHaveAccessibleName(/Shown from [12]\.\d+ to [23]\.\d+\./);
    const near = /Shown from .*/.exec((await loss!.getAttribute('aria-label'))!)![0];
    await expect(accuracy!).toHaveAccessibleName(new RegExp(near));
    const tools = page.getByRole('group', { name: 'How the curves are shown' });
    await tools.getByRole('button', { name: 'Later' }).press('Enter');
    await expect(loss!).not.toHaveAccessibleName(new RegExp(near));
    await page.getByRole('button', { name: 'Show all' }).first().click();
    await expect(loss!).not.toHaveAccessibleName(/Shown from/);
    await tools.getByRole('combobox', { name: 'Horizontal axis' }).selectOption({ label: 'Steps' });
    await tools.getByRole('switch', { name: 'Log scale' }).click();
    await tools.getByRole('slider', { name: 'Smoothing' }).press('End');
    await expect(tools.getByText('0.95')).toBeVisible();
  });
  await page.getByRole('tab', { name: 'Estimate' }).click();
  // Expected before the start, by the first batches, taken, and how far off.
  await expect(frame.main.getByRole('row', { name: /^Disk/ })).toContainText('within the range');
  await page.getByRole('tab', { name: /^Epochs/ }).click();
});
