/** `mark`: what a person says of runs: tags, star, archive, a note, another name. */
import type { Command } from 'commander';
import { z } from 'zod';
import { CodedError, tagSchema, type RunMarks, type RunSummary } from '../../contract';
import { collect, many, type CommandDefinition } from '../command-definition';
import { chosenRuns } from '../run-rows';

const optionsSchema = z.object({
  where: z.string().optional(),
  tag: z.array(tagSchema).default([]),
  untag: z.array(z.string()).default([]),
  star: z.boolean().optional(),
  unstar: z.boolean().optional(),
  archive: z.boolean().optional(),
  unarchive: z.boolean().optional(),
  note: z.string().optional(),
  rename: z.string().optional(),
});
type Options = z.infer<typeof optionsSchema>;

export const command: CommandDefinition = {
  order: 9,
  usage: 'mark [runs...]',
  description: 'Tag, star, archive, note or rename runs.',
  options: (command: Command) =>
    command
      .option('--where <query>', "those that a query finds too, such as 'val_acc < 0.5'")
      .option('--tag <tag>', 'give a tag (may be repeated)', collect, [])
      .option('--untag <tag>', 'take a tag away (may be repeated)', collect, [])
      .option('--star', 'give a star')
      .option('--unstar', 'take the star away')
      .option('--archive', 'put into the archive')
      .option('--unarchive', 'take out of the archive')
      .option('--note <markdown>', 'write the note anew')
      .option('--rename <name>', 'give another name (one run)'),
  async run(session, parameters, raw) {
    const options = optionsSchema.parse(raw);
    const texts = many(parameters);
    const runs = await chosenRuns(session, { texts, where: options.where });
    if (options.rename !== undefined && runs.length > 1) {
      throw new CodedError('argument-invalid', { name: '--rename', detail: 'is for one run' });
    }
    const { services, output } = session;
    for (let at = 0; at < runs.length; at += 500) {
      await services.runs.mark({ marks: runs.slice(at, at + 500).map((run) => marksOf(run, options)) });
    }
    if (options.note !== undefined || options.rename !== undefined) {
      for (const { id } of runs) await services.runs.update({ id, note: options.note, name: options.rename });
    }
    const names = runs.map(({ name }) => name).join(', ');
    output.result({ marked: runs.map(({ id, name }) => ({ id, name })) }, `Marked: ${names || 'none'}`);
  },
};

function marksOf({ id, tags }: RunSummary, { tag, untag, star, unstar, archive, unarchive }: Options): RunMarks {
  const kept = tags.filter((one) => !untag.includes(one));
  return {
    id,
    ...((tag.length > 0 || untag.length > 0) && { tags: [...new Set([...kept, ...tag])] }),
    ...((star ?? unstar) && { starred: star === true }),
    ...((archive ?? unarchive) && { archived: archive === true }),
  };
}
