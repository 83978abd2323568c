/** Tables and numbers as the page of measured figures has them. */

/** @param {readonly string[]} heads @param {readonly (readonly (string | number)[])[]} rows */
export function table(heads, rows) {
  const line = (/** @type {readonly (string | number)[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/** @param {number} value */
export const whole = (value) => Math.round(value).toLocaleString('en');
