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

for (const theme of themes) {
  test(`every screen, ${theme}`, async ({ tandem, page }) => {
    test.setTimeout(180_000);
    await page.evaluate((value) => window.tandem.rpc('app.setPreferences', { theme: value }), theme);
    const again = await tandem.relaunch();
    await expect(again.getByRole('heading', { level: 1 })).toBeVisible();
    const examiner = await Examiner.over(again);
    await examiner.look('Welcome');
    await openPenguins(again);
    for (const screen of screens) {
      await new Frame(again).go(screen);
      await expect(again.getByRole('heading', { level: 1 })).toBeVisible();
      await examiner.look(screen);
    }
    expect(examiner.found).toEqual([]);
  });

  test(`with a trained run, in Chinese, ${theme}`, async ({ tandem, page }) => {
    test.setTimeout(180_000);
    await openPenguins(page);
    await page.keyboard.press('Control+3');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('main').getByText('Finished', { exact: true })).toBeVisible({ timeout: 90_000 });
    await page.evaluate((value) => window.tandem.rpc('app.setPreferences', { theme: value, locale: 'zh' }), theme);
    const again = await tandem.relaunch();
    await expect(again.getByRole('navigation')).toContainText('训练');
    const examiner = await Examiner.over(again);
    for (const screen of screens) {
      await step(again, screen).click();
      await expect(step(again, screen)).toHaveAttribute('aria-current', 'page');
      await expect(again.getByRole('heading', { level: 1 })).toBeVisible();
      await examiner.look(`${screen} (zh)`);
      for (const tab of await again.getByRole('tab').all()) {
        await tab.click();
        await examiner.look(`${screen} (zh), ${await tab.innerText()}`);
      }
    }
    expect(examiner.found).toEqual([]);
  });

  test(`what floats, ${theme}`, async ({ tandem, page }) => {
    test.setTimeout(180_000);
    await page.evaluate((value) => window.tandem.rpc('app.setPreferences', { theme: value }), theme);
    const again = await tandem.relaunch();
    await openPenguins(again);
    const examiner = await Examiner.over(again);
    const bar = again.getByRole('banner');

    await again.keyboard.press('Control+k');
    await expect(again.getByRole('dialog')).toBeVisible();
    await examiner.look('Palette');
    await again.keyboard.type('rename');
    await again.keyboard.press('Enter');
    await expect(again.getByRole('dialog', { name: 'Rename' })).toBeVisible();
    await examiner.look('Dialogue');
    await again.keyboard.press('Escape');

    for (const name of [/^Activity/, /^Computing device|^Device|CPU/, /^Settings/]) {
      await bar.getByRole('button', { name }).click();
      await expect(again.getByRole('dialog')).toBeVisible();
      await examiner.look(`Popover ${name}`);
      await again.keyboard.press('Escape');
      await expect(again.getByRole('dialog')).toHaveCount(0);
    }
    await bar.getByRole('button', { name: /^Project: / }).click();
    await expect(again.getByRole('menu')).toBeVisible();
    await examiner.look('Menu');
    await again.keyboard.press('Escape');

    await new Frame(again).go('Train');
    await expect(async () => {
      await bar.hover();
      await again.getByRole('button', { name: 'Stop', exact: true }).hover();
      await expect(again.getByRole('tooltip')).toBeVisible({ timeout: 3000 });
    }).toPass();
    await examiner.look('Tip');

    await new Frame(again).go('Home');
    const folder = await mkdtemp(join(tmpdir(), 'tandem-broken-'));
    await writeFile(join(folder, 'ragged.csv'), 'a,b\n1,2\n3,4,5\n');
    await new HomePage(again).chooseFile(tandem.application, join(folder, 'ragged.csv'));
    await expect(again.getByRole('alert').first()).toContainText('ragged.csv');
    await examiner.look('Error');
    await rm(folder, { recursive: true });
    expect(examiner.found).toEqual([]);
  });
}
