/** The quality report in the window: started, cancelled, made; a column and rows left out, a label set, undone, and there again after a restart. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/app';
import { HomePage } from '../pages/home';

let folder: string;
test.beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'tandem-quality-'))));
test.afterEach(() => rm(folder, { recursive: true }));

/** Trees whose height tells their kind; a copy of the kind, mail addresses, five wrong labels, one row twice. */
function trees(): string {
  const lines = ['height,girth,contact,code,kind'];
  for (let row = 0; row < 300; row += 1) {
    const oak = row % 2 === 0;
    const kind = row % 60 === 30 ? (oak ? 'elm' : 'oak') : oak ? 'oak' : 'elm';
    const height = (oak ? 8 : 2) + ((row * 7919) % 1000) / 500;
    const girth = (oak ? 1 : 5) + ((row * 104729) % 1000) / 500;
    lines.push(`${height},${girth},user${row}@example.org,${kind === 'oak' ? 'Q' : 'U'},${kind}`);
  }
  return `${[...lines, lines[11]].join('\n')}\n`;
}

/** A person's look through axe at the page as it is. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(where: Document, options: object): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }>;
      };
    };
    const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${JSON.stringify(target)}`));
  });
}

test('findings are made, mended with a click, undone, and kept', async ({ tandem, page }) => {
  test.setTimeout(240_000);
  const path = join(folder, 'trees.csv');
  await writeFile(path, trees());
  await new HomePage(page).chooseFile(tandem.application, path);
  await expect(page.getByRole('heading', { name: 'trees', level: 1 })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('tab', { name: /^Quality/ }).click();
  await page.getByRole('button', { name: 'Check the data' }).click();
  await page.getByRole('button', { name: 'Cancel the check' }).click();
  await expect(page.getByText('The check was cancelled.')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Check the data' }).click();
  const findings = page.getByRole('list', { name: 'Findings' }).getByRole('article');
  await expect(findings.filter({ hasText: 'Leaking columns' })).toBeVisible({ timeout: 90_000 });

  const leak = findings.filter({ hasText: 'Leaking columns' });
  await expect(leak).toContainText('“code” alone tells “kind” in 100.0 % of rows.');
  await leak.getByRole('button', { name: 'Leave column “code” out' }).click();
  await expect(leak.getByText('Column left out')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(leak.getByRole('button', { name: 'Leave column “code” out' })).toBeVisible();

  await expect(findings.filter({ hasText: 'Likely personal data' })).toContainText(
    '“contact” seems to hold mail addresses',
  );
  const labels = findings.filter({ hasText: 'Likely wrong labels' });
  await labels.getByRole('button', { name: 'Show rows' }).click();
  const suggestions = labels.getByRole('button', { name: /^Set to (oak|elm): row \d+$/ });
  await expect(suggestions.first()).toBeVisible();
  const offered = await suggestions.count();
  await suggestions.first().click();
  await expect(suggestions).toHaveCount(offered - 1);

  const twins = findings.filter({ hasText: 'Duplicates' }).first();
  await twins.getByRole('button', { name: 'Leave 1 row out' }).click();
  await expect(twins.getByText('Mended')).toBeVisible();
  expect(await violations(page)).toEqual([]);

  const again = await tandem.relaunch();
  await again.getByRole('tab', { name: /^Quality/ }).click();
  const kept = again
    .getByRole('list', { name: 'Findings' })
    .getByRole('article')
    .filter({ hasText: 'Duplicates' })
    .first();
  await expect(kept.getByText('Mended')).toBeVisible({ timeout: 30_000 });
  await expect(again.getByRole('region', { name: 'What was checked' })).toContainText('Outliers');
});
