/** The distributions that tests of differences need: binomial with one half, Student's t, and F. */

/** Lanczos' approximation, g = 7, nine terms (Press et al., Numerical Recipes, 6.1); right to about 15 digits for x > 0. */
function logGamma(x: number): number {
  const terms = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const base = x + 6.5;
  const sum = terms.reduce((total, term, at) => (at === 0 ? term : total + term / (x + at - 1)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}

/** P(X = k) for X ~ Bin(n, ½). */
export function halfBinomial(k: number, n: number): number {
  return Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) - n * Math.LN2);
}

/** The regularized incomplete beta function I_x(a, b) by Lentz's continued fraction (Numerical Recipes, 6.4). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  // The fraction converges fast on this side alone.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  const away = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let change = 1;
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      change = c * d;
      fraction *= change;
    }
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return (front * fraction) / a;
}

/** P(|T| ≥ |t|) for Student's T. @param freedom degrees, also fractions of one */
export function twoSidedT(t: number, freedom: number): number {
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/**
 * P(F ≥ f) of an analysis of variance, from the share of the variance that lies between the groups: f is
 * (share / between) / ((1 − share) / within).
 * @param between, within degrees of freedom; without any within, nothing is unlikely.
 */
export function fBeyond(share: number, between: number, within: number): number {
  return within < 1 ? 1 : incompleteBeta(1 - share, within / 2, between / 2);
}

/** The t beyond which, on both sides, lies `outside` of Student's distribution; found by halving. */
export function quantileT(outside: number, freedom: number): number {
  let [low, high] = [0, 1];
  while (twoSidedT(high, freedom) > outside) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-13 * high; step++) {
    const middle = (low + high) / 2;
    if (twoSidedT(middle, freedom) > outside) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
