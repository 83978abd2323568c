/** The table of runs, over a library with two of them: asked, given columns, kept as a view, tagged, noted, archived, deleted. */
import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { Frame } from '../pages/frame';

const fixture = resolve(import.meta.dirname, '../../src-main/storage/fixtures/library-0005.sqlite');

test('runs are found by a query, tagged, noted, archived, and deleted with undo', async ({ tandem }) => {
  await mkdir(tandem.library, { recursive: true });
  await copyFile(fixture, join(tandem.library, 'library.sqlite'));
  const page = await tandem.launch();
  const frame = new Frame(page);
  await page
    .getByRole('main')
    .getByRole('button', { name: /Penguins/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'Penguins', level: 1 })).toBeVisible();
  await frame.go('Runs');
  const table = page.getByRole('table', { name: 'Runs' });
  const run = (name: string) => table.getByRole('row', { name, exact: true });
  const query = page.getByRole('combobox', { name: 'Filter runs' });
  const bar = page.getByRole('toolbar', { name: 'What to do with the chosen runs' });
  await page.getByText('All projects').click();
  await expect(run('calm-otter')).toBeVisible();
  await expect(run('brave-heron')).toBeVisible();

  await test.step('a query says what is wrong and what fits, completes, and filters', async () => {
    await query.fill('stat = finished');
    await expect(page.getByRole('alert')).toContainText('“stat” is no setting');
    await page.getByRole('button', { name: 'state', exact: true }).click();
    await expect(run('brave-heron')).toBeHidden();
    await expect(run('calm-otter')).toBeVisible();
    await query.fill('');
    await query.pressSequentially('learn');
    await expect(page.getByRole('option', { name: /learningRate/ })).toBeVisible();
    await query.press('ArrowDown');
    await query.press('Enter');
    await query.pressSequentially('< 0.01 and epoch > 2');
    await query.press('Enter');
    await expect(page.getByText('1 shown of 2')).toBeVisible();
  });

  await test.step('a column is added, and the look of the table is kept as a view', async () => {
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Find a column to add' }).fill('learning');
    await page.getByRole('button', { name: 'Learning rate learningRate' }).click();
    await page.keyboard.press('Escape');
    await expect(table.getByRole('columnheader', { name: 'Learning rate' })).toBeAttached();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('textbox', { name: 'Name of this view' }).fill('Long ones');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: /^Long ones/ })).toHaveCount(2);
    await page.getByRole('button', { name: 'Default view' }).click();
    await expect(run('brave-heron')).toBeVisible();
  });

  await test.step('keys choose, star and tag; the note is Markdown without HTML', async () => {
    await run('brave-heron').focus();
    await page.keyboard.press('s');
    await expect(run('brave-heron').getByRole('button', { name: 'Star brave-heron' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await run('brave-heron').press('Space');
    await page.keyboard.press('t');
    await page.getByRole('textbox', { name: 'New tag' }).fill('to repeat');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await expect(run('brave-heron').getByRole('button', { name: 'to repeat' })).toBeAttached();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('button', { name: 'Add a note' }).click();
    await inspector.getByRole('textbox', { name: 'Notes' }).fill('# Tried\n\n**warm-up** <img src=x onerror=alert(1)>');
    await page.keyboard.press('Control+Enter');
    await expect(inspector.getByRole('heading', { name: 'Tried' })).toBeVisible();
    await expect(inspector.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
    const examiner = await Examiner.over(page);
    await examiner.look('one run');
    await page.getByRole('combobox', { name: 'Group' }).selectOption('state');
    await examiner.look('groups');
    expect(examiner.found).toEqual([]);
    await page.getByRole('button', { name: /^State Stopped/ }).click();
    await expect(run('brave-heron')).toBeHidden();
    await page.getByRole('combobox', { name: 'Group' }).selectOption('');
    await inspector.getByRole('button', { name: 'to repeat' }).click();
    await expect(query).toHaveValue('tag = "to repeat"');
    await expect(run('calm-otter')).toBeHidden();
  });

  await test.step('Ctrl-A marks the query while it is typed, and chooses all runs in the table', async () => {
    await query.press('Control+a');
    await query.press('Backspace');
    await expect(query).toHaveValue('');
    await run('calm-otter').press('Control+a');
    await expect(bar).toContainText('Chosen: 2');
    await expect(page.getByRole('region', { name: 'What differs' })).toBeVisible();
    await run('calm-otter').press('Space');
    await expect(bar).toContainText('Chosen: 1');
  });

  await test.step('archived ones are hidden until asked for; deleted ones come back', async () => {
    await page.keyboard.press('e');
    await expect(run('brave-heron')).toBeHidden();
    await page.getByRole('combobox', { name: 'Which runs' }).selectOption('archived');
    await run('brave-heron').getByRole('checkbox').click();
    await bar.getByRole('button', { name: 'Take out of the archive' }).click();
    await expect(bar.getByText(/\d bytes on disk/)).toBeVisible();
    await page.keyboard.press('Delete');
    await expect(run('brave-heron')).toBeHidden();
    await expect(frame.messages).toContainText('Runs deleted: 1. They can be brought back for 30 days');
    await frame.messages.getByRole('button', { name: 'Undo' }).last().click();
    await expect(run('brave-heron')).toBeVisible();
  });
  expect(tandem.complaints).toEqual([]);
});
