/**
 * How fast tables of each form and pictures are imported, and what memory that takes: `tandem import` of files made here, of numbers, categories,
 * dates and words, timed from the command to its end, with the most that any of its processes had resident.
 */
import { DuckDBInstance } from '@duckdb/node-api';
import Database from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBuilt } from '../build.mjs';
import { projectFolder, projectPath } from '../setup/cache.mjs';

/** Rows of about 63 bytes of CSV each: 1 GB, and a fifth of it where a form holds more bytes per row. */
export const ROWS = 16_000_000;
const FEWER = 3_200_000;
const SAMPLE_MS = 100;

/** @returns {Promise<Record<string, string>>} */
export async function measureImport() {
  await ensureBuilt();
  const folder = mkdtempSync(path.join(tmpdir(), 'tandem-bench-'));
  try {
    /** @type {Record<string, string>} */
    const figures = {};
    for (const [name, rows] of /** @type {const} */ ([
      ['table.csv', ROWS],
      ['table.parquet', ROWS],
      ['table.jsonl', FEWER],
      ['table.sqlite', FEWER],
    ])) {
      const file = path.join(folder, name);
      await makeTable(file, rows);
      const size = `${(statSync(file).size / 1e9).toFixed(2)} GB, ${(rows / 1e6).toFixed(1)} million rows`;
      figures[`import of ${name} (${size})`] = await timeImport(file, path.join(folder, 'library'));
      rmSync(file);
    }
    const pictures = projectPath('..', 'shared', 'data', 'cifar10.zip');
    if (existsSync(pictures)) {
      figures['import of cifar10.zip (60,000 JPEG)'] = await timeImport(pictures, path.join(folder, 'library'));
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The table in the form that the file's name says. @param {string} file @param {number} rows */
export async function makeTable(file, rows) {
  // One thread and a seed: the same rows each time, whatever the machine.
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run('SELECT setseed(0.5)');
  const select = `SELECT range AS id, round(random() * 1000, 3) AS length, round(random(), 6) AS share, range % 97 AS age,
    ['north', 'south', 'east', 'west'][1 + (range % 4)] AS side, (DATE '2020-01-01' + (range % 2000)::INTEGER)::VARCHAR AS day,
    'some words ' || (range % 1000) AS words, ['yes', 'no'][1 + (random() * 2)::INTEGER % 2] AS answer FROM range(${rows})`;
  const form = path.extname(file);
  if (form === '.sqlite') await fill(file, connection, select);
  else {
    const options = form === '.csv' ? 'csv, HEADER' : form === '.parquet' ? 'parquet' : 'json';
    await connection.run(`COPY (${select}) TO '${file}' (FORMAT ${options})`);
  }
  connection.closeSync();
}

/** @param {string} file @param {import('@duckdb/node-api').DuckDBConnection} connection @param {string} select */
async function fill(file, connection, select) {
  const db = new Database(file);
  db.pragma('journal_mode = OFF');
  db.exec('CREATE TABLE t (id, length, share, age, side, day, words, answer); BEGIN');
  const insert = db.prepare('INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const result = await connection.stream(select);
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const row of chunk.getRows()) insert.run(...row);
  }
  db.exec('COMMIT');
  db.close();
}

/** @param {string} file @param {string} library @returns {Promise<string>} */
async function timeImport(file, library) {
  const start = performance.now();
  const command = [projectPath('out', 'main', 'tandem.js'), 'import', file, '--library', library];
  const child = spawn(process.execPath, command, { cwd: projectFolder, stdio: ['ignore', 'ignore', 'inherit'] });
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, memoryOf(child.pid ?? 0).resident)), SAMPLE_MS);
  const code = await new Promise((ended) => child.once('exit', ended));
  clearInterval(watch);
  if (code !== 0) throw new Error(`The import of ${file} ended with ${code}`);
  return `${((performance.now() - start) / 1000).toFixed(1)} s, at most ${Math.round(most / 1e6)} MB resident in all its processes`;
}

/**
 * Bytes that a process and its descendants hold (Linux): `resident`, what they share counted in each; `own`, without what
 * lies in files.
 * @param {number} root
 */
export function memoryOf(root) {
  /** @type {Map<number, { parent: number, resident: number, file: number }>} */
  const processes = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const field = (/** @type {string} */ key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      const [resident, file] = [1024 * field('VmRSS'), 1024 * field('RssFile')];
      processes.set(Number(name), { parent: field('PPid'), resident, file });
    } catch {
      // It ended meanwhile.
    }
  }
  const isOurs = (/** @type {number} */ pid) => {
    for (let at = pid; at > 1; at = processes.get(at)?.parent ?? 0) if (at === root) return true;
    return false;
  };
  const ours = [...processes].filter(([pid]) => isOurs(pid)).map(([, memory]) => memory);
  const resident = ours.reduce((sum, one) => sum + one.resident, 0);
  return { resident, own: resident - ours.reduce((sum, one) => sum + one.file, 0) };
}
