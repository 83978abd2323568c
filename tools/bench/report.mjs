/** The figures of every part as Markdown, for `docs/benchmarks.md`. */
import { active, boxes } from './labelling-report.mjs';
import { middle } from './middle.mjs';
import { rowsOf } from './peers.mjs';
import { medianError } from './preflight.mjs';
import { table, whole } from './report-table.mjs';
import { taskParts } from './tasks/index.mjs';

/** @param {number} bytes */
const megabytes = (bytes) => (bytes > 0 ? `${whole(bytes / 2 ** 20)} MB` : '–');

/** Targets of the compiled engine against the faster peer. @type {Record<string, Record<number, number>>} */
const targets = {
  mlp: { 32: 2, 128: 1.3, 512: 1.2 },
  cnn: { 32: 1.2, 128: 1.2, 512: 1.2 },
  lstm: { 32: 1, 128: 1, 512: 1 },
};

/** @param {import('./peers.mjs').Speed[]} speeds */
function speed(speeds) {
  const of = (/** @type {string} */ network, /** @type {number} */ batch, /** @type {string} */ engine) =>
    speeds.find((one) => one.network === network && one.batch === batch && one.engine === engine);
  const pairs = speeds.filter(({ engine }) => engine === 'compiled');
  const engines = ['compiled', 'torch', 'keras', 'bfloat16', 'eager', 'tfjs-fit'];
  const rows = pairs.map(({ network, batch, examplesPerSecond, recordingSeconds, memoryBytes }) => {
    const figures = engines.map((engine) => of(network, batch, engine)?.examplesPerSecond ?? 0);
    const peer = Math.max(figures[1] ?? 0, figures[2] ?? 0);
    const stock = figures[5] ?? 0;
    return [
      ...[network, batch, ...figures.map((figure) => (figure > 0 ? whole(figure) : '–'))],
      peer > 0 ? `${(examplesPerSecond / peer).toFixed(2)} × (asked ${targets[network]?.[batch] ?? '–'})` : '–',
      stock > 0 ? `${(examplesPerSecond / stock).toFixed(1)} ×` : '–',
      ...[recordingSeconds.toFixed(2), megabytes(memoryBytes)],
    ];
  });
  return `## Training speed

Examples per second, the best epoch of two turns of each engine, taken in turn (bfloat16, eager and tfjs's \`fit\`: one turn). Adam
0.001, cross-entropy, accuracy measured along. mlp: 784-256-128-10, ${whole(rowsOf['mlp'] ?? 0)} rows; cnn: two convolutions with batch
normalization, ${whole(rowsOf['cnn'] ?? 0)} rows; lstm: 28 steps of 28 numbers, 64 units, ${whole(rowsOf['lstm'] ?? 0)} rows. tfjs's \`fit\` is stock tfjs-node
with its own layers and gradients. bfloat16 is this engine in reduced precision; it takes no part in the comparison.

${table(
  [
    ...['network', 'batch', 'compiled', 'PyTorch', 'Keras', 'compiled, bfloat16', 'eager', 'tfjs `fit`'],
    ...['compiled to the faster peer', 'to tfjs `fit`', 'recording, s', 'process memory'],
  ],
  rows,
)}
`;
}

/** @param {import('./timeline.mjs').Timeline[]} timelines */
function timeline(timelines) {
  const rows = timelines.map(({ network, batch, steps, microseconds, kernels, ops }) => {
    const longest = Object.entries(ops).map(([name, time]) => `${name} ${time}`);
    return [network, batch, steps, whole(microseconds), kernels, longest.join(', ')];
  });
  return `## Where a step's time goes

TensorFlow's timeline of the step's graph, microseconds per step. Kernels run on all cores at once and wait for one another, so their
times add up to more than the step. \`Relu\` stands for a product or convolution with its bias and activation, which TensorFlow makes one
kernel; \`update\` for the optimizer's, at small batches with the gradient of dense layers in it; \`inputs\`
for gathering the batch's rows (few rows here: they lie in the processor's cache).

${table(['network', 'batch', 'steps in a call', 'fastest step, µs', 'kernels', 'time by op, µs'], rows)}
`;
}

/** @param {import('./sweep.mjs').Figure[]} figures */
function sweep(figures) {
  return `## How speed follows from size

Batch 128 where nothing else is said.

${table(
  ['what', 'size', 'measured'],
  figures.map(({ what, size, value, unit }) => [what, whole(size), `${value.toLocaleString('en')} ${unit}`]),
)}
`;
}

