/** What test rows hold, so that people see what models disagree about: pictures, texts, or the values of inputs. */
import type { ModelInfo } from '../../../../src-main/contract';
import { formatNumber } from '../../../i18n';
import { client } from '../../../ipc/client';
import { textColumnOf, textsAt } from '../../test/text-column';

export interface Picture {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export type RowContent =
  { readonly kind: 'picture'; readonly picture: Picture } | { readonly kind: 'words'; readonly words: string };

/** Inputs of a table that are shown of a row. */
const shownInputs = 6;

/** One per row in the order asked; null where there is nothing to be shown, as of sounds. */
export async function contentsOf(
  info: Pick<ModelInfo, 'task' | 'inputs'>,
  versionId: string,
  rows: number[],
): Promise<(RowContent | null)[]> {
  if (rows.length === 0) return [];
  const image = info.inputs.find(({ type }) => type === 'image')?.column;
  if (image !== undefined) {
    const { pixels, ...size } = await client.datasets.pictures({ versionId, column: image, rows });
    const bytes = size.height * size.width * size.channels;
    return rows.map((_, at) => ({
      kind: 'picture',
      picture: { ...size, pixels: pixels.subarray(at * bytes, (at + 1) * bytes) },
    }));
  }
  const text = textColumnOf(info);
  if (text !== null) return (await textsAt(versionId, text, rows)).map((words) => ({ kind: 'words', words }));
  return valuesAt(info, versionId, rows);
}

async function valuesAt(
  { inputs }: Pick<ModelInfo, 'inputs'>,
  versionId: string,
  rows: number[],
): Promise<(RowContent | null)[]> {
  const [version, read] = await Promise.all([
    client.datasets.version({ id: versionId }),
    client.quality.rows({ versionId, rows }),
  ]);
  const shown = inputs.filter(({ type }) => type === 'number' || type === 'category').slice(0, shownInputs);
  const places = shown.map(({ column }) => version.columns.findIndex(({ name }) => name === column));
  const byIndex = new Map(read.map(({ index, values }) => [index, values]));
  return rows.map((row) => {
    const values = byIndex.get(row);
    if (!values || shown.length === 0) return null;
    const words = shown.map(({ column }, at) => `${column} ${wordOf(values[places[at] ?? -1] ?? null)}`).join(' · ');
    return { kind: 'words', words };
  });
}

function wordOf(value: string | number | null): string {
  return value === null ? '–' : typeof value === 'number' ? formatNumber(value) : value;
}
