/** How a run stands, in a few lines or as JSON. */
import { describeError, type Run, type RunParent } from '../contract';
import { metricLabel } from './follow';
import { diagnosesText, tellDiagnoses } from './run-diagnoses';
import type { Session } from './session';
import { splitText } from './split-option';
import { formatMetric } from './table';
import { figureText, testFigures } from './test-figures';

/** The end of a command that trained. */
export async function reportRun(session: Session, runId: string): Promise<void> {
  const history = await session.services.runs.history({ id: runId });
  const { run, epochs } = history;
  const diagnoses = await tellDiagnoses(session, history);
  session.output.result({ run, epochs, diagnoses }, [runSummary(run), ...diagnosesText(diagnoses)].join('\n'));
}

export function runSummary(run: Run): string {
  const lines = [
    `${run.name} (${run.id}): ${run.state}, ${run.epochsDone} of ${run.settings.epochs} epochs, on ${run.datasetName}`,
  ];
  if (run.parameterCount !== null) {
    const optimizer = `${run.settings.optimizer.type}, learning rate ${run.settings.learningRate}`;
    lines.push(
      `${run.parameterCount} parameters, ${optimizer}, batch ${run.settings.batchSize}, seed ${run.settings.seed}, ${run.backend ?? ''}${engineText(run.engine)}`,
    );
  }
  if (run.parent) lines.push(parentText(run.parent));
  lines.push(`Split: ${splitText(run.data.split)}`);
  if (run.error) {
    const { message, hint } = describeError(run.error, 'en');
    lines.push(message, hint);
  }
  if (run.best) lines.push(`Best: ${bestText(run.best)}`);
  if (run.test) {
    const figures = testFigures(run.test).map((name) => figureText(run.test, name));
    lines.push(`Saved model on the test rows: ${figures.join(', ')}`);
  }
  return lines.join('\n');
}

function parentText({ name, runId, epoch, withOptimizer }: RunParent): string {
  const how = withOptimizer ? "with the optimizer's state" : 'with the weights alone';
  return `Branched off from ${name} (${runId}) after epoch ${epoch}, ${how}`;
}

function engineText(engine: Run['engine']): string {
  if (!engine) return '';
  return engine.kind === 'compiled'
    ? `, compiled in ${engine.recordingSeconds ?? 0} s`
    : `, not compiled: ${engine.reason ?? ''}`;
}

export function bestText(best: Run['best']): string {
  return best ? `${metricLabel(best.metric)} ${formatMetric(best.value)} in epoch ${best.epoch}` : '–';
}
