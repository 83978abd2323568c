/**
 * The window's side of the contract: `client.runs.list({ projectId })` calls main and gives what its schema says. A refused
 * call throws the coded error it came with.
 */
import { fromWireError, type ContractClient } from '../../src-main/contract';

/** @throws CodedError whatever main refused the call with. */
async function call(name: string, input: unknown): Promise<unknown> {
  // Runes wrap plain objects in proxies, which the structured clone of the bridge refuses.
  const reply = await window.tandem.rpc(name, plain(input));
  if (!reply.ok) throw fromWireError(reply.error);
  return reply.value;
}

function plain(value: unknown): unknown {
  if (value === undefined || value === null || typeof value !== 'object') return value;
  if (ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

function domain(name: string): unknown {
  return new Proxy(
    {},
    {
      get: (_, procedure) => (input: unknown) => call(`${name}.${String(procedure)}`, input),
    },
  );
}

// The proxies answer any name; the contract's type is what keeps callers to those that exist.
export const client = new Proxy({}, { get: (_, name) => domain(String(name)) }) as ContractClient;
