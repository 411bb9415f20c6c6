import { type Clock, systemClock } from "@/server/platform/clock";
import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { announceChange, announceNew } from "../announce";
import { type Audience, type Member, recipientsOf } from "../audience-rules";
import { deliveryQueued } from "../events";
import { BUNDLE_MS, type PersonalTime, planDelivery } from "../rules";
import { type NoticeKind, type NoticeParams, noticeParamsSchema, type OutsideChannel, outsideChannelSchema } from "../schema";
import { readAllPreferences } from "../settings/preference.repository";
import { reachableOn } from "../settings/reachable";
import { findPlace, findWorkspaceTimeZone, listActiveMembers, listViewers } from "./audience.repository";
import { countedKeysOf, joinBundle } from "./bundle-rules";
import {
  type DeliverySeed,
  findOpenBundles,
  insertDeliveries,
  insertNotices,
  lockConversationNotices,
  type NoticeSeed,
  toldAlready,
  writeBundle,
} from "./notice.repository";

export interface NewNotice {
  readonly kind: NoticeKind;
  readonly audience: Audience;
  readonly conversationId?: string | undefined;
  readonly connectionId?: string | undefined;
  readonly orderId?: string | undefined;
  readonly params: NoticeParams;
  /** The same thing is told a person once, however often its event comes. */
  readonly dedupeKey: string;
  /** Who did it: not told about it. */
  readonly exceptUserId?: string | null | undefined;
}

/** What is queued for later than this is left to the minute sweep. */
const SOON_MS = 60_000;

/**
 * Tells the audience something: a notice a person in the browser's list, and deliveries where the person wants them and can be
 * reached, all in the caller's transaction. Nobody hears of a conversation they may not read. New messages of one conversation
 * within a minute become one notice with a count, and nobody is told about the conversation they are looking at.
 * @returns how many people were told something new.
 */
export async function notify(scope: Scope, notice: NewNotice, clock: Clock = systemClock): Promise<{ told: number }> {
  const now = clock.now();
  const recipients = await findRecipients(scope, notice, now);
  if (recipients.length === 0) return { told: 0 };
  const people = await readPeople(scope, recipients);
  const joined = await joinOpenBundles(scope, notice, [...people.keys()], now);
  const fresh = [...people].filter(([userId]) => !joined.has(userId));
  const inserted = await insertNotices(
    scope,
    fresh.flatMap(([userId, person]) => seedFor(notice, userId, person, now)),
  );
  await queueDeliveries(scope, notice.kind, inserted, people, now);
  for (const { id, userId } of inserted) await announceNew(scope, userId, id);
  return { told: inserted.length };
}

async function findRecipients(scope: Scope, notice: NewNotice, now: Date): Promise<Member[]> {
  const { conversationId, audience, exceptUserId } = notice;
  const place = conversationId === undefined ? null : await findPlace(scope, conversationId);
  if (conversationId !== undefined && place === null) return [];
  const recipients = recipientsOf(audience, await listActiveMembers(scope), place, exceptUserId ?? null);
  if (conversationId === undefined || notice.kind !== "new_message") return recipients;
  const viewers = new Set(await listViewers(scope, conversationId, now));
  return recipients.filter((member) => !viewers.has(member.userId));
}

async function readPeople(scope: Scope, recipients: readonly Member[]): Promise<Map<string, PersonalTime>> {
  const workspaceTimeZone = await findWorkspaceTimeZone(scope);
  const all = await readAllPreferences(
    scope,
    recipients.map((member) => member.userId),
  );
  return new Map([...all].map(([userId, preferences]) => [userId, { preferences, workspaceTimeZone }]));
}

/** Adds a message to notices of the same conversation that are still fresh and unread. @returns whose were. */
async function joinOpenBundles(scope: Scope, notice: NewNotice, userIds: readonly string[], now: Date): Promise<Set<string>> {
  const { kind, conversationId, dedupeKey, params } = notice;
  if (kind !== "new_message" || conversationId === undefined) return new Set();
  await lockConversationNotices(scope, conversationId);
  const bundles = await findOpenBundles(scope, conversationId, userIds, new Date(now.getTime() - BUNDLE_MS));
  const joined = await toldAlready(scope, userIds, dedupeKey);
  for (const bundle of bundles) {
    if (joined.has(bundle.userId)) continue;
    joined.add(bundle.userId);
    const next = joinBundle(noticeParamsSchema.parse(bundle.params), countedKeysOf(bundle.params), params, dedupeKey);
    if (next === null) continue;
    await writeBundle(scope, bundle.id, next.params, next.countedKeys);
    await announceChange(scope, bundle.userId);
  }
  return joined;
}

function seedFor(notice: NewNotice, userId: string, { preferences }: PersonalTime, now: Date): NoticeSeed[] {
  const wishes = preferences.matrix[notice.kind];
  if (!wishes.browser && !wishes.telegram && !wishes.email) return [];
  const { kind, conversationId, connectionId, orderId, params, dedupeKey } = notice;
  return [
    {
      userId,
      kind,
      params,
      dedupeKey,
      conversationId: conversationId ?? null,
      connectionId: connectionId ?? null,
      orderId: orderId ?? null,
      countedKeys: [dedupeKey],
      createdAt: now,
      isUnread: wishes.browser,
    },
  ];
}

async function queueDeliveries(
  scope: Scope,
  kind: NoticeKind,
  inserted: readonly { readonly id: string; readonly userId: string }[],
  people: ReadonlyMap<string, PersonalTime>,
  now: Date,
): Promise<void> {
  const reachable = await reachableOn(
    scope,
    inserted.map(({ userId }) => userId),
  );
  const seeds = inserted.flatMap(({ id, userId }): DeliverySeed[] => {
    const person = people.get(userId);
    if (person === undefined) return [];
    const wanted = outsideChannelSchema.options.filter((channel) => person.preferences.matrix[kind][channel] && reachable(userId, channel));
    return wanted.map((channel) => ({ noticeId: id, userId, channel, createdAt: now, ...planDelivery(kind, channel, now, person) }));
  });
  await insertDeliveries(scope, seeds);
  const soon = seeds.filter((seed) => seed.notBefore.getTime() <= now.getTime() + SOON_MS);
  await emit(
    scope.db,
    soon.map((seed) => queued(scope.workspaceId, seed.userId, seed.channel, seed.notBefore)),
  );
}

/** The event that starts carrying out what waits for a person on a channel. */
export function queued(workspaceId: string, userId: string, channel: OutsideChannel, notBefore: Date) {
  return deliveryQueued.create({ workspaceId, userId, channel, target: `${userId}:${channel}`, notBefore: notBefore.toISOString() });
}
