import { randomUUID } from "node:crypto";
import { openApi } from "./api-client";
import { LaunchProblem } from "./problem";
import { until } from "./until";

export interface CheckOptions {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly account: { readonly email: string; readonly password: string };
  /** `performance.now()` of the start. */
  readonly startedAt: number;
}

export interface CheckReport {
  readonly ok: true;
  readonly startMs: number;
  readonly firstMessageMs: number;
  readonly acceptedMs: number;
  readonly inSimulatorMs: number;
  readonly saleLines: number;
  readonly salesMs: number;
}

/** A mark that the moderation guard cannot take for a telephone number. */
const inLetters = (id: string) => [...id.slice(0, 8)].map((digit) => "абвгдежзиклмнопр"[Number.parseInt(digit, 16)] ?? "").join("");

/**
 * What a person would do in the first minutes, through the running system and nothing else: sign in, see a simulated buyer's
 * message arrive, answer it, find the answer at the marketplace, see sales.
 */
export async function checkDemo({ url, sandboxUrl, account, startedAt }: CheckOptions): Promise<CheckReport> {
  const since = (from: number) => Math.round(performance.now() - from);
  const startMs = since(startedAt);
  const api = await openApi(url, account);

  const readyAt = performance.now();
  const opened = new Date();
  const conversation = await until("a live message of a simulated buyer", 60_000, async () => {
    const { conversations } = await api.inbox.list.query({ waiting: true, channels: ["ozon.chat"] });
    return conversations.find((entry) => entry.lastMessageAt > opened && entry.lastMessageSide === "buyer");
  });
  const firstMessageMs = since(readyAt);

  const text = `Здравствуйте! Всё в наличии, отправим сегодня. (${inLetters(randomUUID())})`;
  const sentAt = performance.now();
  await api.inbox.send.mutate({ conversationId: conversation.id, sendId: randomUUID(), text });
  await until("the answer being accepted", 30_000, async () => {
    const thread = await api.inbox.thread.query({ conversationId: conversation.id });
    const state = thread.messages.find((message) => message.text === text)?.send?.state;
    if (state === "rejected") throw new LaunchProblem("The check failed: the simulated marketplace rejected the answer.");
    return state === "accepted" || state === "confirmed" ? state : undefined;
  });
  const acceptedMs = since(sentAt);

  await until("the answer appearing at the simulated marketplace", 30_000, async () => {
    const response = await fetch(`${sandboxUrl}/_control/ozon/sent`, { method: "POST" });
    const count = (await response.text()).split(text).length - 1;
    if (count > 1) throw new LaunchProblem("The check failed: the answer arrived more than once.");
    return count === 1 ? true : undefined;
  });
  const inSimulatorMs = since(sentAt);

  const saleLines = await until("synchronised sales", 60_000, async () => {
    const { overall } = await api.sales.totals.query({ by: "marketplace" });
    return overall[0]?.lines;
  });
  return { ok: true, startMs, firstMessageMs, acceptedMs, inSimulatorMs, saleLines, salesMs: since(readyAt) };
}
