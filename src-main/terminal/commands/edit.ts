/** `edit`: leaves rows out, changes values, drops and adds columns; all of one call is one step, which can be undone. */
import { z } from 'zod';
import { addedTypeSchema, CodedError, editResultSchema, type Edit } from '../../contract';
import { collect, one, type CommandDefinition } from '../command-definition';
import { followProgress } from '../follow';
import type { Session } from '../session';
import { findVersion, parseRows, requireDataset } from '../version-references';
import { changesText, pendingText } from '../version-report';

const optionsSchema = z.object({
  of: z.string().optional(),
  addColumn: z.array(z.string()),
  dropColumn: z.array(z.string()),
  exclude: z.array(z.string()),
  restore: z.array(z.string()),
  set: z.array(z.string()),
  undo: z.boolean().optional(),
  redo: z.boolean().optional(),
  discard: z.boolean().optional(),
  make: z.boolean().optional(),
});
type Options = z.infer<typeof optionsSchema>;

export const command: CommandDefinition = {
  order: 4,
  usage: 'edit <dataset>',
  description: 'Change the data: a new version is made of it when it is trained on. Without options, show the changes.',
  options: (command) =>
    command
      .option('--of <version>', 'the version to change, else the one that its project works on')
      .option('--exclude <rows>', 'leave rows out: 1-5,9', collect, [])
      .option('--restore <rows>', 'bring rows back that were left out', collect, [])
      .option('--set <rows:column=value>', 'a value for rows, e.g. 1-5,9:species=Gentoo', collect, [])
      .option('--drop-column <column>', 'leave a column out', collect, [])
      .option(
        '--add-column <name:type>',
        'an empty column: category, text, number, labels, boxes, or spans:<texts>',
        collect,
        [],
      )
      .option('--undo', 'take the last step back')
      .option('--redo', 'do the step again that was undone last')
      .option('--discard', 'take all steps back')
      .option('--make', 'make a version of the changes now'),
  async run(session, parameters, raw) {
    const options = optionsSchema.parse(raw);
    const dataset = await requireDataset(session, one(parameters));
    const { id: versionId, number } = await findVersion(session, dataset, options.of);
    const { services, output } = session;
    const edits = editsOf(options);
    if (options.discard) await services.edits.clear({ versionId });
    if (options.undo) await services.edits.undo({ versionId });
    if (options.redo) await services.edits.redo({ versionId });
    if (edits.length > 0) await services.edits.append({ versionId, edits });
    if (options.make) return make(session, versionId);
    const pending = await services.edits.pending({ versionId });
    output.result(pending, pendingText(dataset.name, number, pending));
  },
};

async function make(session: Session, versionId: string): Promise<void> {
  const { services, output } = session;
  const { jobId } = await services.edits.make({ versionId });
  const made = editResultSchema.parse(await followProgress(session, jobId));
  const { datasetId } = await services.datasets.version({ id: made.versionId });
  const version = (await services.datasets.versions({ datasetId })).find(({ id }) => id === made.versionId);
  if (!version) throw new CodedError('not-found', { what: 'dataset version', id: made.versionId });
  const changes = version.changes ? changesText(version.changes) : 'nothing changed';
  output.result(version, `Version ${version.number}: ${version.rowCount} rows; ${changes}.`);
}

/** In the order in which they can stand on each other: new columns first, those that go last. */
function editsOf(options: Options): Edit[] {
  return [
    ...options.addColumn.map(addColumn),
    ...options.restore.map((text): Edit => ({ kind: 'restore', rows: parseRows('--restore', text) })),
    ...options.exclude.map((text): Edit => {
      return { kind: 'exclude', rows: parseRows('--exclude', text), reason: 'chosen' };
    }),
    ...options.set.map(setValues),
    ...options.dropColumn.map((column): Edit => ({ kind: 'drop-column', column })),
  ];
}

/** NAME:TYPE; spans name the column of their texts too: NAME:spans:TEXTS. */
function addColumn(text: string): Edit {
  const [, column = '', typed = '', of] = /^(.+?):([a-z]+)(?::(.+))?$/.exec(text) ?? [];
  const { data: type } = addedTypeSchema.safeParse(typed);
  if (column === '' || !type || (type === 'spans') !== (of !== undefined)) {
    throw new CodedError('argument-invalid', { name: '--add-column', detail: `"${text}" is not NAME:TYPE` });
  }
  return { kind: 'add-column', column, type, ...(of === undefined ? {} : { of }) };
}

function setValues(text: string): Edit {
  const [, rows = '', column = '', value = ''] = /^([0-9,\s-]+):([^=]+)=([\s\S]*)$/.exec(text) ?? [];
  if (column === '') {
    throw new CodedError('argument-invalid', { name: '--set', detail: `"${text}" is not ROWS:COLUMN=VALUE` });
  }
  return { kind: 'set', column, rows: parseRows('--set', rows), value: value === '' ? null : value };
}
