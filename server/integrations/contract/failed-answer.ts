import { ConnectorError } from "./errors";

const SECOND_MS = 1_000;

/** An answer that says it is fine and cannot be read. What a write did is then unknown. */
export function unreadable(
  answer: { readonly path: string; readonly status: number; readonly body: string; readonly isWrite: boolean },
  cause: unknown,
): ConnectorError {
  return new ConnectorError("malformed", undefined, {
    params: { method: answer.path },
    httpStatus: answer.status,
    mayHaveTakenEffect: answer.isWrite,
    remoteText: answer.body.slice(0, 200),
    cause,
  });
}

/** The words of a page a gateway answered with instead of the service, at most 200 characters. */
export function wordsOfPage(body: string): string {
  return body
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 200);
}

/** A header that counts seconds (`Retry-After` and its kin) in milliseconds; anything else is not told. */
export function secondsToMs(header: string | undefined): number | undefined {
  const value = header?.trim() ?? "";
  return /^\d+(\.\d+)?$/.test(value) ? Math.ceil(Number(value) * SECOND_MS) : undefined;
}
