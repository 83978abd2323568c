/**
 * A network that a person wrote: a network's file as the app, Keras or TensorFlow.js writes it, or only
 * `{"layers": [{"type": …, "fields": {…}, "inputs": […]}, …]}`, where a layer may leave out its id, the fields that keep
 * their default, and its inputs if they are the layer before it.
 */
import { basename } from 'node:path';
import { z } from 'zod';
import { CodedError, networkSpecSchema, type NetworkSpec } from '../contract';
import { readNetworkValue } from '../catalog';
import { readNetworkFileText } from '../services/network-files';

const writtenSchema = z.object({
  layers: z.array(
    z.looseObject({
      id: z.string().optional(),
      type: z.string(),
      fields: z.record(z.string(), z.unknown()).optional(),
      inputs: z.array(z.string()).optional(),
    }),
  ),
});

/** @throws CodedError `file-missing`, `argument-invalid` naming the place in the file, those of `readNetworkValue` */
export async function readWrittenNetwork(path: string): Promise<NetworkSpec> {
  const file = basename(path);
  const refuse = (detail: string) => new CodedError('argument-invalid', { name: `--network ${file}`, detail });
  const text = await readNetworkFileText(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
  if (typeof value === 'object' && value !== null && !('layers' in value)) return readNetworkValue(value, file).network;
  const written = writtenSchema.safeParse(value);
  const parsed = written.success
    ? networkSpecSchema.safeParse({
        layers: written.data.layers.map(({ id, type, fields, inputs }, index) => {
          return { id: id ?? `layer-${index + 1}`, type, fields: fields ?? {}, ...(inputs && { inputs }) };
        }),
      })
    : written;
  if (parsed.success) return networkSpecSchema.parse(parsed.data);
  const [issue] = parsed.error.issues;
  throw refuse(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'does not fit'}`);
}
