import type { z } from "zod";
import type { ApiScope } from "../schema";
import type { Principal } from "../tokens/authenticate";

export interface Call<Path, Query, Body> {
  readonly principal: Principal;
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
}

/** One endpoint: the router serves it, the document describes it, the contract test fuzzes it, all from this. */
export interface Endpoint {
  readonly id: string;
  readonly method: "GET" | "POST";
  /** `/api/integrations/{id}/sync`: one segment a placeholder. */
  readonly path: string;
  readonly scope: ApiScope;
  readonly summary: string;
  readonly description?: string | undefined;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
  /** Statuses of success. */
  readonly responses: Readonly<Record<number, { readonly description: string; readonly schema: z.ZodType }>>;
  /** Statuses of failure besides 400, 401, 403, 422, 429 and 500. */
  readonly failures: readonly number[];
  handle(call: Call<unknown, unknown, unknown>): Promise<{ readonly status: number; readonly body: unknown }>;
}

interface Definition<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType | null> extends Omit<Endpoint, "params" | "query" | "body" | "handle"> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  handle(call: Call<z.output<P>, z.output<Q>, B extends z.ZodType ? z.output<B> : null>): Promise<{ readonly status: number; readonly body: unknown }>;
}

/** Ties the types of the handler to the schemas. The router hands over only what those schemas gave. */
export function defineEndpoint<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType | null>(definition: Definition<P, Q, B>): Endpoint {
  return { ...definition, handle: (call) => definition.handle(call as Parameters<typeof definition.handle>[0]) };
}
