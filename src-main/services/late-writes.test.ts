/** Facts that a locked library refuses come in afterwards, in their order. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDatabase, type Database } from '../storage/database';
import { LateWrites } from './late-writes';

let folder: string;
let db: Database;
let other: Database;
const warn = vi.fn();
const error = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  warn.mockClear();
  error.mockClear();
  folder = mkdtempSync(join(tmpdir(), 'tandem-late-'));
  db = openDatabase(join(folder, 'a.sqlite'));
  db.pragma('busy_timeout = 0');
  db.exec('CREATE TABLE facts (n INTEGER)');
  other = openDatabase(join(folder, 'a.sqlite'));
});
afterEach(() => {
  vi.useRealTimers();
  db.close();
  other.close();
  rmSync(folder, { recursive: true, force: true });
});

const facts = () => other.prepare<[], number>('SELECT n FROM facts ORDER BY rowid').pluck().all();
const insert = (n: number) => () => void db.prepare('INSERT INTO facts VALUES (?)').run(n);

test('what is refused is tried again until it is in, before what came later', () => {
  const late = new LateWrites({ info: () => undefined, warn, error });
  late.write('first', insert(1));
  expect(facts()).toEqual([1]);
  other.exec('BEGIN IMMEDIATE');
  late.write('second', insert(2));
  late.write('third', insert(3));
  vi.advanceTimersByTime(5000);
  expect(facts()).toEqual([1]);
  expect(warn).toHaveBeenCalledTimes(1);
  other.exec('COMMIT');
  vi.advanceTimersByTime(1500);
  expect(facts()).toEqual([1, 2, 3]);
});

test('closing tries once more and says what was lost', () => {
  const late = new LateWrites({ info: () => undefined, warn, error });
  other.exec('BEGIN IMMEDIATE');
  late.write('lost', insert(1));
  late.close();
  other.exec('COMMIT');
  vi.advanceTimersByTime(5000);
  expect(facts()).toEqual([]);
  expect(error).toHaveBeenCalledWith('not written', { what: 'lost' });
});

test('an error that will not pass is thrown', () => {
  const late = new LateWrites({ info: () => undefined, warn, error });
  expect(() => late.write('wrong', () => db.exec('INSERT INTO nowhere VALUES (1)'))).toThrow(/nowhere/);
  late.write('next', insert(1));
  expect(facts()).toEqual([1]);
});
