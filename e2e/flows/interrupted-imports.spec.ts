/** Imports that are killed: Home offers them again, and what they make in the end is whole. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type Tandem } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { picture } from '../fixtures/picture-folder';
import { HomePage } from '../pages/home';

test.describe.configure({ timeout: 180_000 });

/** Pictures in two classes, so many that their import lasts some seconds. */
async function writePictures(root: string, count: number): Promise<void> {
  const drawn = Array.from({ length: 20 }, (_, hue) => picture(hue * 18, 64));
  for (let at = 0; at < count; at += 1) {
    const path = join(root, at % 2 ? 'odd' : 'even', `${at}.png`);
    if (at < 2) await mkdir(dirname(path), { recursive: true });
    await writeFile(path, drawn[at % 20]!);
  }
}

/** Begins the import of a folder and waits until some of it is read. */
async function begin(tandem: Tandem, page: Page, folder: string): Promise<void> {
  await new HomePage(page).chooseFolder(tandem.application, folder);
  await expect(page.getByRole('main').getByRole('progressbar')).toBeVisible({ timeout: 30_000 });
}

/** Ends the process of the only job. */
async function killJob(tandem: Tandem): Promise<void> {
  const pids = await tandem.application.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ name, serviceName }) => name === 'Tandem job' || serviceName === 'Tandem job')
      .map(({ pid }) => pid),
  );
  expect(pids).toHaveLength(1);
  process.kill(pids[0]!, 'SIGKILL');
}

test('an import killed with the app goes on by keyboard, and one whose process was killed is discarded', async ({
  tandem,
  page,
}, info) => {
  const first = info.outputPath('leaves');
  const second = info.outputPath('stones');
  await writePictures(first, 6000);
  await writePictures(second, 6000);
  await begin(tandem, page, first);
  await tandem.kill();

  const again = await tandem.launch();
  const offers = again.getByRole('region', { name: 'Interrupted imports' });
  await expect(offers.getByRole('listitem')).toHaveCount(1);
  await begin(tandem, again, second);
  await expect(offers.getByRole('listitem')).toHaveCount(1);
  await killJob(tandem);
  const note = again.getByRole('main').getByRole('alert');
  await expect(note).toContainText('ended from outside');
  await expect(note.getByRole('button')).toHaveText(['Dismiss']);
  await expect(offers.getByRole('listitem')).toHaveCount(2);
  const examiner = await Examiner.over(again);
  await examiner.look('Two interrupted imports');
  expect(examiner.found).toEqual([]);

  await offers.getByRole('button', { name: 'Discard the import of stones' }).press('Enter');
  await expect(note).toBeHidden();
  await expect(offers.getByRole('listitem')).toHaveCount(1);
  await offers.getByRole('button', { name: 'Continue the import of leaves' }).press('Enter');
  await expect(again.getByRole('heading', { name: 'leaves', level: 1 })).toBeVisible({ timeout: 90_000 });
  await expect(again.getByRole('main')).toContainText(/6,000/);
  expect(await readdir(join(tandem.library, 'tmp'))).toEqual([]);
});
