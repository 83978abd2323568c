/** Boxes over pictures as annotation files give them, in pixels or shares, → shares of the picture, clipped to it. */
import { CodedError, type Box } from '../contract';
import type { DevelopedPicture, PictureFact } from './picture-rows';
import type { ReadContext } from './source';

export interface GivenBox {
  readonly label: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Whether the numbers are shares of the picture already. */
  readonly isShare?: boolean;
}

/** @returns null where nothing of the box lies in the picture. */
export function toShares(box: GivenBox, picture: { readonly width: number; readonly height: number }): Box | null {
  const across = box.isShare ? 1 : picture.width;
  const down = box.isShare ? 1 : picture.height;
  const x = clip(box.left / across);
  const y = clip(box.top / down);
  const width = rounded(clip((box.left + box.width) / across) - x);
  const height = rounded(clip((box.top + box.height) / down) - y);
  return width > 0 && height > 0 ? { label: box.label, x, y, width, height } : null;
}

function clip(share: number): number {
  return rounded(Math.min(1, Math.max(0, share)));
}

/** Six digits tell a pixel of any picture that is taken. */
function rounded(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}

/**
 * The column of boxes as JSON; a picture without an entry has none (null: not annotated), one with an empty entry has no box.
 * @param given boxes by the picture's path.
 */
export function boxFact(given: ReadonlyMap<string, readonly GivenBox[]>, context: ReadContext): PictureFact {
  return {
    column: { name: 'boxes', type: 'boxes', image: null },
    value(picture: DevelopedPicture) {
      const boxes = given.get(picture.path);
      if (!boxes) return null;
      const kept: Box[] = [];
      for (const box of boxes) {
        const shares = toShares(box, picture);
        if (shares) kept.push(shares);
        else context.leaveOut({ file: picture.path }, emptyBox(picture.path, box.label));
      }
      return JSON.stringify(kept);
    },
  };
}

function emptyBox(file: string, label: string): CodedError {
  return new CodedError('box-empty', { file, label });
}
