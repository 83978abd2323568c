/**
 * What it costs to train on data that memory can't hold: a network on the same rows from memory and from a file, epochs in
 * turn, and the memory of a process that trains on a file far larger than what it may have. Run by `npm run bench`, or
 *
 *   node tools/bench/stream.mjs speed|memory [--gigabytes 4] [--limit 1.5] [--epochs 4]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadModules } from './load.mjs';

const batchSize = 128;
const script = fileURLToPath(import.meta.url);
const paths = ['catalog/index', 'engine/tf', 'engine/build', 'engine/create-step', 'engine/random', 'data/row-file'];

if (process.argv[1] === script) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      gigabytes: { type: 'string', default: '4' },
      limit: { type: 'string', default: '1.5' },
      epochs: { type: 'string', default: '4' },
      file: { type: 'string' },
      resident: { type: 'boolean', default: false },
    },
  });
  const epochs = Number(values.epochs);
  if (positionals[0] === 'speed') await measureSpeed(epochs);
  else if (values.file) await trainOnFile(values.file, epochs, values.resident);
  else
    console.log(JSON.stringify(await measureMemory(Number(values.gigabytes), Number(values.limit), epochs), null, 1));
}

/**
 * @returns {Promise<{ speed: Record<string, unknown>[], memory: Record<string, unknown> }>} examples/s from memory and from
 *   a file by the kind of rows; resident memory and examples/s by epoch on the large file
 */
export async function measureStream() {
  const speed = await linesOf(spawn(process.execPath, [script, 'speed'], { stdio: ['ignore', 'pipe', 'inherit'] }));
  return { speed, memory: await measureMemory(4, 1.5, 4) };
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<Record<string, unknown>[]>} its JSON lines */
async function linesOf(child) {
  const lines = [];
  if (!child.stdout) throw new Error('Nothing to read from');
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    if (line.startsWith('{')) lines.push(JSON.parse(line));
  }
  return lines;
}

async function loadEngine() {
  const { modules, close } = await loadModules(paths.map((name) => `/src-main/${name}.ts`));
  const [catalog, { loadTensorFlow }, { buildModel }, { createStep }, { shuffled }, { RowFile }] = modules;
  const { tf } = await loadTensorFlow();
  /** @param {object} data @param {number} rows @param {[string, object][]} layers */
  const makeStep = (data, rows, layers) => {
    const specs = layers.map(([type, fields], index) => ({ id: `layer-${index}`, type, fields }));
    const targetScale = { mean: 0, standardDeviation: 1 };
    const options = {
      tf,
      model: buildModel(tf, { layers: specs }, /** @type {{ inputShape: number[] }} */ (data).inputShape, 10, 0),
      data: { ...data, targetScale, targets: Int32Array.from({ length: rows }, (_, row) => (row * 7919) % 10) },
      loss: catalog.losses.get('cross-entropy'),
      metrics: [catalog.metrics.get('accuracy')],
      targetScale,
      optimizer: { definition: catalog.optimizers.get('adam'), fields: {} },
      learningRate: 0.001,
    };
    const { step, eagerReason } = createStep(options, rows, batchSize);
    if (eagerReason) throw new Error(`not compiled: ${eagerReason}`);
    return step;
  };
  /** @param {any} step @param {number} rows @param {number} epoch @returns {number} examples per second, of at most a minute */
  const trainEpoch = (step, rows, epoch) => {
    const every = Int32Array.from({ length: rows }, (_, row) => row);
    const order = shuffled(every, 0, epoch);
    const start = performance.now();
    step.expect(order, batchSize);
    let done = 0;
    // A disk that gives little at the moment is not to hold the bench up.
    while (done < rows && performance.now() - start < 60_000) {
      const batch = order.subarray(done, done + batchSize);
      step.train(batch);
      done += batch.length;
    }
    step.takeSums();
    return Math.round((1000 * done) / (performance.now() - start));
  };
  return { makeStep, trainEpoch, RowFile, close };
}

/** 784-256-128-10 on 60,000 rows, as pixels and as numbers: best epoch from memory and from a file, in turn. @param {number} epochs */
async function measureSpeed(epochs) {
  const { makeStep, trainEpoch, RowFile, close } = await loadEngine();
  const [rows, size] = [60_000, 784];
  const folder = mkdtempSync(path.join(tmpdir(), 'tandem-stream-'));
  const layers = /** @type {[string, object][]} */ ([
    ['dense', { units: 256 }],
    ['dense', { units: 128 }],
    ['dense', { units: 10, activation: 'linear' }],
  ]);
  for (const type of ['uint8', 'float32']) {
    const values = type === 'uint8' ? new Uint8Array(rows * size) : new Float32Array(rows * size);
    for (let i = 0; i < values.length; i++)
      values[i] = (Math.imul(i, 2654435761) >>> 24) / (type === 'uint8' ? 1 : 256);
    const file = path.join(folder, type);
    writeFileSync(file, values);
    const open = { fd: openSync(file, 'r'), offset: 0, rowBytes: values.byteLength / rows, rows, type, dataset: type };
    const stored = new RowFile({ ...open, resident: false });
    const data = { inputShape: [size], scale: type === 'uint8' ? 1 / 255 : 1 };
    const resident = makeStep({ ...data, inputs: values }, rows, layers);
    const streamed = makeStep({ ...data, inputs: stored }, rows, layers);
    const best = { resident: 0, streamed: 0 };
    for (let epoch = 1; epoch <= epochs + 1; epoch++) {
      best.resident = Math.max(best.resident, trainEpoch(resident, rows, epoch));
      best.streamed = Math.max(best.streamed, trainEpoch(streamed, rows, epoch));
    }
    console.log(JSON.stringify({ rows: type, ...best, share: Number((best.streamed / best.resident).toFixed(3)) }));
    resident.dispose();
    streamed.dispose();
    await stored.close();
  }
  rmSync(folder, { recursive: true });
  await close();
}