/** @param {import('./precision.mjs').Trained[]} trained */
function precision(trained) {
  const rows = [...new Set(trained.map(({ network }) => network))].flatMap((network) =>
    ['float32', 'bfloat16'].map((kind) => {
      const some = trained.filter((one) => one.network === network && one.precision === kind);
      const mean = some.reduce((sum, { accuracy }) => sum + accuracy, 0) / some.length;
      const each = some.map(({ seed, accuracy }) => `${seed}: ${accuracy.toFixed(4)}`).join(', ');
      return [network, some[0]?.epochs ?? 0, kind, each, mean.toFixed(4)];
    }),
  );
  return `## What reduced precision costs

MNIST, all 60,000 training rows, Adam 0.001, batch 128; accuracy on the test rows after the last epoch, which choose nothing.

${table(['network', 'epochs', 'precision', 'test accuracy by seed', 'mean'], rows)}
`;
}

/** @param {Record<string, import('./memory.mjs').MemoryFigures>} figures */
function memory(figures) {
  const rows = Object.entries(figures).map(([network, { epoch5, epoch50, tensors, graphs, runs20 }]) => [
    ...[network, megabytes(epoch5), megabytes(epoch50), `${((100 * epoch50) / epoch5 - 100).toFixed(1)} %`],
    ...[tensors, graphs, megabytes(runs20)],
  ]);
  const heads = [
    'after epoch 5',
    'after epoch 50',
    'grown by',
    'tensors left by 20 runs',
    'graphs left',
    'memory added by runs 3–20',
  ];
  return `## Memory of the training process

${table(['network', ...heads], rows)}
`;
}

/** @param {{ speed: Record<string, unknown>[], memory: Record<string, unknown> }} stream */
function stream({ speed: speeds, memory: kept }) {
  const lines = [...speeds, kept].map((figures) => `- ${JSON.stringify(figures)}`);
  return `## Data that memory can't hold

784-256-128-10, batch 128: from memory and from a file, best epoch, in turn; then a process on a file far larger than what it may have.

${lines.join('\n')}
`;
}

/** @param {string} title @param {Record<string, string>} figures */
function pairs(title, figures) {
  return `## ${title}\n\n${table(['what', 'measured'], Object.entries(figures))}\n`;
}

/** @param {Record<string, string>} seed */
function seeds(seed) {
  const blocks = Object.entries(seed).map(([title, text]) => `${title}:\n\n\`\`\`\n${text}\n\`\`\`\n`);
  return `## The seed network, 784-256-128-10 on MNIST

All 60,000 training rows, batch 128; the test rows are measured each epoch and choose nothing.

${blocks.join('\n')}`;
}

/** @param {import('./quality.mjs').Found[]} found */
function quality(found) {
  const names = {
    digits: 'MNIST, 60,000 training rows',
    reviews: 'Rotten Tomatoes: fresh, rotten, summaries of plots',
    'fresh-rotten': 'Rotten Tomatoes: fresh and rotten alone',
  };
  const rows = Object.entries(names).flatMap(([data, name]) => {
    const some = found.filter((one) => one.data === data);
    const [first] = some;
    if (!first) return [];
    const each = some.map(({ seed, found: share }) => `${seed}: ${(100 * share).toFixed(1)} %`).join(', ');
    const mean = some.reduce((sum, { found: share }) => sum + share, 0) / some.length;
    const seconds = Math.max(...some.map((one) => one.seconds));
    return [[name, first.classes, whole(first.flipped), each, `${(100 * mean).toFixed(1)} %`, seconds]];
  });
  return `## Wrong labels found

The labels of a random 5 % of the rows are changed, each to another class drawn evenly; the data is imported and checked as in the
app. Of the changed labels, so many stand among the first 5 % of the rows in the report (asked: 70 %). Reviews are judged by their words and
their film.

${table(['data', 'classes', 'changed', 'found by seed', 'mean', 'seconds'], rows)}
`;
}

/** @param {import('./scroll.mjs').ScrollFigures} figures */
function scroll({ scrolled, sorts, load }) {
  const rows = scrolled.map(({ what, how, frames, median, most95, worst, late, stalls, tasks }) => [
    ...[what, how, whole(frames), median.toFixed(1), most95.toFixed(1), worst.toFixed(1)],
    ...[`${(100 * late).toFixed(1)} %`, stalls, tasks],
  ]);
  const heads = ['median, ms', '95th, ms', 'worst, ms', 'frames missed', 'frames > 50 ms', 'own tasks > 50 ms'];
  const times = Object.entries(sorts).map(([column, time]) => `${column} ${whole(time)} ms`);
  return `## Scrolling

Times between animation frames in the real window, 30 turns of the wheel or presses of a key a second; load of the machine
before: ${load.toFixed(2)}. Without a graphics card, as on a virtual display, the processors draw too: standing still shows what that allows.
A frame is missed where it comes a turn late (over 25 ms).

${table(['data', 'how', 'frames', ...heads], rows)}

From the press on a column's head to the sorted rows of a million, by column: ${times.join(', ')}.
`;
}

