/** Pictures of a tree → rows with the picture, its file and its size, to which a source adds what it knows of each. */
import { CodedError } from '../contract';
import type { CellValue } from './as-csv';
import { PictureIntake } from './picture-intake';
import type { ReadColumn, ReadContext, ReadResult, SourceTarget } from './source';
import type { TreeFile } from './tree';
import { partOf } from './tree-paths';
import { writeGathered, type GatheredRow } from './tree-rows';

export interface DevelopedPicture {
  readonly path: string;
  readonly place: number;
  readonly width: number;
  readonly height: number;
}

export interface Developed {
  /** In the order of the files; what can't be read is left out. */
  readonly pictures: readonly DevelopedPicture[];
  readonly column: ReadColumn;
}

/** @throws CodedError `tree-all-skipped` where no picture can be read. */
export async function developPictures(
  files: readonly TreeFile[],
  name: string,
  target: SourceTarget,
  context: ReadContext,
): Promise<Developed> {
  const all = files.map(({ path }) => path);
  const intake = await PictureIntake.create(target.blobs, all, context.pieces);
  let first: string | null = null;
  let cause: unknown;
  const leaveOut = (path: string, reason: CodedError) => {
    first ??= path;
    cause ??= reason;
    context.leaveOut({ file: path }, reason);
  };
  const paths: string[] = [];
  const { before } = intake;
  try {
    for (const [index, file] of files.entries()) {
      context.signal.throwIfAborted();
      context.progress({ stage: 'files', done: index, total: files.length, unit: 'files' });
      const reason = index < before.length ? before[index] : await tryToAdd(intake, file);
      if (reason) leaveOut(file.path, reason);
      else paths.push(file.path);
    }
  } catch (error) {
    await intake.discard();
    throw error;
  }
  const { image, taken } = await intake.develop(context);
  const pictures: DevelopedPicture[] = [];
  for (const [place, path] of paths.entries()) {
    const picture = taken[place];
    if (picture) pictures.push({ ...picture, path });
    else leaveOut(path, new CodedError('picture-damaged', { file: path }));
  }
  if (pictures.length === 0) {
    throw new CodedError('tree-all-skipped', { file: name, count: files.length, first: first ?? '' }, cause);
  }
  return { pictures, column: { name: 'picture', type: 'image', image } };
}

/** @returns why the file is left out, or null. */
async function tryToAdd(intake: PictureIntake, file: TreeFile): Promise<CodedError | null> {
  try {
    await intake.add(file.path, () => file.read());
    return null;
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
}

/** What every picture's row ends with: where it came from and how large it was. */
export const fileColumns: readonly ReadColumn[] = [
  { name: 'file', type: 'text', image: null },
  { name: 'width', type: 'number', image: null },
  { name: 'height', type: 'number', image: null },
];

/** A column of a picture's row that a source fills. */
export interface PictureFact {
  readonly column: ReadColumn;
  value(picture: DevelopedPicture): CellValue;
}

/** Rows of pictures: picture, the source's facts, file, width and height. */
export function writePictureRows(
  { pictures, column }: Developed,
  facts: readonly PictureFact[],
  target: SourceTarget,
  context: ReadContext,
): Promise<ReadResult> {
  const rows: GatheredRow[] = pictures.map((picture) => ({
    values: [picture.place, ...facts.map((fact) => fact.value(picture)), picture.path, picture.width, picture.height],
    part: partOf(picture.path),
  }));
  const columns: ReadColumn[] = [column, ...facts.map((fact) => fact.column), ...fileColumns];
  return writeGathered(rows, columns, target, context);
}
