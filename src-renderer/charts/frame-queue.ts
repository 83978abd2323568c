/** Work that is too much for one frame when several parts of a screen do it at once: each piece gets a frame of its own. */

const waiting: (() => void)[] = [];
let frame = 0;

/** @returns a function that takes the work back while it has not been done. */
export function inOwnFrame(work: () => void): () => void {
  waiting.push(work);
  if (frame === 0) frame = requestAnimationFrame(turn);
  return () => {
    const place = waiting.indexOf(work);
    if (place !== -1) waiting.splice(place, 1);
  };
}

function turn(): void {
  frame = 0;
  const work = waiting.shift();
  if (waiting.length > 0) frame = requestAnimationFrame(turn);
  work?.();
}
