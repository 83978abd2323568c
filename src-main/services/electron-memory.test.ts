/** Tensors of more than 2 GB together in Electron, whose own malloc refuses what plain Node's gives. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { electronPath } from '../../tools/setup/electron.mjs';
import { buildJobEntry } from './testing/launch';

test('fit into a process of Electron', async () => {
  const { file, remove } = await buildJobEntry('src-main/engine/testing/large-child.ts');
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { status, signal, stdout } = spawnSync(electronPath(), [file], { env, encoding: 'utf8' });
  await remove();
  expect({ status, signal, stdout }).toEqual({ status: 0, signal: null, stdout: 'tensorflow-cpu: 8' });
}, 60_000);
