/** Runs a program in this one's place: its output, its signals and its exit code are this one's. */
import { spawn } from 'node:child_process';

/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options] stdio is inherited unless it says otherwise
 * @returns {Promise<number>} exit code; 128 + n where the program ended by a signal (Ctrl-C: 130)
 */
export function runInPlace(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  // On a terminal Ctrl-C reaches the program by itself; a signal to this process alone has to be passed on.
  const pass = (/** @type {NodeJS.Signals} */ signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  return new Promise((settle, refuse) => {
    child.once('error', refuse);
    child.once('exit', (code, signal) => {
      for (const name of SIGNALS) process.removeListener(name, pass);
      settle(code ?? 128 + signalNumber(signal));
    });
  });
}

/** @param {NodeJS.Signals | null} signal */
function signalNumber(signal) {
  return signal === 'SIGINT' ? 2 : signal === 'SIGKILL' ? 9 : signal === 'SIGHUP' ? 1 : 15;
}
