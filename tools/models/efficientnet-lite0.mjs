/**
 * Makes `resources/models/efficientnet-lite0/weights.bin` of a tfjs layers model of EfficientNet-Lite0: without the layer
 * that names ImageNet's classes, each batch normalization multiplied into the convolution before it (what it does once
 * trained is a fixed factor and sum per channel), as 16-bit floating point. Kernel, then bias, convolution by convolution
 * from the picture on. Usage: `node tools/models/efficientnet-lite0.mjs FOLDER`, the folder with model.json and weights.bin.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {{ name: string, class_name: string, config: { epsilon: number }, inbound_nodes: string[][][] }} Layer */

const target = 'resources/models/efficientnet-lite0/weights.bin';
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Usage: node tools/models/efficientnet-lite0.mjs FOLDER');
const model = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
const { layers } = (model.modelTopology.model_config ?? model.modelTopology).config;
const weights = readWeights(model, readFileSync(path.join(folder, 'weights.bin')));

/** @type {Layer[]} */
const convolutions = layers.filter((/** @type {Layer} */ layer) => /Conv2D$/.test(layer.class_name));
const values = convolutions.flatMap((layer) => folded(layer));
const halves = new Uint16Array(values.reduce((total, part) => total + part.length, 0));
let at = 0;
for (const part of values) for (const value of part) halves[at++] = toHalf(value);
const bytes = Buffer.from(halves.buffer);
writeFileSync(target, bytes);
const sha256 = createHash('sha256').update(bytes).digest('hex');
console.log(`${target}: ${convolutions.length} convolutions, ${halves.length} values, sha256 ${sha256}`);

/**
 * By name, each weight of the file.
 * @param {{ weightsManifest: { weights: { name: string, shape: number[] }[] }[] }} model
 * @param {Buffer} file
 */
function readWeights({ weightsManifest }, file) {
  let offset = 0;
  return new Map(
    weightsManifest
      .flatMap((group) => group.weights)
      .map(({ name, shape }) => {
        const length = shape.reduce((product, side) => product * side, 1);
        const copy = new Uint8Array(file.subarray(offset, offset + 4 * length));
        offset += copy.length;
        return /** @type {const} */ ([name, new Float32Array(copy.buffer)]);
      }),
  );
}

/** A convolution and the normalization behind it as one: [kernel, bias]. @param {Layer} layer */
function folded(layer) {
  /** @type {Layer} */
  const normalization = layers.find((/** @type {Layer} */ { inbound_nodes: [from] }) => from?.[0]?.[0] === layer.name);
  const depthwise = layer.class_name === 'DepthwiseConv2D';
  const kernel = valuesOf(`${layer.name}/${depthwise ? 'depthwise_kernel' : 'kernel'}`);
  const of = (/** @type {string} */ name) => valuesOf(`${normalization.name}/${name}`);
  const [mean, variance] = [of('moving_mean'), of('moving_variance')];
  const { epsilon } = normalization.config;
  const factor = of('gamma').map((value, channel) => value / Math.sqrt((variance[channel] ?? NaN) + epsilon));
  const bias = of('beta').map((value, channel) => value - (mean[channel] ?? NaN) * (factor[channel] ?? NaN));
  // The channels that come out are the last side of a kernel, the last but one (of 1) of a depthwise one.
  return [kernel.map((value, index) => value * (factor[index % factor.length] ?? NaN)), bias];
}

/** @param {string} name */
function valuesOf(name) {
  const values = weights.get(name);
  if (!values) throw new Error(`The model has no ${name}`);
  return values;
}

/** The nearest IEEE 754 half, ties to even. @param {number} value */
function toHalf(value) {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (!(size < 65504)) throw new Error(`${value} is too large for 16 bits`);
  if (size < 2 ** -24 / 2) return sign;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const scaled = size / 2 ** (exponent - 10);
  const below = Math.floor(scaled);
  const rest = scaled - below;
  const whole = rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
  // A mantissa that is rounded up to the next power of two carries into the exponent by itself.
  return sign + (exponent === -14 ? whole : ((exponent + 15) << 10) + whole - 1024);
}
