import type { z } from "zod";
import { ConnectorError } from "./errors";
import type { Cursor } from "./ports";

/** A stored position in the connector's own form. @throws ConnectorError `remote.cursor` for one this version does not understand. */
export function readCursor<S extends z.ZodType>(schema: S, cursor: Cursor): z.output<S> {
  const parsed = schema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  return parsed.data;
}
