/** Two labellers' answers to the same rows: what they agree on, what one alone said, and what is disputed. */
import { CodedError, type ColumnType, type Merge } from '../../contract';
import { agreementOf } from './agreement';
import { isSameAnswer } from './answers';
import type { Answered } from './read-labeller';

type Merged = Pick<Merge, 'labellers' | 'both' | 'same' | 'agreement' | 'agreed' | 'single' | 'disputed'>;

/** @throws CodedError `merge-nothing-both` */
export function mergeAnswers(type: ColumnType, [one, other]: readonly [Answered, Answered]): Merged {
  const agreed = new Map<string, number[]>();
  const single = new Map<string, number[]>();
  const pairs: [string, string][] = [];
  const disputed: Merge['disputed'] = [];
  for (const [row, first] of one.answers.entries()) {
    const second = other.answers[row] ?? null;
    if (first !== null && second !== null) {
      pairs.push([first, second]);
      if (isSameAnswer(type, first, second)) push(agreed, first, row);
      else disputed.push({ row, first, second });
    } else if (first !== null || second !== null) push(single, first ?? second ?? '', row);
  }
  const { length: both } = pairs;
  if (both === 0) throw new CodedError('merge-nothing-both', { first: one.match.name, second: other.match.name });
  return {
    labellers: [one.match, other.match],
    both,
    same: (both - disputed.length) / both,
    agreement: agreementOf(type, pairs),
    agreed: listOf(agreed),
    single: listOf(single),
    disputed,
  };
}

function push(rows: Map<string, number[]>, value: string, row: number): void {
  const known = rows.get(value);
  if (known) known.push(row);
  else rows.set(value, [row]);
}

function listOf(rows: ReadonlyMap<string, number[]>): Merge['agreed'] {
  return [...rows].map(([value, own]) => ({ value, rows: own }));
}
