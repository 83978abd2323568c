/**
 * Ratings of items by users, one a row, with what is known of the items and users in files beside them: RecBole's `.inter`,
 * `.item` and `.user`, MovieLens's `u.data` and `ratings.dat`.
 */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CodedError, type DatasetVersion } from '../../contract';
import { readAsCsv, refuseWidth, writeAsCsv } from '../as-csv';
import { LONGEST_LINE, readLines, type TextLine } from '../csv/lines';
import { readHead } from '../file-heads';
import { parseNumber } from '../missing';
import { readFeatures, type Features } from '../rating-features';
import { findRatingLayout, readTypedHeader, type NamedColumn, type RatingLayout } from '../rating-layouts';
import type { ReadContext, ReadResult, SourceDefinition, SourceFile, SourceTarget } from '../source';

export const definition: SourceDefinition = {
  id: 'ratings',
  label: { en: 'Ratings', zh: '评分' },
  extensions: ['.inter', '.data', '.dat'],
  recognise: (path, head) => findRatingLayout(path, head) !== null,
  async companions(path) {
    const layout = findRatingLayout(path, await readHead(path));
    const beside = (layout?.features ?? []).map(({ file }) => join(dirname(path), file));
    return [path, ...beside.filter((each) => existsSync(each))];
  },
  async read([file, ...others], target, context) {
    if (!file) throw new CodedError('file-missing', { file: '' });
    const layout = findRatingLayout(file.path, await readHead(file.path));
    if (!layout) throw new CodedError('ratings-header', { file: file.name });
    return readRatings(file, others, layout, target, context);
  },
};

async function readRatings(
  file: SourceFile,
  others: readonly SourceFile[],
  layout: RatingLayout,
  target: SourceTarget,
  context: ReadContext,
): Promise<ReadResult> {
  const columns = layout.columns ?? (await readHeader(file, context));
  const features: Features[] = [];
  for (const feature of layout.features) {
    const beside = others.find(({ path }) => basename(path) === feature.file);
    const read = beside ? await readFeatures(beside, feature, context) : null;
    if (read) features.push(read);
  }
  const joined = joinedColumns(columns, features);
  refuseWidth(file, joined.length);
  const types = new Map(joined.flatMap(({ name, type }) => (type ? [[name, type] as const] : [])));
  const rows = new RatingRows(file, layout, columns, features, context);
  const write = async (output: string): Promise<DatasetVersion['notes']> => {
    await writeAsCsv(
      joined.map(({ name }) => name),
      rows.read(),
      output,
      context,
    );
    if (rows.count === 0) throw new CodedError('csv-header-only', { file: file.name });
    return features.map(({ of, byId }) => ({ code: `features-of-${of}`, parameters: { count: byId.size } }));
  };
  return readAsCsv(file, target, context, write, { types });
}

async function readHeader(file: SourceFile, context: ReadContext): Promise<NamedColumn[]> {
  for await (const { text } of readLines(file, context)) {
    const columns = readTypedHeader(text ?? '');
    if (columns && idColumn(columns, 'user') >= 0 && idColumn(columns, 'item') >= 0) return columns;
    break;
  }
  throw new CodedError('ratings-header', { file: file.name });
}

function idColumn(columns: readonly NamedColumn[], of: Features['of']): number {
  return columns.findIndex(({ name }) => name === of || name === `${of}_id`);
}

/** A feature that is called as another column gets whose it is added. */
function joinedColumns(columns: readonly NamedColumn[], features: readonly Features[]): NamedColumn[] {
  const joined = [...columns];
  for (const { of, columns: own } of features) {
    for (const column of own) {
      let { name } = column;
      while (joined.some((other) => other.name === name)) name = `${name} (${of})`;
      joined.push({ ...column, name });
    }
  }
  return joined;
}

/** The sound rows of the file with their features; the others are left out. */
class RatingRows {
  count = 0;
  readonly #rating: number;
  readonly #features: readonly {
    readonly at: number;
    readonly none: readonly null[];
    readonly byId: Features['byId'];
  }[];

  constructor(
    private readonly file: SourceFile,
    private readonly layout: RatingLayout,
    private readonly columns: readonly NamedColumn[],
    features: readonly Features[],
    private readonly context: ReadContext,
  ) {
    this.#rating = columns.findIndex(({ name }) => name === 'rating');
    this.#features = features.map(({ of, columns: own, byId }) => {
      return { at: idColumn(columns, of), none: own.map(() => null), byId };
    });
  }

  async *read(): AsyncGenerator<(string | null)[]> {
    let isHeader = this.layout.columns === null;
    for await (const line of readLines(this.file, this.context)) {
      if (isHeader || line.text?.trim() === '') {
        isHeader = false;
        continue;
      }
      const values = this.#values(line);
      if (!values) continue;
      this.count += 1;
      yield [...values, ...this.#features.flatMap(({ at, none, byId }) => byId.get(values[at] ?? '') ?? none)];
    }
  }

  #values({ row, text }: TextLine): string[] | null {
    const place = { file: this.file.name, row };
    if (text === null) {
      this.context.leaveOut(place, new CodedError('text-row-too-long', { ...place, most: LONGEST_LINE >> 20 }));
      return null;
    }
    const values = text.split(this.layout.delimiter);
    if (values.length !== this.columns.length) {
      const counts = { found: values.length, expected: this.columns.length };
      this.context.leaveOut(place, new CodedError('values-count', { ...place, ...counts }));
      return null;
    }
    const rating = values[this.#rating];
    if (rating !== undefined && parseNumber(rating) === null) {
      this.context.leaveOut(place, new CodedError('rating-not-number', { ...place, value: rating }));
      return null;
    }
    return values;
  }
}
