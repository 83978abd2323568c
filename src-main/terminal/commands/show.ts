/** `show`: everything about one run. */
import { describeEvent } from '../../contract';
import { metricLabel, metricNames } from '../follow';
import { stepLines } from '../chosen-steps';
import { findRun } from '../references';
import { layerTable } from '../layer-table';
import { diagnosesText, tellDiagnoses } from '../run-diagnoses';
import { runSummary } from '../run-report';
import { formatMetric, formatTable, formatTime } from '../table';
import { one, type CommandDefinition } from '../command-definition';

export const command: CommandDefinition = {
  order: 6,
  usage: 'show <run>',
  description: 'Show a run: its epochs, its layers, its log, its test figures, and what went wrong.',
  async run(session, parameters) {
    const history = await session.services.runs.history({ id: findRun(session, one(parameters)).id });
    const { run, epochs, events } = history;
    const names = metricNames(epochs[0]?.metrics ?? {});
    const table = formatTable(
      ['epoch', ...names.map(metricLabel), 'seconds', 'examples/s', 'learning rate', 'memory'],
      epochs.map(({ epoch, metrics, seconds, examplesPerSecond, learningRate, memory }) => {
        return [
          epoch,
          ...names.map((name) => formatMetric(metrics[name])),
          seconds.toFixed(2),
          Math.round(examplesPerSecond),
          learningRate === undefined ? '–' : Number(learningRate.toPrecision(4)),
          memory === undefined ? '–' : `${Math.round(memory / 1e6)} MB`,
        ];
      }),
    );
    const log = events.map((event) => `${formatTime(event.time)}  ${describeEvent(event, 'en')}`);
    const diagnoses = await tellDiagnoses(session, history);
    const told = diagnoses.length === 0 ? [] : ['', ...diagnosesText(diagnoses)];
    const layers = await layerTable(session, run.id);
    const parts = [runSummary(run), ...stepLines(run.data), ...told, '', table, '', ...layers, ...log];
    session.output.result({ ...history, diagnoses }, parts.join('\n'));
  },
};
