/** A sound's outline, from the least and greatest of equal stretches of it. */

/**
 * @param ranges pairs of int8 (least, greatest), ±127 for ±1.
 * @returns an SVG path in a box of `width × height`: up one side and down the other, at least one unit thick, so that
 * silence is a line.
 */
export function waveformPath(ranges: Int8Array, width: number, height: number): string {
  const points = ranges.length / 2;
  if (points < 1) return '';
  const middle = height / 2;
  const step = points > 1 ? width / (points - 1) : 0;
  const place = (value: number, side: number) => {
    const y = middle - (value / 127) * (middle - 1);
    return (
      Math.round(10 * Math.max(0, Math.min(height, side < 0 ? Math.min(y, middle - 0.5) : Math.max(y, middle + 0.5)))) /
      10
    );
  };
  const x = (point: number) => Math.round(10 * point * step) / 10;
  const upper = Array.from({ length: points }, (_, point) => `${x(point)} ${place(ranges[2 * point + 1] ?? 0, -1)}`);
  const lower = Array.from({ length: points }, (_, point) => `${x(point)} ${place(ranges[2 * point] ?? 0, 1)}`);
  return `M${upper.join('L')}L${lower.reverse().join('L')}Z`;
}

/** The least and greatest of 128 equal stretches of samples, as overviews in the library have them. */
export function rangesOf(samples: Float32Array, points = 128): Int8Array {
  const ranges = new Int8Array(2 * points);
  for (let point = 0; point < points; point += 1) {
    const begin = Math.floor((point * samples.length) / points);
    const end = Math.max(begin + 1, Math.floor(((point + 1) * samples.length) / points));
    let [least, greatest] = [1, -1];
    for (let at = begin; at < end; at += 1) {
      least = Math.min(least, samples[at] ?? 0);
      greatest = Math.max(greatest, samples[at] ?? 0);
    }
    ranges[2 * point] = Math.round(127 * Math.max(-1, least));
    ranges[2 * point + 1] = Math.round(127 * Math.min(1, greatest));
  }
  return ranges;
}
