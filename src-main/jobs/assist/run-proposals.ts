/** Proposals by a trained run: its saved network is asked about every row without a label. */
import { CodedError } from '../../contract';
import { inputScale } from '../../data/encode';
import { judge, leastSureFirst } from '../../data/assist/uncertainty';
import { pictureRecipe } from '../../data/picture-recipe';
import { readInputs } from '../../data/prepare';
import { hasConvolution } from '../../engine/build';
import { predictRows } from '../../engine/evaluate';
import { loadTensorFlow } from '../../engine/tf';
import { getVersion } from '../../storage/datasets';
import { getRun } from '../../storage/runs';
import type { JobContext } from '../definition';
import { openSavedModel, type SavedModel } from '../training/saved-model';
import type { LearnedColumn } from './open-learners';
import { openRows } from './lesson';
import type { Answers } from './quick-proposals';

/** Rows that are read and asked in one go. */
const PIECE = 2000;
/** Digits of a proposed number: more would promise what no network keeps. */
const DIGITS = 4;

/** @throws CodedError `assist-run-unfit`, `not-found`, `run-without-model`, `pictures-unfit`; the signal's reason */
export async function runProposals(asked: LearnedColumn, runId: string, context: JobContext): Promise<Answers> {
  const { db } = context.library;
  const run = getRun(db, runId);
  const { version, column, standing } = asked;
  if (run.data.target !== column || getVersion(db, run.data.versionId).datasetId !== version.datasetId) {
    const { target } = run.data;
    throw new CodedError('assist-run-unfit', { run: run.name, target, column, dataset: version.datasetName });
  }
  const { tf } = await loadTensorFlow({ convolution: hasConvolution(run.network) });
  const saved = openSavedModel(tf, context, runId);
  try {
    const open = openRows(standing);
    // Rows that got their label after the version was made are the only ones that the run has surely not learnt.
    const fresh = Int32Array.from(standing.fresh.keys()).filter(
      (row) => standing.fresh[row] === 1 && standing.excluded[row] === 0,
    );
    const outputs = await ask(saved, asked, Int32Array.from([...open, ...fresh]), context);
    const source = { kind: 'run', runId, name: run.name } as const;
    const labelled = standing.codes.reduce((sum, code) => sum + (code < 0 ? 0 : 1), 0);
    const answers = saved.info.target.kind === 'classes' ? classesOf : numbersOf;
    return { source, labelled, ...answers(saved, outputs, open, { fresh, standing }) };
  } finally {
    saved.finished.model.dispose();
  }
}

async function ask(
  { preparation, info, finished }: SavedModel,
  { version }: LearnedColumn,
  rows: Int32Array,
  { library, signal, progress }: JobContext,
): Promise<Float32Array> {
  const normalization = pictureRecipe(preparation)?.normalization ?? null;
  const given = { inputShape: info.inputShape, scale: inputScale(preparation), normalization };
  const pieces: Float32Array[] = [];
  for (let first = 0; first < rows.length; first += PIECE) {
    signal.throwIfAborted();
    progress({ stage: 'model', done: first, total: rows.length, unit: 'rows' });
    const { inputs, rows: count } = await readInputs(
      library,
      version,
      preparation,
      rows.subarray(first, first + PIECE),
    );
    pieces.push(
      predictRows(
        finished,
        { ...given, inputs },
        Int32Array.from({ length: count }, (_, row) => row),
      ),
    );
  }
  const all = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

interface Known {
  readonly fresh: Int32Array;
  readonly standing: LearnedColumn['standing'];
}

function classesOf(
  { info }: SavedModel,
  outputs: Float32Array,
  open: Int32Array<ArrayBuffer>,
  { fresh, standing }: Known,
): Omit<Answers, 'source' | 'labelled'> {
  const labels = info.target.kind === 'classes' ? info.target.classes : [];
  const { length: classes } = labels;
  const proposed = judge(outputs.subarray(0, open.length * classes), classes);
  const unseen = judge(outputs.subarray(open.length * classes), classes);
  const order = leastSureFirst(proposed, open.length);
  const right = (row: number, place: number) =>
    labels[unseen.first[place] ?? -1] === standing.names[standing.codes[row] ?? -1] ? 1 : 0;
  return {
    labels: [...labels],
    rows: order.map((place) => open[place] ?? 0),
    codes: order.map((place) => proposed.first[place] ?? 0),
    confidence: Float32Array.from(order, (place) => proposed.confidence[place] ?? 0),
    judgedConfidence: unseen.confidence,
    judgedRight: Uint8Array.from(fresh, right),
  };
}

/** A number has no confidence: rows stay in their order, and none is judged right or wrong. */
function numbersOf(
  _: SavedModel,
  outputs: Float32Array,
  open: Int32Array<ArrayBuffer>,
): Omit<Answers, 'source' | 'labelled'> {
  const texts = Array.from(open, (_row, place) => String(Number((outputs[place] ?? NaN).toPrecision(DIGITS))));
  const labels = [...new Set(texts)];
  const places = new Map(labels.map((label, place) => [label, place]));
  return {
    labels,
    rows: open,
    codes: Int32Array.from(texts, (text) => places.get(text) ?? 0),
    confidence: new Float32Array(open.length).fill(Number.NaN),
    judgedConfidence: new Float32Array(0),
    judgedRight: new Uint8Array(0),
  };
}
