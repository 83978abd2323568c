/** `predict`: what a run's saved model says of pictures or sounds, of the rows of a CSV, or of rows of the run's own dataset. */
import { z } from 'zod';
import {
  CodedError,
  splitPartSchema,
  type ForecastPlan,
  type ModelInfo,
  type Prediction,
  type PredictionInput,
  type Run,
} from '../../contract';
import { newcomerText } from '../newcomer-text';
import { readInputFiles, textQuestion } from '../input-files';
import { findRun } from '../references';
import type { Session } from '../session';
import { formatMetric, formatTable, type Cell } from '../table';
import { collect, many, one, type CommandDefinition } from '../command-definition';

/** As many as one question may hold. */
const pageSize = 1000;
const optionsSchema = z.object({
  rows: z.string().optional(),
  part: splitPartSchema.optional(),
  limit: z.coerce.number().int().min(1).optional(),
  text: z.array(z.string()),
});

/** Something asked about, with what is known of it. */
interface Question {
  readonly label: Readonly<Record<string, string | number | null>>;
  readonly input: PredictionInput;
}

export const command: CommandDefinition = {
  order: 9,
  usage: 'predict <run> [files...]',
  description:
    'Predict with the saved model of a run: pictures (PNG, JPEG), sounds, texts (TXT, MD or --text), the rows of a CSV (of a forecast: the steps after its last), or rows of its dataset.',
  options: (command) =>
    command
      .option('--text <text>', 'a text to classify; may be given several times', collect, [])
      .option('--rows <indices>', "rows of the run's dataset, e.g. 0,1,2")
      .option('--part <part>', "all rows of a part of the run's dataset: training, validation or test")
      .option('--limit <number>', 'at most so many rows of the part'),
  async run(session, parameters, raw) {
    const options = optionsSchema.safeParse(raw);
    if (!options.success) {
      const [issue] = options.error.issues;
      throw new CodedError('argument-invalid', { name: `--${String(issue?.path[0])}`, detail: issue?.message ?? '' });
    }
    const run = findRun(session, one(parameters));
    const info = await session.services.models.info({ runId: run.id });
    const questions = await collectQuestions(session, run, many(parameters, 1), options.data);
    const predictions = await ask(session, run.id, questions);
    const answers = questions.map(({ label }, index) => ({ ...label, ...answerOf(predictions[index]) }));
    const { epoch, sha256 } = info;
    session.output.result(
      { run: { id: run.id, name: run.name }, model: { epoch, sha256 }, predictions: answers },
      tableOf(info, questions, predictions),
    );
  },
};

async function collectQuestions(
  session: Session,
  run: Run,
  files: readonly string[],
  options: z.output<typeof optionsSchema>,
): Promise<Question[]> {
  const questions: Question[] = [];
  if (options.rows !== undefined) {
    for (const index of parseRows(options.rows))
      questions.push({ label: { row: index }, input: { kind: 'row', index } });
  }
  if (options.part !== undefined) questions.push(...(await rowsOfPart(session, run, options.part, options.limit)));
  if (files.length > 0 || options.text.length > 0) {
    const info = await session.services.models.info({ runId: run.id });
    questions.push(...options.text.map((text) => textQuestion(info, text, { text: excerpt(text) })));
    questions.push(...(await readInputFiles(session, info, files)));
  }
  if (questions.length > 0) return questions;
  throw new CodedError('argument-invalid', { name: 'predict', detail: 'name files, or --text, --rows or --part' });
}

/** The beginning of a text, to tell answers apart. */
function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** @throws CodedError `argument-invalid` */
function parseRows(text: string): number[] {
  return text.split(',').map((part) => {
    if (/^\s*\d+\s*$/.test(part)) return Number(part);
    throw new CodedError('argument-invalid', { name: '--rows', detail: `"${part}" is not a row's index` });
  });
}

async function rowsOfPart(
  { services }: Session,
  run: Run,
  part: z.output<typeof splitPartSchema>,
  limit = Number.MAX_SAFE_INTEGER,
): Promise<Question[]> {
  const version = await services.datasets.version({ id: run.data.versionId });
  const target = version.columns.findIndex(({ name }) => name === run.data.target);
  const questions: Question[] = [];
  for (let total = 1; questions.length < Math.min(total, limit);) {
    const offset = questions.length;
    const query = { setup: run.data, part, label: null, search: '', offset };
    const page = await services.datasets.rows({ ...query, limit: Math.min(pageSize, limit - offset) });
    total = page.total;
    if (page.rows.length === 0) break;
    for (const { index, values } of page.rows) {
      questions.push({ label: { row: index, actual: values[target] ?? null }, input: { kind: 'row', index } });
    }
  }
  return questions;
}

