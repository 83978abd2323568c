/**
 * The guided demo: drives the real window from the sample gallery to two trained, saved and compared runs, as a person
 * would, by what stands on the screen. Leaves screenshots and the library with the trained models in `out/demo/`.
 */
import { _electron } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { projectFolder, projectPath } from './setup/cache.mjs';
import { electronArguments } from './setup/electron.mjs';

const folder = projectPath('out', 'demo');
const library = path.join(folder, 'library');
const patience = 180_000;

/** @typedef {import('@playwright/test').Page} Page */

/**
 * @param {{ electron: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} exit code
 */
export async function runDemo({ electron, env }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const userData = path.join(folder, 'user-data');
  const app = await _electron.launch({
    executablePath: electron,
    args: [
      ...electronArguments(),
      projectFolder,
      `--user-data-dir=${userData}`,
      `--library=${library}`,
      '--lang=en-US',
    ],
    env: /** @type {Record<string, string>} */ (env),
  });
  try {
    const page = await app.firstWindow();
    page.setDefaultTimeout(patience);
    await fromGalleryToData(page);
    await trainDefault(page);
    await trainSmaller(page);
    await compareRuns(page);
    await testModel(page);
    await otherLooks(page);
  } finally {
    await app.close();
  }
  printTables();
  return 0;
}

/** @param {Page} page @param {string} screen */
function step(page, screen) {
  return page.getByRole('navigation', { name: 'Life cycle' }).getByRole('button', { name: screen });
}

/** @param {Page} page @param {string} screen */
async function standsOn(page, screen) {
  await page.locator('[aria-current=page]').and(step(page, screen)).waitFor();
}

/** @param {Page} page @param {string} screen */
async function goTo(page, screen) {
  await step(page, screen).click();
  await standsOn(page, screen);
}

/** @param {Page} page @param {string} name */
async function picture(page, name) {
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
  console.log(`  ${name}`);
}

/** @param {Page} page */
async function fromGalleryToData(page) {
  const card = page.getByRole('button', { name: 'Start with Handwritten digits' });
  await card.waitFor();
  await picture(page, '1-home');
  console.log('Importing the handwritten digits.');
  await card.click();
  await standsOn(page, 'Data');
  await page.getByRole('gridcell').first().waitFor();
  await picture(page, '2-data');
  await goTo(page, 'Network');
  await picture(page, '3-network');
}

/** Starts a run and waits for its end. @param {Page} page @param {string} name of its picture */
async function train(page, name) {
  await goTo(page, 'Train');
  await page.getByRole('button', { name: 'Start training' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.getByRole('progressbar', { name: 'Progress of training' }).waitFor();
  await picture(page, `${name}-live`);
  await page.getByRole('button', { name: 'Test this model' }).waitFor();
  await picture(page, name);
}

/** @param {Page} page */
async function trainDefault(page) {
  console.log('Training the default network.');
  await train(page, '4-train');
}

/** A second run with one thing changed, so that there is something to compare. @param {Page} page */
async function trainSmaller(page) {
  console.log('Training a smaller one.');
  await goTo(page, 'Network');
  await page.getByRole('listitem').filter({ hasText: '256 · ReLU' }).getByRole('button').first().click();
  const units = page.getByRole('complementary').getByLabel('Units');
  await units.fill('32');
  await units.press('Enter');
  await train(page, '5-train-smaller');
}

/** @param {Page} page */
async function compareRuns(page) {
  await goTo(page, 'Runs');
  for (const choice of await page.getByRole('checkbox', { name: /^Choose / }).all()) await choice.check();
  await page.getByRole('heading', { name: 'What differs' }).waitFor();
  await picture(page, '6-compare');
}

/** @param {Page} page */
async function testModel(page) {
  await goTo(page, 'Test');
  await page.getByText('Confusion matrix').first().waitFor();
  await picture(page, '7-test');
}

/** @param {Page} page */
async function otherLooks(page) {
  await goTo(page, 'Train');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Commands' }).fill('dark');
  await page.keyboard.press('Enter');
  await picture(page, '8-train-dark');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Commands' }).fill('简体');
  await page.keyboard.press('Enter');
  await picture(page, '9-train-dark-chinese');
}

/** The per-epoch tables and the comparison, as the terminal tells them from the same library. */
function printTables() {
  /** @param {string[]} command */
  const tandem = (...command) =>
    execFileSync(process.execPath, [projectPath('out/main/tandem.js'), ...command, '--library', library], {
      encoding: 'utf8',
    });
  /** @type {{ runs: { name: string }[] }} */
  const { runs } = JSON.parse(tandem('runs', '--json').trim().split('\n').at(-1) ?? '{"runs":[]}');
  for (const { name } of runs) console.log(`\n${tandem('show', name)}`);
  console.log(tandem('compare', ...runs.map(({ name }) => name)));
  console.log(`Screenshots: ${folder}`);
  console.log(`Library with the runs and their trained models: ${library}`);
}
