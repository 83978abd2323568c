/** How sure a share is that was counted on a limited number of rows. */

/** The two-sided 95 % quantile of the normal distribution. */
const Z = 1.959964;

/**
 * Wilson's score interval (Wilson 1927) for a share.
 * @param share 0–1, counted on `rows` rows.
 * @returns lower and upper end at 95 %, both within 0–1; null without rows.
 */
export function shareInterval(share: number, rows: number): { low: number; high: number } | null {
  if (rows <= 0 || !Number.isFinite(share)) return null;
  const z2 = Z * Z;
  const centre = (share + z2 / (2 * rows)) / (1 + z2 / rows);
  const half = (Z / (1 + z2 / rows)) * Math.sqrt((share * (1 - share)) / rows + z2 / (4 * rows * rows));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
