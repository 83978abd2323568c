/** A job's result is never lost at its end, in the real utility process, even while main is too busy to listen. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { expect, test } from '../fixtures/app';

const ROUNDS = 15;

test('every one of many short imports ends with its result', async ({ tandem, page }) => {
  test.setTimeout(240_000);
  await mkdir(tandem.userData, { recursive: true });
  const table = join(tandem.userData, 'table.csv');
  await writeFile(table, 'height,kind\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n7,a\n8,b\n9,a\n10,b\n');
  await tandem.application.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, table);
  for (let round = 0; round < ROUNDS; round += 1) {
    const ended = page.evaluate(async (name) => {
      const ask = async (call: string, input: unknown) => {
        const reply = await window.tandem.rpc(call, input);
        if (!reply.ok) throw new Error(`${call}: ${JSON.stringify(reply.error)}`);
        return reply.value;
      };
      const picked = (await ask('app.pickFile', undefined)) as { file: string };
      const source = { kind: 'file', file: picked.file };
      const { jobId } = (await ask('jobs.startImport', { source, name, target: null })) as { jobId: string };
      return ask('jobs.importResult', { jobId });
    }, `table ${round}`);
    // In every third round main is held up across the moment in which the job ends.
    if (round % 3 === 0) await holdUpMain(tandem.application, 300 + 40 * round);
    expect(await ended).toMatchObject({ projectId: expect.any(String) });
  }
  const lines = await tandem.log();
  const ends = lines.filter(({ event, kind }) => event === 'job process ended' && kind === 'import');
  expect(lines.filter(({ event, state }) => event === 'job ended' && state === 'finished')).toHaveLength(ROUNDS);
  expect(ends.every(({ reason }) => reason === 'exit code 0')).toBe(true);
});

function holdUpMain(application: ElectronApplication, ms: number): Promise<void> {
  return application.evaluate((_electron, duration) => {
    const until = Date.now() + duration;
    setTimeout(() => {
      while (Date.now() < until);
    }, 50);
  }, ms);
}
