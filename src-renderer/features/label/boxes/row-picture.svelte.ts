/** The picture of the row that is labelled: at once as networks see it, then the file as it was imported, where there is one. */
import { fitWhole, type PictureSize, type Place } from '../../../../src-main/catalog';
import type { Column, DatasetVersion, Row } from '../../../../src-main/contract';
import { client } from '../../../ipc/client';
import { PictureSource } from '../../data/picture-source.svelte';

interface Original extends PictureSize {
  /** Of a blob. */
  readonly url: string;
}

/** Originals kept at hand, so that going back and forth shows them at once. */
const KEPT = 6;

export class RowPicture {
  readonly #version: DatasetVersion;
  readonly #column: string;
  readonly #hasOriginals: boolean;
  readonly frame: NonNullable<Column['image']>;
  readonly #source: PictureSource;
  /** Null for a row that has none, or none that can be shown. */
  #originals = $state.raw<ReadonlyMap<number, Original | null>>(new Map());
  readonly #asked = new Set<number>();
  #ended = false;

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
    if (this.#hasOriginals && !this.#asked.has(row)) void this.#fetch(row);
  }

  pixels(row: number): Uint8Array | null {
    return this.#source.pixels(row);
  }

  original(row: number): Original | null {
    return this.#originals.get(row) ?? null;
  }

  /** How large the original is; null until it is known. */
  size({ index, values }: Row): PictureSize | null {
    const original = this.original(index);
    if (original) return original;
    const given = this.#given(values);
    if (given) return given;
    return !this.#hasOriginals || this.#originals.has(index) ? this.frame : null;
  }

  /** Where the original lies in the frame, in pixels of it. */
  inFrame(size: PictureSize): Place {
    return fitWhole(size, this.frame);
  }

  end(): void {
    this.#ended = true;
    for (const original of this.#originals.values()) if (original) URL.revokeObjectURL(original.url);
  }

  /** As an import wrote it beside the picture. */
  #given(values: Row['values']): PictureSize | null {
    const of = (name: string) => Number(values[this.#version.columns.findIndex((column) => column.name === name)]);
    const size = { width: of('width'), height: of('height') };
    return size.width >= 1 && size.height >= 1 ? size : null;
  }

  async #fetch(row: number): Promise<void> {
    this.#asked.add(row);
    const original = await this.#read(row).catch(() => null);
    if (this.#ended) return original ? URL.revokeObjectURL(original.url) : undefined;
    const kept = new Map(this.#originals).set(row, original);
    for (const [oldest, old] of kept) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
      this.#asked.delete(oldest);
      if (old) URL.revokeObjectURL(old.url);
    }
    this.#originals = kept;
  }

  async #read(row: number): Promise<Original | null> {
    const bytes = await client.datasets.original({ versionId: this.#version.id, column: this.#column, row });
    if (!bytes) return null;
    const url = URL.createObjectURL(new Blob([bytes]));
    const image = new Image();
    image.src = url;
    try {
      // Decoded before it is shown, so that it replaces the small picture in one frame.
      await image.decode();
    } catch {
      URL.revokeObjectURL(url);
      return null;
    }
    return { url, width: image.naturalWidth, height: image.naturalHeight };
  }
}
