/** How sure a finder of boxes may be: what a score is worth, from which one on boxes are proposed, and how doubtful a picture is. */

export interface JudgedBox {
  readonly score: number;
  readonly isRight: boolean;
}

const STEPS = 50;

/** The chance that a box is right, by its score: 1 / (1 + exp(−slope · log-odds of the score − offset)). */
export interface ScoreScale {
  readonly slope: number;
  readonly offset: number;
}

/**
 * Fitted to boxes that were judged (Platt, "Probabilistic Outputs for Support Vector Machines", 1999, with its softened targets, so
 * that a few boxes prove little), by Newton's method. The slope is never negative: a higher score is never less sure.
 */
export function fitScale(judged: readonly JudgedBox[]): ScoreScale {
  const right = judged.filter(({ isRight }) => isRight).length;
  const wrong = judged.length - right;
  const targets = { right: (right + 1) / (right + 2), wrong: 1 / (wrong + 2) };
  const points = judged.map(({ score, isRight }) => ({
    x: logOdds(score),
    y: isRight ? targets.right : targets.wrong,
  }));
  let [slope, offset] = [1, 0];
  for (let step = 0; step < STEPS; step += 1) {
    // A little of the first guess holds it where the points say nothing.
    const sums = { slope: 1e-3 * (slope - 1), offset: 1e-3 * offset, ss: 1e-3, so: 0, oo: 1e-3 };
    for (const { x, y } of points) {
      const chance = sigmoid(slope * x + offset);
      const [error, spread] = [chance - y, chance * (1 - chance)];
      sums.slope += error * x;
      sums.offset += error;
      sums.ss += spread * x * x;
      sums.so += spread * x;
      sums.oo += spread;
    }
    const determinant = sums.ss * sums.oo - sums.so ** 2;
    if (!(determinant > 1e-12)) break;
    // Half a step at most of one: Newton's may jump where the curve is flat.
    const by = {
      slope: (sums.oo * sums.slope - sums.so * sums.offset) / determinant,
      offset: (sums.ss * sums.offset - sums.so * sums.slope) / determinant,
    };
    const length = Math.max(1, Math.abs(by.slope), Math.abs(by.offset));
    slope -= by.slope / length;
    offset -= by.offset / length;
  }
  return { slope: Math.max(0, slope), offset };
}

export function chanceOf(score: number, { slope, offset }: ScoreScale): number {
  return sigmoid(slope * logOdds(score) + offset);
}

/**
 * The score from which on boxes are to be proposed: where F1, the harmonic mean of how many of them are right and how many of those
 * that are there are found, is highest.
 * @param there boxes that are there in all.
 */
export function bestThreshold(judged: readonly JudgedBox[], there: number): number {
  const sorted = [...judged].sort((one, other) => other.score - one.score);
  let right = 0;
  let best = { f1: 0, score: 0.5 };
  for (const [place, { score, isRight }] of sorted.entries()) {
    right += Number(isRight);
    // Boxes of one score stand or fall together.
    if (sorted[place + 1]?.score === score) continue;
    const f1 = (2 * right) / (place + 1 + there);
    if (f1 > best.f1) best = { f1, score };
  }
  return best.score;
}

/** That all boxes which are likelier right than not are right, and all others wrong: the product over what was found. */
export function allRightChance(chances: readonly number[]): number {
  return chances.reduce((product, chance) => product * Math.max(chance, 1 - chance), 1);
}

/** Doubtful boxes for each that is likely there: 0 where each is certain. A picture with nothing but doubts is as doubtful as they are many. */
export function doubtOf(chances: readonly number[]): number {
  const doubts = chances.reduce((sum, chance) => sum + 4 * chance * (1 - chance), 0);
  return (
    doubts /
    Math.max(
      1,
      chances.reduce((sum, chance) => sum + chance, 0),
    )
  );
}

function logOdds(score: number): number {
  const inside = Math.min(1 - 1e-6, Math.max(1e-6, score));
  return Math.log(inside / (1 - inside));
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
