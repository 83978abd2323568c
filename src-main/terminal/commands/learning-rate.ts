/** `learning-rate`: a range test that suggests a learning rate: where the loss falls most steeply as the rate rises. */
import { rateRangeSchema, type RateRange } from '../../contract';
import { startFinding } from '../../services/learning-rates';
import { chosenRun, runOptions } from '../chosen-run';
import { one, type CommandDefinition } from '../command-definition';
import { followProgress } from '../follow';
import { formatTable } from '../table';

/** Lines of the table of rates: every so many points. */
const everyPoint = 6;

export const command: CommandDefinition = {
  order: 3.9,
  usage: 'learning-rate <dataset>',
  description: 'Find a learning rate on some batches of the training rows; takes the options of `train`.',
  options: runOptions,
  async run(session, parameters, raw) {
    const chosen = await chosenRun(session, one(parameters), raw);
    const job = await startFinding(session.context, chosen);
    const range = rateRangeSchema.parse(await followProgress(session, job.id));
    session.output.result({ ...range }, rangeText(range, chosen.settings.learningRate));
  },
};

function rangeText({ points, steepest, tenthOfLowest, diverged }: RateRange, now: number): string {
  const rows = points
    .filter((_, at) => at % everyPoint === 0 || at === points.length - 1)
    .map(({ rate, loss, smoothed }) => [rate.toExponential(1), loss.toPrecision(4), smoothed.toPrecision(4)]);
  const end = diverged
    ? 'From there on the loss grows beyond use.'
    : 'The loss stayed in bounds up to the highest rate.';
  const found =
    steepest === null
      ? 'The loss did not fall at any rate: look at the data and the network.'
      : `Suggested: ${steepest}, where the loss falls most steeply (now ${now}). Also usual: ${String(tenthOfLowest)}, a tenth of the rate with the lowest loss. To use it: --set learningRate=${steepest}`;
  return [formatTable(['rate', 'loss', 'smoothed'], rows), end, found].join('\n');
}
