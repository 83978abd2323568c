/**
 * WCAG A and AA, and everything inside a landmark, by axe in the real window: every screen, light and dark, English and
 * Chinese; and what floats over them: palette, menu, popovers, a tip, a dialogue, an error.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { Frame, type Screen } from '../pages/frame';
import { HomePage } from '../pages/home';

type Theme = 'light' | 'dark';
const themes: readonly Theme[] = ['light', 'dark'];
const screens: readonly Screen[] = ['Home', 'Data', 'Network', 'Train', 'Runs', 'Test', 'Use'];

async function openPenguins(page: Page): Promise<void> {
  await new HomePage(page).openSample('Penguins');
  await expect(page.getByRole('heading', { name: 'Penguins', level: 1 })).toBeVisible({ timeout: 60_000 });
}

/** The button of a step, in whatever language. */
function step(page: Page, screen: Screen): Locator {
  return page.getByRole('navigation').getByRole('button').nth(screens.indexOf(screen));
}

/** The window in a theme and a language, on the screen where it begins. */
async function turn(page: Page, theme: Theme, locale: 'en' | 'zh' = 'en'): Promise<void> {
  await page.evaluate((value) => window.tandem.rpc('app.setPreferences', value), { theme, locale });
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
}

test('every screen', async ({ page }) => {
  test.setTimeout(180_000);
  const examiner = await Examiner.over(page);
  for (const theme of themes) {
    await turn(page, theme);
    await examiner.look(`Welcome, ${theme}`);
  }
  await openPenguins(page);
  for (const theme of themes) {
    await turn(page, theme);
    for (const screen of screens) {
      await new Frame(page).go(screen);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await examiner.look(`${screen}, ${theme}`);
      if (screen !== 'Train') continue;
      await page.getByRole('main').getByRole('button', { name: 'Search', exact: true }).click();
      await expect(page.getByRole('list', { name: 'What is tried' })).toBeVisible();
      await examiner.look(`Search, ${theme}`);
    }
  }
  expect(examiner.found).toEqual([]);
});

test('with a trained run, in Chinese', async ({ page }) => {
  test.setTimeout(240_000);
  await openPenguins(page);
  await page.keyboard.press('Control+3');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('main').getByText('Finished', { exact: true })).toBeVisible({ timeout: 90_000 });
  const examiner = await Examiner.over(page);
  for (const theme of themes) {
    await turn(page, theme, 'zh');
    await expect(page.getByRole('navigation')).toContainText('训练');
    for (const screen of screens) {
      await step(page, screen).click();
      await expect(step(page, screen)).toHaveAttribute('aria-current', 'page');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await examiner.look(`${screen} (zh), ${theme}`);
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        await examiner.look(`${screen} (zh), ${await tab.innerText()}, ${theme}`);
      }
    }
  }
  expect(examiner.found).toEqual([]);
});

/** Palette, dialogue, popovers and menu, one after the other. */
async function lookAtWhatOpens(page: Page, examiner: Examiner, theme: Theme): Promise<void> {
  const bar = page.getByRole('banner');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await examiner.look(`Palette, ${theme}`);
  await page.keyboard.type('rename');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Rename' })).toBeVisible();
  await examiner.look(`Dialogue, ${theme}`);
  await page.keyboard.press('Escape');

  for (const name of [/^Activity/, /^Computing device|^Device|CPU/, /^Settings/]) {
    await bar.getByRole('button', { name }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await examiner.look(`Popover ${name}, ${theme}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await bar.getByRole('button', { name: /^Project: / }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await examiner.look(`Menu, ${theme}`);
  await page.keyboard.press('Escape');
}

test('what floats', async ({ tandem, page }) => {
  test.setTimeout(240_000);
  const folder = await mkdtemp(join(tmpdir(), 'tandem-broken-'));
  await writeFile(join(folder, 'ragged.csv'), 'a,b\n1,2\n3,4,5\n');
  await openPenguins(page);
  const examiner = await Examiner.over(page);
  for (const theme of themes) {
    await turn(page, theme);
    await new Frame(page).go('Data');
    await lookAtWhatOpens(page, examiner, theme);

    await new Frame(page).go('Train');
    await expect(async () => {
      await page.getByRole('banner').hover();
      await page.getByRole('button', { name: 'Stop', exact: true }).hover();
      await expect(page.getByRole('tooltip')).toBeVisible({ timeout: 3000 });
    }).toPass();
    await examiner.look(`Tip, ${theme}`);

    await new Frame(page).go('Home');
    await new HomePage(page).chooseFile(tandem.application, join(folder, 'ragged.csv'));
    await expect(page.getByRole('alert').first()).toContainText('ragged.csv');
    await examiner.look(`Error, ${theme}`);
  }
  await rm(folder, { recursive: true });
  expect(examiner.found).toEqual([]);
});
