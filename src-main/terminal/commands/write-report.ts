/** `write-report`: a page about runs, to read, print or send: the panels that are named, in their order. */
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { Option } from 'commander';
import { z } from 'zod';
import { orderedBlocks, reportBlocks, usualReport } from '../../catalog/report';
import { CodedError, localeSchema, mostReported, type Report } from '../../contract';
import { saveReport } from '../../services/reports';
import { many, type CommandDefinition } from '../command-definition';
import { findRun } from '../references';

const optionsSchema = z.object({
  out: z.string(),
  title: z.string().optional(),
  blocks: z.string().optional(),
  text: z.string().optional(),
  language: localeSchema,
  replace: z.boolean().optional(),
});

export const command: CommandDefinition = {
  order: 7.7,
  usage: 'write-report <runs...>',
  description:
    'Write a report of runs as one HTML file that needs no network; the first run is what the others are held against.',
  options: (command) =>
    command
      .requiredOption('--out <file>', 'the HTML file; the window writes PDF too')
      .option('--title <title>', 'what stands at its head')
      .option(
        '--blocks <list>',
        `panels in their order, by commas: ${orderedBlocks.map(({ id }) => id).join(', ')}; curves:METRIC for another metric than the loss`,
      )
      .option('--text <file>', 'a text in Markdown, in the place of the panel text, or at the beginning')
      .addOption(new Option('--language <language>', 'of the report').choices(localeSchema.options).default('en'))
      .option('--replace', 'write over a file that is there'),
  async run(session, parameters, raw) {
    const options = optionsSchema.parse(raw);
    const place = resolve(options.out);
    if (!/^\.html?$/i.test(extname(place))) {
      const detail = 'ends in .html; a PDF is written by the window, or by printing the HTML file in a browser';
      throw new CodedError('argument-invalid', { name: 'out', detail });
    }
    const runs = many(parameters).map((text) => findRun(session, text));
    if (runs.length > mostReported) {
      throw new CodedError('argument-invalid', { name: 'runs', detail: `at most ${mostReported} fit into a report` });
    }
    const ids = [...new Set(runs.map(({ id }) => id))];
    const text = options.text === undefined ? null : await readText(options.text);
    const report = reportOf(options, ids, text, runs.map(({ name }) => name).join(', '));
    const page = await session.services.reports.html({ report, locale: options.language });
    await saveReport(place, page, options.replace ?? false);
    session.output.result(
      { place, blocks: report.blocks.map(({ kind }) => kind), bytes: Buffer.byteLength(page) },
      place,
    );
  },
};

function reportOf(
  { title, blocks }: z.output<typeof optionsSchema>,
  ids: readonly string[],
  text: string | null,
  names: string,
): Report {
  const usual = usualReport(title ?? names, ids);
  const chosen = blocks === undefined ? usual.blocks : blocks.split(',').map((word, at) => blockOf(word.trim(), at));
  const written = chosen.map((block) => (block.kind === 'text' ? { ...block, values: { text: text ?? '' } } : block));
  const hasPlace = chosen.some(({ kind }) => kind === 'text');
  const own = text === null || hasPlace ? [] : [{ id: 'text', kind: 'text', values: { text } }];
  return { ...usual, blocks: [...own, ...written] };
}

/** @throws CodedError `definition-unknown` */
function blockOf(word: string, at: number): Report['blocks'][number] {
  const [kind = '', metric] = word.split(':');
  reportBlocks.get(kind);
  return { id: String(at + 1), kind, values: metric === undefined ? {} : { metric } };
}

/** @throws CodedError `file-missing` */
async function readText(path: string): Promise<string> {
  try {
    return await readFile(resolve(path), 'utf8');
  } catch (error) {
    throw new CodedError('file-missing', { file: path }, error);
  }
}
