/** Texts, sentence pairs and ratings come in with a sentence that says what was found, and with what was left out. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/app';
import { Examiner } from '../fixtures/examiner';
import { HomePage } from '../pages/home';

const shared = resolve(import.meta.dirname, '../../../shared/data');
let folder: string;
test.beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'tandem-bring-'))));
test.afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function expectFound(page: Page, name: string, ...sentences: string[]): Promise<void> {
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible({ timeout: 120_000 });
  for (const sentence of sentences) await expect(page.getByRole('complementary')).toContainText(sentence);
}

test('texts in folders: what was found, and what was left out, to be saved', async ({ tandem, page }) => {
  for (const label of ['calm', 'loud']) {
    for (let at = 0; at < 6; at += 1)
      await write(`moods/${label}/${at}.txt`, `These are the words of a ${label} text ${at}.`);
  }
  await write('moods/calm/latin.txt', Buffer.from('Misérables', 'latin1'));
  await write('moods/=1+1.txt', 'beside the classes');
  await new HomePage(page).chooseFolder(tandem.application, join(folder, 'moods'));
  await expectFound(
    page,
    'moods',
    '12 texts in 2 classes (label).',
    'Can be trained here: Classify rows, Classify texts.',
    '2 files or rows were left out.',
  );

  await page.getByRole('button', { name: 'Show what was left out' }).click();
  const report = page.getByRole('dialog', { name: 'Left out of the import' });
  await expect(report.getByRole('rowheader', { name: 'calm/latin.txt' })).toBeVisible();
  await report.getByRole('combobox', { name: 'Reason' }).selectOption({ value: 'text-without-class' });
  await expect(report.getByRole('rowheader')).toHaveText(['=1+1.txt']);
  const saved = join(folder, 'report.csv');
  await tandem.application.evaluate(({ session }, path) => {
    session.defaultSession.once('will-download', (_event, item) => item.setSavePath(path));
  }, saved);
  await report.getByRole('button', { name: 'Save as CSV' }).click();
  await expect(async () => expect(await readFile(saved, 'utf8')).toContain("'=1+1.txt,,text-without-class")).toPass();
  await page.keyboard.press('Escape');

  await test.step('the kind may be corrected, and that undone', async () => {
    const inspector = page.getByRole('complementary');
    await inspector.getByRole('combobox', { name: 'Kind of data' }).selectOption('Texts');
    await expect(inspector).toContainText('12 pieces of text.');
    await page.keyboard.press('Control+z');
    await expect(inspector).toContainText('12 texts in 2 classes');
  });
  expect(tandem.complaints).toEqual([]);
});

test('two files, line by line, and ratings with what is known of the items', async ({ tandem, page }) => {
  const home = new HomePage(page);
  await write('talk.zh', '嗨。\n等等！\n谁？\n');
  await home.chooseFile(tandem.application, await write('talk.en', 'Hi.\nWait!\nWho?\n'));
  await expectFound(page, 'talk', '3 pairs of sentences (en, zh).', 'The app can’t train this yet: Translate.');

  const ratings = Array.from({ length: 60 }, (_, at) => `${at % 6}\t${at % 10}\t${(at % 5) + 1}\t${881250949 + at}`);
  await write(
    'films.item',
    'item_id:token\tgenre:token\n' + Array.from({ length: 10 }, (_, at) => `${at}\tg${at % 2}\n`).join(''),
  );
  await page.getByRole('navigation', { name: 'Life cycle' }).getByRole('button', { name: 'Home' }).click();
  const header = 'user_id:token\titem_id:token\trating:float\ttimestamp:float';
  await home.chooseFile(tandem.application, await write('films.inter', [header, ...ratings].join('\n')));
  await expectFound(
    page,
    'films',
    '60 ratings of 10 items by 6 users.',
    'Can be trained here: Recommend items',
    'Features of 10 items were joined to the ratings.',
  );
  for (const column of ['user_id', 'item_id', 'rating', 'genre']) {
    await expect(page.getByRole('main').getByRole('columnheader', { name: column })).toBeVisible();
  }
});

test('what the app took, the first row or one of several tables, may be corrected where it says so', async ({
  tandem,
  page,
}) => {
  const rows = Array.from({ length: 30 }, (_, row) => `${row * 7},b${row % 3}`);
  const path = await write('codes.csv', ['id,a1', ...rows].join('\n'));
  await new HomePage(page).chooseFile(tandem.application, path);
  await expectFound(page, 'codes', 'A table of 30 rows', 'The first row names the columns.');
  await page.getByRole('button', { name: 'First row is data' }).press('Enter');
  await expectFound(page, 'codes', '31', 'The first row is data.');
  await expect(page.getByRole('button', { name: 'First row is names' })).toBeVisible();
  await rm(path);
  await page.getByRole('button', { name: 'First row is names' }).click();
  await expect(page.getByRole('alert')).toContainText('codes.csv is not where it was imported from.');
  await page.getByRole('navigation', { name: 'Life cycle' }).getByRole('button', { name: 'Data' }).click();
  await expectFound(page, 'codes', 'The first row is data.', 'Import it again to change this.');
  await expect(page.getByRole('button', { name: 'First row is names' })).toBeHidden();

  await test.step('one of several tables is asked for, and another afterwards', async () => {
    const examiner = await Examiner.over(page);
    await write('shop/items.csv', 'item,price\n' + Array.from({ length: 8 }, (_, at) => `i${at},${at}\n`).join(''));
    await write('shop/sales.csv', ['size,kind', ...rows].join('\n'));
    await page.getByRole('navigation', { name: 'Life cycle' }).getByRole('button', { name: 'Home' }).click();
    await new HomePage(page).chooseFolder(tandem.application, join(folder, 'shop'));
    const question = page.getByRole('dialog', { name: 'Which table?' });
    const sales = question.getByRole('radio', { name: 'sales.csv 30 rows, 2 columns' });
    await expect(sales).toBeFocused();
    await expect(sales).toBeChecked();
    await examiner.look('the question');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expectFound(page, 'shop', 'A table of 8 rows', 'Table: items.csv, one of 2.');
    await examiner.look('the answer');
    await page.getByRole('button', { name: 'Choose another table' }).click();
    await expect(question.getByRole('radio', { name: 'items.csv' })).toBeChecked();
    await page.keyboard.press('Escape');
    await expectFound(page, 'shop', 'Table: items.csv, one of 2.');
    await page.getByRole('button', { name: 'Choose another table' }).click();
    await sales.check();
    await question.getByRole('button', { name: 'Import table' }).click();
    await expectFound(page, 'shop', 'A table of 30 rows', 'Table: sales.csv, one of 2.');
    expect(examiner.found).toEqual([]);
  });
});

test.describe('real data', () => {
  test.skip(!existsSync(shared), 'the shared data are not here');

  test('sentences of Tatoeba and the plays of Shakespeare', async ({ tandem, page }) => {
    test.setTimeout(180_000);
    const home = new HomePage(page);
    await home.chooseFile(tandem.application, join(shared, 'tatoeba-eng-cmn.tsv'));
    await expectFound(
      page,
      'tatoeba-eng-cmn',
      '26,388 pairs of sentences (source, target).',
      'The file has no header.',
    );
    await page.getByRole('navigation', { name: 'Life cycle' }).getByRole('button', { name: 'Home' }).click();
    await cp(join(shared, 'tinyshakespeare.txt'), join(folder, 'plays.txt'));
    await home.chooseFile(tandem.application, join(folder, 'plays.txt'));
    await expectFound(page, 'plays', '7,222 pieces of text.', 'The app can’t train this yet: Write text.');
  });

  test('pictures with boxes, and 60,000 pictures in folders', async ({ tandem, page }) => {
    test.setTimeout(240_000);
    const home = new HomePage(page);
    await home.chooseFile(tandem.application, join(shared, 'bccd.zip'));
    await expectFound(
      page,
      'bccd',
      '364 pictures in which things are framed by boxes.',
      '3 files or rows were left out.',
    );
    await page.getByRole('navigation', { name: 'Life cycle' }).getByRole('button', { name: 'Home' }).click();
    await home.chooseFile(tandem.application, join(shared, 'cifar10.zip'));
    await expectFound(page, 'cifar10', '60,000 pictures in 10 classes', 'Can be trained here: Classify pictures.');
    const grid = page.getByRole('grid', { name: 'Pictures' });
    await grid.focus();
    await page.keyboard.press('End');
    await expect(page.getByRole('complementary')).toContainText('Row 60,000');
  });
});
