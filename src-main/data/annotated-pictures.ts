/** What sources of boxes share: pictures found by the names that annotations give them, and what is left out told. */
import { CodedError } from '../contract';
import { boxFact, type GivenBox } from './boxes';
import { developPictures, writePictureRows } from './picture-rows';
import type { ReadContext, ReadResult, SourceTarget } from './source';
import type { Tree, TreeFile } from './tree';
import { fileName, isPicture, stem } from './tree-paths';

/** Finds pictures by path, by name, or by name without extension, where that is the name of one picture alone. */
export class PictureNames {
  readonly #byKey = new Map<string, TreeFile | null>();

  constructor(pictures: readonly TreeFile[]) {
    for (const picture of pictures) {
      for (const key of new Set([picture.path, fileName(picture.path), stem(picture.path)])) {
        // Two of one name: neither is meant by it.
        this.#byKey.set(key, this.#byKey.has(key) ? null : picture);
      }
    }
  }

  /** @param beside path of the file that names it: a picture in the same folder goes before others of the name. */
  find(name: string, beside = ''): TreeFile | null {
    const clean = name.replaceAll('\\', '/').replace(/^\.?\//, '');
    const folder = beside.slice(0, beside.lastIndexOf('/') + 1);
    for (const key of [folder + clean, clean, folder + fileName(clean), fileName(clean)]) {
      const found = this.#byKey.get(key);
      if (found) return found;
    }
    return this.#byKey.get(stem(clean)) ?? null;
  }
}

/** Boxes by picture as a source read them, and the files that it read them from. */
export interface Annotations {
  readonly boxes: ReadonlyMap<string, readonly GivenBox[]>;
  readonly used: ReadonlySet<string>;
}

/** Every picture is taken, those without annotations as not annotated yet. */
export async function readAnnotated(
  tree: Tree,
  name: string,
  { boxes, used }: Annotations,
  target: SourceTarget,
  context: ReadContext,
): Promise<ReadResult> {
  for (const { path } of tree.files) {
    if (isPicture(path) || used.has(path)) continue;
    context.leaveOut({ file: path }, new CodedError('file-of-other-kind', { file: path }));
  }
  const pictures = tree.files.filter(({ path }) => isPicture(path));
  const developed = await developPictures(pictures, name, target, context);
  return writePictureRows(developed, [boxFact(boxes, context)], target, context);
}
