/** `recommend`: the items that a model of ratings recommends to a user, beside what they rated. */
import { z } from 'zod';
import { CodedError } from '../../contract';
import { findRun } from '../references';
import { formatTable } from '../table';
import { one, type CommandDefinition } from '../command-definition';

const optionsSchema = z.object({ user: z.string().optional(), count: z.coerce.number().int().min(1).max(100) });

export const command: CommandDefinition = {
  order: 9.5,
  usage: 'recommend <run>',
  description: 'Recommend items with the saved model of a run over ratings: to a user of the data, or to a new one.',
  options: (command) =>
    command
      .option('--user <user>', 'as in the column of users; without it, a new user of whom nothing is known')
      .option('--count <number>', 'how many items', '10'),
  async run(session, parameters, raw) {
    const options = optionsSchema.safeParse(raw);
    if (!options.success) throw new CodedError('argument-invalid', { name: '--count', detail: 'is from 1 to 100' });
    const { user = '', count } = options.data;
    const run = findRun(session, one(parameters));
    const answer = await session.services.models.recommend({ runId: run.id, user, count });
    const { userColumn, itemColumn, known, recommended, rated, ratedCount } = answer;
    const whom = known
      ? `${userColumn} ${user}`
      : `a new ${userColumn}${user === '' ? '' : `, as "${user}" is unknown`}`;
    const round = (value: number) => Number(value.toFixed(2));
    session.output.result(
      { run: { id: run.id, name: run.name }, user, ...answer },
      [
        `Recommended to ${whom}`,
        formatTable(
          [itemColumn, 'about', 'predicted', 'ratings'],
          recommended.map(({ item, about, predicted, ratings }) => [item, about, round(predicted), ratings]),
        ),
        '',
        `Rated: ${ratedCount}${ratedCount > rated.length ? `, the highest ${rated.length} of them` : ''}`,
        ...(rated.length > 0
          ? [
              formatTable(
                [itemColumn, 'about', 'rating'],
                rated.map(({ item, about, rating }) => [item, about, rating]),
              ),
            ]
          : []),
      ].join('\n'),
    );
  },
};
