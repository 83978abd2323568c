/** A project out of the window as one file, into another library by the terminal, and back into the window. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { ElectronApplication } from '@playwright/test';
import { expect, test } from '../fixtures/app';
import { answerDialogue } from '../fixtures/dialogue';
import { Examiner } from '../fixtures/examiner';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

const program = resolve(import.meta.dirname, '../../out/main/tandem.js');

let folder: string;
test.beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'tandem-portable-'))));
test.afterEach(() => rm(folder, { recursive: true }));

function answerPlace(application: ElectronApplication, path: string): Promise<void> {
  return application.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}

test('a project travels as one file, a run as a folder for TensorBoard', async ({ tandem, page }) => {
  const frame = new Frame(page);
  const train = new TrainPage(page);
  const file = join(folder, 'penguins.tandem');
  await new HomePage(page).openSample('Penguins');
  await expect(page.getByRole('heading', { name: 'Penguins', level: 1 })).toBeVisible({ timeout: 60_000 });
  await frame.go('Network');
  await new NetworkPage(page).set({ Epochs: 2 });
  await frame.go('Train');
  await train.start();
  await train.isIn('Finished');

  await test.step('the project', async () => {
    await frame.go('Home');
    await answerPlace(tandem.application, file);
    await page.getByRole('button', { name: 'Export project Penguins' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export project Penguins' });
    await dialog.getByRole('button', { name: 'Choose a place and export' }).click();
    await expect(dialog).toContainText(/“penguins\.tandem” is written: .*, runs: 1\./, { timeout: 30_000 });
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('another library has the same run with the same test figures', async () => {
    const tandemIn = async (library: string, ...words: string[]) => {
      const { stdout } = await promisify(execFile)(process.execPath, [
        program,
        ...words,
        '--library',
        library,
        '--json',
      ]);
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
    };
    const elsewhere = join(folder, 'elsewhere');
    const { runs, isDataAdded } = await tandemIn(elsewhere, 'import', file);
    expect(isDataAdded).toBe(true);
    const [run] = runs as { id: string }[];
    expect(await tandemIn(elsewhere, 'test', run!.id)).toEqual(await tandemIn(tandem.library, 'test', run!.id));
    const report = join(folder, 'report.html');
    await tandemIn(elsewhere, 'write-report', run!.id, '--out', report, '--blocks', 'summary,curves:accuracy,data');
    expect(await readFile(report, 'utf8')).toContain('Accuracy by epoch');
  });

  await test.step('the same file adds nothing where it came from', async () => {
    await answerDialogue(tandem.application, file);
    await page.getByRole('button', { name: 'Choose a file' }).first().click();
    await expect(frame.messages).toContainText('here already and left as they are: 1', { timeout: 30_000 });
    await expect(page.getByRole('heading', { name: 'Runs', level: 1 })).toBeVisible();
  });

  await test.step('a run for TensorBoard', async () => {
    await answerPlace(tandem.application, join(folder, 'curves'));
    await page.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Export…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Export run / });
    await dialog.getByRole('radio', { name: 'TensorBoard' }).check();
    const examiner = await Examiner.over(page);
    await examiner.look('export of a run');
    expect(examiner.found).toEqual([]);
    await dialog.getByRole('button', { name: 'Choose a place and export' }).click();
    await expect(dialog).toContainText('The folder “curves” is written', { timeout: 30_000 });
    const [run] = await readdir(join(folder, 'curves'));
    expect((await readdir(join(folder, 'curves', run!))).sort()).toEqual(
      expect.arrayContaining(['training', 'validation']),
    );
  });
  expect(tandem.complaints).toEqual([]);
});
