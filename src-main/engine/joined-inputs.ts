/** Rows of two sources as one, those of the second after those of the first, each where it lies: in memory or in its file. */
import type { StoredInputs } from './training-data';

type Source = Float32Array | StoredInputs;

export class JoinedInputs implements StoredInputs {
  readonly type = 'float32';
  readonly resident: boolean;
  readonly #sources: readonly [Source, Source];
  readonly #first: number;
  readonly #size: number;

  /** @param sources of float32. @param first rows of the first source. @param size values of a row. */
  constructor(sources: readonly [Source, Source], first: number, size: number) {
    this.#sources = sources;
    this.#first = first;
    this.#size = size;
    this.resident = sources.every((source) => ArrayBuffer.isView(source) || source.resident);
  }

  readAll(): Float32Array {
    const [one, other] = this.#sources.map((source) => (ArrayBuffer.isView(source) ? source : source.readAll()));
    const all = new Float32Array((one?.length ?? 0) + (other?.length ?? 0));
    all.set(one ?? []);
    all.set(other ?? [], one?.length);
    return all;
  }

  /** Rows of one source are read ahead; an epoch's are, and those of a part that is measured. */
  expect(order: Int32Array, batchRows: number): void {
    const [found, ...others] = this.#split(order);
    if (found && others.length === 0 && !ArrayBuffer.isView(found.source)) found.source.expect(found.rows, batchRows);
  }

  take(order: Int32Array): Float32Array {
    const size = this.#size;
    const [found, ...others] = this.#split(order);
    if (found && others.length === 0 && !ArrayBuffer.isView(found.source)) {
      return found.source.take(found.rows) as Float32Array;
    }
    const taken = new Float32Array(order.length * size);
    for (const { source, rows, places } of this.#split(order)) {
      const values = ArrayBuffer.isView(source) ? source : source.take(rows);
      places.forEach((place, at) => {
        const from = ArrayBuffer.isView(source) ? (rows[at] ?? 0) : at;
        taken.set(values.subarray(from * size, (from + 1) * size), place * size);
      });
    }
    return taken;
  }

  /** By source, the rows that lie in it, as it counts them, and their places in the order; sources without any left out. */
  #split(order: Int32Array) {
    const places = order.map((_, place) => place);
    return this.#sources
      .map((source, index) => {
        const own = places.filter((place) => (order[place] ?? 0) >= this.#first === (index === 1));
        return { source, places: own, rows: own.map((place) => (order[place] ?? 0) - index * this.#first) };
      })
      .filter(({ rows }) => rows.length > 0);
  }
}
