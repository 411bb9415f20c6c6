import { type Clock, systemClock } from "@/server/platform/clock";
import { env } from "@/server/platform/env";
import { telegramBaseUrl } from "./telegram/bot-api";

/** What reaches out of this room, replaceable in tests. */
export interface NoticeDeps {
  readonly clock: Clock;
  readonly telegramBaseUrl: string;
  /** Where browsers reach us, without a trailing slash: base of links and of the webhook. */
  readonly publicUrl: string;
  /** Private mail servers the operator allows, as `smtp://host:port`. */
  readonly allowedOrigins: readonly string[];
  /** Of one call to Telegram, or of each phase of a talk with a mail server. */
  readonly timeoutMs: number;
  /** See `MailOptions`. */
  readonly trustedCa?: string | undefined;
}

export function processDeps(): NoticeDeps {
  return {
    clock: systemClock,
    telegramBaseUrl: telegramBaseUrl(),
    publicUrl: env.NEXTAUTH_URL.replace(/\/$/, ""),
    allowedOrigins: env.OUTBOUND_ALLOWED_ORIGINS,
    timeoutMs: 15_000,
  };
}
