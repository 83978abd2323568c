/** Folders and zips: what they become, and that hostile ones harm nothing and are told. */
import { createCanvas } from '@napi-rs/canvas';
import { zipSync, type Zippable } from 'fflate';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CodedError } from '../../contract';
import { queryRows } from '../duckdb';
import { PackReader } from '../pack';
import { chooseSource } from '../source';
import { literal } from '../sql';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-tree-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function picture(colour: string, width = 8, height = 8, type: 'image/png' | 'image/jpeg' = 'image/png'): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  return type === 'image/png' ? canvas.toBuffer('image/png') : canvas.toBuffer('image/jpeg');
}
const red = picture('#ff0000');
const blue = picture('#0000ff');
const text = (value: string) => Buffer.from(value, 'utf8');

function zip(files: Zippable, name = 'data.zip'): string {
  const path = join(folder, name);
  writeFileSync(path, zipSync(files));
  return path;
}

function tree(files: Record<string, Buffer>): string {
  const root = join(folder, 'data');
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  return root;
}

/** As an import reads it. `image` facts and the folder of blobs come with it. */
async function read(path: string) {
  const source = await chooseSource(path);
  const work = mkdtempSync(join(folder, 'work-'));
  const [rows, blobs] = [join(work, 'rows.parquet'), join(work, 'blobs')];
  const left: string[] = [];
  const result = await source.read(
    [{ path, name: 'data' }],
    { rows, work, blobs },
    {
      signal: new AbortController().signal,
      progress: () => {},
      leaveOut: ({ file }, reason) => left.push(`${file} ${reason.code}`),
    },
  );
  const names = result.columns.map(({ name }) => name);
  const cells = await queryRows(`SELECT * EXCLUDE (_index) FROM ${literal(rows)} ORDER BY _index`);
  const image = result.columns.find((column) => column.image)?.image ?? null;
  return { names, cells, left: left.sort(), image, blobs, hasGivenSplit: result.hasGivenSplit };
}

async function refusal(path: string): Promise<string> {
  const error: unknown = await read(path).then(
    () => new Error('it was read'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CodedError)) throw error;
  return error.code;
}

describe('pictures in folders', () => {
  test('the folder is the class, nested ones by their path, and loose pictures have none', async () => {
    const path = tree({ 'cat/1.png': red, 'pets/dog/2.png': blue, '3.png': red, 'cat/.DS_Store': red });
    const { names, cells, left } = await read(path);
    expect(names).toEqual(['picture', 'label', 'file', 'width', 'height']);
    expect(cells).toEqual([
      [0, null, '3.png', 8, 8],
      [1, 'cat', 'cat/1.png', 8, 8],
      [2, 'pets/dog', 'pets/dog/2.png', 8, 8],
    ]);
    expect(left).toEqual([]);
  });

  test('a zip with a folder around is the same as the folder, and folders of parts are the split', async () => {
    const path = zip({ 'set/train/cat/1.png': red, 'set/train/dog/2.png': blue, 'set/test/cat/3.png': red });
    const { cells, hasGivenSplit } = await read(path);
    expect(hasGivenSplit).toBe(true);
    expect(cells.map((row) => [row[1], row[2], row[5]])).toEqual([
      ['cat', 'test/cat/3.png', 'test'],
      ['cat', 'train/cat/1.png', 'training'],
      ['dog', 'train/dog/2.png', 'training'],
    ]);
  });

  test('pixels are those of the pictures, the originals are kept byte by byte', async () => {
    const { image, blobs } = await read(zip({ 'a/1.png': red, 'b/2.png': blue }));
    expect(image).toMatchObject({ width: 8, height: 8, channels: 3 });
    const pixels = readFileSync(join(blobs, image?.blob ?? ''));
    expect([...pixels.subarray(0, 3), ...pixels.subarray(192, 195)]).toEqual([255, 0, 0, 0, 0, 255]);
    const pack = await PackReader.open(join(blobs, image?.originals ?? ''));
    expect(Buffer.compare(await pack.read(1), blue)).toBe(0);
    await pack.close();
  });

  test('what is no picture is left out with its reason, whatever it is called', async () => {
    const whole = picture('#123456', 64, 64, 'image/jpeg');
    const path = tree({
      'a/1.png': red,
      'a/notes.txt': text('hello'),
      'a/text.jpg': text('no picture'),
      'a/cut.jpg': whole.subarray(0, whole.length - 20),
      'a/broken.png': Buffer.concat([red.subarray(0, 33), red.subarray(45)]),
      'b/real-png.jpg': blue,
    });
    const { cells, left } = await read(path);
    expect(cells.map((row) => row[2])).toEqual(['a/1.png', 'b/real-png.jpg']);
    expect(left).toEqual([
      'a/broken.png picture-damaged',
      'a/cut.jpg picture-damaged',
      'a/notes.txt file-of-other-kind',
      'a/text.jpg file-of-other-kind',
    ]);
  });

  test('a small file that says it is a huge picture is never unpacked', async () => {
    const bomb = Buffer.from(red);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    const { left } = await read(zip({ 'a/1.png': red, 'b/bomb.png': bomb }));
    expect(left).toEqual(['b/bomb.png picture-too-large']);
  });

  test('nothing usable is an error that names the first', async () => {
    expect(await refusal(zip({ 'a/1.png': text('x'), 'b/2.png': text('y') }))).toBe('tree-all-skipped');
    expect(await refusal(zip({ 'a/1.doc': text('x') }))).toBe('tree-unknown');
    mkdirSync(join(folder, 'empty'));
    expect(await refusal(join(folder, 'empty'))).toBe('tree-unknown');
  });
});

