/** What a form of exported labels is. One file per form under `label-formats/`, found by globbing. */
import type { Box, Column, Text } from '../contract';
import { registry } from '../catalog/registry';
import type { ExportWriter } from './export-writer';

/** A column with its edits, whole. */
export interface LabelledColumn extends Pick<Column, 'name' | 'type' | 'of'> {
  /** One cell for each row of the version, also for rows that are left out. */
  readonly cells: readonly (string | number | null)[];
}

export interface LabelledPicture {
  /** Index in the version. */
  readonly row: number;
  /** Where it lies below the export's folder of pictures, with `/`; safe on every system and no two alike. */
  readonly path: string;
  /** In pixels, upright. */
  readonly width: number;
  readonly height: number;
  /** Null where nobody has looked. */
  readonly boxes: readonly Box[] | null;
}

/** What is to be exported, with the edits that no version was made of yet. */
export interface LabelData {
  readonly dataset: string;
  /** Indices of the rows that are not left out, ascending. */
  readonly rows: readonly number[];
  readonly columns: readonly LabelledColumn[];
  /** Texts in which marked stretches lie, by column. */
  readonly texts: ReadonlyMap<string, LabelledColumn>;
  /** The file that each row came from, as the import named it; null where rows have none. */
  readonly files: readonly (string | number | null)[] | null;
  /** For forms of boxes; empty for others. */
  readonly pictures: readonly LabelledPicture[];
  /** Sizes in pixels by row, where pictures have them. */
  readonly sizes: ReadonlyMap<number, { readonly width: number; readonly height: number }>;
  /** The boxes' classes as a person put them in order, then by their characters' codes: numbers do not hang on rows. */
  readonly classes: readonly string[];
  /** Whether pictures are put below `images/`. */
  readonly hasPictures: boolean;
}

export interface LabelFormat {
  readonly id: string;
  /** Place in the list. */
  readonly order: number;
  readonly label: Text;
  readonly about: Text;
  /** Of the one file that it makes; null where it makes a folder. */
  readonly extension: string | null;
  readonly isOfBoxes: boolean;
  write(data: LabelData, writer: ExportWriter): Promise<void>;
}

const modules = import.meta.glob<LabelFormat>(['./label-formats/*.ts', '!./label-formats/*.test.ts'], {
  eager: true,
  import: 'definition',
});

export const labelFormats = registry<LabelFormat>('label format', modules);

/** A box in pixels of its picture. */
export function inPixels(box: Box, { width, height }: { readonly width: number; readonly height: number }) {
  return { left: box.x * width, top: box.y * height, width: box.width * width, height: box.height * height };
}

/** `a/b.jpg` → `a/b` */
export function withoutExtension(path: string): string {
  return path.replace(/\.[^./]+$/, '');
}
