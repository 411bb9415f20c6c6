"use client";

import { useMessages, useTranslations } from "next-intl";
import { argumentNames, isMessage, messageAt } from "@/lib/i18n/parsed-message";

/** What a failed call tells: made of tRPC's error data or of the JSON of an HTTP answer. */
export interface ErrorText {
  /** What happened, what it means and what to do, in the reader's language. */
  readonly text: string;
  readonly code: string;
  readonly requestId: string | undefined;
}

interface FailureFacts {
  readonly code: string;
  readonly params: Record<string, string | number>;
  readonly requestId: string | undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function readParams(value: unknown): Record<string, string | number> {
  if (!isRecord(value)) return {};
  const entries = Object.entries(value).filter((entry): entry is [string, string | number] => typeof entry[1] === "string" || typeof entry[1] === "number");
  return Object.fromEntries(entries);
}

/** Finds code, values and request id in whatever was thrown; what never reached the server has no answer in it. */
export function readFailure(error: unknown): FailureFacts {
  if (typeof error === "string") return { code: error, params: {}, requestId: undefined };
  const data = isRecord(error) && isRecord(error["data"]) ? error["data"] : undefined;
  if (data === undefined || typeof data["appCode"] !== "string") {
    const isTransport = isRecord(error) && error["name"] === "TRPCClientError";
    return { code: isTransport ? "request.unreachable" : "internal", params: {}, requestId: undefined };
  }
  const requestId = data["requestId"];
  return { code: data["appCode"], params: readParams(data["params"]), requestId: typeof requestId === "string" ? requestId : undefined };
}

export interface ErrorTexts {
  (error: unknown): ErrorText;
  /** The sentence of a code that was stored, e.g. with a failed run. */
  forCode(code: string, params?: Readonly<Record<string, string | number>>): string;
}

/** A stored code may have lost its values: a sentence with a gap is better than none. */
function fillGaps(message: unknown, params: Readonly<Record<string, string | number>>): Record<string, string | number> {
  return { ...Object.fromEntries(argumentNames(message).map((name) => [name, "…"])), ...params };
}

/**
 * Turns any failure, or a bare error code, into words: `errors.<code>`, else the feature's own `<code>` (as `inbox.closed.…`).
 * A code without a text falls back to a sentence that names the code.
 */
export function useErrorText(): ErrorTexts {
  const t = useTranslations();
  const messages = useMessages();
  const forCode = (code: string, params: Readonly<Record<string, string | number>> = {}) => {
    const key = [`errors.${code}`, code].find((candidate) => isMessage(messageAt(messages, candidate)));
    return key === undefined ? t("errors.unknown", { code }) : t(key, fillGaps(messageAt(messages, key), params));
  };
  const describe = (error: unknown): ErrorText => {
    const { code, params, requestId } = readFailure(error);
    return { text: forCode(code, params), code, requestId };
  };
  return Object.assign(describe, { forCode });
}
