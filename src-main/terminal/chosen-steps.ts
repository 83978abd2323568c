/** `--step column=kind:field=value`: steps of preparation as they are typed and as they are shown. */
import { CodedError, type DataSetup, type DatasetVersion, type FieldValues, type Step } from '../contract';
import { parseKind } from './assignments';

/**
 * @param texts in the order of the steps; the first of a column replaces what the column had, `column=none` leaves it none.
 * @throws CodedError `argument-invalid`, `column-missing`; kinds and fields are checked when the run is started
 */
export function withSteps(
  setup: DataSetup,
  { columns }: Pick<DatasetVersion, 'columns'>,
  texts: readonly string[],
): DataSetup {
  if (texts.length === 0) return setup;
  const chosen = new Map<string, Step[]>();
  for (const text of texts) {
    const { column, step } = parseStep(text);
    if (!columns.some(({ name }) => name === column)) {
      throw new CodedError('column-missing', { column, known: columns.map(({ name }) => name).join(', ') });
    }
    chosen.set(column, [...(chosen.get(column) ?? []), ...(step ? [step] : [])]);
  }
  return { ...setup, steps: { ...setup.steps, ...Object.fromEntries(chosen) } };
}

/** A column's name may hold `=`: what follows the first one that stands before a kind is the step. */
function parseStep(text: string): { column: string; step: Step | null } {
  const [, column, kind] = /^(.+?)=([a-z][a-z0-9-]*(?::.*)?)$/s.exec(text) ?? [];
  if (column === undefined || kind === undefined) {
    throw new CodedError('argument-invalid', { name: `--step ${text}`, detail: 'is not of the form column=kind' });
  }
  return { column, step: kind === 'none' ? null : parseKind(kind, `--step ${text}`) };
}

/** One line per column with steps of its own, and one for what sounds become where that was chosen. */
export function stepLines({ steps, spectrogram }: Pick<DataSetup, 'steps' | 'spectrogram'>): string[] {
  const lines = Object.entries(steps ?? {}).map(([column, chosen]) => `Steps of ${column}: ${stepWords(chosen)}`);
  return spectrogram === undefined ? lines : [...lines, `Spectrogram: ${spectrogram}`];
}

/** As `--step` takes them: `standardize → impute:strategy=constant,value=0`. */
export function stepWords(chosen: readonly Step[]): string {
  return chosen.length === 0 ? 'none' : chosen.map(({ type, fields }) => `${type}${fieldWords(fields)}`).join(' → ');
}

function fieldWords(fields: FieldValues): string {
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? '' : `:${pairs.join(',')}`;
}
