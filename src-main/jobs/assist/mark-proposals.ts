/** Proposals for texts by the words that were marked in others; measured on the marked ones, each as if nobody had looked at it. */
import { CodedError } from '../../contract';
import { leastSureFirst } from '../../data/assist/uncertainty';
import { MarkedWords, marksOf, rightMarks, sureness, type ProposedMark } from '../../data/assist/marked-words';
import { standingTexts, type StandingColumn } from '../../data/assist/standing';
import type { JobContext } from '../definition';
import { openRows } from './lesson';
import type { Answers } from './quick-proposals';

/** Fewer marked texts say nothing. */
const LEAST = 5;
/** Texts between two looks at the signal. */
const PIECE = 1000;

/**
 * Rows of whose words none is known have no proposal and come last.
 * @param texts the column in which the marks lie. @throws CodedError `assist-few-marks`; the signal's reason
 */
export async function markProposals(
  { standing, texts, column }: { standing: StandingColumn; texts: StandingColumn; column: string },
  { signal, progress }: JobContext,
): Promise<Answers> {
  const cells = standingTexts(standing);
  const all = standingTexts(texts).map((text, row) => ({ text: text ?? '', spans: marksOf(cells[row] ?? null) }));
  const judged = all.flatMap((text) => (text.spans ? [{ text: text.text, spans: text.spans }] : []));
  if (judged.length < LEAST) throw new CodedError('assist-few-marks', { column, found: judged.length, least: LEAST });
  const words = new MarkedWords(judged);
  const propose = async (text: (typeof all)[number], done: number): Promise<ProposedMark[]> => {
    if (done % PIECE === 0) {
      await new Promise(setImmediate);
      signal.throwIfAborted();
      progress({ stage: 'model', done, total: judged.length + open.length, unit: 'rows' });
    }
    return words.propose(text);
  };
  const open = openRows(standing);
  const marks = { proposed: 0, right: 0, there: 0 };
  const [judgedConfidence, judgedRight]: [number[], number[]] = [[], []];
  for (const [place, text] of judged.entries()) {
    const proposed = await propose(text, place);
    const right = rightMarks(proposed, text.spans);
    marks.proposed += proposed.length;
    marks.right += right;
    marks.there += text.spans.length;
    if (proposed.length === 0) continue;
    judgedConfidence.push(sureness(proposed));
    judgedRight.push(right === proposed.length && right === text.spans.length ? 1 : 0);
  }
  const answers: ProposedMark[][] = [];
  for (const [place, row] of open.entries()) {
    answers.push(await propose(all[row] ?? { text: '', spans: null }, judged.length + place));
  }
  return {
    ...{ source: { kind: 'marks' }, labelled: judged.length, marks },
    ...inOrder(open, answers),
    judgedConfidence: Float32Array.from(judgedConfidence),
    judgedRight: Uint8Array.from(judgedRight),
  };
}

function inOrder(open: Int32Array, answers: readonly ProposedMark[][]) {
  const cells = answers.map((marks) =>
    marks.length === 0 ? '' : JSON.stringify(marks.map(({ start, end, label }) => ({ start, end, label }))),
  );
  const labels = [...new Set(cells)].filter((cell) => cell !== '');
  const places = new Map(labels.map((label, place) => [label, place]));
  const confidence = Float32Array.from(answers, (marks) => (marks.length === 0 ? Number.NaN : sureness(marks)));
  const margin = confidence.map((sure) => (Number.isNaN(sure) ? 2 : sure));
  const first = Int32Array.from(cells, (cell) => places.get(cell) ?? -1);
  const order = leastSureFirst({ first, confidence, margin }, open.length);
  return {
    labels,
    rows: order.map((place) => open[place] ?? 0),
    codes: order.map((place) => first[place] ?? -1),
    confidence: Float32Array.from(order, (place) => confidence[place] ?? Number.NaN),
  };
}
