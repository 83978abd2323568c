/**
 * Average precision: the area under precision over recall, where precision at a recall is the best that any recall from there on
 * has (PASCAL VOC from 2010 on, all points).
 */
import { matchBoxes, type TrueBox } from './matching';
import type { FoundBox } from './overlap';

/** One picture: what was found in it and what is there. */
export interface JudgedPicture {
  readonly found: readonly FoundBox[];
  readonly there: readonly TrueBox[];
}

/**
 * Mean over the classes that are there at all.
 * @param least overlap from which on a found box is right. @returns null where nothing is there.
 */
export function meanAveragePrecision(pictures: readonly JudgedPicture[], least: number): number | null {
  const classes = [...new Set(pictures.flatMap(({ there }) => there.map(({ label }) => label)))];
  if (classes.length === 0) return null;
  return classes.reduce((sum, label) => sum + averagePrecision(pictures, label, least), 0) / classes.length;
}

function averagePrecision(pictures: readonly JudgedPicture[], label: number, least: number): number {
  let count = 0;
  const judged: { readonly score: number; readonly isRight: boolean }[] = [];
  for (const picture of pictures) {
    const found = picture.found.filter((box) => box.label === label);
    const there = picture.there.filter((box) => box.label === label);
    count += there.length;
    const overlaps = matchBoxes(found, there, least);
    for (const [place, { score }] of found.entries()) judged.push({ score, isRight: (overlaps[place] ?? 0) > 0 });
  }
  judged.sort((one, other) => other.score - one.score);
  let right = 0;
  const points = judged.map(({ isRight }, place) => {
    right += Number(isRight);
    return { recall: right / count, precision: right / (place + 1), isRight };
  });
  let [area, best] = [0, 0];
  // From the end: a true box adds one step of recall, at the best precision from there on.
  for (const { precision, isRight } of points.reverse()) {
    best = Math.max(best, precision);
    if (isRight) area += best / count;
  }
  return area;
}