/** In the order asked; each stretch of one kind in questions of at most a thousand. */
async function ask({ services }: Session, runId: string, questions: readonly Question[]): Promise<Prediction[]> {
  const predictions: Prediction[] = [];
  for (let start = 0; start < questions.length;) {
    const kind = questions[start]?.input.kind;
    let end = start;
    while (end < questions.length && end - start < pageSize && questions[end]?.input.kind === kind) end += 1;
    const inputs = questions.slice(start, end).map(({ input }) => input);
    predictions.push(...(await services.models.predict({ runId, inputs })));
    start = end;
  }
  return predictions;
}

function answerOf(prediction: Prediction | undefined): Prediction {
  const { predicted = '', outputs = [], anomaly, newcomer } = prediction ?? {};
  return {
    ...{ predicted, outputs, ...(newcomer ? { newcomer } : {}) },
    ...(anomaly ? { anomaly: { ...anomaly, example: undefined } } : {}),
  };
}

/** Names what was asked, the prediction, for classes the three most probable, and of newcomers what the answer rests on. */
function answersTable(questions: readonly Question[], predictions: readonly Prediction[]): string {
  const labels = [...new Set(questions.flatMap(({ label }) => Object.keys(label)))];
  const hasNewcomers = predictions.some(({ newcomer }) => newcomer !== undefined);
  const rows = questions.map(({ label }, index): Cell[] => {
    const { predicted, outputs, newcomer } = answerOf(predictions[index]);
    const known = labels.map((name) => label[name] ?? null);
    const rest = newcomer ? newcomerText(newcomer) : '';
    return [...known, predicted, outputs.length > 1 ? likely(outputs) : '', ...(hasNewcomers ? [rest] : [])];
  });
  return formatTable([...labels, 'predicted', 'most probable', ...(hasNewcomers ? ['rests on'] : [])], rows);
}

function tableOf(
  { forecast, target }: ModelInfo,
  questions: readonly Question[],
  predictions: readonly Prediction[],
): string {
  if (forecast) return forecastTable(questions, predictions, forecast);
  return target.kind === 'reconstruction' ? anomalyTable(questions, predictions) : answersTable(questions, predictions);
}

/** Names what was asked, its error, and the columns that this comes from. */
function anomalyTable(questions: readonly Question[], predictions: readonly Prediction[]): string {
  const labels = [...new Set(questions.flatMap(({ label }) => Object.keys(label)))];
  const rows = questions.map(({ label }, index): Cell[] => {
    const { predicted, anomaly } = answerOf(predictions[index]);
    const parts = anomaly?.parts.slice(0, 3) ?? [];
    const from = parts.map(({ column, share }) => `${column} ${(100 * share).toFixed(0)} %`).join(', ');
    return [...labels.map((name) => label[name] ?? null), predicted, formatMetric(anomaly?.error), from];
  });
  return formatTable([...labels, 'predicted', 'error', 'comes from'], rows);
}

/** A line for each step ahead, a column for each series that was asked about; a table for each where their times differ. */
function forecastTable(questions: readonly Question[], predictions: readonly Prediction[], plan: ForecastPlan): string {
  const names = questions.map(({ label }) => Object.values(label).join(' '));
  const steps = predictions[0]?.outputs ?? [];
  const isOneTime = predictions.every(({ outputs }) => outputs[0]?.label === steps[0]?.label);
  if (!isOneTime)
    return questions.map((one, at) => forecastTable([one], predictions.slice(at, at + 1), plan)).join('\n');
  const rows = steps.map(({ label }, step): Cell[] => [
    label,
    ...predictions.map(({ outputs }) => formatMetric(outputs[step]?.value)),
  ]);
  const table = formatTable([plan.time ?? 'step', ...names], rows);
  if (!plan.timing || plan.timing.step) return table;
  return `${table}\nThe steps of "${plan.time ?? ''}" lie at irregular distances, so that t+1 is the next step, whenever it comes.`;
}

function likely(outputs: Prediction['outputs']): string {
  const sorted = [...outputs].sort((a, b) => b.value - a.value).slice(0, 3);
  return sorted.map(({ label, value }) => `${label} ${(100 * value).toFixed(1)} %`).join(', ');
}
