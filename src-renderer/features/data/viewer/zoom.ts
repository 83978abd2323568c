/** How large a picture is shown: as it fits, or by a factor that steps of a quarter change. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Small pictures are not blown up beyond this to fill the window. */
const LARGEST_FIT = 16;
const [LEAST, MOST] = [0.05, 32];
const STEP = 1.25;

/** The factor at which a picture is seen whole in a frame. */
export function fitScale(picture: Size, frame: Size): number {
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height, LARGEST_FIT);
  return scale > 0 && Number.isFinite(scale) ? scale : 1;
}

/** @param steps how many to go; negative for smaller. A step that would pass 1 to 1 stops there. */
export function zoomed(scale: number, steps: number): number {
  const next = Math.min(MOST, Math.max(LEAST, scale * STEP ** steps));
  const passes = (scale - 1) * (next - 1) < 0;
  return passes ? 1 : next;
}

/** Where to scroll so that the point under `at` (pixels from the frame's corner) stays there when the factor changes. */
export function scrollKeeping(scroll: number, at: number, from: number, to: number): number {
  return Math.max(0, ((scroll + at) * to) / from - at);
}
