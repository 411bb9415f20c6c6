import { AppError } from "@/server/platform/errors";

const CODE = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/;

/** The stable code of anything thrown. An AppError that came back through the engine is a plain Error whose message is the code. */
export function errorCodeOf(error: unknown, otherwise: string): string {
  if (error instanceof AppError) return error.code;
  return error instanceof Error && CODE.test(error.message) ? error.message : otherwise;
}
