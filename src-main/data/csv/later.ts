/** What is begun now and asked for later, so that reading and writing go on while bytes are looked at. */

/** @returns a promise that never fails; what it gives hands out the value, or throws why there is none. */
export function later<Value>(begun: Promise<Value>): Promise<() => Value> {
  return begun.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error;
    },
  );
}
