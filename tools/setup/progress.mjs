/** Tells a person what set-up is doing: one line kept up to date on a terminal, a line now and then elsewhere. */

/** Seconds between two lines of the same part where the output is not a terminal. */
const QUIET_SECONDS = 15;

/** @typedef {{ update(text: string): void, say(text: string): void, warn(text: string): void }} Progress */

/**
 * @param {NodeJS.WriteStream} [stream] stderr leaves stdout to the command that set-up serves
 * @returns {Progress} `update` for what passes, `say` for what should stay readable, `warn` for what went without
 */
export function createProgress(stream = process.stderr) {
  let last = 0;
  let open = false;
  const closeLine = () => {
    if (open) stream.write('\r\x1b[K');
    open = false;
  };
  const say = (/** @type {string} */ text) => {
    closeLine();
    stream.write(`${text}\n`);
    last = Date.now();
  };
  const update = (/** @type {string} */ text) => {
    if (stream.isTTY) {
      stream.write(`\r\x1b[K${text.slice(0, (stream.columns || 80) - 1)}`);
      open = true;
    } else if (Date.now() - last > QUIET_SECONDS * 1000) say(text);
  };
  return { update, say, warn: (text) => say(`! ${text}`) };
}

/** Bytes in words, in units of 10⁶: `274 MB`. @param {number} bytes */
export function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}

/**
 * Reports how long something takes that says nothing itself.
 * @template T
 * @param {Progress} progress
 * @param {string} text
 * @param {Promise<T>} work
 * @param {() => string} [detail] more, asked for each second
 * @returns {Promise<T>}
 */
export async function whileShowing(progress, text, work, detail = () => '') {
  const started = Date.now();
  const show = () => progress.update(`${text} ${detail()} ${Math.round((Date.now() - started) / 1000)} s`);
  show();
  const timer = setInterval(show, 1000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
