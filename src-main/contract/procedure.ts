/** One callable thing of the contract: a zod schema for what goes in and one for what comes out. */
import type { z } from 'zod';

export interface Procedure<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly input: Input;
  readonly output: Output;
}

export function procedure<Input extends z.ZodType, Output extends z.ZodType>(
  definition: Procedure<Input, Output>,
): Procedure<Input, Output> {
  return definition;
}

export type Domain = Readonly<Record<string, Procedure>>;

/** What main implements for a domain; inputs are already parsed. */
export type Handlers<D extends Domain> = {
  readonly [Name in keyof D]: (
    input: z.output<D[Name]['input']>,
  ) => Promise<z.input<D[Name]['output']>> | z.input<D[Name]['output']>;
};

/** What the window calls for a domain. */
export type Client<D extends Domain> = {
  readonly [Name in keyof D]: (input: z.input<D[Name]['input']>) => Promise<z.output<D[Name]['output']>>;
};
