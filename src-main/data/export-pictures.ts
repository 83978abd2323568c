/** Pictures put beside their boxes: the files as they were imported, or PNGs of what is kept where they never were files. */
import type { DatasetVersion } from '../contract';
import type { ExportWriter } from './export-writer';
import type { LabelledPicture } from './label-format';
import { openOriginals } from './originals';
import type { LibraryPaths } from './paths';
import { readPictures } from './pictures';
import type { SourceContext } from './source';

/** Pictures on their way to the disk at a time. */
const AT_ONCE = 8;

/** Each picture goes to `images/` and its path. @throws CodedError as `openOriginals` and `readPictures` */
export async function writePictures(
  library: LibraryPaths,
  version: DatasetVersion,
  pictures: readonly LabelledPicture[],
  writer: ExportWriter,
  { signal, progress }: SourceContext,
): Promise<void> {
  const column = version.columns.find(({ image }) => image !== null);
  if (!column) return;
  const originals = await openOriginals(library, version, column.name);
  try {
    for (let from = 0; from < pictures.length; from += AT_ONCE) {
      signal.throwIfAborted();
      progress({ stage: 'export', done: from, total: pictures.length, unit: 'pictures' });
      await Promise.all(
        pictures.slice(from, from + AT_ONCE).map(async ({ row, path }) => {
          const bytes = (await originals?.read(row)) ?? (await asPng(library, version, column.name, row));
          await writer.file(`images/${path}`, bytes);
        }),
      );
    }
  } finally {
    await originals?.close();
  }
}

async function asPng(library: LibraryPaths, version: DatasetVersion, column: string, row: number): Promise<Buffer> {
  const { createCanvas } = await import('@napi-rs/canvas');
  const { width, height, channels, pixels } = await readPictures(library, version, column, [row]);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      image.data[pixel * 4 + channel] = pixels[pixel * channels + (channels >= 3 ? channel : 0)] ?? 0;
    }
    image.data[pixel * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas.encode('png');
}
