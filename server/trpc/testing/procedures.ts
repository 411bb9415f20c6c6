import type { AnyTRPCProcedure } from "@trpc/server";
import type { z } from "zod";
import type { ProcedureMeta } from "../init";
import { appRouter } from "../root";
import { type JsonSchema, toJsonSchema } from "./json-schema";

export interface ProcedureInfo {
  readonly path: string;
  readonly type: "query" | "mutation" | "subscription";
  readonly permission: ProcedureMeta["permission"];
  readonly hasOutput: boolean;
  /** JSON Schema of the input as the browser sends it; null = no input. Dates carry the format `x-date`. */
  readonly input: JsonSchema | null;
}

interface Definition {
  readonly type: ProcedureInfo["type"];
  readonly meta: ProcedureMeta | undefined;
  readonly inputs: readonly z.ZodType[];
  readonly output?: unknown;
}

/** Every procedure of the whole API. */
export function listProcedures(): ProcedureInfo[] {
  // Typed as a tree, held flat: path → procedure.
  const procedures = appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>;
  return Object.entries(procedures).map(([path, procedure]) => {
    const definition = procedure._def as unknown as Definition;
    const [first, ...more] = definition.inputs.map(toJsonSchema);
    const input = first === undefined ? null : more.length === 0 ? first : { allOf: [first, ...more] };
    return { path, type: definition.type, permission: definition.meta?.permission, hasOutput: definition.output !== undefined, input };
  });
}
