/** Which build of TensorFlow a machine gets, and what is said where its GPU stays unused. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseBuild, driverOf, placeCudaLibrary } from './cuda.mjs';
import { isFolderLinked, linkFolder } from './link.mjs';

const machine = {
  platform: 'linux-x64',
  wish: '',
  hasGpu: true,
  driver: '550.54.14',
  freeBytes: 100e9,
  installed: false,
  failure: null,
};
const choose = (/** @type {Partial<import('./cuda.mjs').Machine>} */ changes) =>
  chooseBuild({ ...machine, ...changes });

test('a GPU with a driver that is new enough gets CUDA', () => {
  expect(choose({})).toEqual({ build: 'cuda', notice: null });
  expect(choose({ driver: '525.60.13' }).build).toBe('cuda');
});

test('without a GPU nothing is said', () => {
  expect(choose({ hasGpu: false, driver: null })).toEqual({ build: 'cpu', notice: null });
  expect(choose({ platform: 'darwin-arm64' })).toEqual({ build: 'cpu', notice: null });
});

describe('a GPU that stays unused has its reason', () => {
  test.each([
    ['an old driver', { driver: '470.223.02' }, /470\.223\.02.*525\.60/],
    ['a driver just too old', { driver: '525.53' }, /525\.53/],
    ['a silent driver', { driver: null }, /does not answer/],
    ['a full disk', { freeBytes: 3e9 }, /10 GB.*3 are free/],
    ['a download that failed today', { failure: 'no network' }, /no network/],
    ['a wish nobody knows', { wish: 'gpu' }, /"gpu"/],
    ['a platform without a build', { wish: 'cuda', platform: 'win32-x64' }, /win32-x64/],
  ])('%s', (_name, changes, notice) => {
    const { build, notice: said } = choose(changes);
    expect(build).toBe('cpu');
    expect(said).toMatch(notice);
  });
});

test('a wish decides: the processor despite a GPU, CUDA despite an old failure or no GPU seen', () => {
  expect(choose({ wish: 'cpu' })).toEqual({ build: 'cpu', notice: null });
  expect(choose({ wish: 'cuda', hasGpu: false, driver: null, failure: 'x' })).toEqual({ build: 'cuda', notice: null });
});

test('what is installed is used, whatever is free or failed since', () => {
  expect(choose({ installed: true, freeBytes: 0, failure: 'x' }).build).toBe('cuda');
});

test("the kernel's words on its driver", () => {
  const words = 'NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.14  Thu Feb 22 01:44:30 UTC 2024';
  expect(driverOf(words)).toBe('550.54.14');
  expect(driverOf('NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  565.57.01  Release Build')).toBe(
    '565.57.01',
  );
  expect(driverOf('')).toBeNull();
});

test('of the wheels only shared libraries are taken, each to its place', () => {
  for (const path of ['nvidia/cudnn/lib/libcudnn.so.9', 'nvidia/cuda_runtime/lib/libcudart.so.12']) {
    expect(placeCudaLibrary(path)).toBe(path);
  }
  expect(placeCudaLibrary('nvidia/cudnn/include/cudnn.h')).toBeUndefined();
  expect(placeCudaLibrary('nvidia/../lib/libevil.so.1')).toBeUndefined();
  expect(placeCudaLibrary('nvidia/a/../../lib/libevil.so.1')).toBeUndefined();
});

test('the link to the folder of libraries follows the choice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-link-'));
  try {
    const [libraries, target] = [join(folder, 'nvidia'), join(folder, 'linked')];
    mkdirSync(libraries);
    writeFileSync(join(libraries, 'a'), '');
    expect(await isFolderLinked(null, target)).toBe(true);
    expect(await isFolderLinked(libraries, target)).toBe(false);
    await linkFolder(libraries, target);
    expect(await isFolderLinked(libraries, target)).toBe(true);
    await linkFolder(null, target);
    expect(await isFolderLinked(null, target)).toBe(true);
    expect(readdirSync(libraries)).toEqual(['a']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
