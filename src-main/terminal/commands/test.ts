/** `test`: what the test rows say of a saved model, with intervals, beside what a constant answer gets. */
import { CodedError, type Evaluation } from '../../contract';
import { findRun } from '../references';
import { formatTable } from '../table';
import { baselineLines, scoreTable } from '../test-figures';
import { thresholdLines } from '../threshold-text';
import { one, type CommandDefinition } from '../command-definition';

/** Classes of a confusion matrix that fits into a terminal. */
const mostClasses = 12;

export const command: CommandDefinition = {
  order: 6.5,
  usage: 'test <run>',
  description: 'Show how a saved model did on the test rows: scores with 95 % intervals, the baseline, mistakes.',
  async run(session, parameters) {
    const run = findRun(session, one(parameters));
    const evaluation = await session.services.models.evaluation({ runId: run.id });
    if (!evaluation) throw new CodedError('not-found', { what: 'evaluation', id: run.name });
    session.output.result(
      evaluation,
      [
        `${run.name} (${run.id}) on ${evaluation.rows} test rows of ${run.datasetName}`,
        scoreTable(evaluation),
        ...baselineLines(evaluation),
        ...(evaluation.anomaly ? thresholdLines(evaluation.anomaly) : []),
        ...confusionLines(evaluation),
      ].join('\n'),
    );
  },
};

function confusionLines({ target, confusion }: Evaluation): string[] {
  if (target.kind !== 'classes' || target.classes.length > mostClasses) return [];
  const rows = target.classes.map((name, actual) => [name, ...(confusion[actual] ?? [])]);
  return ['', formatTable(['actual ↓ predicted →', ...target.classes], rows)];
}
