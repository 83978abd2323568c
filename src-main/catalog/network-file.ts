/** Networks in files: written in the app's own form, read from that, from Keras's JSON and from TensorFlow.js's model.json. */
import {
  CodedError,
  networkFileFormat,
  networkFileSchema,
  networkFileVersion,
  type NetworkFile,
  type NetworkSpec,
  type ReadNetwork,
} from '../contract';
import { readKerasModel } from './keras';

/** The text of a network's file. */
export function networkFileText(network: NetworkSpec): string {
  const file: NetworkFile = { format: networkFileFormat, version: networkFileVersion, network };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * @param text of a file no larger than `networkFileLimit`. @param file its name, for errors.
 * @throws CodedError `network-file-invalid`, `network-file-newer`, `keras-layer-unknown`, `keras-unsupported`.
 */
export function readNetworkText(text: string, file: string): ReadNetwork {
  return readNetworkValue(parsed(text, file), file);
}

/** @param value of the file as JSON. @throws CodedError as `readNetworkText` */
export function readNetworkValue(value: unknown, file: string): ReadNetwork {
  const version = part(value, 'version');
  if (part(value, 'format') === networkFileFormat) {
    if (typeof version === 'number' && version > networkFileVersion) {
      throw new CodedError('network-file-newer', { file, version, known: networkFileVersion });
    }
    const read = networkFileSchema.safeParse(value);
    if (read.success) return { network: read.data.network, from: 'tandem', notes: [] };
    const [issue] = read.error.issues;
    const detail = `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`;
    throw new CodedError('network-file-invalid', { file, detail });
  }
  // TensorFlow.js wraps the model once, what converts to it twice.
  const topology = part(value, 'modelTopology') ?? value;
  const model = part(topology, 'model_config') ?? topology;
  if (part(model, 'class_name') === undefined) {
    throw new CodedError('network-file-invalid', { file, detail: 'it names no layers' });
  }
  const { network, notes } = readKerasModel(model, file);
  return { network, from: 'keras', notes: [...notes] };
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new CodedError('network-file-invalid', { file, detail }, error);
  }
}

function part(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
