import { ConnectorError, type ConnectorErrorOptions, type FailureKind } from "./errors";

const SECOND_MS = 1_000;

/** What is needed to judge a failed answer. */
export interface FailedAnswer {
  /** What was asked for: the path below the service's address, or the name of the operation where all share one path. */
  readonly path: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** A request that changes something: a 5xx may come after it was carried out. */
  readonly isWrite: boolean;
}

/** What a connector makes of a failed answer, before the common facts of the answer are added. */
export interface Verdict {
  readonly kind: FailureKind;
  /** Absent = the shared code of the kind. */
  readonly code?: string;
  readonly options?: ConnectorErrorOptions;
}

/** An answer that says it is fine and cannot be read. What a write did is then unknown. */
export function unreadable(answer: Omit<FailedAnswer, "headers">, cause: unknown): ConnectorError {
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
