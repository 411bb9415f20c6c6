import type { Scope } from "@/server/platform/transaction";
import type { NoticeDeps } from "../deps";
import { noticeLetter, testLetter } from "../email/letter";
import { sendLetter } from "../email/smtp";
import type { NoticePreferences, OutsideChannel } from "../schema";
import type { Person } from "../settings/person.repository";
import { emailReach, telegramReach } from "../settings/reach-rules";
import { findAddress } from "../telegram/address.repository";
import { botApi } from "../telegram/bot-api";
import { telegramHtml, telegramTest } from "../telegram/format";
import { openSmtp, openTelegram } from "../transports/transport-facts";
import type { Said, Words } from "./compose";

export interface Message {
  /** Stays the same from try to try. */
  readonly messageId: string;
  readonly form: "single" | "digest" | "test";
  readonly said: readonly Said[];
  readonly words: Words;
}

/** A way to one person: everything needed is read, nothing is held open. */
export interface Carrier {
  readonly transportId: string;
  readonly address: string;
  /** What the person sees of it. */
  readonly label: string;
  /** @throws DeliveryFailure */
  send(message: Message, deps: NoticeDeps): Promise<void>;
}

export type NoCarrier = "transport_off" | "not_reachable";

/** Who is told and how they want it. */
export interface Recipient {
  readonly person: Person;
  readonly preferences: NoticePreferences;
}

/** The way to a person on a channel, or why there is none. @param evenBroken a test asks whether it works again. */
export async function findCarrier(scope: Scope, person: Person, channel: OutsideChannel, evenBroken = false): Promise<Carrier | NoCarrier> {
  return channel === "telegram" ? telegramCarrier(scope, person, evenBroken) : emailCarrier(scope, person, evenBroken);
}

async function telegramCarrier(scope: Scope, person: Person, evenBroken: boolean): Promise<Carrier | NoCarrier> {
  const bot = await openTelegram(scope);
  if (bot === null || !bot.isActive) return "transport_off";
  const chat = await findAddress(scope, person.userId, "telegram");
  const reach = telegramReach(true, chat === null ? null : { ...chat, linkTokenHash: null }, new Date(0));
  const isUsable = reach.state === "ready" || (evenBroken && reach.state === "broken");
  if (chat?.address == null || !isUsable) return "not_reachable";
  const { address } = chat;
  const { workspaceId } = scope;
  return {
    transportId: bot.id,
    address,
    label: chat.label ?? address,
    async send({ form, said, words }, deps) {
      const api = botApi({ workspaceId, transportId: bot.id, token: bot.token, baseUrl: deps.telegramBaseUrl, timeoutMs: deps.timeoutMs });
      await api.sendMessage(address, form === "test" ? telegramTest(words) : telegramHtml(said, words));
    },
  };
}

async function emailCarrier(scope: Scope, person: Person, evenBroken: boolean): Promise<Carrier | NoCarrier> {
  const mail = await openSmtp(scope);
  if (mail === null || !mail.isActive) return "transport_off";
  const known = await findAddress(scope, person.userId, "email");
  if (emailReach(true, person.email, known).state !== "ready" && !evenBroken) return "not_reachable";
  return {
    transportId: mail.id,
    address: person.email,
    label: person.email,
    async send({ messageId, form, said, words }, deps) {
      const envelope = { messageId, to: person.email, publicUrl: deps.publicUrl };
      await sendLetter(mail.server, form === "test" ? testLetter(words, envelope) : noticeLetter(said, form, words, envelope), deps);
    },
  };
}
