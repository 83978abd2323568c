/** A network's file is whole or as it was, and gives back the network that was written. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { networkFileLimit, type NetworkSpec } from '../contract';
import { readNetworkFile, writeNetworkFile } from './network-files';

const network: NetworkSpec = {
  layers: [
    { id: 'dense-1', type: 'dense', fields: { units: 4, activation: 'relu' } },
    { id: 'add-1', type: 'add', fields: {}, inputs: ['dense-1', '@data'] },
  ],
};
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-network-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a file is replaced whole, and nothing is left beside it', async () => {
  const path = join(folder, 'network.json');
  await writeFile(path, 'x'.repeat(100_000));
  await writeNetworkFile(path, network);
  expect(await readdir(folder)).toEqual(['network.json']);
  expect(await readNetworkFile(path)).toEqual({ network, from: 'tandem', notes: [] });
});

test('a write that fails leaves what was there, and no part of a file', async () => {
  const taken = join(folder, 'taken');
  await mkdir(join(taken, 'inside'), { recursive: true });
  await expect(writeNetworkFile(taken, network)).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['network.json', 'taken']);
  expect(await readdir(taken)).toEqual(['inside']);
  expect(await readFile(join(folder, 'network.json'), 'utf8')).toContain('add-1');
});

test('one that is missing or too large is refused by its name', async () => {
  await expect(readNetworkFile(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'file-missing' });
  const large = join(folder, 'large.json');
  await writeFile(large, ' '.repeat(networkFileLimit + 1));
  await expect(readNetworkFile(large)).rejects.toMatchObject({ code: 'network-file-invalid' });
});
