/** `recommend`: the items that a model of ratings recommends to a user, beside what they rated. */
import { Option } from 'commander';
import { z } from 'zod';
import { CodedError, type OwnRatings, type Recommendations } from '../../contract';
import { readNewItems } from '../input-files';
import { newcomerText } from '../newcomer-text';
import { findRun } from '../references';
import { formatTable } from '../table';
import { collect, one, type CommandDefinition } from '../command-definition';

const optionsSchema = z.object({
  user: z.string().optional(),
  rated: z.array(z.string()),
  newItems: z.string().optional(),
  count: z.coerce.number().int().min(1).max(100),
});

export const command: CommandDefinition = {
  order: 9.5,
  usage: 'recommend <run>',
  description: 'Recommend items with the saved model of a run over ratings: to a user of the data, or to a new one.',
  options: (command) =>
    command
      .option('--user <user>', 'as in the column of users; without it, a new user of whom nothing is known')
      .addOption(
        new Option('--rated <item=rating,…>', 'of a new user: what they rate; may be given several times')
          .argParser(collect)
          .default([])
          .conflicts('user'),
      )
      .addOption(
        new Option(
          '--new-items <file>',
          'a CSV of items that are not in the data, one a row: the column of items, and what is known of each',
        ).conflicts('rated'),
      )
      .option('--count <number>', 'how many items', '10'),
  async run(session, parameters, raw) {
    const options = optionsSchema.safeParse(raw);
    if (!options.success) throw new CodedError('argument-invalid', { name: '--count', detail: 'is from 1 to 100' });
    const { user = '', count } = options.data;
    const ratings = options.data.rated.flatMap(parseRated);
    const run = findRun(session, one(parameters));
    const { models } = session.services;
    const file = options.data.newItems;
    const newItems = file === undefined ? [] : await readNewItems(session, await models.info({ runId: run.id }), file);
    const answer = await models.recommend({ runId: run.id, user, count, rated: ratings, newItems });
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
          recommended.map(({ item, about, predicted, ratings: count, isNew }) => [
            ...[item, about, round(predicted)],
            isNew ? 'new' : count,
          ]),
        ),
        ...(known || ratings.length > 0 ? [] : ['Nothing is known of a new user: by the mean rating of each item.']),
        ...newItemLines(answer, round),
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

/** Where the items stand that are not in the data, and what that rests on. */
function newItemLines({ itemColumn, newItems }: Recommendations, round: (value: number) => number): string[] {
  if (newItems.length === 0) return [];
  const rows = newItems.map(({ item, predicted, place, count, newcomer }) => [
    ...[item, round(predicted), `${place} of ${count}`, newcomerText(newcomer)],
  ]);
  return ['', 'New items', formatTable([itemColumn, 'predicted', 'place', 'rests on'], rows)];
}

/** Names may hold commas and equals signs: what stands behind the last sign before a comma is the rating. @throws CodedError `argument-invalid` */
function parseRated(text: string): OwnRatings {
  const parts = [...text.matchAll(/\s*(.+?)\s*=\s*(-?\d+(?:\.\d+)?)\s*(?:,|$)/gy)];
  const whole = parts.reduce((length, [part]) => length + part.length, 0);
  if (whole !== text.length || whole === 0) {
    throw new CodedError('argument-invalid', { name: '--rated', detail: `"${text}" is not of the form ITEM=RATING,…` });
  }
  return parts.map(([, item = '', rating = '']) => ({ item, rating: Number(rating) }));
}