/**
 * A process that trains on a file of 64 × 64 × 3 pictures, in a memory group of its own where the system lets us make one.
 * @param {number} gigabytes of the file @param {number} limit of memory, in gigabytes @param {number} epochs
 */
async function measureMemory(gigabytes, limit, epochs) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tandem-stream-'));
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < (gigabytes + 2) * 1e9) return { skipped: 'the disk has no room for the file' };
  const file = path.join(folder, 'pictures');
  writePictures(file, Math.round((gigabytes * 1e9) / 12_288));
  const start = (/** @type {string[]} */ ...more) =>
    spawn(process.execPath, [script, 'memory', '--file', file, '--epochs', String(epochs), ...more], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
  const small = start('--resident');
  small.stdin.end('go\n');
  const resident = await linesOf(small);
  const child = start();
  const ended = once(child, 'exit');
  const release = limitMemory(child.pid ?? 0, limit * 1e9);
  child.stdin.end('go\n');
  const streamed = await linesOf(child);
  // A group can be removed when its last process is gone.
  await ended;
  release?.();
  rmSync(folder, { recursive: true });
  return { gigabytes, limited: release ? limit : null, resident, streamed };
}

/** Pictures of noise, no two alike. @param {string} file @param {number} rows */
function writePictures(file, rows) {
  const block = new Uint8Array(12_288 * 1000);
  for (let i = 0; i < block.length; i++) block[i] = Math.imul(i, 2654435761) >>> 24;
  const fd = openSync(file, 'w');
  for (let row = 0; row < rows; row += 1000) {
    const count = Math.min(1000, rows - row);
    for (let at = 0; at < count; at++) new DataView(block.buffer).setInt32(at * 12_288, row + at);
    writeSync(fd, block, 0, count * 12_288);
  }
  closeSync(fd);
}

/**
 * Puts a process into a memory group (control groups 1 or 2; as root only).
 * @param {number} pid @param {number} bytes @returns {(() => void) | null} removes the group; null where none can be made
 */
function limitMemory(pid, bytes) {
  const kinds = [
    { root: '/sys/fs/cgroup/memory', file: 'memory.limit_in_bytes' },
    { root: '/sys/fs/cgroup', file: 'memory.max' },
  ];
  for (const { root, file } of kinds) {
    const group = path.join(root, `tandem-bench-${pid}`);
    try {
      mkdirSync(group);
      if (!existsSync(path.join(group, file))) {
        rmdirSync(group);
        continue;
      }
      writeFileSync(path.join(group, file), String(Math.round(bytes)));
      writeFileSync(path.join(group, 'cgroup.procs'), String(pid));
      return () => rmdirSync(group);
    } catch (error) {
      console.log(`No memory group: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return null;
}

/**
 * The child of `measureMemory`: on the whole file, or on its first 40,000 pictures in memory.
 * @param {string} file @param {number} epochs @param {boolean} resident
 */
async function trainOnFile(file, epochs, resident) {
  // It begins when it has been put into its group.
  await once(process.stdin, 'data');
  process.stdin.destroy();
  const { makeStep, trainEpoch, RowFile, close } = await loadEngine();
  const fd = openSync(file, 'r');
  const rows = resident ? 40_000 : Math.floor(fstatSync(fd).size / 12_288);
  const inputs = new RowFile({
    fd,
    offset: 0,
    rowBytes: 12_288,
    rows,
    type: 'uint8',
    resident,
    dataset: 'pictures',
  });
  const data = { inputShape: [64, 64, 3], scale: 1 / 255, inputs };
  const layers = /** @type {[string, object][]} */ ([
    ['flatten', {}],
    ['dense', { units: 32 }],
    ['dense', { units: 10, activation: 'linear' }],
  ]);
  const step = makeStep(data, rows, layers);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const speed = trainEpoch(step, rows, epoch);
    const megabytes = Math.round(process.memoryUsage.rss() / 1e6);
    console.log(JSON.stringify({ epoch, resident, examples_per_second: speed, rss_megabytes: megabytes }));
  }
  step.dispose();
  await inputs.close();
  await close();
}
