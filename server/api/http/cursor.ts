import type { z } from "zod";
import { AppError } from "@/server/platform/errors";
import { writeJson } from "./json";

/** The place in a list as an opaque text; null at the end. */
export function writeCursor(place: unknown): string | null {
  return place === null ? null : Buffer.from(writeJson(place)).toString("base64url");
}

/** @throws AppError `api.bad_cursor` (400) for a text we did not write, or wrote for another list. */
export function readCursor<T>(text: string | undefined, schema: z.ZodType<T>): T | undefined {
  if (text === undefined) return undefined;
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    throw badCursor();
  }
  const parsed = schema.safeParse(place);
  if (!parsed.success) throw badCursor();
  return parsed.data;
}

const badCursor = () => new AppError("api.bad_cursor", { status: 400 });
