/** `propose`: what a model would answer for the rows without a label; takes the surest, or says what its order would have saved. */
import { z } from 'zod';
import {
  answerSteps,
  CodedError,
  listWords,
  proposedAnswers,
  shareInterval,
  surerThan,
  type BoxHits,
  type Hits,
  type Proposals,
  type Replay,
} from '../../contract';
import { startAssist } from '../../services/assist';
import { one, type CommandDefinition } from '../command-definition';
import { followProgress } from '../follow';
import { findRun } from '../references';
import type { Session } from '../session';
import { formatTable } from '../table';
import { findVersion, requireDataset } from '../version-references';

const optionsSchema = z.object({
  column: z.string(),
  of: z.string().optional(),
  run: z.string().optional(),
  accept: z.string().optional(),
  replay: z.boolean().optional(),
});

/** Rows shown to people, the least sure first; `--json` has them all. */
const SHOWN = 10;

export const command: CommandDefinition = {
  order: 4.6,
  usage: 'propose <dataset>',
  description: 'Let a model propose labels for the rows that have none, the one it is least sure of first.',
  options: (command) =>
    command
      .requiredOption('--column <column>', 'the column with the labels')
      .option('--of <version>', 'the version, else the one that its project works on')
      .option('--run <run>', 'a trained run that proposes, else a quick model on the labels so far')
      .option('--accept <confidence>', 'label all rows with proposals at least so sure (0-1), as one step')
      .option('--replay', 'say what this order would have saved on the labels so far'),
  async run(session, parameters, raw) {
    const { column, of, run, accept, replay } = optionsSchema.parse(raw);
    const dataset = await requireDataset(session, one(parameters));
    const { id: versionId } = await findVersion(session, dataset, of);
    if (replay) return replayLabels(session, { versionId, column });
    const runId = run === undefined ? null : findRun(session, run).id;
    const job = startAssist(session.context, 'propose-labels', { versionId, column, runId });
    await followProgress(session, job.id);
    const proposals = await session.services.assist.proposals({ versionId, column });
    if (!proposals) throw new CodedError('not-found', { what: 'proposals', id: column });
    if (accept !== undefined) return acceptSurest(session, proposals, confidenceOf(accept));
    session.output.result(plain(proposals), proposalsText(proposals));
  },
};

/** @throws CodedError `argument-invalid` */
function confidenceOf(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new CodedError('argument-invalid', { name: '--accept', detail: `"${text}" is no number from 0 to 1` });
}

async function acceptSurest(session: Session, proposals: Proposals, least: number): Promise<void> {
  const { versionId, column } = proposals;
  const { rows, judged, wrong } = surerThan(proposals, least, () => true);
  const answers = proposedAnswers(proposals, new Set(rows));
  for (const edits of answerSteps(column, answers, null)) await session.services.edits.append({ versionId, edits });
  const accepted = { accepted: rows.length, judged, wrong };
  session.output.result(accepted, `${rows.length} rows labelled. ${errorsText(rows.length, judged, wrong)}`);
}

function errorsText(rows: number, judged: number, wrong: number): string {
  const interval = shareInterval(wrong, judged);
  if (!interval) return 'No labelled row says how many of them are wrong.';
  const expected = Math.round((rows * wrong) / judged);
  const [low, high] = [Math.floor(rows * interval.low), Math.ceil(rows * interval.high)];
  return `Of ${judged} labelled rows that the model had not seen and was as sure of, it was wrong about ${wrong}: expect about ${expected} wrong labels (95 %: ${low} to ${high}).`;
}

