/** The one way in: a name and an input of unknown make, checked against the contract, answered with a value or a coded error. */
import { CodedError, contract, toWireError, type ContractHandlers, type RpcReply } from '../contract';
import type { Procedure } from '../contract/procedure';
import { codedStorageError } from '../storage/database';

type Handler = (input: unknown) => unknown;

/** @param name `domain.procedure`. Never throws. */
export async function call(handlers: ContractHandlers, name: string, input: unknown): Promise<RpcReply> {
  try {
    const { procedure, handler } = find(handlers, name);
    const parsed = procedure.input.safeParse(input);
    if (!parsed.success) throw new CodedError('call-invalid', { name, detail: firstProblem(parsed.error.issues) });
    return { ok: true, value: await handler(parsed.data) };
  } catch (error) {
    return { ok: false, error: toWireError(codedStorageError(error, 'library')) };
  }
}

/** Own keys only: `constructor` and the like are no calls. @throws CodedError `call-unknown` */
function find(handlers: ContractHandlers, name: string): { procedure: Procedure; handler: Handler } {
  const [domain = '', method = '', ...rest] = name.split('.');
  const procedure = rest.length === 0 ? own<Procedure>(own(contract, domain), method) : undefined;
  const handler = own<Handler>(own(handlers, domain), method);
  if (!procedure || !handler) throw new CodedError('call-unknown', { name });
  return { procedure, handler };
}

function own<Value = unknown>(owner: unknown, key: string): Value | undefined {
  if (typeof owner !== 'object' || owner === null || !Object.hasOwn(owner, key)) return undefined;
  return (owner as Record<string, Value>)[key];
}

function firstProblem(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  const [issue] = issues;
  if (!issue) return 'unsuitable';
  return issue.path.length === 0 ? issue.message : `${issue.path.map(String).join('.')}: ${issue.message}`;
}
