/** The command line: commands found by globbing, two options that all have, and errors as the person or program wants them. */
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { version } from '../../package.json';
import { CodedError } from '../contract';
import { defaultLibraryFolder } from '../storage/location';
import type { CommandDefinition } from './command-definition';
import { Output } from './output';
import { withSession } from './session';

const found = import.meta.glob<CommandDefinition>(['./commands/*.ts', '!./commands/*.test.ts'], {
  eager: true,
  import: 'command',
});
const commonSchema = z.looseObject({ json: z.boolean().optional(), library: z.string().optional() });

export interface ProgramFolders {
  readonly resources: string;
  readonly jobEntry: string;
}

/** @param words the arguments without node and script. @returns the exit code */
export async function runProgram(words: readonly string[], folders: ProgramFolders): Promise<number> {
  let code = 0;
  const program = new Command('tandem')
    .description('Take a neural network through its whole life, from a terminal.')
    .version(version)
    .exitOverride();
  const definitions = Object.values(found);
  for (const definition of definitions.sort((a, b) => a.order - b.order)) {
    addCommand(program, definition, folders, (end) => (code = end));
  }
  const output = new Output(words.includes('--json'));
  if (output.json) silence(program);
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version are answers; the rest commander has told to people already.
    if (error.exitCode === 0) return 0;
    if (output.json) {
      const detail = error.message.replace(/^error: /, '');
      output.error(new CodedError('argument-invalid', { name: 'tandem', detail }, error));
    }
    return 2;
  }
  return code;
}

function addCommand(
  program: Command,
  definition: CommandDefinition,
  folders: ProgramFolders,
  end: (code: number) => void,
): void {
  const command = program
    .command(definition.usage)
    .description(definition.description)
    .option('--json', 'one JSON object per line, the result last')
    .option('--library <folder>', 'the library to work in (default: that of the app)');
  definition.options?.(command);
  command.action(async () => {
    const options = commonSchema.parse(command.opts());
    const output = new Output(options.json ?? false);
    const library = resolve(options.library ?? process.env['TANDEM_LIBRARY'] ?? defaultLibraryFolder());
    try {
      const interrupted = await withSession({ ...folders, library }, output, async (session) => {
        await definition.run(session, command.processedArgs, options);
        return session.interrupted();
      });
      if (interrupted) end(130);
    } catch (error) {
      output.error(error);
      end(1);
    }
  });
}

/** With `--json` every word of a command line that cannot be read goes into the error, not beside it. */
function silence(program: Command): void {
  for (const command of [program, ...program.commands]) {
    command.configureOutput({ writeErr: () => undefined }).exitOverride();
  }
}
