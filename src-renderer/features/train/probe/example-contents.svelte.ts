/** What the examples of a probe look like: pictures, texts, or the values of their rows; read once a run. */
import { tasks } from '../../../../src-main/catalog';
import type { Run } from '../../../../src-main/contract';
import { client } from '../../../ipc/client';

type Pictures = Awaited<ReturnType<typeof client.datasets.pictures>>;

/** Characters and values of a row that a list shows. */
const LONGEST = 200;
const VALUES = 5;
const SIDE = 64;

export class ExampleContents {
  #pictures = $state.raw<Pictures | null>(null);
  #texts = $state.raw<readonly string[] | null>(null);

  get pictures(): Pictures | null {
    return this.#pictures;
  }
  /** In the order of the rows. */
  get texts(): readonly string[] | null {
    return this.#texts;
  }

  /** @throws CodedError what main refused, as where the version was deleted. */
  async read({ data }: Run, rows: number[]): Promise<void> {
    const version = await client.datasets.version({ id: data.versionId });
    const image = version.columns.find(({ name, type }) => type === 'image' && name !== data.target);
    if (tasks.get(data.task).input === 'picture' && image) {
      const { versionId } = data;
      this.#pictures = await client.datasets.pictures({ versionId, column: image.name, rows, side: SIDE });
      return;
    }
    const read = await client.quality.rows({ versionId: data.versionId, rows });
    const shown = version.columns
      .map(({ name, type }, place) => ({ name, place, type: data.types[name] ?? type }))
      .filter(({ name, type }) => name !== data.target && type !== 'ignored' && type !== 'image');
    const isText = tasks.get(data.task).input === 'text';
    this.#texts = read.map(({ values }) => {
      const parts = shown.slice(0, VALUES).map(({ name, place }) => {
        const value = String(values[place] ?? '–');
        return isText ? value : `${name} ${value}`;
      });
      return parts.join(isText ? ' / ' : ' · ').slice(0, LONGEST);
    });
  }

  pixelsOf(example: number): Uint8Array {
    const { height, width, channels, pixels } = this.#pictures ?? { height: 0, width: 0, channels: 0, pixels: null };
    const size = height * width * channels;
    return pixels?.subarray(example * size, (example + 1) * size) ?? new Uint8Array();
  }
}
