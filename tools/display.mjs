/**
 * A virtual display for machines without a screen (Linux servers, CI): Xvfb on a free number, stopped with this process,
 * however it ends.
 */
import { spawn } from 'node:child_process';
import { SetupError } from './setup/process.mjs';

/** Seconds that Xvfb may take to say its number. */
const PATIENCE_SECONDS = 20;

/** Is there no screen to open a window on? Only Linux has to ask. */
export function needsDisplay() {
  return process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
}

/**
 * Starts a virtual display of 1440×900 in 24 bits.
 * @returns {Promise<{ display: string, stop: () => Promise<void> }>} display: the value for DISPLAY, e.g. `:99`
 * @throws {SetupError} no Xvfb, or it does not start
 */
export async function startDisplay() {
  const options = ['-screen', '0', '1440x900x24', '-nolisten', 'tcp', '-noreset'];
  const server = spawn('Xvfb', ['-displayfd', '3', ...options], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const ended = new Promise((settle) => {
    server.once('exit', settle);
    server.once('error', settle);
  });
  const kill = () => void server.kill('SIGTERM');
  process.once('exit', kill);
  const release = endWith(kill);
  const stop = async () => {
    process.removeListener('exit', kill);
    release();
    kill();
    await ended;
  };
  try {
    const display = `:${await displayNumber(server)}`;
    return { display, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

/**
 * The number that Xvfb writes to its third descriptor once it listens.
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<string>}
 */
function displayNumber(server) {
  const said = collect(server.stdio[2]);
  const number = collect(server.stdio[3]);
  return new Promise((settle, refuse) => {
    const fail = (/** @type {string} */ why) =>
      refuse(new SetupError(`The virtual display did not start: ${why}`, 'On Debian: apt-get install xvfb xauth'));
    const timer = setTimeout(() => fail(`no answer in ${PATIENCE_SECONDS} s`), PATIENCE_SECONDS * 1000);
    server.stdio[3]?.on('data', () => {
      if (!number.text.includes('\n')) return;
      clearTimeout(timer);
      settle(number.text.trim());
    });
    server.once('error', (error) => {
      clearTimeout(timer);
      fail(error.message);
    });
    server.once('exit', (code) => {
      clearTimeout(timer);
      fail(`Xvfb ended with ${code} ${said.text.trim()}`);
    });
  });
}

/** @param {import('node:stream').Stream | null | undefined} stream */
function collect(stream) {
  const collected = { text: '' };
  stream?.on('data', (chunk) => {
    collected.text += chunk;
  });
  return collected;
}

/**
 * Node ends on a signal without its `exit` event: clean up first, then end by the same signal.
 * @param {() => void} cleanUp
 * @returns {() => void} takes the listeners away again
 */
function endWith(cleanUp) {
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    cleanUp();
    release();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const release = () => {
    for (const signal of SIGNALS) process.removeListener(signal, onSignal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return release;
}

/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
