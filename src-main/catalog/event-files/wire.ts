/** Protocol buffers on the wire: the few kinds of fields that event files have. A message is its fields one after another. */

export type Field = readonly number[] | Uint8Array;

const LENGTH = 2;
const BITS_64 = 1;
const BITS_32 = 5;
const VARINT = 0;

function varint(value: number): number[] {
  const bytes: number[] = [];
  // Not by shifts: steps and lengths may be beyond 32 bits.
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

/** @param value whole, from 0. */
export function wholeNumber(field: number, value: number): Field {
  return [...varint(field * 8 + VARINT), ...varint(value)];
}

export function float(field: number, value: number): Field {
  return [...varint(field * 8 + BITS_32), ...new Uint8Array(new Float32Array([value]).buffer)];
}

export function double(field: number, value: number): Field {
  return [...varint(field * 8 + BITS_64), ...new Uint8Array(new Float64Array([value]).buffer)];
}

export function text(field: number, value: string): Field {
  return message(field, [new TextEncoder().encode(value)]);
}

export function message(field: number, fields: readonly Field[]): Field {
  const body = joined(fields);
  return joined([[...varint(field * 8 + LENGTH), ...varint(body.length)], body]);
}

export function joined(fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, field) => sum + field.length, 0));
  let at = 0;
  for (const field of fields) {
    bytes.set(field, at);
    at += field.length;
  }
  return bytes;
}
