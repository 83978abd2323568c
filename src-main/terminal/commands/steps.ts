/** `steps`: the kinds of steps of preparation, or how the columns of a dataset are prepared, before and after on real rows. */
import { defaultSteps, defaultsOf, spectrogramOf, spectrograms, steps, tasks } from '../../catalog';
import { CodedError, type Column, type DataSetup, type Step, type StepStage } from '../../contract';
import { findProjectByDataset } from '../../storage/projects';
import { stepWords } from '../chosen-steps';
import { findDataset } from '../references';
import type { Session } from '../session';
import { formatTable } from '../table';
import { one, type CommandDefinition } from '../command-definition';

export const command: CommandDefinition = {
  order: 3,
  usage: 'steps [dataset]',
  description: 'List the steps of preparation, or show how the columns of a dataset are prepared, on real rows.',
  async run(session, parameters) {
    if (parameters[0] === undefined) listKinds(session);
    else await showColumns(session, one(parameters));
  },
};

function listKinds({ output }: Session): void {
  const kinds = steps.all.map(({ id, label, help, suits, fields }) => {
    return { id, label: label.en, help: help.en, columns: suits, fields: defaultsOf(fields) };
  });
  const sounds = spectrograms.all.map(({ id, label, help }) => ({ id, label: label.en, help: help.en }));
  const rows = kinds.map(({ id, columns, fields, help }) => {
    return [id, columns.join(' '), stepWords([{ type: '', fields }]).slice(1), help];
  });
  const table = formatTable(['step', 'columns', 'fields', 'what it does'], rows);
  const ofSounds = formatTable(
    ['spectrogram', 'what it is'],
    sounds.map(({ id, help }) => [id, help]),
  );
  output.result({ steps: kinds, spectrograms: sounds }, `${table}\n\n${ofSounds}`);
}

/** @throws CodedError `not-found`, `task-unfit` where no target is chosen */
async function showColumns(session: Session, name: string): Promise<void> {
  const { services, library, output } = session;
  const dataset = await findDataset(session, name);
  if (!dataset) throw new CodedError('not-found', { what: 'dataset', id: name });
  const setup = findProjectByDataset(library.db, dataset.id)?.data;
  if (!setup) throw new CodedError('task-unfit');
  const version = await services.datasets.version({ id: setup.versionId });
  const isText = tasks.has(setup.task) && tasks.get(setup.task).input === 'text';
  const columns = [];
  for (const column of version.columns) {
    if (column.image || column.name === setup.target || column.name === setup.weightColumn) continue;
    if (isText && (setup.types[column.name] ?? column.type) !== 'text') continue;
    if (column.audio) return showSounds(session, setup, column.name);
    const preview = await services.datasets.preview({ setup, column: column.name, rows: [] });
    columns.push({ column: column.name, steps: stepsOf(setup, column), ...preview });
  }
  const table = columns.map(({ column, steps: chosen, rows, stages }) => {
    const [before, after] = [stages[0]?.rows[0], stages.at(-1)?.rows[0]];
    const example = `row ${(rows[0] ?? 0) + 1}: ${cellWords(before)} → ${cellWords(after)}`;
    return [column, stepWords(chosen), stages.length > 1 ? (stages.at(-1)?.width ?? 0) : 0, example];
  });
  output.result({ columns }, formatTable(['column', 'steps', 'inputs', 'example'], table));
}

/** Where there are sounds, they alone are the input. */
async function showSounds({ services, output }: Session, setup: DataSetup, column: string): Promise<void> {
  const { inputShape } = await services.datasets.describe(setup);
  const [spectrogram, shape] = [spectrogramOf(setup).id, inputShape.join(' × ')];
  output.result(
    { columns: [{ column, spectrogram, inputShape }] },
    formatTable(['column', 'spectrogram', 'inputs'], [[column, spectrogram, shape]]),
  );
}

/** Chosen ones, or those of the column's type. */
function stepsOf({ steps: chosen, types }: DataSetup, { name, type }: Pick<Column, 'name' | 'type'>): readonly Step[] {
  const own = chosen && Object.hasOwn(chosen, name) ? chosen[name] : undefined;
  return own ?? defaultSteps(types[name] ?? type);
}

function cellWords(cells: StepStage['rows'][number] = []): string {
  return cells.map((cell) => (typeof cell === 'number' ? Number(cell.toPrecision(4)) : (cell ?? 'missing'))).join(' ');
}
