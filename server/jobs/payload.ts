import { parseJson } from "@/lib/json";
import { excerpt, redactText, redactValue } from "@/server/platform/security/redaction";

/** How much of a stored value the repository reads: beyond it the text is only cut, not parsed. */
export const READ_CHARS = 8_192;
const STACK_CHARS = 6_000;
const MESSAGE_CHARS = 2_000;

/**
 * A stored JSON value for people: indented, secrets and personal data cut out, at most `maxChars`.
 * @param text its JSON, possibly only the first READ_CHARS characters; null when there is none.
 */
export function presentJson(text: string | null, maxChars: number): string | null {
  if (text === null || text === "null" || text === "{}") return null;
  const value = text.length < READ_CHARS ? tryParse(text) : undefined;
  if (value === undefined) return excerpt(text, [], maxChars);
  const shown = JSON.stringify(redactValue(value), undefined, 2);
  return shown.length <= maxChars ? shown : `${shown.slice(0, maxChars - 1)}…`;
}

/** Whole JSON is parsed; what the cut left is not JSON any more. */
function tryParse(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export const presentMessage = (text: string): string => redactText(text.slice(0, MESSAGE_CHARS));

export const presentStack = (text: string | undefined): string | null => (text === undefined || text === "" ? null : redactText(text.slice(0, STACK_CHARS)));
