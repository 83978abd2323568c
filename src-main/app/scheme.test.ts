import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOwnUrl, serveFolder } from './scheme';

let parent: string;
let serve: (request: Request) => Promise<Response>;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tandem-scheme-'));
  const root = join(parent, 'renderer');
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(join(root, 'index.html'), '<title>Tandem</title>');
  await writeFile(join(root, 'assets', 'a.js'), 'export {}');
  await writeFile(join(parent, 'secret.json'), '{}');
  await symlink(join(parent, 'secret.json'), join(root, 'link.json'));
  serve = serveFolder(root);
});
afterAll(() => rm(parent, { recursive: true }));

const get = (url: string, method = 'GET') => serve({ url, method } as Request);

test('serves the built files with a policy that allows no inline and no foreign script', async () => {
  const page = await get('app://tandem/index.html');
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Tandem');
  expect(page.headers.get('content-type')).toContain('text/html');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect((await get('app://tandem/assets/a.js')).headers.get('content-type')).toContain('javascript');
});

describe('nothing beside the folder is served', () => {
  test.each([
    'app://tandem/../secret.json',
    'app://tandem/%2e%2e/secret.json',
    'app://tandem/..%2fsecret.json',
    'app://tandem/assets/..%2f..%2fsecret.json',
    'app://tandem/..%5csecret.json',
    'app://tandem//etc/passwd',
    'app://tandem/link.json',
    'app://tandem/index.html%00.js',
    'app://tandem/%ff',
    'app://tandem/',
    'app://tandem/assets',
    'app://elsewhere/index.html',
    'app://tandem@elsewhere/index.html',
    'file:///etc/passwd',
  ])('%s', async (url) => {
    expect((await get(url)).status).toBe(404);
  });
});

test('only reading is answered', async () => {
  expect((await get('app://tandem/index.html', 'POST')).status).toBe(405);
});

test('an origin is told by its parsed parts', () => {
  expect(isOwnUrl('app://tandem/index.html#x')).toBe(true);
  expect(isOwnUrl('app://tandem.evil.example/index.html')).toBe(false);
  expect(isOwnUrl('app://tandem:80/index.html')).toBe(false);
  expect(isOwnUrl('app://user@tandem/index.html')).toBe(false);
  expect(isOwnUrl('https://tandem/index.html')).toBe(false);
  expect(isOwnUrl('')).toBe(false);
});
