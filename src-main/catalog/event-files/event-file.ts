/**
 * TensorBoard's event files: records (length, its sum, bytes, their sum; tensorflow/core/lib/io/record_writer.h) of `Event`
 * messages (tensorflow/core/util/event.proto), the first of which says the version of the form.
 */
import { maskedCrc32c } from './crc32c';
import { double, float, joined, message, text, wholeNumber, type Field } from './wire';

export interface Scalar {
  readonly tag: string;
  readonly value: number;
}

export interface EventOf {
  /** Seconds since 1970. */
  readonly time: number;
  readonly step: number;
  /** Fields 1 (`value`) of the `Summary`. */
  readonly values: readonly Field[];
}

/** Field numbers of `Event` and `Summary`. */
const event = { time: 1, step: 2, version: 3, summary: 5 };
const value = { tag: 1, simple: 2, tensor: 8, metadata: 9 };

/** @param begun seconds since 1970 */
export function eventFile(begun: number, events: Iterable<EventOf>): Uint8Array {
  const records = [record([double(event.time, begun), text(event.version, 'brain.Event:2')])];
  for (const { time, step, values } of events) {
    records.push(record([double(event.time, time), wholeNumber(event.step, step), message(event.summary, values)]));
  }
  return joined(records);
}

/** `simple_value`, which every version of TensorBoard reads: float32, so about seven digits. */
export function scalarValue({ tag, value: number }: Scalar): Field {
  return message(1, [text(value.tag, tag), float(value.simple, number)]);
}

/** What only a plugin understands: it stands in the metadata, beside an empty number that nobody reads. */
export function pluginValue(tag: string, plugin: string, content: readonly Field[]): Field {
  const data = message(1, [text(1, plugin), message(2, content)]);
  const floatTensor = [wholeNumber(1, 1), message(2, [message(2, [wholeNumber(1, 1)])]), float(5, 0)];
  return message(1, [text(value.tag, tag), message(value.tensor, floatTensor), message(value.metadata, [data])]);
}

function record(fields: readonly Field[]): Uint8Array {
  const body = joined(fields);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(body.length), true);
  return joined([length, uint32(maskedCrc32c(length)), body, uint32(maskedCrc32c(body))]);
}

function uint32(number: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number, true);
  return bytes;
}
