/** Pictures made smaller for a gallery: each new pixel is the mean of those it covers, so that nothing flickers. */
import { shrunkSize } from '../catalog/picture-frame';
import type { Pictures } from './pictures';

/** @param side the longest side to be had, in pixels; pictures that are no larger are given back as they are. */
export function shrinkPictures(pictures: Pictures, side: number): Pictures {
  const { height, width, channels, pixels } = pictures;
  const to = shrunkSize(pictures, side);
  if (to.width === width && to.height === height) return pictures;
  const count = pixels.length / (height * width * channels);
  const shrunk = new Uint8Array(count * to.height * to.width * channels);
  const across = spans(width, to.width);
  const down = spans(height, to.height);
  let at = 0;
  for (let picture = 0; picture < count; picture++) {
    const start = picture * height * width * channels;
    for (const rows of down) {
      for (const columns of across) {
        for (let channel = 0; channel < channels; channel++) {
          let sum = 0;
          for (let y = rows.from; y < rows.end; y++) {
            const line = start + y * width * channels + channel;
            for (let x = columns.from; x < columns.end; x++) sum += pixels[line + x * channels] ?? 0;
          }
          shrunk[at++] = Math.round(sum / ((rows.end - rows.from) * (columns.end - columns.from)));
        }
      }
    }
  }
  return { ...to, channels, pixels: shrunk };
}

/** Which of `from` lines each of `to` lines covers, whole ones. */
function spans(from: number, to: number): { from: number; end: number }[] {
  return Array.from({ length: to }, (_, place) => {
    const first = Math.floor((place * from) / to);
    return { from: first, end: Math.max(first + 1, Math.floor(((place + 1) * from) / to)) };
  });
}