/** @param {import('./curves.mjs').CurveFigures} figures */
function curves({ moved, load }) {
  const rows = moved.map(({ lines, points, how, frames, median, most95, worst, late, stalls, tasks }) => [
    ...[lines, whole(points), how, whole(frames), median.toFixed(1), most95.toFixed(1), worst.toFixed(1)],
    ...[`${(100 * late).toFixed(1)} %`, stalls, tasks],
  ]);
  const heads = ['median, ms', '95th, ms', 'worst, ms', 'frames missed', 'frames > 50 ms', 'own tasks > 50 ms'];
  return `## Curves

The chart of lines by itself in a window of Electron, 30 turns a second; load of the machine before: ${load.toFixed(2)}. Without a graphics
card, as on a virtual display, the processors draw too: standing still shows what that allows.

${table(['lines', 'points each', 'how', 'frames', ...heads], rows)}
`;
}

/** @param {import('./run-table.mjs').TableFigures} figures */
function runs({ runs: count, list, open, filters, sort, scrolled, load }) {
  const rows = scrolled.map(({ how, frames, median, most95, worst, late, stalls, tasks }) => [
    ...[how, whole(frames), median.toFixed(1), most95.toFixed(1), worst.toFixed(1)],
    ...[`${(100 * late).toFixed(1)} %`, stalls, tasks],
  ]);
  const asked = filters.map(({ query, found, ms }) => [`\`${query}\``, whole(found), whole(ms)]);
  const heads = ['median, ms', '95th, ms', 'worst, ms', 'frames missed', 'frames > 50 ms', 'own tasks > 50 ms'];
  return `## The table of runs

${whole(count)} runs of 1,000 epochs with ten metrics each, in the real window; load of the machine before: ${load.toFixed(2)}. All of them are read in
${whole(list.ms)} ms, by calls of at most ${list.longest.toFixed(0)} ms, in which main was at most ${list.mainLate.toFixed(0)} ms late; after that only what changed is read. The screen opens
in ${whole(open.ms)} ms (its longest task: ${whole(open.task)} ms). A sort is drawn after ${whole(sort)} ms, a query after:

${table(['query', 'found', 'ms'], asked)}

${table(['scrolled how', 'frames', ...heads], rows)}
`;
}

/** @param {import('./import-stalls.mjs').StallFigures} figures */
function stalls({ watched, load }) {
  const rows = watched.map(({ what, part, seconds, delays, tasks, frames, frames50, worstFrame, resident, own }) => {
    const worst = (/** @type {number[]} */ times) => (times.length > 0 ? Math.max(...times).toFixed(0) : '–');
    const over = (/** @type {number} */ most) => delays.filter(({ ms }) => ms > most).length;
    const worked = delays.map(({ work }) => work);
    return [
      ...[what, part, seconds.toFixed(1), worst(delays.map(({ ms }) => ms)), over(10), over(50), worst(worked)],
      ...[tasks.length, worst(tasks.map(({ ms }) => ms)), `${frames50} of ${whole(frames)}`, worstFrame.toFixed(0)],
      ...[megabytes(own), megabytes(resident)],
    ];
  });
  const heads = [
    ...['seconds', 'main latest, ms', 'late > 10 ms', 'late > 50 ms', 'of that worked, ms'],
    ...['window: tasks > 50 ms', 'longest, ms', 'frames > 50 ms', 'worst frame, ms', 'memory', 'with shared'],
  ];
  return `## What imports hold up

Imports begun in the real window by its button, watched until the first rows are there (the seconds), then for eight seconds each while the
rows stand there and on the columns; load of the machine before: ${load.toFixed(2)}. Main's lateness is that of a timer every 2 ms, of which the most
that main's own thread worked is told beside it; a dash where it was never over 10 ms late. Memory is the most of all processes of the app
together: without what lies in files, and with all that is resident, of which Chromium's processes share a good part that is
counted in each.

${table(['import', 'part', ...heads], rows)}
`;
}

/** @param {string} title @param {import('./tasks/terminal.mjs').Row[]} rows */
function tasks(title, rows) {
  return `## What the tasks reach: ${title}

With the network and settings that each task begins with; the epoch is chosen by validation rows, the figures are of test rows.

${table(
  ['task', 'data', 'asked', 'measured', 'seeds'],
  rows.map(({ task, data, asked, measured, seeds }) => [task, data, asked, measured, seeds]),
)}
`;
}

