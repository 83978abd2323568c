/** Tensors for which Electron's malloc, other than plain Node's, has no room: they come from the system. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { electronPath } from '../../tools/setup/electron.mjs';
import { buildJobEntry } from './testing/launch';

test('in a process of Electron gigabytes of tensors fit, and too many are an error, not its end', async () => {
  const { file, remove } = await buildJobEntry('src-main/engine/testing/large-child.ts');
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { status, signal, stdout } = spawnSync(electronPath(), [file], { env, encoding: 'utf8' });
  await remove();
  expect({ status, signal }).toEqual({ status: 0, signal: null });
  expect(JSON.parse(stdout)).toEqual({ values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], refusal: 'OOM when allocating' });
}, 120_000);
