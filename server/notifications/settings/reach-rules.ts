import type { z } from "zod";
import type { reachStateSchema } from "../schema";

/** Where a person can be reached. Pure. */
export interface Reach {
  readonly state: z.infer<typeof reachStateSchema>;
  readonly label: string | null;
  readonly brokenCode: string | null;
}

interface Chat {
  readonly address: string | null;
  readonly label: string | null;
  readonly brokenCode: string | null;
  readonly linkTokenHash: string | null;
  readonly linkExpiresAt: Date | null;
}

export function telegramReach(hasBot: boolean, chat: Chat | null, now: Date): Reach {
  const label = chat?.label ?? null;
  if (!hasBot) return { state: "no_transport", label, brokenCode: null };
  const isPending = chat !== null && chat.linkTokenHash !== null && chat.linkExpiresAt !== null && chat.linkExpiresAt > now;
  if (chat === null || chat.address === null) return { state: isPending ? "pending" : "unlinked", label, brokenCode: null };
  if (chat.brokenCode !== null) return { state: isPending ? "pending" : "broken", label, brokenCode: chat.brokenCode };
  return { state: "ready", label, brokenCode: null };
}

/** Mail goes to the account's address; what is remembered about another one says nothing about it. */
export function emailReach(hasServer: boolean, email: string, known: { readonly address: string | null; readonly brokenCode: string | null } | null): Reach {
  if (!hasServer) return { state: "no_transport", label: email, brokenCode: null };
  const brokenCode = known?.address === email ? known.brokenCode : null;
  return { state: brokenCode === null ? "ready" : "broken", label: email, brokenCode };
}
