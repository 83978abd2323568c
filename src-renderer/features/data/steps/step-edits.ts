/** Edits of a column's steps as pure functions: what it has, what can be added where, and the setup with other steps. */
import { defaultSteps, steps, stepsFit, tasks, textSteps, type StepDefinition } from '../../../../src-main/catalog';
import type { Column, ColumnType, DataSetup, FieldValue, Step } from '../../../../src-main/contract';

type Steps = readonly Step[];

/** Whether a person chose the steps of this column. */
export function hasOwnSteps({ steps: chosen }: Pick<DataSetup, 'steps'>, column: string): boolean {
  return chosen !== undefined && Object.hasOwn(chosen, column);
}

/** The steps in force: chosen ones, or those of the column's type. */
export function stepsOf(
  setup: Pick<DataSetup, 'steps' | 'task'>,
  { name, type }: Pick<Column, 'name' | 'type'>,
): Steps {
  return (hasOwnSteps(setup, name) ? setup.steps?.[name] : undefined) ?? usualSteps(setup, type);
}

/** What a column of a type has where nobody chose: a task over texts cuts them into tokens. */
export function usualSteps({ task }: Pick<DataSetup, 'task'>, type: ColumnType): Steps {
  const isText = type === 'text' && tasks.has(task) && tasks.get(task).input === 'text';
  return isText ? textSteps : defaultSteps(type);
}

export interface Addable {
  readonly definition: StepDefinition;
  readonly steps: Steps;
  /** Where it now stands. */
  readonly place: number;
  /** Id of the step that gives way to it; null where none has to. */
  readonly replaces: string | null;
}

/** Every step that can be added: as late as it fits, or else in the place of one that makes the same of a column. */
export function addableSteps(chosen: Steps, type: ColumnType): Addable[] {
  return steps.all
    .filter(({ suits }) => suits.includes(type))
    .flatMap((definition) => placed(chosen, type, definition) ?? []);
}

function placed(chosen: Steps, type: ColumnType, definition: StepDefinition): Addable | null {
  const step: Step = { type: definition.id, fields: {} };
  for (const removed of [0, 1]) {
    for (let place = chosen.length - removed; place >= 0; place--) {
      const next = chosen.toSpliced(place, removed, step);
      const replaces = removed === 1 ? (chosen[place]?.type ?? null) : null;
      if (replaces !== definition.id && stepsFit(next, type)) return { definition, steps: next, place, replaces };
    }
  }
  return null;
}

/** The steps with one at another place; null where they would not fit together. */
export function moved(chosen: Steps, type: ColumnType, from: number, to: number): Steps | null {
  const step = chosen[from];
  if (!step || to < 0 || to >= chosen.length) return null;
  const next = chosen.toSpliced(from, 1).toSpliced(to, 0, step);
  return stepsFit(next, type) ? next : null;
}

/** The steps without one; null where the others would not fit together. */
export function without(chosen: Steps, type: ColumnType, place: number): Steps | null {
  const next = chosen.toSpliced(place, 1);
  return stepsFit(next, type) ? next : null;
}

export function withField(chosen: Steps, place: number, name: string, value: FieldValue): Steps {
  return chosen.map((step, at) => (at === place ? { ...step, fields: { ...step.fields, [name]: value } } : step));
}
