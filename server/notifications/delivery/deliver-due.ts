import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { mayBeTold } from "../audience-rules";
import { type NoticeDeps, processDeps } from "../deps";
import { findPlace, listActiveMembers, type PlaceRow } from "../notify/audience.repository";
import { viewOf } from "../reading/notice-view";
import { zoneOf } from "../rules";
import { type NoticeKind, noticeKindSchema, type OutsideChannel } from "../schema";
import { findPerson } from "../settings/person.repository";
import { readPreferences } from "../settings/preference.repository";
import { type Carrier, findCarrier, type Message, type Recipient } from "./carrier";
import { wordsFor } from "./compose";
import { type Claimed, claimDue, findNotices, nextDueAt, type Outcome, settle } from "./delivery.repository";
import { DeliveryFailure } from "./delivery-failure";
import { judge, LEASE_MS, MOST_IN_ONE } from "./delivery-rules";
import { rememberOutcome } from "./remember-outcome";

export interface DeliverTo {
  readonly workspaceId: string;
  readonly userId: string;
  readonly channel: OutsideChannel;
}

/** `moved`: something was carried out or left out, look again; `later`: the next thing waits until then; `idle`: nothing waits. */
export type Delivered = { readonly kind: "moved" } | { readonly kind: "idle" } | { readonly kind: "later"; readonly at: string };

type NoticeRow = Awaited<ReturnType<typeof findNotices>>[number];

interface Ready {
  readonly claimed: readonly Claimed[];
  readonly notices: readonly NoticeRow[];
  readonly recipient: Recipient;
  readonly carrier: Carrier;
}

/**
 * Carries out what is due for one person on one channel: all of it in one message. The rows are leased before anything leaves, so
 * that two workers never send the same; a process that dies between the other side's "yes" and our note of it sends once more when
 * the lease ends: a notice may come twice, it never gets lost.
 */
export async function deliverDue(to: DeliverTo, deps: NoticeDeps = processDeps()): Promise<Delivered> {
  const now = deps.clock.now();
  const step = await inWorkspace(to.workspaceId, async (scope) => {
    const claimed = await claimDue(scope, to, now, new Date(now.getTime() + LEASE_MS), MOST_IN_ONE);
    if (claimed.length === 0) return { claimed, ready: null, next: await nextDueAt(scope, to) };
    return { claimed, ready: await prepare(scope, to, claimed, now), next: null };
  });
  if (step.claimed.length === 0) return step.next === null ? { kind: "idle" } : { kind: "later", at: step.next.toISOString() };
  if (step.ready !== null) await carry(to, step.ready, deps);
  return { kind: "moved" };
}

const skipped = (code: string): Outcome => ({ status: "skipped", errorCode: `notices.skipped.${code}`, errorText: null, notBefore: null });

/** Looks again at everything that may have changed since it was queued, and settles what need not leave any more. */
async function prepare(scope: Scope, to: DeliverTo, claimed: readonly Claimed[], now: Date): Promise<Ready | null> {
  const person = await findPerson(scope, to.userId);
  const carrier = person === null ? "not_reachable" : await findCarrier(scope, person, to.channel);
  if (person === null || typeof carrier === "string") {
    await settle(scope, claimed, skipped(typeof carrier === "string" ? carrier : "not_reachable"), now);
    return null;
  }
  const preferences = await readPreferences(scope, to.userId);
  const noticeIds = claimed.flatMap(({ noticeId }) => (noticeId === null ? [] : [noticeId]));
  const rows = new Map((await findNotices(scope, to.userId, noticeIds)).map((row) => [row.id, row]));
  const sight = await sightOf(scope, to.userId);
  const kept: { claim: Claimed; row: NoticeRow }[] = [];
  for (const claim of claimed) {
    const row = rows.get(claim.noticeId ?? "");
    const reason = row === undefined ? "not_wanted" : await reasonToSkip(row, to.channel, preferences, sight);
    if (row === undefined || reason !== null) await settle(scope, [claim], skipped(reason ?? "not_wanted"), now);
    else kept.push({ claim, row });
  }
  if (kept.length === 0) return null;
  return { claimed: kept.map(({ claim }) => claim), notices: kept.map(({ row }) => row), recipient: { person, preferences }, carrier };
}

/** What the person may see and do by now. */
interface Sight {
  readonly placeOf: (conversationId: string) => Promise<PlaceRow | null>;
  readonly mayChangeOrders: boolean;
}

async function reasonToSkip(row: NoticeRow, channel: OutsideChannel, { matrix }: Recipient["preferences"], sight: Sight): Promise<string | null> {
  const kind = noticeKindSchema.parse(row.kind);
  // Somebody who wants nothing in the browser has it as seen from the first moment.
  if (row.readAt !== null && row.readAt > row.createdAt) return "read_already";
  if (!matrix[kind][channel]) return "not_wanted";
  if (row.orderId !== null && !sight.mayChangeOrders) return "not_visible";
  if (row.conversationId === null) return null;
  const place = await sight.placeOf(row.conversationId);
  if (place === null) return "not_visible";
  return isOver(kind, place) ? "answered_already" : null;
}

/** Whether somebody has done meanwhile what the notice asks for. */
function isOver(kind: NoticeKind, place: PlaceRow): boolean {
  if (kind === "new_message") return place.lastMessageSide === "seller";
  return (kind === "deadline_near" || kind === "deadline_breached") && place.nextDeadlineAt === null;
}

/** Conversations as the person may see them now, null = not at all, and whether they may still act on orders. */
async function sightOf(scope: Scope, userId: string): Promise<Sight> {
  const member = (await listActiveMembers(scope)).find((one) => one.userId === userId);
  return {
    mayChangeOrders: member?.mayChangeOrders ?? false,
    async placeOf(conversationId) {
      const place = await findPlace(scope, conversationId);
      return member !== undefined && place !== null && mayBeTold(member, place) ? place : null;
    },
  };
}

async function carry(to: DeliverTo, { claimed, notices, recipient, carrier }: Ready, deps: NoticeDeps): Promise<void> {
  const failure = await carrier.send(await messageOf(claimed, notices, recipient, deps), deps).then(
    () => null,
    (error: unknown) => {
      if (error instanceof DeliveryFailure) return error;
      throw error;
    },
  );
  const now = deps.clock.now();
  await inWorkspace(to.workspaceId, async (scope) => {
    await rememberOutcome(scope, to, carrier, failure, now);
    for (const claim of claimed) await settle(scope, [claim], outcomeOf(failure, claim.attempts, now), now);
  });
}

function outcomeOf(failure: DeliveryFailure | null, attempts: number, now: Date): Outcome {
  if (failure === null) return { status: "sent", errorCode: null, errorText: null, notBefore: null };
  const verdict = judge(failure, attempts, now);
  const notBefore = verdict.state === "waiting" ? verdict.notBefore : null;
  return { status: verdict.state, errorCode: verdict.code, errorText: verdict.text, notBefore };
}

async function messageOf(claimed: readonly Claimed[], notices: readonly NoticeRow[], { person, preferences }: Recipient, deps: NoticeDeps): Promise<Message> {
  const timeZone = zoneOf({ preferences, workspaceTimeZone: person.workspaceTimeZone });
  const words = await wordsFor(
    { locale: person.locale, timeZone, workspaceName: person.workspaceName, withPreview: preferences.previewOutside },
    deps.publicUrl,
  );
  const [first] = claimed;
  return {
    messageId: first?.id ?? "",
    form: first?.form === "digest" ? "digest" : "single",
    said: notices.map((row) => words.say(viewOf(row))),
    words,
  };
}
