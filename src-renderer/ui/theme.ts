/** Tokens for canvases, which cannot read custom properties themselves. */

/**
 * A colour token as a colour that a canvas takes, in the theme that is on. Read it again when `preferences.shownTheme` changes.
 * @param token e.g. `--series-1`.
 */
export function tokenColor(token: `--${string}`): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  probe.hidden = true;
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}
