import { z } from "zod";
import type { RejectedRecord } from "../../contract/records";
import { remoteId } from "./schemas";

const MOST_WORDS = 500;

/** A record nobody understands, set aside alone with the reason and, where it can be read, its own number. Pure. */
export function rejection(
  kind: RejectedRecord["kind"],
  payload: unknown,
  errorCode: string,
  error: z.ZodError | RangeError,
  idKey: "id" | "item_id" = "id",
): RejectedRecord {
  const words = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
  return { kind, externalId: idOf(payload, idKey), payload, errorCode, errorText: words.slice(0, MOST_WORDS) };
}

function idOf(payload: unknown, key: string): string | undefined {
  if (typeof payload !== "object" || payload === null) return undefined;
  const id = remoteId.safeParse((payload as Readonly<Record<string, unknown>>)[key]);
  return id.success ? id.data : undefined;
}
