/** What a command is: its words for `--help`, its options, and what it does in a session. One file per command under `commands/`. */
import type { Command } from 'commander';
import type { Session } from './session';

export interface CommandDefinition {
  /** Order in `--help`, by the way a person goes. */
  readonly order: number;
  /** Name with its arguments, as commander reads it: `train <dataset>`. */
  readonly usage: string;
  readonly description: string;
  /** Adds options of its own. */
  readonly options?: (command: Command) => void;
  /** @param parameters the arguments in order; @param options those of the command, as commander read them */
  run(session: Session, parameters: readonly (string | readonly string[])[], options: unknown): Promise<void>;
}

/** An argument that is one text. */
export function one(parameters: readonly (string | readonly string[])[], index = 0): string {
  const value = parameters[index];
  return typeof value === 'string' ? value : '';
}

/** An argument that may be given several times. */
export function many(parameters: readonly (string | readonly string[])[], index = 0): readonly string[] {
  const value = parameters[index];
  return typeof value === 'string' || value === undefined ? [] : value;
}

/** For options that may be given several times. */
export function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}
