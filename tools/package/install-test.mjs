/**
 * `npm run test:package`: installs the built `.deb`, starts the installed program as an ordinary user on a virtual display,
 * trains the penguins by what stands in the window, tries the doors that fuses close, and removes the package. Needs root on
 * Debian, and `npm run package` before it.
 */
import { chromium } from '@playwright/test';
import Database from 'better-sqlite3';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startDisplay } from '../display.mjs';
import { root } from './root.mjs';

const user = 'tandem-install-test';
const home = `/home/${user}`;
const userData = `${home}/.config/Tandem`;
const pictures = path.join(root, 'out/package/screenshots');
const patience = 120_000;

/** @type {string[]} */
const failed = [];
let passed = 0;

/** @param {string} what @param {boolean} holds */
function check(what, holds) {
  console.log(`${holds ? 'ok    ' : 'FAILED'} ${what}`);
  if (holds) passed += 1;
  else failed.push(what);
}

/** @param {string} command @param {string[]} args */
const run = (command, ...args) =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const file = readdirSync(path.join(root, 'out/package')).find((name) => name.endsWith('.deb'));
if (!file || process.getuid?.() !== 0) {
  console.error('Run `npm run package` first, and this as root: it installs the package on this system.');
  process.exit(1);
}

mkdirSync(pictures, { recursive: true });
spawnSync('userdel', ['--remove', user], { stdio: 'ignore' });
run('useradd', '--create-home', '--shell', '/bin/bash', user);
try {
  run('dpkg', '--install', path.join(root, 'out/package', file));
  check('the command is there', existsSync('/usr/bin/tandem'));
  const entry = readFileSync('/usr/share/applications/tandem.desktop', 'utf8');
  check(
    'the menu entry starts it and has its icon',
    /Exec=\/opt\/tandem\/tandem/.test(entry) && existsSync('/usr/share/icons/hicolor/256x256/apps/tandem.png'),
  );
  await useInstalled();
  tryFuses();
} finally {
  spawnSync('pkill', ['-KILL', '-u', user]);
  run('dpkg', '--remove', 'tandem');
}
check(
  'removal leaves no program',
  !existsSync('/opt/tandem') && !existsSync('/usr/bin/tandem') && !existsSync('/usr/share/applications/tandem.desktop'),
);
check("removal leaves the person's library", existsSync(`${userData}/library/library.sqlite`));
run('userdel', '--remove', user);
console.log(`${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** Starts the installed program as the user and trains the penguins in its window. */
async function useInstalled() {
  const { display, stop } = await startDisplay();
  const command = 'exec tandem --remote-debugging-port=0 --lang=en-US';
  const program = spawn(
    'runuser',
    ['-u', user, '--', 'env', `HOME=${home}`, `DISPLAY=${display}`, 'sh', '-c', command],
    { stdio: 'ignore', cwd: home },
  );
  try {
    const browser = await connect(`http://127.0.0.1:${await debuggingPort()}`);
    const page = browser.contexts()[0]?.pages()[0] ?? (await browser.contexts()[0]?.waitForEvent('page'));
    if (!page) throw new Error('The installed program opened no window');
    page.setDefaultTimeout(patience);
    try {
      await trainPenguins(page);
    } finally {
      await page.screenshot({ path: path.join(pictures, 'installed.png') });
    }
    check('the installed program trained the penguins as an ordinary user, sandboxed', true);
    await browser.close();
    const library = new Database(`${userData}/library/library.sqlite`, { readonly: true });
    const run = library.prepare('SELECT state, backend FROM runs').get();
    library.close();
    check(
      'its library holds the finished run, on TensorFlow',
      JSON.stringify(run) === '{"state":"finished","backend":"tensorflow-cpu"}',
    );
  } finally {
    program.kill();
    spawnSync('pkill', ['-KILL', '-u', user]);
    await stop();
  }
}

/** @param {import('@playwright/test').Page} page */
async function trainPenguins(page) {
  await page.getByRole('button', { name: 'Start with Penguins' }).click();
  const rail = page.getByRole('navigation', { name: 'Life cycle' });
  await page
    .locator('[aria-current=page]')
    .and(rail.getByRole('button', { name: 'Data' }))
    .waitFor();
  await rail.getByRole('button', { name: 'Train' }).click();
  await page.getByRole('button', { name: 'Start training' }).click();
  await page.getByRole('button', { name: 'Test this model' }).waitFor();
}

/**
 * Playwright waits for ever on a page that changes process while it connects, so the window must have its address first; and
 * an answer that doesn't come in time is asked for again.
 * @param {string} address of the debugging port
 */
async function connect(address) {
  for (let tries = 0; ; tries += 1) {
    try {
      await windowShown(address);
      return await chromium.connectOverCDP(address, { timeout: patience / 8 });
    } catch (error) {
      if (tries >= 7) throw error;
      console.log(`connecting again: ${String(error).split('\n')[0]}`);
    }
  }
}

/** @param {string} address of the debugging port */
async function windowShown(address) {
  for (let tries = 0; tries < 300; tries += 1) {
    /** @type {{ type: string, url: string, title: string }[]} */
    const targets = await (await fetch(`${address}/json/list`)).json();
    if (targets.some(({ type, url, title }) => type === 'page' && url.startsWith('app:') && title !== '')) return;
    await pause(100);
  }
  throw new Error('The installed program opened no window');
}

/** The port that the program writes into its user data once it listens. */
async function debuggingPort() {
  const note = `${userData}/DevToolsActivePort`;
  for (let tries = 0; tries < 300; tries += 1) {
    if (existsSync(note)) return readFileSync(note, 'utf8').split('\n')[0];
    await pause(100);
  }
  throw new Error('The installed program did not start');
}

/** What Electron's fuses must refuse in a person's copy. */
function tryFuses() {
  /** @param {string[]} args @param {Record<string, string>} env */
  const attempt = (args, env) => {
    const all = [
      '-u',
      user,
      '--',
      'env',
      `HOME=${home}`,
      ...Object.entries(env).map(([key, value]) => `${key}=${value}`),
      'timeout',
      '5',
      'tandem',
      ...args,
    ];
    const { stdout, stderr } = spawnSync('runuser', all, { encoding: 'utf8', cwd: home });
    return stdout + stderr;
  };
  check(
    'it does not run as Node',
    !attempt(['-e', 'console.log("ran as node")'], { ELECTRON_RUN_AS_NODE: '1' }).includes('ran as node\n'),
  );
  check(
    'it ignores NODE_OPTIONS',
    !attempt([], { NODE_OPTIONS: '--require=/nowhere/at/all.js' }).includes('/nowhere/at/all.js'),
  );
  check('it does not open an inspector', !attempt(['--inspect=0'], {}).includes('Debugger listening'));
}
