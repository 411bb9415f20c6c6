import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { type Clock, systemClock } from "@/server/platform/clock";
import { env } from "@/server/platform/env";
import { describeError } from "@/server/platform/errors";
import { logger } from "@/server/platform/logger";
import type { HttpAnswer, RawDelivery, Reception, WebhookPort } from "../contract/webhook";
import { findConnector } from "../registry";
import { findOwner, forgetOwner, type Owner, ownersOfAccount, rememberedOwner, wasKnown } from "./known-addresses";
import { BodyCutShort, type BodyReader, BodyTimeout } from "./read-body";
import { countRefusal } from "./refusals";
import { isFromRanges, sourceAddress } from "./source-address";
import { storeDelivery } from "./store-delivery";

export interface IncomingWebhook {
  readonly method: string;
  /** Connector id from the address. */
  readonly system: string;
  /** The unguessable part of the address; absent where a service allows one address for everybody. */
  readonly token?: string | undefined;
  /** Below the connection's address, e.g. `/orders/123`. */
  readonly subPath?: string | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: BodyReader;
}

export interface IntakeOptions {
  readonly clock?: Clock;
  readonly trustedProxies?: readonly string[];
}

type Accepted = Extract<Reception, { action: "accept" }>;
type Refusal = Parameters<WebhookPort["refusal"]>[0];

/** A service that pushes faster than this to one connection is asked to come back; it keeps its push. */
const perConnection = new RateLimiterMemory({ points: 600, duration: 10 });
/** Addresses nobody has, from one place: beyond this they cost no query any more. Addresses that were good before are never held up. */
const perGuesser = new RateLimiterMemory({ points: 50, duration: 60 });

const KEPT_HEADERS = new Set(["content-type", "content-length", "user-agent", "x-request-id", "date"]);
/** Services say what a push is about in headers of their own; what proves it, or where it came from, is not kept. */
const OWN_HEADER = /^x-(?!.*(?:sign|hmac|token|secret|auth|key|cookie|password|forwarded|real-ip|nonce))/;
const MOST_HEADERS = 20;

/**
 * Takes one push: may it come from there, not too fast, not too large, is it genuine, have we had it. What is accepted is
 * stored with the event that starts its processing, in one transaction, before it is answered; what is answered 2xx is never
 * lost. Never throws: trouble of ours is answered as "unavailable", so that the service tries again.
 */
export async function receiveWebhook(request: IncomingWebhook, options: IntakeOptions = {}): Promise<HttpAnswer> {
  const port = findConnector(request.system)?.webhook;
  if (port === undefined) return plain(404, "unknown address");
  if (request.method !== "POST" && !port.methods?.some((method) => method === request.method))
    return plain(405, `only ${["POST", ...(port.methods ?? [])].join(", ")}`);
  try {
    return await new Reading(port, request, options).answer();
  } catch (error) {
    if (error instanceof BodyTimeout) return plain(408, "the body did not come in time");
    if (error instanceof BodyCutShort) return plain(400, "the body was cut short");
    logger.error({ err: describeError(error), system: request.system }, "a push could not be stored");
    return port.refusal("unavailable");
  }
}

class Reading {
  readonly #receivedAt: Date;
  readonly #sourceIp: string | null;
  readonly #behindProxy: boolean;
  /** Whether the connection was taken from memory: then nothing is refused before it has been asked anew. */
  #isRemembered = false;

  constructor(
    private readonly port: WebhookPort,
    private readonly request: IncomingWebhook,
    { clock = systemClock, trustedProxies = env.TRUSTED_PROXIES }: IntakeOptions,
  ) {
    this.#receivedAt = clock.now();
    this.#behindProxy = trustedProxies.length > 0;
    this.#sourceIp = sourceAddress(request.headers["x-forwarded-for"], trustedProxies);
  }