describe('tables in folders', () => {
  const table = text('size,kind\n1.5,a\n2.5,b\n3.5,a\n');

  test.each([
    ['a zip', () => zip({ 'birds.csv': table, 'README.md': text('From afar.') })],
    ['a folder', () => tree({ 'birds.csv': table, 'README.md': text('From afar.') })],
  ])('one table in %s is read as it would be alone', async (_, make) => {
    const { names, cells, left } = await read(make());
    expect(names).toEqual(['size', 'kind']);
    expect(cells).toEqual([
      [1.5, 'a'],
      [2.5, 'b'],
      [3.5, 'a'],
    ]);
    expect(left).toEqual(['README.md file-of-other-kind']);
  });

  test('of several a person has to say which', async () => {
    expect(await refusal(zip({ 'a.csv': table, 'b.csv': table }))).toBe('tree-several-tables');
  });

  test('an archive within, whatever it is called, is no table', async () => {
    const inner = zipSync({ 'a.csv': table });
    expect(await refusal(zip({ 'a.csv': Buffer.from(inner) }))).toBe('tree-unknown');
  });
});

describe('hostile archives and folders', () => {
  test('names that lead out of the archive are left out, and nothing is written outside', async () => {
    const before = readdirSync(dirname(folder)).filter((name) => name.startsWith('slip'));
    const { cells, left } = await read(
      zip({ 'a/1.png': red, '../../slip-1.png': red, '/tmp/slip-2.png': red, 'a/../../slip-3.png': red }),
    );
    expect(cells).toHaveLength(1);
    expect(left).toHaveLength(3);
    expect(left.every((line) => line.endsWith('tree-unsafe-name'))).toBe(true);
    expect(readdirSync(dirname(folder)).filter((name) => name.startsWith('slip'))).toEqual(before);
    expect(existsSync('/tmp/slip-2.png')).toBe(false);
  });

  test('a link in a zip and links in a folder are not followed, wherever they lead', async () => {
    const asLink = { os: 3, attrs: (0o120777 << 16) >>> 0 };
    expect((await read(zip({ 'a/1.png': red, 'a/2.png': [text('/etc/passwd'), asLink] }))).left).toEqual([
      'a/2.png tree-link',
    ]);
    const path = tree({ 'a/1.png': red });
    writeFileSync(join(folder, 'outside.png'), blue);
    symlinkSync(join(folder, 'outside.png'), join(path, 'a/2.png'));
    symlinkSync('/', join(path, 'root'));
    const { cells, left } = await read(path);
    expect(cells).toHaveLength(1);
    expect(left).toEqual(['a/2.png tree-link', 'root tree-link']);
  });

  test('a bomb is told by its directory and never unpacked', async () => {
    const { left } = await read(zip({ 'a/1.png': red, 'a/2.png': Buffer.alloc(32 << 20) }));
    expect(left).toEqual(['a/2.png tree-bomb']);
  });

  test('a file that unpacks to more than its directory says is left out', async () => {
    const path = zip({ 'a/1.png': red, 'a/2.png': Buffer.alloc(1 << 20, 7) });
    const bytes = readFileSync(path);
    // The directory's entry of the second file: 4 bytes of size, 24 after its signature.
    const at = bytes.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    bytes.writeUInt32LE(1000, at + 24);
    writeFileSync(path, bytes);
    expect((await read(path)).left).toEqual(['a/2.png tree-file-unreadable']);
  });

  test('a cut archive is refused as a whole', async () => {
    const path = zip({ 'a/1.png': red, 'b/2.png': blue });
    writeFileSync(path, readFileSync(path).subarray(0, 100));
    expect(await refusal(path)).toBe('zip-damaged');
  });

  test('a cancel ends it', async () => {
    const path = zip({ 'a/1.png': red });
    const source = await chooseSource(path);
    const stop = new AbortController();
    stop.abort(new CodedError('job-cancelled'));
    const target = { rows: join(folder, 'rows'), work: folder, blobs: join(folder, 'blobs') };
    const context = { signal: stop.signal, progress: () => {}, leaveOut: () => {} };
    await expect(source.read([{ path, name: 'data' }], target, context)).rejects.toMatchObject({
      code: 'job-cancelled',
    });
  });
});

