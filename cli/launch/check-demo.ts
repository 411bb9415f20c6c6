import { randomUUID } from "node:crypto";
import { createTRPCClient, httpLink } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "@/server/trpc/root";
import { LaunchProblem } from "./problem";
import { signIn } from "./sign-in";

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

const POLL_MS = 250;

/** Asks again and again until there is something. @throws LaunchProblem that says what did not happen. */
async function until<T>(what: string, timeoutMs: number, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    const found = await ask();
    if (found !== undefined) return found;
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
  throw new LaunchProblem(`The check failed: ${what} did not happen within ${timeoutMs / 1_000} s.`);
}

/**
 * What a person would do in the first minutes, through the running system and nothing else: sign in, see a simulated buyer's
 * message arrive, answer it, find the answer at the marketplace, see sales.
 */
export async function checkDemo({ url, sandboxUrl, account, startedAt }: CheckOptions): Promise<CheckReport> {
  const since = (from: number) => Math.round(performance.now() - from);
  const startMs = since(startedAt);
  const cookie = await signIn(url, account);
  const api = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/api/trpc`, transformer: superjson, headers: { cookie } })] });

  const readyAt = performance.now();
  const opened = new Date();
  const conversation = await until("a live message of a simulated buyer", 60_000, async () => {
    const { conversations } = await api.inbox.list.query({ waiting: true });
    return conversations.find((entry) => entry.lastMessageAt > opened && entry.lastMessageSide === "buyer");
  });
  const firstMessageMs = since(readyAt);

  const text = `Здравствуйте! Проверка ${randomUUID().slice(0, 8)}: всё в наличии, отправим сегодня.`;
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
