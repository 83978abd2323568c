/** A second start brings the first window forward; a crashed page comes back while what trains goes on. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { electronArguments, electronPath } from '../../tools/setup/electron.mjs';
import { expect, test, type Tandem } from '../fixtures/app';
import { Frame } from '../pages/frame';
import { HomePage } from '../pages/home';
import { NetworkPage } from '../pages/network';
import { TrainPage } from '../pages/train';

const root = resolve(import.meta.dirname, '../..');

test('a second start shows the first window and ends', async ({ tandem, page }) => {
  await expect(page).toHaveTitle('Tandem');
  const starts = async () => (await tandem.log()).filter(({ event }) => event === 'start').length;
  const startsBefore = await starts();
  const isVisible = () =>
    tandem.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await tandem.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  expect(await isVisible()).toBe(false);
  const second = spawn(
    electronPath(),
    [...electronArguments(), root, `--user-data-dir=${tandem.userData}`, `--library=${tandem.library}`],
    { stdio: 'ignore' },
  );
  expect(await new Promise((done) => second.once('exit', done))).toBe(0);
  await expect.poll(isVisible).toBe(true);
  expect(tandem.application.windows()).toHaveLength(1);
  expect(await starts()).toBe(startsBefore);
});

test('a crashed page comes back with a notice, and the run goes on', async ({ tandem, page }) => {
  test.setTimeout(180_000);
  const train = new TrainPage(page);
  await new HomePage(page).openSample('Handwritten digits');
  await expect(page.getByRole('gridcell').first()).toBeVisible({ timeout: 60_000 });
  await new Frame(page).go('Network');
  await new NetworkPage(page).set({ Epochs: 1000, Patience: 1000 });
  await new Frame(page).go('Train');
  await train.start();
  await train.epochsDone(2, 90_000);
  const before = await epochsDone(tandem);

  await tandem.application.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await expect
    .poll(() => textOfWindow(tandem), { timeout: 30_000 })
    .toContain('The window was restarted after a fault');
  // The screen, the project and the run are where they were, and figures stream in again.
  await expect.poll(() => textOfWindow(tandem)).toContain('Pause');
  await expect.poll(() => epochsDone(tandem), { timeout: 60_000 }).toBeGreaterThan(before + 1);
  const shown = await epochsShown(tandem);
  await expect.poll(() => epochsShown(tandem), { timeout: 60_000 }).toBeGreaterThan(shown);
  const lines = await tandem.log();
  expect(lines.filter(({ event }) => event === 'window process gone')).toHaveLength(1);
  expect(lines.some(({ event, kind }) => event === 'job ended' && kind === 'train')).toBe(false);
});

/** Asks the page through main: to the test's own connection a crashed page stays crashed. */
function ask<Answer>(tandem: Tandem, script: string): Promise<Answer> {
  return tandem.application.evaluate(
    ({ BrowserWindow }, source) =>
      Promise.race([
        BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(source),
        new Promise((_resolve, reject) => setTimeout(() => reject(new Error('no answer')), 5000)),
      ]),
    script,
  ) as Promise<Answer>;
}

const textOfWindow = (tandem: Tandem) => ask<string>(tandem, 'document.body.innerText').catch(() => '');

const epochsDone = (tandem: Tandem) =>
  ask<number>(
    tandem,
    `tandem.rpc('runs.list', { projectId: null }).then((reply) => Math.max(...reply.value.map((run) => run.epochsDone)))`,
  );

const epochsShown = (tandem: Tandem) =>
  ask<number>(tandem, `Number(document.querySelector('main tbody th[scope=row]')?.innerText.match(/\\d+/)?.[0] ?? 0)`);
