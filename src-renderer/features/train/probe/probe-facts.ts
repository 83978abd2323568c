/** What the readings of a run say of its examples. Pure. */
import type { Probe } from '../../../../src-main/contract';

/** `counts[actual][predicted]` of one reading. */
export function confusionOf({ actual, target }: Probe, said: Float32Array): number[][] {
  const classes = target.kind === 'classes' ? target.classes.length : 0;
  const counts = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  said.forEach((predicted, example) => {
    const row = counts[actual[example] ?? -1];
    if (row) row[predicted] = (row[predicted] ?? 0) + 1;
  });
  return counts;
}

/** By class and reading, the share of its examples that is answered right; NaN for classes without any. */
export function bandsOf({ actual, target }: Probe, said: readonly Float32Array[]): number[][] {
  const classes = target.kind === 'classes' ? target.classes : [];
  return classes.map((_, one) => {
    const examples = [...actual.keys()].filter((example) => actual[example] === one);
    return said.map((answers) => examples.filter((example) => answers[example] === one).length / examples.length);
  });
}

export interface ExampleFacts {
  /** Place in the probe. */
  readonly example: number;
  readonly isRight: boolean;
  /** Whether the answer is another than in the reading before. */
  readonly hasFlipped: boolean;
  /** How often it changed, over all readings. */
  readonly flips: number;
  readonly everRight: boolean;
}

/** @param at place of the reading looked at. */
export function factsOf({ actual }: Probe, said: readonly Float32Array[], at: number): ExampleFacts[] {
  return Array.from(actual, (truth, example) => {
    const answers = said.map((one) => one[example]);
    return {
      example,
      isRight: answers[at] === truth,
      hasFlipped: at > 0 && answers[at] !== answers[at - 1],
      flips: answers.filter((answer, reading) => reading > 0 && answer !== answers[reading - 1]).length,
      everRight: answers.includes(truth),
    };
  });
}

/** At most so many places of a long row, evenly spaced, the last among them. */
export function spaced(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, at) => at);
  return Array.from({ length: most }, (_, at) => Math.round(((at + 1) / most) * count) - 1);
}

/** Equal stretches side by side, each of one colour. */
export function stripes(colours: readonly string[]): string {
  const stops = colours.map((colour, at) => {
    const [from, to] = [(at / colours.length) * 100, ((at + 1) / colours.length) * 100];
    return `${colour} ${from.toFixed(2)}% ${to.toFixed(2)}%`;
  });
  return `linear-gradient(to right, ${stops.join(', ')})`;
}
