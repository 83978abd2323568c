/** How smoothly a page goes on while something is done to it: the times between its animation frames. */

/**
 * @typedef {{ frames: number, median: number, most95: number, worst: number, late: number, stalls: number, tasks: number }}
 *   Frames milliseconds between frames; `late`: share of frames over 16.7 ms and a half; `stalls`: frames over 50 ms; `tasks`:
 *   the page's own tasks over 50 ms
 */

/**
 * @param {import('@playwright/test').Page} page
 * @param {() => Promise<void>} work
 * @returns {Promise<Frames>} of the time that the work takes
 */
export async function frames(page, work) {
  await page.evaluate(() => {
    const watched = { times: /** @type {number[]} */ ([]), tasks: 0, goes: true };
    const observer = new PerformanceObserver((list) => (watched.tasks += list.getEntries().length));
    observer.observe({ type: 'longtask' });
    const note = (/** @type {number} */ time) => {
      watched.times.push(time);
      if (watched.goes) requestAnimationFrame(note);
      else observer.disconnect();
    };
    requestAnimationFrame(note);
    Object.assign(window, { watched });
  });
  await work();
  const { times, tasks } = await page.evaluate(() => {
    const { watched } = /** @type {any} */ (window);
    watched.goes = false;
    return { times: /** @type {number[]} */ (watched.times), tasks: Number(watched.tasks) };
  });
  const deltas = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  deltas.sort((one, other) => one - other);
  const at = (/** @type {number} */ share) =>
    deltas[Math.min(deltas.length - 1, Math.floor(share * deltas.length))] ?? 0;
  return {
    frames: deltas.length,
    median: at(0.5),
    most95: at(0.95),
    worst: deltas.at(-1) ?? 0,
    // A display's clock is not exact: a frame is late where it missed its turn.
    late: deltas.filter((delta) => delta > 16.7 * 1.5).length / deltas.length,
    stalls: deltas.filter((delta) => delta > 50).length,
    tasks,
  };
}

/**
 * Does something again and again for a while, thirty times a second: as fast as a hand or a held key does.
 * @param {(turn: number) => Promise<void>} work
 */
export async function repeat(work, seconds = 6) {
  const end = performance.now() + seconds * 1000;
  for (let turn = 0; performance.now() < end; turn += 1) {
    const next = performance.now() + 33;
    await work(turn);
    await new Promise((settle) => setTimeout(settle, Math.max(0, next - performance.now())));
  }
}
