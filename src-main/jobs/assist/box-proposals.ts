/** Proposals of boxes by quick finders on the pictures that somebody looked at, measured on pictures that each had not seen. */
import { meanAveragePrecision } from '../../catalog/detection/average-precision';
import { matchBoxes } from '../../catalog/detection/matching';
import type { FoundBox } from '../../catalog/detection/overlap';
import { BOX_OVERLAPS, type Box, type BoxHits, type Column } from '../../contract';
import {
  allRightChance,
  bestThreshold,
  chanceOf,
  doubtOf,
  fitScale,
  type JudgedBox,
  type ScoreScale,
} from '../../data/assist/box-sureness';
import { fitPower } from '../../data/assist/list-confidence';
import { leastSureFirst } from '../../data/assist/uncertainty';
import { pictureIndices } from '../../data/pictures';
import { randomSource, shuffle } from '../../data/random';
import { loadTensorFlow } from '../../engine/tf';
import type { JobContext } from '../definition';
import { FOLDS, trainCommittee, type Committee } from './box-committee';
import { boxLessonOf, type BoxLesson } from './box-lesson';
import { openBoxMaps, type BoxMaps } from './box-maps';
import { openRows } from './lesson';
import type { LearnedColumn } from './open-learners';
import type { Answers } from './quick-proposals';

/** Pictures that are learnt from at most, and that are proposed for: more of either say little new and take minutes. */
const MOST = { learnt: 400, proposed: 2000 };
const DIGITS = { place: 1e5, sure: 1e3 };

/** @throws CodedError as `boxLessonOf` and `openBoxMaps`; the signal's reason. @returns null where there are no pictures */
export async function boxProposals(asked: LearnedColumn, context: JobContext): Promise<Answers | null> {
  const { version, column, standing } = asked;
  const index = version.columns.findIndex(({ image, name }) => image !== null && !standing.dropped.has(name));
  const pictures = version.columns[index];
  if (!pictures || !hasPictures(pictures)) return null;
  const places = await pictureIndices(context.library, version, index);
  const hasPicture = (row: number) => (places[row] ?? -1) >= 0;
  const lesson = someOf(boxLessonOf(standing, column, hasPicture));
  const open = openRows(standing).filter(hasPicture);
  const { tf } = await loadTensorFlow({ convolution: true });
  const maps = await openBoxMaps(tf, version, pictures, context);
  try {
    const committee = await trainCommittee(tf, maps, lesson, context);
    try {
      const measured = measure(lesson, committee);
      const chosen = drawn(open, MOST.proposed);
      const found = await findAll(committee, maps, chosen, context);
      return answersOf(lesson, measured, { open, found: new Map(found.map((boxes, at) => [chosen[at] ?? -1, boxes])) });
    } finally {
      committee.dispose();
    }
  } finally {
    await maps.close();
  }
}

function hasPictures(column: Column): column is Column & { image: NonNullable<Column['image']> } {
  return column.image !== null;
}

/** Rows by lot where there are too many, ascending; the same ones each time. */
function drawn(rows: Int32Array<ArrayBuffer>, most: number): Int32Array<ArrayBuffer> {
  if (rows.length <= most) return rows;
  const mixed = Int32Array.from(rows);
  shuffle(mixed, randomSource(1, 19));
  return mixed.subarray(0, most).sort();
}

function someOf(lesson: BoxLesson): BoxLesson {
  const judged = drawn(lesson.judged, MOST.learnt);
  const kept = new Set(judged);
  return { ...lesson, judged, there: lesson.there.filter((_, place) => kept.has(lesson.judged[place] ?? -1)) };
}

async function findAll(
  committee: Committee,
  maps: BoxMaps,
  rows: Int32Array,
  { progress }: JobContext,
): Promise<FoundBox[][]> {
  const found: FoundBox[][] = [];
  for await (const some of maps.whole(rows)) {
    progress({ stage: 'model', done: found.length, total: rows.length, unit: 'rows' });
    found.push(...(await committee.find(some)));
  }
  return found;
}

interface Measured {
  readonly threshold: number;
  readonly scale: ScoreScale;
  readonly power: number;
  readonly boxes: BoxHits;
  readonly judgedConfidence: Float32Array<ArrayBuffer>;
  readonly judgedRight: Uint8Array<ArrayBuffer>;
}

