/** Two runs become a report: panels moved and written around, kept over a restart, saved as a web page and as PDF. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

let folder: string;
test.beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'tandem-report-'))));
test.afterEach(() => rm(folder, { recursive: true }));

function answerPlace(application: ElectronApplication, path: string): Promise<void> {
  return application.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}

test('a report of two runs is put together, written and saved', async ({ tandem, page }) => {
  const frame = new Frame(page);
  const train = new TrainPage(page);
  await new HomePage(page).openSample('Penguins');
  await expect(page.getByRole('heading', { name: 'Penguins', level: 1 })).toBeVisible({ timeout: 60_000 });
  for (const rate of [0.02, 0.00001]) {
    await frame.go('Network');
    await new NetworkPage(page).set({ 'Learning rate': rate, Epochs: 2 });
    await frame.go('Train');
    await train.start();
    await train.isIn('Finished');
  }
  await frame.go('Runs');
  const boxes = page.getByRole('table', { name: 'Runs' }).getByRole('checkbox', { name: /^Choose / });
  await expect(boxes).toHaveCount(2);
  for (const box of await boxes.all()) await box.click();
  await page.getByRole('button', { name: 'Make a report' }).click();
  const preview = page.getByRole('region', { name: 'Preview' });
  const headings = preview.getByRole('heading', { level: 2 });

  await test.step('it begins with what is usual', async () => {
    await expect(headings).toContainText(['Runs at a glance', 'Curves', 'Test scores', 'Better or luck'], {
      timeout: 30_000,
    });
    await expect(preview.getByRole('img', { name: /^Loss by epoch/ })).toBeVisible();
    await expect(preview).toContainText(/is better than .* percentage points/);
  });

  await test.step('a text is written and moved, a panel removed and brought back', async () => {
    await page.getByRole('button', { name: 'Add a panel' }).click();
    await page.getByRole('menuitem', { name: 'Text', exact: true }).click();
    await page.getByRole('textbox', { name: 'Text in Markdown' }).fill('# Why\n\nThe **rate** matters. <b>x</b>');
    await expect(preview.getByText('The rate matters. <b>x</b>')).toBeVisible();
    await page.getByRole('button', { name: 'Move Text up' }).click();
    await page.getByRole('button', { name: 'Remove Diagnosis' }).click();
    await expect(headings.filter({ hasText: 'Diagnosis' })).toHaveCount(0);
    await expect(headings.nth(-2)).toHaveText('Why');
    await frame.messages.getByRole('button', { name: 'Undo' }).click();
    await expect(headings.filter({ hasText: 'Diagnosis' })).toHaveCount(1);
    await page.getByRole('textbox', { name: 'Title' }).fill('Rates compared');
    await expect(preview.getByRole('heading', { level: 1 })).toHaveText('Rates compared');
    const examiner = await Examiner.over(page);
    await examiner.look('report');
    expect(examiner.found).toEqual([]);
  });

  await test.step('it is there again in the runs’ place, and saved as both', async () => {
    await frame.go('Runs');
    await page.getByRole('button', { name: 'Make a report' }).click();
    await expect(preview.getByText('The rate matters. <b>x</b>')).toBeVisible();
    await answerPlace(tandem.application, join(folder, 'report.html'));
    await page.getByRole('button', { name: 'Save as a web page' }).click();
    await expect(frame.messages).toContainText('“report.html” is written.');
    const written = await readFile(join(folder, 'report.html'), 'utf8');
    expect(written).toContain('<h1>Rates compared</h1>');
    await answerPlace(tandem.application, join(folder, 'report.pdf'));
    await page.getByRole('button', { name: 'Save as PDF' }).click();
    await expect(frame.messages).toContainText('“report.pdf” is written.', { timeout: 30_000 });
    const bytes = await readFile(join(folder, 'report.pdf'));
    expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(bytes.length).toBeGreaterThan(20_000);
  });
  expect(tandem.complaints).toEqual([]);
});
