/** What help with labels saves, as the page of measured figures has it. */
import { table, whole } from './report-table.mjs';

/** @param {import('./active.mjs').Saved[]} saved */
export function active(saved) {
  const count = (/** @type {number | null} */ labels) => (labels === null ? 'not reached' : whole(labels));
  const rows = saved.flatMap(({ data, full, goals }) =>
    goals.map(({ share, goal, random, leastSure }) => {
      const fewer = random && leastSure ? `${Math.round(100 * (1 - leastSure / random))} %` : '–';
      const reached = `${(100 * goal).toFixed(1)} % (${100 * share} % of ${(100 * full).toFixed(1)} %)`;
      return [data, reached, count(random), count(leastSure), fewer];
    }),
  );
  const [first] = saved;
  return `## Labels saved by labelling the least sure rows first

Labels until a quick model is right about a share of a held-out fifth, in random order and with the rows first that it is least
sure of (smallest margin, every fourth row drawn at random); mean over the seeds ${first?.seeds.join(', ') ?? ''}. Both begin with the same 20 labels; each
batch is a third of what is there.

${table(['data', 'right about', 'random order', 'least sure first', 'fewer labels'], rows)}
`;
}

/** @param {import('./boxes.mjs').Proposed[]} proposed */
export function boxes(proposed) {
  const range = (/** @type {number[]} */ shares) => {
    const [least, most] = [Math.min(...shares), Math.max(...shares)];
    return least === most ? `${least} %` : `${least} – ${most} %`;
  };
  const rows = [...new Set(proposed.map(({ known }) => known))].map((known) => {
    const some = proposed.filter((one) => one.known === known);
    return [
      String(known),
      range(some.map(({ asTheyAre }) => asTheyAre)),
      range(some.map(({ found }) => found)),
      range(some.map(({ wrong }) => wrong)),
      range(some.map(({ said }) => said.found)),
      range(some.map(({ said }) => said.wrong)),
      some.map(({ seconds }) => seconds).join(', '),
    ];
  });
  const [first] = proposed;
  const seeds = [...new Set(proposed.map(({ seed }) => seed))].join(', ');
  return `## Boxes that need not be drawn

Blood cells (BCCD: 364 pictures, ${whole(first?.there ?? 0)} boxes of three classes in those that are not known), a quick model on k pictures drawn by
lot, seeds ${seeds}. Of the boxes of all other pictures: proposed so well that they are taken as they are (overlap at least
0.7), proposed at all (at least 0.5); and of the proposed ones, how many are none. Beside it what the app itself says of the
latter two, measured on the k pictures. Not every cell has a box in these data, so that some that count as none are cells.

${table(['k', 'as they are', 'found', 'none', 'said: found', 'said: none', 's'], rows)}
`;
}
