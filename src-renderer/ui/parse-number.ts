/** Numbers as people type them. */

/**
 * Reads `128`, `0.001`, `1e-3`, `60,000`, `1 000`, full-width digits and a comma as decimal mark (`0,5`).
 * @returns null for anything else; nothing is guessed.
 */
export function parseNumber(typed: string): number | null {
  const plain = typed.normalize('NFKC').replace(/[\s_]/g, '').replace('−', '-');
  const grouped = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(plain);
  const text = grouped ? plain.replaceAll(',', '') : plain.replace(/^(-?\d+),(\d+)$/, '$1.$2');
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/**
 * The next value by an arrow key.
 * @param scale `log` moves by 1-2-5 steps of the decade (0.001 → 0.002 → 0.005 → 0.01).
 */
export function stepNumber(value: number, direction: 1 | -1, scale: 'linear' | 'log', step: number): number {
  if (scale === 'linear') return round(value + direction * step);
  if (value <= 0) return direction > 0 ? 0.0001 : 0;
  const decade = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const ladder = [0.5, 1, 2, 5, 10].map((mark) => round(mark * decade));
  const next =
    direction > 0
      ? ladder.find((mark) => mark > value * (1 + 1e-9))
      : ladder.findLast((mark) => mark < value * (1 - 1e-9));
  return next ?? value;
}

/** Takes off what binary fractions add (0.1 + 0.2). */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
