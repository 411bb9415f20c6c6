import { screen, screenFile } from "@/server/moderation/index";
import type { Finding } from "@/server/moderation/schema";
import { AppError } from "@/server/platform/errors";

/** What leaves: the words or the file of one message. */
export interface Outgoing {
  readonly text?: string | undefined;
  readonly file?: { readonly name: string; readonly contentType: string; readonly content: Uint8Array } | undefined;
}

/** The moderation guard as the outbox sees it: the same for every way out, a person, a template, a rule, the assistant, the API. */
export type Guard = (outgoing: Outgoing) => Promise<{ readonly findings: readonly Finding[] }>;

export const moderationGuard: Guard = async ({ text, file }) => {
  const found = text === undefined ? [] : screen({ text }).findings;
  return { findings: file === undefined ? found : [...found, ...(await screenFile(file))] };
};

/** The refusal a person reads: the first finding's kind and words, and how many there are. */
export function blocked(findings: readonly Finding[]): AppError {
  const [first] = findings;
  return new AppError("inbox.guard_blocked", {
    status: 422,
    params: { kind: first?.kind ?? "", matched: first?.matched.slice(0, 80) ?? "", count: findings.length },
  });
}
