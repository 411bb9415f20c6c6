import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { type Clock, systemClock } from "@/server/platform/clock";
import { hashToken } from "@/server/platform/crypto";
import { db } from "@/server/platform/db";
import { env } from "@/server/platform/env";
import { describeError } from "@/server/platform/errors";
import { logger } from "@/server/platform/logger";
import { type ConnectionRow, findByAccount, findByTokenHash } from "../connections/connection.repository";
import type { HttpAnswer, RawDelivery, Reception, WebhookPort } from "../contract/webhook";
import { findConnector } from "../registry";
import { readBody } from "./read-body";
import { countRefusal } from "./refusals";
import { isFromRanges, sourceAddress } from "./source-address";
import { storeDelivery } from "./store-delivery";

export interface IncomingWebhook {
  readonly method: string;
  /** Connector id from the address. */
  readonly system: string;
  /** The unguessable part of the address; absent where a service allows one address for everybody. */
  readonly token?: string | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ReadableStream<Uint8Array> | null;
}

export interface IntakeOptions {
  readonly clock?: Clock;
  readonly trustedProxies?: readonly string[];
}

/** A service that pushes faster than this to one connection is asked to come back; it keeps its push. */
const perConnection = new RateLimiterMemory({ points: 600, duration: 10 });
const KEPT_HEADERS = ["content-type", "content-length", "user-agent", "x-request-id", "date"];

/**
 * Takes one push: who is it for, may it come from there, is it well-formed, have we had it. What is accepted is stored with
 * the event that starts its processing, in one transaction, before it is answered; what is answered 2xx is never lost.
 * Never throws: trouble of ours is answered as "unavailable", so that the service tries again.
 */
export async function receiveWebhook(request: IncomingWebhook, options: IntakeOptions = {}): Promise<HttpAnswer> {
  const port = findConnector(request.system)?.webhook;
  if (port === undefined) return plain(404, "unknown address");
  if (request.method !== "POST") return plain(405, "only POST");
  try {
    return await receive(port, request, options);
  } catch (error) {
    logger.error({ err: describeError(error), system: request.system }, "a push could not be stored");
    return port.refusal("unavailable");
  }
}

async function receive(
  port: WebhookPort,
  request: IncomingWebhook,
  { clock = systemClock, trustedProxies = env.TRUSTED_PROXIES }: IntakeOptions,
): Promise<HttpAnswer> {
  const receivedAt = clock.now();
  const body = await readBody(request.body, request.headers["content-length"], port.maxBytes);
  const named = request.token === undefined ? null : await findByTokenHash(db, request.system, hashToken(request.token));
  const refuse = (code: Parameters<WebhookPort["refusal"]>[0]) => counted(port.refusal(code), request.system, named, code);
  if (request.token !== undefined && named === null) return refuse("not_found");
  if (body === null) return refuse("too_large");
  const sourceIp = sourceAddress(request.headers["x-forwarded-for"], trustedProxies);
  if (trustedProxies.length > 0 && port.sourceRanges.length > 0 && !isFromRanges(sourceIp, port.sourceRanges)) return refuse("forbidden_source");
  if (named !== null && !(await mayPass(named.id))) return refuse("unavailable");

  const delivery: RawDelivery = { subPath: "", method: request.method, body, headers: request.headers, receivedAt };
  const reception = port.receive(delivery, { credentials: {}, facts: {} });
  if (reception.action === "handshake") return reception.answer;
  if (reception.action === "refuse") return counted(reception.answer, request.system, named, reception.code);
  const owners = named === null ? await ownersOf(request.system, reception.accountRef) : [named];
  if (owners.length === 0) return refuse("not_found");
  if (owners.some((owner) => isForeign(owner, reception.accountRef))) return refuse("foreign_account");
  for (const owner of owners) await store(owner, reception, delivery, sourceIp);
  return reception.answer;
}

async function store(owner: ConnectionRow, reception: Extract<Reception, { action: "accept" }>, delivery: RawDelivery, sourceIp: string | null): Promise<void> {
  const headers = Object.fromEntries(KEPT_HEADERS.flatMap((name) => (delivery.headers[name] === undefined ? [] : [[name, delivery.headers[name]]])));
  await storeDelivery({
    workspaceId: owner.workspaceId,
    connectionId: owner.id,
    system: owner.connectorId,
    dedupeKey: reception.dedupeKey,
    eventType: reception.eventType,
    headers,
    body: delivery.body,
    sourceIp,
    receivedAt: delivery.receivedAt,
  });
}

/** A connection that never was tested does not know its account yet; then only the unguessable address speaks for it. */
function isForeign(connection: ConnectionRow, accountRef: string | undefined): boolean {
  return accountRef !== undefined && connection.accountRef !== null && connection.accountRef !== accountRef;
}

async function ownersOf(system: string, accountRef: string | undefined): Promise<ConnectionRow[]> {
  return accountRef === undefined ? [] : findByAccount(db, system, accountRef);
}

async function mayPass(connectionId: string): Promise<boolean> {
  try {
    await perConnection.consume(connectionId);
    return true;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return false;
    throw refusal;
  }
}

async function counted(answer: HttpAnswer, system: string, connection: ConnectionRow | null, code: string): Promise<HttpAnswer> {
  logger.warn({ system, connectionId: connection?.id, code }, "push refused");
  await countRefusal(system, connection?.id ?? null);
  return answer;
}

function plain(status: number, body: string): HttpAnswer {
  return { status, body, contentType: "text/plain; charset=utf-8" };
}
