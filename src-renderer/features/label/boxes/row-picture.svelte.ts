/** The picture of the row that is labelled: at once as networks see it, then the file as it was imported, where there is one. */
import { fitWhole, type PictureSize, type Place } from '../../../../src-main/catalog';
import type { Column, DatasetVersion, Row } from '../../../../src-main/contract';
import { PictureSource } from '../../data/picture-source.svelte';
import { Original, type ShownOriginal } from '../../data/viewer/original.svelte';

/** Originals kept at hand, so that going back and forth shows them at once. */
const KEPT = 6;

export class RowPicture {
  readonly #version: DatasetVersion;
  readonly #column: string;
  readonly #hasOriginals: boolean;
  readonly frame: NonNullable<Column['image']>;
  readonly #source: PictureSource;
  /** Those looked at last stand last. */
  #originals = $state.raw<readonly { readonly row: number; readonly original: Original }[]>([]);

  constructor(version: DatasetVersion, column: string, image: NonNullable<Column['image']>) {
    this.#version = version;
    this.#column = column;
    this.frame = image;
    this.#hasOriginals = image.originals !== undefined;
    this.#source = new PictureSource(version.id, column, image);
  }

  get error(): unknown {
    return this.#source.error;
  }

  want(row: number): void {
    this.#source.want([row]);
    if (!this.#hasOriginals) return;
    const original = this.#of(row) ?? new Original(this.#version.id, this.#column, row);
    const all = [...this.#originals.filter((one) => one.row !== row), { row, original }];
    for (const old of all.slice(0, -KEPT)) old.original.end();
    this.#originals = all.slice(-KEPT);
  }

  pixels(row: number): Uint8Array | null {
    return this.#source.pixels(row);
  }

  /** Null while it is read, and where it can't be: the small picture shows then. */
  original(row: number): ShownOriginal | null {
    return this.#of(row)?.shown ?? null;
  }

  /** How large the original is; null until it is known. */
  size({ index, values }: Row): PictureSize | null {
    const known = this.original(index) ?? this.#given(values);
    if (known) return known;
    const isReading = this.#hasOriginals && !this.#of(index)?.error;
    return isReading ? null : this.frame;
  }

  /** Where the original lies in the frame, in pixels of it. */
  inFrame(size: PictureSize): Place {
    return fitWhole(size, this.frame);
  }

  end(): void {
    for (const { original } of this.#originals) original.end();
  }

  #of(row: number): Original | null {
    return this.#originals.find((one) => one.row === row)?.original ?? null;
  }

  /** As an import wrote it beside the picture. */
  #given(values: Row['values']): PictureSize | null {
    const of = (name: string) => Number(values[this.#version.columns.findIndex((column) => column.name === name)]);
    const size = { width: of('width'), height: of('height') };
    return size.width >= 1 && size.height >= 1 ? size : null;
  }
}
