import { hashToken } from "@/server/platform/crypto";
import { db } from "@/server/platform/db";
import { describeError } from "@/server/platform/errors";
import { logger } from "@/server/platform/logger";
import { inWorkspace } from "@/server/platform/transaction";
import { openCredentials } from "@/server/platform/vault/credentials";
import { findByAccount, findByTokenHash, findCredentials } from "../connections/connection.repository";
import type { WebhookPort } from "../contract/webhook";
import { findByTest } from "./test.repository";

/** A connection as the door knows it: enough to judge a push without asking the database again. */
export interface Owner {
  readonly id: string;
  readonly workspaceId: string;
  readonly connectorId: string;
  readonly accountRef: string | null;
  readonly tokenHash: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Empty unless the port needs them. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly credentialVersion: number | null;
  /** A one-time address of the test button. */
  readonly isTest: boolean;
}

/** Only how long a secret may lie open in memory and how stale facts may be: what ends is noticed by the statement that stores. */
const KEPT_MS = 15_000;
/** From here on a push that comes has it asked anew, without waiting for that: an address in use never has to. */
const FRESH_MS = 5_000;
const MOST_KEPT = 5_000;

interface Kept {
  readonly owner: Owner;
  readonly freshUntil: number;
  readonly until: number;
}

/** Route and door are bundled apart and run in one process. */
const holder = globalThis as typeof globalThis & { __karavanDoor?: Map<string, Kept> };
holder.__karavanDoor ??= new Map();
const kept = holder.__karavanDoor;

const keyOf = (system: string, token: string) => `${system}/${token}`;

/** What the door remembers of an address; undefined = it has to ask. */
export function rememberedOwner(system: string, token: string, port: WebhookPort): Owner | undefined {
  const entry = kept.get(keyOf(system, token));
  const now = performance.now();
  if (entry === undefined || entry.until <= now) return undefined;
  if (entry.freshUntil <= now) askSoon(system, token, port);
  return entry.owner;
}

const toAsk = new Map<string, () => Promise<Owner | null>>();
let isAsking = false;

/** One after the other: addresses that were asked together grow old together, and pushes come first. */
function askSoon(system: string, token: string, port: WebhookPort): void {
  toAsk.set(keyOf(system, token), () => findOwner(system, token, port));
  if (!isAsking) void askAll();
}

async function askAll(): Promise<void> {
  isAsking = true;
  for (const [key, ask] of toAsk) {
    // What cannot be asked now runs out, and the push that finds it gone answers for it.
    await ask().catch((error: unknown) => logger.warn({ err: describeError(error) }, "an address could not be asked anew"));
    toAsk.delete(key);
  }
  isAsking = false;
}

/** Whether the address was somebody's before, even if it has to be asked again. */
export function wasKnown(system: string, token: string): boolean {
  return kept.has(keyOf(system, token));
}

export function forgetOwner(system: string, token: string): void {
  const entry = kept.get(keyOf(system, token));
  if (entry !== undefined) kept.set(keyOf(system, token), { ...entry, until: 0 });
}

/** Whose address this is, asked anew. Addresses nobody has are not remembered. */
export async function findOwner(system: string, token: string, port: WebhookPort): Promise<Owner | null> {
  const tokenHash = hashToken(token);
  const row = await findByTokenHash(db, system, tokenHash);
  const tested = row === null ? await findByTest(db, system, tokenHash) : null;
  const found = row ?? tested;
  if (found === null) {
    kept.delete(keyOf(system, token));
    return null;
  }
  const owner = { ...(await toOwner(found, port)), tokenHash, isTest: tested !== null };
  if (!owner.isTest) remember(keyOf(system, token), owner);
  return owner;
}

function remember(key: string, owner: Owner): void {
  // Maps keep the order of insertion: the first is the oldest.
  kept.delete(key);
  const oldest = kept.size >= MOST_KEPT ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
  const now = performance.now();
  kept.set(key, { owner, freshUntil: now + FRESH_MS, until: now + KEPT_MS });
}

/** Which connections hold an account, where a service allows only one address. */
export async function ownersOfAccount(system: string, accountRef: string, port: WebhookPort): Promise<Owner[]> {
  const rows = await findByAccount(db, system, accountRef);
  return Promise.all(rows.map(async (row) => ({ ...(await toOwner(row, { ...port, needsCredentials: false })), tokenHash: null, isTest: false })));
}

type Found = NonNullable<Awaited<ReturnType<typeof findByTokenHash>>>;

async function toOwner(row: Found, port: Pick<WebhookPort, "needsCredentials">): Promise<Omit<Owner, "tokenHash" | "isTest">> {
  const { id, workspaceId, connectorId, accountRef } = row;
  const facts = typeof row.facts === "object" && row.facts !== null && !Array.isArray(row.facts) ? row.facts : {};
  const none = { credentials: {}, credentialVersion: null };
  const opened = port.needsCredentials === true ? await open(workspaceId, id) : none;
  return { id, workspaceId, connectorId, accountRef, facts, ...(opened ?? none) };
}

/** A connection without its key cannot prove a push; its port refuses. */
async function open(workspaceId: string, connectionId: string): Promise<Pick<Owner, "credentials" | "credentialVersion"> | null> {
  return inWorkspace(workspaceId, async (scope) => {
    const row = await findCredentials(scope, connectionId);
    return row === null ? null : { credentials: await openCredentials(scope, connectionId, row), credentialVersion: row.version };
  });
}
