/** `show`: everything about one run. */
import { describeEvent } from '../../contract';
import { metricLabel, metricNames } from '../follow';
import { stepLines } from '../chosen-steps';
import { findRun } from '../references';
import { runSummary } from '../run-report';
import { formatMetric, formatTable, formatTime } from '../table';
import { one, type CommandDefinition } from '../command-definition';

export const command: CommandDefinition = {
  order: 6,
  usage: 'show <run>',
  description: 'Show a run: its epochs, its log, its test figures.',
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
    session.output.result(history, [runSummary(run), ...stepLines(run.data), '', table, '', ...log].join('\n'));
  },
};
