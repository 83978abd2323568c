/** Runs the programs that set-up leans on (npm, pip, compilers, apt) and turns a failure into a cause and a next step. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What could not be had, why, and what to do about it. */
export class SetupError extends Error {
  /**
   * @param {string} message what is missing and the cause, one sentence
   * @param {string} hint the next step, one sentence
   * @param {unknown} [cause]
   */
  constructor(message, hint, cause) {
    super(message, { cause });
    this.hint = hint;
  }
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, timeoutSeconds?: number }} [options] env is added to this process's own
 * @returns {Promise<{ code: number, output: string }>} exit code (127: no such program, 124: timed out) and its last 20,000 characters
 */
export function run(command, args, { cwd, env, timeoutSeconds } = {}) {
  return new Promise((settle) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutSeconds && timeoutSeconds * 1000,
    });
    let output = '';
    const collect = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => settle({ code: 127, output: error.message }));
    child.on('close', (code, signal) => settle({ code: code ?? (signal === 'SIGTERM' ? 124 : 1), output }));
  });
}

/**
 * Runs a program and throws what it said when it fails.
 * @param {string} purpose what it was for, as the start of a sentence: "The binding could not be compiled"
 * @param {string} hint the next step
 * @param {string} command
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export async function runOrThrow(purpose, hint, command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code === 0) return output;
  throw new SetupError(`${purpose}: ${reason(command, code, output)}`, hint);
}

/**
 * The telling lines of a failed program's output.
 * @param {string} command
 * @param {number} code
 * @param {string} output
 */
function reason(command, code, output) {
  if (code === 127) return `there is no program called ${command}`;
  if (code === 124) return `${command} did not finish in time`;
  if (/ENOSPC|No space left/.test(output)) return 'the disk is full';
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|NewConnectionError|Temporary failure in name resolution/.test(output)
  ) {
    return 'the package registry is out of reach (offline?)';
  }
  const lines = output.split('\n').filter((line) => line.trim());
  const errors = lines.filter((line) => /error/i.test(line));
  return `${command} ended with ${code}\n    ${(errors.length ? errors : lines).slice(-4).join('\n    ')}`;
}

/** Is there a program of this name on the path? @param {string} name */
export function hasProgram(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => endings.some((ending) => existsSync(join(folder, name + ending))));
}

/**
 * How to start npm itself: the one that started this script, else the one on the path.
 * @returns {[command: string, leadingArgs: string[]]}
 */
export function npmCommand() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) return [process.execPath, [script]];
  return process.platform === 'win32' ? ['cmd.exe', ['/c', 'npm']] : ['npm', []];
}
