/** What a task over texts learns from: one column of them, cut into tokens that an embedding looks up. */
import type { ChosenSteps, Column, DataSetup, Step } from '../contract';

/** Words and signs (those of scripts without spaces by themselves) in their order, as many as most training texts have. */
export const textSteps: readonly Step[] = [
  { type: 'tokens', fields: { vocabulary: 20_000, output: 'sequence', length: 0, punctuation: true } },
];

type NamedColumn = Pick<Column, 'name' | 'type' | 'examples'>;

/** Columns of texts beside the target, longest first as their examples have it. */
export function textColumns<Some extends NamedColumn>(columns: readonly Some[], target: string): Some[] {
  const length = ({ examples }: Some) =>
    examples.reduce((sum, example) => sum + example.length, 0) / Math.max(1, examples.length);
  return columns
    .filter(({ name, type }) => type === 'text' && name !== target)
    .sort((one, other) => length(other) - length(one));
}

/**
 * The column that is learnt from: the first in the file for which steps were chosen, else the one of the longest texts.
 * @param columns with the types in force.
 */
export function textColumn<Some extends NamedColumn>(
  columns: readonly Some[],
  { target, steps }: Pick<DataSetup, 'target' | 'steps'>,
): Some | null {
  const texts = textColumns(columns, target);
  const ownSteps = (name: string) => (steps && Object.hasOwn(steps, name) ? steps[name] : undefined);
  const chosen = columns.find((column) => texts.includes(column) && (ownSteps(column.name)?.length ?? 0) > 0);
  return chosen ?? texts.find(({ name }) => ownSteps(name) === undefined) ?? null;
}

/** Steps by which one column of texts is learnt from and no other is. @param own its steps, if it has some already. */
export function stepsForText(
  columns: readonly NamedColumn[],
  target: string,
  chosen: string,
  own: readonly Step[] = textSteps,
): ChosenSteps {
  const others = textColumns(columns, target).filter(({ name }) => name !== chosen);
  return { [chosen]: [...own], ...Object.fromEntries(others.map(({ name }) => [name, []])) };
}
