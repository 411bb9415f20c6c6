import { AppError } from "@/server/platform/errors";
import { logger } from "@/server/platform/logger";

/** RFC 9457 answer for machines and file links: stable code, never the error's own message. */
export function problem(status: number, code: string): Response {
  return Response.json({ status, code }, { status, headers: { "content-type": "application/problem+json", "cache-control": "no-store" } });
}

/** Turns what a use case threw into an answer; what nobody foresaw is logged and stays nameless outside. */
export function problemOf(error: unknown): Response {
  if (error instanceof AppError) return problem(error.status, error.code);
  logger.error({ err: error instanceof Error ? error.message : String(error) }, "route failed");
  return problem(500, "internal");
}
