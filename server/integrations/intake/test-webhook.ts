import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { hashToken, newToken } from "@/server/platform/crypto";
import { describeError, invalid } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { type Actor, by } from "../connections/credentials";
import { openConnection } from "../connections/open-connection";
import type { RawDelivery, Reception, WebhookAccount, WebhookPort } from "../contract/webhook";
import type { WebhookTestResult } from "../schema";
import { findDeliveryByKey } from "./delivery.repository";
import { webhookAddress } from "./own-address";
import { closeTest, openTest } from "./test.repository";

const TICKET_MS = 60_000;
const ANSWER_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 250;

type Stage = WebhookTestResult["stages"][number];
type Sample = Pick<RawDelivery, "subPath" | "method" | "body" | "headers">;

export interface WebhookTestOptions {
  readonly clock?: Clock;
  /** How long the test waits for the durable step. */
  readonly patienceMs?: number;
  /** Where this installation is reached; its own public address unless a test says otherwise. */
  readonly address?: (system: string, token: string) => string;
}

/**
 * Sends a genuinely signed sample from outside through the whole way a push takes: public address, door, limits, signature,
 * store, durable step. The address is a one-time one below the real one, because of the real one only a hash is kept.
 * @throws AppError `connection.not_found` | `connection.no_webhook` and what opening the connection throws.
 */
export async function testWebhook(workspaceId: string, id: string, actor: Actor, options: WebhookTestOptions = {}): Promise<WebhookTestResult> {
  const { clock = systemClock, patienceMs = 10_000, address = webhookAddress } = options;
  const { connector, connection, context } = await inWorkspace(workspaceId, async (scope) => {
    const opened = await openConnection(scope, id, clock);
    await writeAudit(scope, { ...by(actor), action: "connection.webhook_tested", subject: { type: "connection", id } });
    return opened;
  });
  const { webhook } = connector;
  if (webhook === undefined) throw invalid("connection.no_webhook");
  const stages: Stage[] = [connection.webhookTokenHash === null ? failed("address", "intake.no_address") : ok("address")];
  if (webhook.sample === undefined) return { stages: [...stages, { ...ok("sample"), state: "skipped", code: "intake.no_sample" }], deliveryId: null };

  const account: WebhookAccount = { credentials: context.credentials, facts: context.facts };
  const sample = webhook.sample(account, clock.now());
  stages.push(ok("sample"));
  const reception = judge(webhook, sample, account, clock.now());
  stages.push(reception.action === "refuse" ? failed("signature", "intake.sample_refused", reception.code) : ok("signature"));

  const token = newToken();
  const ticket = await inWorkspace(workspaceId, (scope) => openTest(scope, id, hashToken(token), new Date(Date.now() + TICKET_MS)));
  try {
    const knocked = await knock(`${address(connector.id, token)}${sample.subPath}`, sample);
    stages.push(...knocked);
    if (knocked.some((stage) => stage.state === "failed") || reception.action !== "accept") return { stages, deliveryId: null };
    const { stage, deliveryId } = await follow(workspaceId, id, reception.dedupeKey, patienceMs);
    return { stages: [...stages, ...stage], deliveryId };
  } finally {
    await inWorkspace(workspaceId, (scope) => closeTest(scope, ticket));
  }
}

function judge(port: WebhookPort, sample: Sample, account: WebhookAccount, receivedAt: Date): Reception {
  const headers = Object.fromEntries(Object.entries(sample.headers).map(([name, value]) => [name.toLowerCase(), value]));
  return port.receive({ ...sample, headers, receivedAt }, account);
}

/** From outside, as the service does; nothing is followed and no cookie is sent along. */
async function knock(url: string, sample: Sample): Promise<Stage[]> {
  const startedAt = performance.now();
  const ms = () => Math.round(performance.now() - startedAt);
  try {
    const answer = await fetch(url, {
      method: sample.method,
      headers: sample.headers,
      body: Buffer.from(sample.body),
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = (await answer.text()).slice(0, 300);
    const reached = { ...ok("reached"), ms: ms() };
    return [
      reached,
      answer.ok ? { ...ok("accepted"), detail: String(answer.status) } : failed("accepted", "intake.sample_not_accepted", `${answer.status} ${text}`),
    ];
  } catch (error) {
    const { cause } = error instanceof Error ? error : { cause: undefined };
    return [{ ...failed("reached", "intake.address_unreachable", describeError(cause ?? error).message), ms: ms() }];
  }
}

async function follow(
  workspaceId: string,
  connectionId: string,
  dedupeKey: string,
  patienceMs: number,
): Promise<{ stage: Stage[]; deliveryId: string | null }> {
  const startedAt = performance.now();
  for (;;) {
    const row = await inWorkspace(workspaceId, (scope) => findDeliveryByKey(scope, connectionId, dedupeKey));
    const ms = Math.round(performance.now() - startedAt);
    if (row === null) return { stage: [failed("stored", "intake.sample_not_stored")], deliveryId: null };
    const stored = ok("stored");
    if (row.status === "processed" || row.status === "ignored") return { stage: [stored, { ...ok("processed"), ms }], deliveryId: row.id };
    if (row.status === "failed" || row.status === "dead")
      return { stage: [stored, { ...failed("processed", row.errorCode ?? "internal"), ms }], deliveryId: row.id };
    if (ms > patienceMs) return { stage: [stored, { ...ok("processed"), state: "waiting", code: "intake.still_waiting", ms }], deliveryId: row.id };
    await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
  }
}

function ok(stage: Stage["stage"]): Stage {
  return { stage, state: "ok", code: null, detail: null, ms: null };
}

function failed(stage: Stage["stage"], code: string, detail: string | null = null): Stage {
  return { stage, state: "failed", code, detail, ms: null };
}