/** The threshold that a picture is judged with was chosen on the pictures of the other folds. */
function measure({ there }: BoxLesson, { unseen, folds }: Committee): Measured {
  const overlaps = unseen.map((found, place) => matchBoxes(found, there[place] ?? [], BOX_OVERLAPS.right));
  const judged = unseen.map((found, place) =>
    found.map(({ score }, at): JudgedBox => ({ score, isRight: (overlaps[place]?.[at] ?? 0) > 0 })),
  );
  const thresholdOf = (isIn: (place: number) => boolean) =>
    bestThreshold(
      judged.filter((_, place) => isIn(place)).flat(),
      there.filter((_, place) => isIn(place)).flat().length,
    );
  const byFold = Array.from({ length: FOLDS }, (_, fold) => thresholdOf((place) => folds[place] !== fold));
  const scale = fitScale(judged.flat());
  const boxes = { proposed: 0, right: 0, close: 0, there: there.flat().length, pictures: there.length };
  const judgedRight = new Uint8Array(there.length);
  for (const [place, found] of unseen.entries()) {
    const least = byFold[folds[place] ?? 0] ?? 1;
    // Matched anew among those that would be proposed: a box that is none takes no place.
    const proposed = found.filter(({ score }) => score >= least);
    const own = matchBoxes(proposed, there[place] ?? [], BOX_OVERLAPS.right);
    const right = own.filter((overlap) => overlap > 0).length;
    boxes.proposed += proposed.length;
    boxes.right += right;
    boxes.close += own.filter((overlap) => overlap >= BOX_OVERLAPS.close).length;
    judgedRight[place] = right === proposed.length && right === there[place]?.length ? 1 : 0;
  }
  const products = Float32Array.from(unseen, (found) => allRightChance(chancesOf(found, scale)));
  const power = fitPower(products, judgedRight);
  const pictures = unseen.map((found, place) => ({ found, there: there[place] ?? [] }));
  return {
    ...{ threshold: thresholdOf(() => true), scale, power, judgedRight },
    judgedConfidence: products.map((product) => product ** power),
    boxes: { ...boxes, averagePrecision: meanAveragePrecision(pictures, BOX_OVERLAPS.right) },
  };
}

function chancesOf(found: readonly FoundBox[], scale: ScoreScale): number[] {
  return found.map(({ score }) => chanceOf(score, scale));
}

interface Found {
  readonly open: Int32Array<ArrayBuffer>;
  /** Rows that were looked at. */
  readonly found: ReadonlyMap<number, readonly FoundBox[]>;
}

function answersOf({ classes, judged }: BoxLesson, measured: Measured, { open, found }: Found): Answers {
  const { threshold, scale, power, boxes, judgedConfidence, judgedRight } = measured;
  const labels: string[] = [];
  const sureness: number[][] = [];
  const places = new Map<string, number>();
  const first = new Int32Array(open.length).fill(-1);
  const confidence = new Float32Array(open.length).fill(Number.NaN);
  // Rows that were not looked at come last.
  const margin = new Float32Array(open.length).fill(1);
  for (const [at, row] of open.entries()) {
    const own = found.get(row);
    if (!own) continue;
    const chances = chancesOf(own, scale);
    confidence[at] = allRightChance(chances) ** power;
    margin[at] = -doubtOf(chances);
    const proposed = own.filter(({ score }) => score >= threshold);
    const cell = JSON.stringify(proposed.map((box) => asLabel(box, classes)));
    let place = places.get(cell);
    if (place === undefined) {
      places.set(cell, (place = labels.push(cell) - 1));
      sureness.push(proposed.map(({ score }) => Math.round(chanceOf(score, scale) * DIGITS.sure) / DIGITS.sure));
    }
    first[at] = place;
  }
  const order = leastSureFirst({ first, confidence, margin }, judged.length);
  return {
    ...{ source: { kind: 'network' }, labelled: judged.length, labels, sureness, boxes, judgedConfidence, judgedRight },
    rows: order.map((place) => open[place] ?? 0),
    codes: order.map((place) => first[place] ?? -1),
    confidence: Float32Array.from(order, (place) => confidence[place] ?? Number.NaN),
  };
}

function asLabel({ label, x, y, width, height }: FoundBox, classes: readonly string[]): Box {
  const rounded = (share: number) => Math.round(share * DIGITS.place) / DIGITS.place;
  const [left, top] = [rounded(x), rounded(y)];
  return {
    label: classes[label] ?? '',
    ...{ x: left, y: top },
    width: Math.max(1 / DIGITS.place, Math.min(rounded(width), rounded(1 - left))),
    height: Math.max(1 / DIGITS.place, Math.min(rounded(height), rounded(1 - top))),
  };
}