describe('pictures beside a table', () => {
  test('rows get their picture by name or path, with or without extension; the rest is told', async () => {
    const path = tree({
      'labels.csv': text('id,price,kind\n1,10,new\npics/2.png,20,old\n9,5,old\n'),
      'pics/1.png': red,
      'pics/2.png': blue,
      'pics/3.png': red,
    });
    const { names, cells, left } = await read(path);
    expect(names).toEqual(['picture', 'price', 'kind', 'file', 'width', 'height']);
    expect(cells).toEqual([
      [0, 10, 'new', 'pics/1.png', 8, 8],
      [1, 20, 'old', 'pics/2.png', 8, 8],
    ]);
    expect(left).toEqual(['labels.csv picture-not-there', 'pics/3.png picture-not-named']);
  });

  test('a table that names no pictures leaves them to their folders', async () => {
    const path = tree({ 'about.csv': text('a,b\nx,y\n'), 'cat/1.png': red, 'dog/2.png': blue });
    const { names, cells } = await read(path);
    expect(names[1]).toBe('label');
    expect(cells.map((row) => row[1])).toEqual(['cat', 'dog']);
  });
});

describe('boxes', () => {
  const wide = picture('#808080', 200, 100, 'image/jpeg');
  const half = { label: 'cell', x: 0.1, y: 0.2, width: 0.5, height: 0.6 };
  const boxesOf = (cells: unknown[][]) => cells.map((row) => (row[1] === null ? null : JSON.parse(String(row[1]))));

  test('Pascal VOC', async () => {
    const object = (name: string, box: number[]) =>
      `<object><name>${name}</name><bndbox>${['xmin', 'ymin', 'xmax', 'ymax']
        .map((side, at) => `<${side}>${box[at]}</${side}>`)
        .join('')}</bndbox></object>`;
    const voc = (name: string, inner: string) => text(`<annotation><filename>${name}</filename>${inner}</annotation>`);
    const path = tree({
      'JPEGImages/a.jpg': wide,
      'JPEGImages/b.jpg': wide,
      'JPEGImages/c.jpg': wide,
      'Annotations/a.xml': voc('a.jpg', object('cell', [20, 20, 120, 80]) + object('R &amp; D', [150, 50, 900, 900])),
      'Annotations/b.xml': voc('b.jpg', object('cell', [300, 0, 400, 10])),
      'Annotations/d.xml': voc('d.jpg', ''),
      'Annotations/cut.xml': text('<annotation><object><name>cell</name>'),
      'Annotations/entity.xml': text('<!DOCTYPE x [<!ENTITY a "aaaa">]><annotation><object>&a;</object></annotation>'),
    });
    const { names, cells, left } = await read(path);
    expect(names).toEqual(['picture', 'boxes', 'file', 'width', 'height']);
    expect(boxesOf(cells)).toEqual([[half, { label: 'R & D', x: 0.75, y: 0.5, width: 0.25, height: 0.5 }], [], null]);
    expect(left).toEqual([
      'Annotations/cut.xml annotation-damaged',
      'Annotations/d.xml annotation-without-picture',
      'Annotations/entity.xml annotation-damaged',
      'JPEGImages/b.jpg box-empty',
    ]);
  });

  test('COCO', async () => {
    const coco = {
      images: [
        { id: 1, file_name: 'a.jpg' },
        { id: 2, file_name: 'gone.jpg' },
      ],
      categories: [{ id: 7, name: 'cell' }],
      annotations: [{ image_id: 1, category_id: 7, bbox: [20, 20, 100, 60] }],
    };
    const path = zip({ 'val/a.jpg': wide, 'val/_annotations.coco.json': text(JSON.stringify(coco)) });
    const { cells, left } = await read(path);
    expect(boxesOf(cells)).toEqual([[half]]);
    expect(left).toEqual(['val/_annotations.coco.json annotation-without-picture']);
    const broken = { ...coco, annotations: [{ image_id: 1, category_id: 7, bbox: [1, 2] }] };
    expect(await refusal(zip({ 'a.jpg': wide, 'a.json': text(JSON.stringify(broken)) }))).toBe('annotation-damaged');
  });

  test('YOLO', async () => {
    const path = tree({
      'data.yaml': text('names:\n  0: cell\n  1: other\n'),
      'images/train/a.jpg': wide,
      'labels/train/a.txt': text('0 0.35 0.5 0.5 0.6\nnonsense\n'),
      'images/train/b.jpg': wide,
      'labels/train/b.txt': text(''),
      'images/train/c.jpg': wide,
    });
    const { cells, left } = await read(path);
    expect(boxesOf(cells)).toEqual([[half], [], null]);
    expect(left).toEqual(['labels/train/a.txt annotation-damaged']);
  });
});
