import type { z } from "zod";
import type { Call } from "./operation";

/** The body of a call as its schema has it; refuses anything else in the words of the host. */
export async function readBody<S extends z.ZodType>(call: Call, schema: S, problem: (detail: string) => Error): Promise<z.output<S>> {
  let value: unknown;
  try {
    value = JSON.parse(await call.text());
  } catch {
    // The parser's own words are not the service's.
    throw problem("decode error: invalid JSON");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw problem(`decode error: invalid ${parsed.error.issues[0]?.path.join(".") ?? "body"}`);
}