  async answer(): Promise<HttpAnswer> {
    const { port, request } = this;
    const remembered = request.token === undefined ? undefined : rememberedOwner(request.system, request.token, port);
    this.#isRemembered = remembered !== undefined;
    const named = remembered ?? (await this.#ask());
    if (named === "unknown") return this.#refuse("not_found", null);
    if (named === "too-many-guesses") return port.refusal("unavailable");
    if (this.#isForeignPlace(named)) return this.#refuse("forbidden_source", named);
    if (named !== null && !(await mayPass(perConnection, named.id))) return this.#refuse("unavailable", named);
    const body = Number(request.headers["content-length"] ?? 0) > port.maxBytes ? null : await request.body(port.maxBytes);
    if (body === null) return this.#refuse("too_large", named);

    const delivery = { subPath: request.subPath ?? "", method: request.method, body, headers: request.headers, receivedAt: this.#receivedAt };
    const verdict = await this.#judge(delivery, named);
    // A memory of the door must never be the reason for a refusal: the key may have been replaced a moment ago.
    return verdict ?? (await this.#judge(delivery, await this.#asked())) ?? port.refusal("unavailable");
  }

  /** @returns null when what was remembered of the connection has to be asked again. */
  async #judge(delivery: RawDelivery, named: Owner | "unknown" | null): Promise<HttpAnswer | null> {
    if (named === "unknown") return this.#refuse("not_found", null);
    const reception = this.port.receive(delivery, { credentials: named?.credentials ?? {}, facts: named?.facts ?? {} });
    if (reception.action === "handshake") return reception.answer;
    if (reception.action === "refuse") {
      if (this.#isRemembered && this.port.needsCredentials === true) return null;
      return this.#counted(reception.answer, named, reception.code);
    }
    const owners = named === null ? await this.#ownersOf(reception.accountRef) : [named];
    if (owners.length === 0) return this.#refuse("not_found", null);
    if (owners.some((owner) => isForeign(owner, reception.accountRef))) return this.#isRemembered ? null : this.#refuse("foreign_account", named);
    const stored = await Promise.all(owners.map((owner) => this.#store(owner, reception, delivery)));
    return stored.every(Boolean) ? reception.answer : null;
  }

  async #asked(): Promise<Owner | "unknown" | null> {
    const { token, system } = this.request;
    if (token !== undefined) forgetOwner(system, token);
    this.#isRemembered = false;
    return token === undefined ? null : ((await findOwner(system, token, this.port)) ?? "unknown");
  }

  async #ask(): Promise<Owner | "unknown" | "too-many-guesses" | null> {
    const { token, system } = this.request;
    if (token === undefined) return null;
    // Without a trusted proxy only the last entry is ours: the socket's own address.
    const place = this.#sourceIp ?? this.request.headers["x-forwarded-for"]?.split(",").at(-1)?.trim() ?? "";
    if (!wasKnown(system, token)) {
      const guesses = await perGuesser.get(place);
      if (guesses !== null && guesses.remainingPoints <= 0) return "too-many-guesses";
    }
    const owner = await findOwner(system, token, this.port);
    if (owner === null) await perGuesser.penalty(place);
    return owner ?? "unknown";
  }

  #isForeignPlace(named: Owner | null): boolean {
    // The test button knocks from our own address, by an address of its own.
    return this.#behindProxy && named?.isTest !== true && this.port.sourceRanges.length > 0 && !isFromRanges(this.#sourceIp, this.port.sourceRanges);
  }

  async #ownersOf(accountRef: string | undefined): Promise<Owner[]> {
    return accountRef === undefined ? [] : ownersOfAccount(this.request.system, accountRef, this.port);
  }

  #store(owner: Owner, reception: Accepted, delivery: RawDelivery): Promise<boolean> {
    const { workspaceId, id, connectorId, accountRef, tokenHash, credentialVersion } = owner;
    const { dedupeKey, eventType } = reception;
    const { body, subPath, receivedAt } = delivery;
    const seen = { accountRef, tokenHash, credentialVersion };
    const headers = keptHeaders(delivery.headers);
    return storeDelivery({
      workspaceId,
      connectionId: id,
      system: connectorId,
      dedupeKey,
      eventType,
      subPath,
      headers,
      body,
      sourceIp: this.#sourceIp,
      receivedAt,
      seen,
    });
  }

  #refuse(code: Refusal, owner: Owner | null): Promise<HttpAnswer> {
    return this.#counted(this.port.refusal(code), owner, code);
  }

  async #counted(answer: HttpAnswer, owner: Owner | null, code: string): Promise<HttpAnswer> {
    logger.warn({ system: this.request.system, connectionId: owner?.id, code }, "push refused");
    await countRefusal(this.request.system, owner?.id ?? null);
    return answer;
  }
}

function keptHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {};
  let count = 0;
  for (const name in headers) {
    if (count >= MOST_HEADERS || (!KEPT_HEADERS.has(name) && !OWN_HEADER.test(name))) continue;
    kept[name] = headers[name]?.slice(0, 300) ?? "";
    count += 1;
  }
  return kept;
}

/** A connection that never was tested does not know its account yet; then only the unguessable address speaks for it. */
function isForeign(owner: Owner, accountRef: string | undefined): boolean {
  return accountRef !== undefined && owner.accountRef !== null && owner.accountRef !== accountRef;
}

async function mayPass(limit: RateLimiterMemory, key: string): Promise<boolean> {
  try {
    await limit.consume(key);
    return true;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return false;
    throw refusal;
  }
}

function plain(status: number, body: string): HttpAnswer {
  return { status, body, contentType: "text/plain; charset=utf-8" };
}