/** @param {import('./preflight.mjs').Figures[]} figures */
function preflight(figures) {
  const short = (/** @type {number} */ value) => Number(value.toPrecision(3));
  const ranged = (/** @type {import('./preflight.mjs').Range} */ { value, low, high }) =>
    `${short(value)} (${short(low)} to ${short(high)})`;
  const rows = figures.map(({ sample, preset, epochs, seconds, begun, took, memory, memoryTook }) => [
    ...[sample, preset, epochs, ranged(seconds), begun ? short(begun.value) : '–', took],
    ...[ranged(memory), memoryTook],
  ]);
  const percent = (/** @type {(readonly [number, number])[]} */ errors) =>
    `${(100 * medianError(errors)).toFixed(1)} %`;
  return `## Estimates of trainings

The samples of the gallery with the networks that their tasks offer: seconds and MB of memory as they were measured before the
start, seconds by the run's own first batches, and what it took. Median error: time ${percent(figures.map(({ seconds, took }) => [seconds.value, took]))} (asked: below 20 %),
memory ${percent(figures.map(({ memory, memoryTook }) => [memory.value, memoryTook]))}.

${table(['sample', 'network', 'epochs', 's expected', 's by first batches', 's taken', 'MB expected', 'MB taken'], rows)}
`;
}

/** In the order of the page, each with what its part of the bench gave. */
/** @param {import('./samplers.mjs').Sampled[]} sampled */
function samplers(sampled) {
  const names = [...new Set(sampled.map(({ name }) => name))];
  const ways = [...new Set(sampled.map(({ sampler }) => sampler))];
  const rows = ways.map((way) => [
    way,
    ...names.map((name) => sampled.find((one) => one.name === name && one.sampler === way)?.median.toFixed(4) ?? '–'),
  ]);
  return `## How soon samplers find a minimum

The best of 100 trials on functions whose minimum is known (Branin 0.3979, Hartmann's in six dimensions −3.3224; the third has
parameters under a condition and its minimum at 0), the median over ${sampled[0]?.values.length ?? 0} seeds. Optuna is version 5.0.0 with its defaults, and with
\`multivariate\` and \`group\`.

${table(['sampler', ...names], rows)}
`;
}

/** @param {import('./search.mjs').Found[]} found */
function search(found) {
  const sets = [...new Set(found.map(({ data }) => data))];
  const ways = [...new Set(found.map(({ way }) => way))];
  const rows = sets.flatMap((data) =>
    ways.map((way) => {
      const own = found.filter((one) => one.data === data && one.way === way);
      const of = (/** @type {'best' | 'half' | 'trials' | 'seconds'} */ figure) =>
        middle(own.map((one) => one[figure]));
      const each = own.map(({ best }) => best.toFixed(4)).join(', ');
      return [data, way, of('trials'), of('half').toFixed(4), of('best').toFixed(4), each, of('seconds').toFixed(0)];
    }),
  );
  const [first] = found;
  return `## What a search finds for the same work

The search job with what the app proposes to search (augmentation left out), ${first?.epochs ?? 0} epochs in all, 27 for a whole trial; successive
halving looks after 3 and 9. The loss on validation rows of the best trial, lower is better: medians over ${new Set(found.map(({ seed }) => seed)).size} seeds, which are the
search's and the trials'. Penguins: the island from the other columns; digits: 800 pictures. Seconds are of a busy machine.
TPE with halving is better than random search on the median of both; beside random search with halving it is so for the digits alone.

${table(['data', 'search', 'trials', 'best after half', 'best', 'best by seed', 'seconds'], rows)}
`;
}

export const sections = {
  speed,
  timeline,
  sweep,
  overhead: (/** @type {Record<string, string>} */ figures) =>
    pairs('What the app costs over the bare compiled loop', figures),
  memory,
  stream,
  precision,
  seed: seeds,
  app: (/** @type {Record<string, string>} */ figures) => pairs('The app', figures),
  import: (/** @type {Record<string, string>} */ figures) => pairs('Import of tables', figures),
  stalls,
  scroll,
  curves,
  quality,
  active,
  boxes,
  ...Object.fromEntries(
    Object.entries(taskParts).map(([part, { title }]) => [
      part,
      (/** @type {import('./tasks/terminal.mjs').Row[]} */ rows) => tasks(title, rows),
    ]),
  ),
  preflight,
  runs,
  samplers,
  search,
};
