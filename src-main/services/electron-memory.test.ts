/** More tensors than Electron's malloc has room for: plain Node's gives what the machine has. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { electronPath } from '../../tools/setup/electron.mjs';
import { buildJobEntry } from './testing/launch';

test('in a process of Electron more than 1 GB of tensors fit, and too many are an error, not its end', async () => {
  const { file, remove } = await buildJobEntry('src-main/engine/testing/large-child.ts');
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { status, signal, stdout } = spawnSync(electronPath(), [file], { env, encoding: 'utf8' });
  await remove();
  expect({ status, signal, stdout }).toEqual({ status: 0, signal: null, stdout: '5: OOM when allocating' });
}, 120_000);
