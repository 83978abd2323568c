/**
 * Steps one after the other: which may follow which, what a column gets where nobody chose, learning a chain from training
 * rows and applying what was learnt.
 */
import { CodedError, type ChosenSteps, type Column, type ColumnType, type FittedStep, type Step } from '../contract';
import { parseFields } from './fields';
import { steps } from './index';
import type { StepValues, WindowOfRows } from './step-definitions';

type Kind = StepValues['kind'];

/** What a column begins as. */
function kindOf(type: ColumnType): Kind {
  return type === 'number' ? 'numbers' : type === 'image' ? 'pictures' : 'texts';
}

/** Steps that stand for the recipe of a column without chosen ones; empty where such a column is no input. */
export function defaultSteps(type: ColumnType): readonly Step[] {
  if (type === 'number') {
    return [
      { type: 'standardize', fields: {} },
      { type: 'impute', fields: { strategy: 'constant', value: 0 } },
    ];
  }
  if (type === 'image') return [{ type: 'pixel-range', fields: {} }];
  return type === 'category' ? [{ type: 'one-hot', fields: {} }] : [];
}

/** What texts and dates begin with where they are to be inputs. */
const firstSteps: Partial<Record<ColumnType, readonly Step[]>> = {
  text: [{ type: 'tokens', fields: {} }],
  date: [
    { type: 'date-parts', fields: {} },
    { type: 'standardize', fields: {} },
    { type: 'impute', fields: { strategy: 'constant', value: 0 } },
  ],
};

/**
 * Steps for a table that holds nothing but texts and dates to learn from, which are no inputs by themselves.
 * @returns undefined where other columns are there, or none at all.
 */
export function startingSteps(
  columns: readonly Pick<Column, 'name' | 'type'>[],
  target: string,
): ChosenSteps | undefined {
  const inputs = columns.filter(({ name }) => name !== target);
  if (inputs.some(({ type }) => type !== 'ignored' && !firstSteps[type])) return undefined;
  const chosen = inputs.flatMap(({ name, type }): [string, Step[]][] => {
    const first = firstSteps[type];
    return first ? [[name, [...first]]] : [];
  });
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen);
}

/** What the steps of a column make of it, before the next; null once they do not fit together. */
function kindAfter(chosen: readonly Step[], type: ColumnType): Kind | null {
  let kind = kindOf(type);
  for (const [place, { type: id }] of chosen.entries()) {
    if (!steps.has(id)) return null;
    const { takes, gives, window } = steps.get(id);
    if (takes !== kind || (window && place > 0)) return null;
    kind = gives;
  }
  return kind;
}

/** Whether a column's steps can stand in this order and end in what a network takes. */
export function stepsFit(chosen: readonly Step[], type: ColumnType): boolean {
  const kind = kindAfter(chosen, type);
  return chosen.length === 0 || (kind !== null && kind !== 'texts');
}

/**
 * @throws CodedError `step-out-of-place` naming the column and the step that cannot take what comes before it,
 *   `step-without-numbers` where the last gives none; `definition-unknown`, `field-invalid`
 */
export function requireValidSteps(chosen: readonly Step[], column: Pick<Column, 'name' | 'type'>): void {
  for (const [place, { type, fields }] of chosen.entries()) {
    const definition = steps.get(type);
    parseFields(definition.fields, fields, `${column.name}: ${definition.label.en}`);
    if (kindAfter(chosen.slice(0, place + 1), column.type) === null) {
      throw new CodedError('step-out-of-place', { column: column.name, step: type, number: place + 1 });
    }
  }
  const last = chosen.at(-1);
  if (last && !stepsFit(chosen, column.type)) {
    throw new CodedError('step-without-numbers', { column: column.name, step: last.type });
  }
}

/**
 * Learns each step from what the steps before it made of the training rows.
 * @param chosen as `requireValidSteps` passes them. @param training values of the training rows only.
 */
export function fitChain(chosen: readonly Step[], training: StepValues): FittedStep[] {
  let values = training;
  return chosen.map((step, place) => {
    const definition = steps.get(step.type);
    const fields = parseFields(definition.fields, step.fields, definition.label.en);
    const fitted = { ...step, fitted: definition.fit(values, fields) };
    // Nothing learns from what the last step makes, and pictures take long.
    if (place < chosen.length - 1) values = applyStep(fitted, values);
    return fitted;
  });
}

export function applyChain(chain: readonly FittedStep[], values: StepValues): StepValues {
  return chain.reduce((given, step) => applyStep(step, given), values);
}

export function applyStep({ type, fields, fitted }: FittedStep, values: StepValues): StepValues {
  const definition = steps.get(type);
  return definition.apply(values, fitted, parseFields(definition.fields, fields, definition.label.en));
}

/** How many different codes a fitted chain gives, 0 among them; null where its numbers are no codes. */
export function codesAfter(chain: readonly FittedStep[]): number | null {
  const last = chain.at(-1);
  if (!last) return null;
  const { codes, fields, label } = steps.get(last.type);
  return codes?.(last.fitted, parseFields(fields, last.fields, label.en)) ?? null;
}

/** The rows that a column's first step joins; null where each stands for itself. */
export function windowOf([first]: readonly Step[]): WindowOfRows | null {
  if (!first) return null;
  const { window, fields, label } = steps.get(first.type);
  return window?.(parseFields(fields, first.fields, label.en)) ?? null;
}

/**
 * Checks what a saved chain has learnt.
 * @throws ZodError where it is not what its step saves; CodedError `definition-unknown`
 */
export function readChain(chain: readonly FittedStep[]): FittedStep[] {
  return chain.map((step) => ({ ...step, fitted: steps.get(step.type).fitted.parse(step.fitted) }));
}
