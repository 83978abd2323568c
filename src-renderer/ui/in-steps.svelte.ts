/**
 * How many of a list's first entries are shown: a few more each frame, so that no task mounts and lays out all of them at once.
 * @param total how many there are; may change. @param step how many more each frame
 */
export function inSteps(total: () => number, step: number): { readonly shown: number } {
  let shown = $state(step);
  $effect(() => {
    if (shown >= total()) return;
    const next = requestAnimationFrame(() => (shown += step));
    return () => cancelAnimationFrame(next);
  });
  return {
    get shown() {
      return shown;
    },
  };
}
