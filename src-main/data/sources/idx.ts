/**
 * IDX, the format of MNIST and its kin (yann.lecun.com/exdb/mnist): a file of pictures and a file of labels for each part,
 * plain or gzipped. Pixels go into one blob, training pictures first; rows hold the picture's index and its label.
 */
import { stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CodedError } from '../../contract';
import { execute } from '../duckdb';
import { copyPixels, readImageHeader, readLabels } from '../idx-files';
import type { ReadResult, SourceContext, SourceDefinition, SourceFile, SourceTarget } from '../source';
import { identifier, literal } from '../sql';

interface Pair {
  readonly part: 'training' | 'test';
  readonly images: SourceFile;
  readonly labels: SourceFile;
}

const NAME = /(images|labels)[-.]idx([13])[-.]ubyte/;
const TEST_NAME = /^(t10k|test)/;

export const definition: SourceDefinition = {
  id: 'idx',
  label: { en: 'Pictures with labels (IDX)', zh: '带标签的图片（IDX）' },
  extensions: ['.idx3-ubyte', '.idx1-ubyte', '.gz'],
  recognise(path, head) {
    const isPlain = head[0] === 0 && head[1] === 0 && head[2] === 8 && (head[3] === 1 || head[3] === 3);
    return isPlain || (NAME.test(basename(path)) && head[0] === 0x1f && head[1] === 0x8b);
  },
  companions,
  async read(files, target, context) {
    const pairs = pair(files);
    const { rows, blob, height, width } = await readPairs(pairs, target, context);
    const hasGivenSplit = new Set(rows.parts).size === 2;
    await writeRows(rows, hasGivenSplit, target, context);
    const image = { height, width, channels: 1, blob };
    return {
      rowCount: rows.labels.length,
      columns: [
        { name: 'image', type: 'image', image },
        { name: 'label', type: 'category', image: null },
      ],
      hasGivenSplit,
      notes: [],
    } satisfies ReadResult;
  },
};

/** The labels beside the pictures and the other part's two files, where they are there. */
async function companions(path: string): Promise<readonly string[]> {
  const name = basename(path);
  if (!NAME.test(name)) return [path];
  const found = [path];
  for (const candidate of relatives(name)) {
    const beside = join(dirname(path), candidate);
    if (
      await stat(beside).then(
        (entry) => entry.isFile(),
        () => false,
      )
    ) {
      found.push(beside);
    }
  }
  return found;
}

/** Names of the three other files of a set, by the customary naming. */
function relatives(name: string): string[] {
  const other = name.includes('images')
    ? name.replace('images', 'labels').replace('idx3', 'idx1')
    : name.replace('labels', 'images').replace('idx1', 'idx3');
  const swap = (from: string) =>
    TEST_NAME.test(from)
      ? [from.replace(TEST_NAME, 'train')]
      : from.startsWith('train')
        ? ['t10k', 'test'].map((part) => from.replace('train', part))
        : [];
  return [other, ...swap(name), ...swap(other)];
}

/** @throws CodedError `file-missing` for pictures without labels or labels without pictures. */
function pair(files: readonly SourceFile[]): Pair[] {
  const byName = new Map(files.map((file) => [file.name.replace(/\.gz$/i, ''), file]));
  const pairs: Pair[] = [];
  for (const [name, file] of byName) {
    const [, kind] = NAME.exec(name) ?? [];
    if (!kind) throw new CodedError('idx-name-unclear', { file: file.name });
    const otherName = relatives(name)[0] ?? '';
    const other = byName.get(otherName);
    if (!other) throw new CodedError('file-missing', { file: otherName });
    if (kind === 'images')
      pairs.push({ part: TEST_NAME.test(name) ? 'test' : 'training', images: file, labels: other });
  }
  return pairs.sort((one, two) => (one.part === two.part ? 0 : one.part === 'training' ? -1 : 1));
}

interface IdxRows {
  readonly labels: number[];
  readonly parts: Pair['part'][];
}

async function readPairs(pairs: readonly Pair[], target: SourceTarget, context: SourceContext) {
  const rows: IdxRows = { labels: [], parts: [] };
  const headers = [];
  for (const { part, images, labels } of pairs) {
    const header = await readImageHeader(images);
    const [first] = headers;
    if (first && (first.height !== header.height || first.width !== header.width)) {
      throw new CodedError('idx-sizes-differ', {
        file: images.name,
        found: `${header.height} × ${header.width}`,
        other: first.file.name,
        expected: `${first.height} × ${first.width}`,
      });
    }
    const values = await readLabels(labels);
    if (values.length !== header.count) {
      throw new CodedError('idx-counts-differ', { file: labels.name, labels: values.length, pictures: header.count });
    }
    for (const value of values) {
      rows.labels.push(value);
      rows.parts.push(part);
    }
    headers.push(header);
  }
  const [first] = headers;
  if (!first || rows.labels.length === 0) throw new CodedError('idx-empty', { file: pairs[0]?.images.name ?? '' });
  const blob = await copyPixels(headers, target.blobs, context);
  return { rows, blob, height: first.height, width: first.width };
}

/** By way of a small text file, which DuckDB reads faster than rows appended one by one. */
async function writeRows(
  rows: IdxRows,
  hasGivenSplit: boolean,
  target: SourceTarget,
  context: SourceContext,
): Promise<void> {
  const plain = join(target.work, 'labels.csv');
  const lines = rows.labels.map((label, index) => `${index},${label},${rows.parts[index]}\n`);
  await writeFile(plain, lines.join(''));
  const split = hasGivenSplit ? `, split AS ${identifier('_split')}` : '';
  await execute(
    `COPY (SELECT row AS _index, row AS c0, label AS c1${split} FROM read_csv(${literal(plain)}, auto_detect = false,
      header = false, columns = {'row': 'INTEGER', 'label': 'VARCHAR', 'split': 'VARCHAR'}) ORDER BY row)
     TO ${literal(target.rows)} (FORMAT parquet, COMPRESSION zstd)`,
    context.signal,
  );
}
