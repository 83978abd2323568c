/** Labels written out and read in again by the app's own importers, pending edits and hostile names among them. */
import { createCanvas } from '@napi-rs/canvas';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Box, DatasetVersion, Edit, ExportLabelsInput, ExportLabelsResult } from '../../contract';
import { journalRows } from '../../data/edit-state';
import { readColumns } from '../../data/columns';
import { getVersion } from '../../storage/datasets';
import { appendEdits } from '../../storage/edits';
import { openLibrary, type Library } from '../../storage/library';
import type { JobContext } from '../definition';
import { exportLabelsJob } from './export-labels';
import { importJob } from './import';

const resources = resolve(import.meta.dirname, '../../../resources');
let folder: string;
let library: Library;
let jobs = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-export-'));
  library = openLibrary(join(folder, 'library'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function context(changes: Partial<JobContext> = {}): JobContext {
  const nothing = () => undefined;
  jobs += 1;
  const rest = { live: nothing, state: nothing, onCommand: nothing, onAsk: nothing, progress: nothing };
  return { jobId: `job-${jobs}`, library, resources, signal: new AbortController().signal, ...rest, ...changes };
}

async function imported(path: string): Promise<DatasetVersion> {
  const input = { source: { kind: 'file' as const, path }, name: null, target: null };
  const { versionId } = (await importJob.run(input, context())) as { versionId: string };
  return getVersion(library.db, versionId);
}

function edit(version: DatasetVersion, ...edits: Edit[]): void {
  // The head of an edit is the edit without its rows.
  const heads = edits.map((one) => {
    if (!('rows' in one)) return { edit: one, rows: journalRows(one) };
    const { rows, ...head } = one;
    return { edit: head, rows: Int32Array.from(rows) };
  });
  appendEdits(library.db, version.id, heads);
}

function exported(version: DatasetVersion, changes: Partial<ExportLabelsInput>, given: Partial<JobContext> = {}) {
  const rest = { columns: [], pictures: false, replace: false, format: 'csv', place: join(folder, 'out') };
  return exportLabelsJob.run(
    { versionId: version.id, ...rest, ...changes },
    context(given),
  ) as Promise<ExportLabelsResult>;
}

function write(path: string, content: Buffer | string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function png(width: number, height: number, shade: number): Buffer {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = `rgb(${shade} ${255 - shade} 90)`;
  pen.fillRect(0, 0, width, height);
  return canvas.toBuffer('image/png');
}

/** Two pictures of one name, one that was looked at and has none, one that nobody looked at, one that is left out. */
const pictures: readonly [path: string, width: number, height: number][] = [
  ['test/a.png', 101, 37],
  ['train/a.png', 640, 480],
  ['train/classes.png', 50, 50],
  ['train/none.png', 64, 64],
  ['train/out.png', 64, 64],
  ['train/unseen.png', 64, 64],
  ['train/红 & <b>.png', 333, 222],
];
const boxes: readonly Box[] = [
  { label: 'cell <a & "b">', x: 0.1034, y: 0.2071, width: 0.31459, height: 0.55555 },
  { label: '红细胞', x: 0, y: 0, width: 1, height: 1 },
  { label: 'cell <a & "b">', x: 0.75, y: 0.9, width: 0.25, height: 0.0987 },
];

async function labelled(): Promise<DatasetVersion> {
  const root = join(folder, 'given');
  for (const [place, [path, width, height]] of pictures.entries())
    write(join(root, path), png(width, height, place * 30));
  const object =
    '<object><name>x</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>9</xmax><ymax>8</ymax></bndbox></object>';
  write(join(root, 'train/out.xml'), `<annotation><filename>out.png</filename>${object}</annotation>`);
  const version = await imported(root);
  const set = (row: number, value: readonly Box[]): Edit => {
    return { kind: 'set', column: 'boxes', rows: [row], value: JSON.stringify(value) };
  };
  edit(version, set(0, boxes), set(1, boxes.slice(0, 2)), set(2, boxes.slice(2)), set(3, []), set(6, boxes));
  edit(version, { kind: 'exclude', rows: [4], reason: 'chosen' });
  return version;
}

/** Boxes by the file's path below `images/`. */
async function read(version: DatasetVersion): Promise<Map<string, Box[] | null>> {
  const place = (name: string) => version.columns.findIndex((column) => column.name === name);
  const [files = [], cells = []] = await readColumns(library, version.id, [place('file'), place('boxes')]);
  const of = (cell: unknown) => (cell === null ? null : (JSON.parse(String(cell)) as Box[]));
  return new Map(files.map((file, row) => [String(file).replace(/^.*images\//, ''), of(cells[row])]));
}

test.each(['voc', 'coco', 'yolo'])(
  'a folder of %s with its pictures imports again as it was, each edge within half a pixel',
  async (format) => {
    const version = await labelled();
    const place = join(folder, `out-${format}`);
    const result = await exported(version, { format, place, pictures: true });
    expect(result).toEqual({ place: `out-${format}`, rows: 5, labels: 9 });
    const again = await read(await imported(place));
    expect([...again.keys()].sort()).toEqual(
      [
        'test/a.png',
        'train/a.png',
        'train/classes-2.png',
        'train/none.png',
        'train/unseen.png',
        'train/红 & _b_.png',
      ].sort(),
    );
    expect(again.get('train/unseen.png')).toBeNull();
    expect(again.get('train/none.png')).toEqual([]);
    const expected: [string, readonly Box[], number, number][] = [
      ['test/a.png', boxes, 101, 37],
      ['train/a.png', boxes.slice(0, 2), 640, 480],
      ['train/classes-2.png', boxes.slice(2), 50, 50],
      ['train/红 & _b_.png', boxes, 333, 222],
    ];
    for (const [path, given, width, height] of expected) {
      const found = again.get(path) ?? [];
      expect(found.map(({ label }) => label)).toEqual(given.map(({ label }) => label));
      for (const [at, box] of given.entries()) {
        const other = found[at]!;
        const edges = ({ x, y, width: w, height: h }: Box) => [
          x * width,
          y * height,
          (x + w) * width,
          (y + h) * height,
        ];
        for (const [side, edge] of edges(box).entries()) {
          expect(Math.abs(edge - edges(other)[side]!)).toBeLessThanOrEqual(format === 'voc' ? 0.501 : 0.01);
        }
      }
    }
    // The files are the very ones that were imported.
    expect(readFileSync(join(place, 'images/train/a.png'))).toEqual(png(640, 480, 30));
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  },
  60_000,
);

test('CSV has a line per label with its row and pixels, texts and lists among them, and no formulas', async () => {
  const version = await labelled();
  const csv = join(folder, 'labels.csv');
  await exported(version, { place: csv });
  const lines = readFileSync(csv, 'utf8').split('\n');
  expect(lines[0]).toBe('\uFEFFrow,file,column,label,left,top,width,height');
  expect(lines[1]).toBe('1,test/a.png,boxes,"cell <a & ""b"">",10.44,7.66,31.77,20.56');
  expect(lines).toContain('4,train/none.png,boxes,,,,,');
  expect(lines.some((line) => line.startsWith('5,') || line.startsWith('6,'))).toBe(false);

  write(
    join(folder, 'texts.csv'),
    `text,n\n"Ada wrote, in London, all of the notes that we have on the engine",1\n"=Nothing 😀 here in a text that is long enough",2\n`,
  );
  const texts = await imported(join(folder, 'texts.csv'));
  edit(
    texts,
    { kind: 'add-column', column: 'names', type: 'spans', of: 'text' },
    { kind: 'add-column', column: 'kinds', type: 'labels' },
    {
      kind: 'set',
      column: 'names',
      rows: [0],
      value: '[{"start":0,"end":10,"label":"=who"},{"start":14,"end":20,"label":"where"}]',
    },
    { kind: 'set', column: 'names', rows: [1], value: '[]' },
    { kind: 'set', column: 'kinds', rows: [1], value: '["a","b"]' },
  );
  expect(await exported(texts, { place: csv, replace: true })).toMatchObject({ rows: 2, labels: 4 });
  expect(readFileSync(csv, 'utf8')).toBe(
    [
      '\uFEFFrow,column,label,start,end,text',
      `1,names,'=who,0,10,"Ada wrote,"`,
      '1,names,where,14,20,London',
      '2,names,,,,',
      '2,kinds,a,,,',
      '2,kinds,b,,,',
      '',
    ].join('\n'),
  );
});

test('what is there is never lost, what fails or is given up leaves nothing, and errors say why', async () => {
  const version = await labelled();
  const code = (work: Promise<unknown>) => expect(work).rejects;
  const full = join(folder, 'full');
  write(join(full, 'mine.txt'), 'mine');
  await code(exported(version, { format: 'yolo', place: full, replace: true })).toMatchObject({
    code: 'export-place-taken',
  });
  await code(exported(version, { place: join(full, 'mine.txt') })).toMatchObject({ code: 'export-place-taken' });
  expect(readFileSync(join(full, 'mine.txt'), 'utf8')).toBe('mine');
  await code(exported(version, { format: 'voc', place: join(folder, 'nowhere', 'x') })).toMatchObject({
    code: 'export-place-missing',
  });
  await code(exported(version, { columns: ['nothing'] })).toMatchObject({ code: 'column-missing' });

  const controller = new AbortController();
  const cancelled = exported(
    version,
    { format: 'voc', pictures: true, place: join(folder, 'given-up') },
    { signal: controller.signal, progress: ({ unit }) => unit === 'pictures' && controller.abort() },
  );
  await expect(cancelled).rejects.toThrow();
  expect(readdirSync(folder).sort()).toEqual(['full', 'given', 'library']);

  mkdirSync(join(folder, 'empty'));
  await exported(version, { format: 'yolo', place: join(folder, 'empty') });
  expect(existsSync(join(folder, 'empty/labels/train/none.txt'))).toBe(true);
  expect(existsSync(join(folder, 'empty/images'))).toBe(false);
});
