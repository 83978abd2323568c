/** The terminal as it is shipped: built, and started as a program of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { expect } from 'vitest';
import { copyBuild } from '../../services/testing/shared-builds';

const root = resolve(import.meta.dirname, '../../..');

/**
 * Builds it inside the checkout, laid out as the app's build is, so that packages and resources are found.
 * @returns the folder, the caller's to remove.
 */
export async function buildTerminal(): Promise<string> {
  const cache = join(root, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'tandem-terminal-'));
  await symlink(join(root, 'resources'), join(folder, 'resources'), 'junction');
  await copyBuild('terminal', join(folder, 'out', 'main'), (outDir) =>
    build({
      configFile: false,
      logLevel: 'error',
      root,
      build: {
        ssr: true,
        outDir,
        minify: false,
        target: 'node20',
        rollupOptions: { input: { tandem: 'src-main/terminal/index.ts', job: 'src-main/jobs/entry.ts' } },
      },
    }),
  );
  return folder;
}

/** Starts it over the library in its folder, unless the words name another. */
export function startTerminal(folder: string, ...words: string[]): ChildProcess {
  const script = join(folder, 'out', 'main', 'tandem.js');
  const [name = '', ...others] = words;
  const command = [script, name, '--library', join(folder, 'library'), ...others];
  return spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
}

export interface TerminalResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Waits for the end of what was started. */
export async function endOf(child: ChildProcess): Promise<TerminalResult> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  const code = await new Promise<number | null>((ended) => child.once('close', ended));
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

/** What a command that goes well answers with `--json`: its last line; nothing else of it may be a complaint. */
export async function resultOf(folder: string, ...words: string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await endOf(startTerminal(folder, ...words, '--json'));
  expect(err + out.slice(code === 0 ? out.length : 0)).toBe('');
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
}
