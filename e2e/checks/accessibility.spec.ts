/** WCAG A and AA on every screen, light and dark, by axe in the real window. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/app';
import { Frame, type Screen } from '../pages/frame';
import { HomePage } from '../pages/home';

interface AxeResult {
  violations: { id: string; help: string; nodes: { target: unknown; failureSummary?: string }[] }[];
}

/** One line per broken rule and element, so that a failure reads as a list of what to mend. */
async function problems(page: Page, axeSource: string): Promise<string[]> {
  // The page's policy refuses added scripts; evaluation by the test is exempt.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => {
    const { axe } = window as unknown as { axe: { run(where: Document, options: object): Promise<AxeResult> } };
    return axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} (${JSON.stringify(target)})`),
  );
}

for (const theme of ['light', 'dark'] as const) {
  test(`every screen, ${theme}`, async ({ tandem, page }) => {
    test.setTimeout(180_000);
    const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await page.evaluate((value) => window.tandem.rpc('app.setPreferences', { theme: value }), theme);
    const again = await tandem.relaunch();
    const frame = new Frame(again);
    await expect(again.getByRole('heading', { level: 1 })).toBeVisible();
    const found: Record<string, string[]> = { Welcome: await problems(again, axeSource) };
    await new HomePage(again).openSample('Penguins');
    await expect(again.getByRole('heading', { name: 'Penguins', level: 1 })).toBeVisible({ timeout: 60_000 });
    for (const screen of ['Home', 'Data', 'Network', 'Train', 'Runs', 'Test', 'Use'] satisfies Screen[]) {
      await frame.go(screen);
      await expect(again.getByRole('heading', { level: 1 })).toBeVisible();
      found[screen] = await problems(again, axeSource);
    }
    expect(Object.entries(found).flatMap(([screen, lines]) => lines.map((line) => `${screen}: ${line}`))).toEqual([]);
  });
}