function proposalsText(proposals: Proposals): string {
  const { rows, codes, confidence, labels, labelled, judgedRight, source, marks, ticks, boxes } = proposals;
  const right = judgedRight.reduce((sum, one) => sum + one, 0);
  const { length: judged } = judgedRight;
  const interval = shareInterval(right, judged);
  const whose = source.kind === 'marks' ? `what is marked in ${labelled} texts` : `a quick model on ${labelled} labels`;
  const who = source.kind === 'run' ? `run ${source.name}` : whose;
  const head = `${rows.length} rows have no label; proposed by ${who}.`;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const all = boxes ? 'All boxes of a picture were right in' : 'All classes of a row were right in';
  const quality = interval
    ? `${ticks || boxes ? all : 'It was right about'} ${percent(right / judged)} of ${judged} labelled rows that it had not seen (95 %: ${percent(interval.low)} to ${percent(interval.high)}).`
    : 'No labelled row says how often it is right.';
  // A list of boxes says more by what is in it than by its coordinates.
  const shown = (label = '') => (boxes ? listWords('boxes', label) : label);
  const lines = Array.from(rows.subarray(0, SHOWN), (row, place) => {
    const sure = confidence[place] ?? NaN;
    return [String(row + 1), shown(labels[codes[place] ?? -1]), Number.isNaN(sure) ? '' : percent(sure)];
  });
  return [
    head,
    quality,
    ...hitsText('marks', marks),
    ...hitsText('single classes', ticks),
    ...boxesText(boxes),
    ...(lines.length > 0 ? [formatTable(['row', 'proposal', 'sure'], lines)] : []),
  ].join('\n');
}

function hitsText(what: string, hits: Hits | undefined): string[] {
  if (!hits) return [];
  const { proposed, right, there } = hits;
  const interval = shareInterval(right, proposed);
  const range = interval ? ` (95 %: ${(100 * interval.low).toFixed(1)} to ${(100 * interval.high).toFixed(1)} %)` : '';
  return [
    `In those it would have proposed ${proposed} ${what}, ${right} of them right${range}, of ${there} that are there.`,
  ];
}

function boxesText(boxes: BoxHits | undefined): string[] {
  if (!boxes) return [];
  const { close, averagePrecision, pictures } = boxes;
  const precision = averagePrecision === null ? '' : `, average precision ${averagePrecision.toFixed(3)}`;
  return [
    ...hitsText('boxes', boxes),
    `Right: the same class, overlap (intersection over union) at least 0.5; ${close} overlap at least 0.7 and need no correction. Counted on ${pictures} pictures, each by a model that had not seen it${precision}.`,
  ];
}

/** Plain lists, as JSON has them; rows counted from 1. */
function plain(proposed: Proposals) {
  const { rows, codes, confidence, judgedConfidence, judgedRight, labels, sureness, ...facts } = proposed;
  const proposals = Array.from(rows, (row, place) => {
    const sure = confidence[place] ?? NaN;
    const code = codes[place] ?? -1;
    const boxes = sureness ? { sureness: sureness[code] } : {};
    return { row: row + 1, label: labels[code], confidence: Number.isNaN(sure) ? null : sure, ...boxes };
  });
  const right = judgedRight.reduce((sum, value) => sum + value, 0);
  return { ...facts, judged: judgedConfidence.length, right, proposals };
}

async function replayLabels(
  session: Session,
  { versionId, column }: { readonly versionId: string; readonly column: string },
): Promise<void> {
  const input = { versionId, column, seeds: [1, 2, 3], most: null };
  await followProgress(session, startAssist(session.context, 'replay-labels', input).id);
  const replay = await session.services.assist.lastReplay({ versionId, column });
  if (!replay) throw new CodedError('not-found', { what: 'replay', id: column });
  session.output.result(replay, replayText(replay));
}

function replayText({ counts, goal, leastSure, heldOut }: Replay): string {
  const most = counts[counts.length - 1] ?? 0;
  const accuracy = `${(100 * goal).toFixed(1)} % of ${heldOut} held-out rows right`;
  if (leastSure.needed === null)
    return `Random order reached ${accuracy} after ${most} labels; least sure first did not.`;
  const needed = Math.round(leastSure.needed);
  return `Random order reached ${accuracy} after ${most} labels, least sure first after ${needed}: ${Math.round(100 * (1 - needed / most))} % fewer.`;
}
