/** In which size pictures came, by the headers of their original files. */
import { pictureIndices } from '../pictures';
import { blobFile } from '../paths';
import { PackReader } from '../pack';
import type { PictureSize } from '../../catalog/picture-frame';
import { pictureSize } from '../picture-header';
import type { CheckWatch, QualityData } from './quality-data';

/** @returns a size per row; null where a row has no picture or its file says none. Empty where the originals were not kept. */
export async function readHeaderSizes(
  data: QualityData,
  { signal, progress }: CheckWatch,
): Promise<(PictureSize | null)[]> {
  const { pictureColumn, library, version } = data;
  const originals = pictureColumn?.column.image?.originals;
  if (!pictureColumn || originals === undefined) return [];
  const indices = await pictureIndices(library, version, pictureColumn.index);
  const pack = await PackReader.open(blobFile(library, originals));
  const sizes: (PictureSize | null)[] = [];
  try {
    for (const [row, place] of indices.entries()) {
      if (row % 1024 === 0) {
        signal.throwIfAborted();
        progress(row, indices.length);
      }
      sizes.push(place < 0 ? null : pictureSize(await pack.read(place)));
    }
  } finally {
    await pack.close();
  }
  return sizes;
}
