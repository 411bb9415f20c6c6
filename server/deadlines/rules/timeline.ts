import type { Pause, PauseReason } from "./counting";
import type { ConversationTraits } from "./policies";

/**
 * What happens in a conversation, as far as deadlines care. Instants are the service's clock for messages, ours for the rest.
 *
 * `reply`: written by a person of ours, here or in the marketplace's own cabinet; bots and the system answer nobody.
 * `resolved`: settles the buyer's messages up to `settlesUntil` (what the person had seen). `reopened` by a person counts
 * what was settled again, with the time between left out. `outage-*`: of the marketplace or our access to it.
 */
export type TimelineEvent =
  | { readonly kind: "buyer-message"; readonly at: Date }
  | { readonly kind: "reply"; readonly at: Date; readonly by: "person" | "bot" }
  | { readonly kind: "resolved"; readonly at: Date; readonly settlesUntil?: Date | undefined }
  | { readonly kind: "reopened"; readonly at: Date; readonly by: "person" | "buyer" | "service" }
  | { readonly kind: "closed"; readonly at: Date }
  | { readonly kind: "snoozed"; readonly at: Date; readonly until: Date | null }
  | { readonly kind: "woken"; readonly at: Date }
  | { readonly kind: "pending"; readonly at: Date }
  | { readonly kind: "assigned"; readonly at: Date; readonly teamId: string | null }
  | { readonly kind: "labelled"; readonly at: Date; readonly labelIds: readonly string[] }
  | { readonly kind: "outage-start"; readonly at: Date }
  | { readonly kind: "outage-end"; readonly at: Date };

type StatusEvent = Extract<TimelineEvent, { readonly kind: "resolved" | "reopened" | "closed" | "snoozed" | "woken" | "pending" }>;

export type Ending = "reply" | "resolved" | "closed";

/** A stretch in which the buyer waits for us: from the oldest unanswered message until a reply, or until a person or the service ends it. */
export interface Wait {
  readonly isFirst: boolean;
  readonly startedAt: Date;
  readonly lastBuyerMessageAt: Date;
  readonly end: { readonly at: Date; readonly by: Ending } | null;
  /** As they were when it ended, or are now. */
  readonly traits: ConversationTraits;
}

export interface Waits {
  /** Oldest first; only the last can be open. */
  readonly waits: readonly Wait[];
  /** Every pause of the conversation, whatever a policy makes of it. */
  readonly pauses: readonly Pause[];
}

interface OpenWait {
  isFirst: boolean;
  startedAt: Date;
  lastBuyerMessageAt: Date;
  end: { at: Date; by: Ending } | null;
  traits: ConversationTraits;
}

interface RunningPause {
  readonly reason: PauseReason;
  readonly from: Date;
  /** Ends by itself then. */
  readonly until: Date | null;
}

/** At one instant a reply comes before the buyer's word (it cannot have answered it), and a person's decision after both. */
const RANK: Readonly<Record<TimelineEvent["kind"], number>> = {
  assigned: 0,
  labelled: 0,
  "outage-end": 1,
  "outage-start": 2,
  reply: 3,
  "buyer-message": 4,
  resolved: 5,
  closed: 5,
  pending: 5,
  snoozed: 5,
  woken: 5,
  reopened: 5,
};

/** Reads a timeline from its first event on. The order of events in the list does not matter, except of equal ones at one instant. */
class Fold {
  readonly waits: OpenWait[] = [];
  readonly pauses: Pause[] = [];
  private traits: ConversationTraits;
  private hasReplied: boolean;
  private unanswered: Date[] = [];
  private settledUntil: Date | null = null;
  private isClosed = false;
  private running = new Map<PauseReason, RunningPause>();

  constructor(traits: ConversationTraits, hasReplied: boolean) {
    this.traits = traits;
    this.hasReplied = hasReplied;
  }

  apply(event: TimelineEvent): void {
    switch (event.kind) {
      case "buyer-message":
        this.buyerWrote(event.at);
        break;
      case "reply":
        if (event.by === "person") this.replied(event.at);
        break;
      case "assigned":
        this.traits = { ...this.traits, teamId: event.teamId };
        break;
      case "labelled":
        this.traits = { ...this.traits, labelIds: event.labelIds };
        break;
      case "outage-start":
        if (!this.running.has("outage")) this.begin("outage", event.at, null);
        break;
      case "outage-end":
        this.stop("outage", event.at);
        break;
      default:
        this.statusChanged(event);
    }
  }

  private statusChanged(event: StatusEvent): void {
    switch (event.kind) {
      case "resolved":
        this.resolved(event.at, event.settlesUntil ?? event.at);
        break;
      case "reopened":
        this.reopened(event.at, event.by);
        break;
      case "closed":
        this.isClosed = true;
        this.endStatusPauses(event.at);
        this.begin("closed", event.at, null);
        this.settle(event.at, "closed");
        break;
      case "snoozed":
        this.endStatusPauses(event.at);
        this.begin("snoozed", event.at, event.until);
        break;
      case "pending":
        this.endStatusPauses(event.at);
        this.begin("pending", event.at, null);
        break;
      case "woken":
        this.stop("snoozed", event.at);
        break;
    }
  }

  /** What is still open takes the traits of now; what still pauses goes on. */
  finish(): Waits {
    const open = this.openWait();
    if (open !== undefined) open.traits = this.traits;
    for (const { reason, from, until } of this.running.values()) this.pauses.push({ reason, from, to: until });
    return { waits: this.waits, pauses: this.pauses };
  }

  private buyerWrote(at: Date): void {
    this.unanswered.push(at);
    this.endStatusPauses(at);
    this.isClosed = false;
    this.settle(at, "resolved");
    const open = this.openWait();
    if (open !== undefined && open.lastBuyerMessageAt < at) open.lastBuyerMessageAt = at;
  }

  private replied(at: Date): void {
    this.hasReplied = true;
    this.unanswered = [];
    const open = this.openWait();
    if (open !== undefined) this.end(open, at, "reply");
  }

  private resolved(at: Date, settlesUntil: Date): void {
    this.settledUntil = settlesUntil;
    this.isClosed = false;
    this.endStatusPauses(at);
    this.settle(at, "resolved");
    if (this.openWait() === undefined) this.begin("resolved", at, null);
  }

  private reopened(at: Date, by: "person" | "buyer" | "service"): void {
    if (by === "person") this.settledUntil = null;
    this.isClosed = false;
    this.endStatusPauses(at);
    this.settle(at, "resolved");
  }

  /** Brings the waits into line with what is owed now: ends, opens or takes up again. */
  private settle(at: Date, by: Ending): void {
    const { settledUntil } = this;
    const since = this.isClosed ? undefined : this.unanswered.find((message) => settledUntil === null || message > settledUntil);
    const open = this.openWait();
    if (since?.getTime() === open?.startedAt.getTime()) return;
    if (open !== undefined && (since === undefined || since > open.startedAt)) this.end(open, at, by);
    if (since !== undefined) this.openSince(since);
  }

  private openSince(startedAt: Date): void {
    const lastBuyerMessageAt = this.unanswered.at(-1) ?? startedAt;
    // Waits for later messages are part of the one that is taken up again.
    while ((this.waits.at(-1)?.startedAt ?? startedAt) > startedAt) this.waits.pop();
    const earlier = this.waits.at(-1);
    if (earlier !== undefined && earlier.startedAt.getTime() === startedAt.getTime() && earlier.end?.by !== "reply") {
      Object.assign(earlier, { end: null, lastBuyerMessageAt });
      return;
    }
    this.waits.push({ isFirst: !this.hasReplied, startedAt, lastBuyerMessageAt, end: null, traits: this.traits });
  }

  private openWait(): OpenWait | undefined {
    const last = this.waits.at(-1);
    return last?.end === null ? last : undefined;
  }

  private end(wait: OpenWait, at: Date, by: Ending): void {
    wait.end = { at, by };
    wait.traits = this.traits;
  }

  private begin(reason: PauseReason, from: Date, until: Date | null): void {
    this.running.set(reason, { reason, from, until });
  }

  private stop(reason: PauseReason, at: Date): void {
    const pause = this.running.get(reason);
    if (pause === undefined) return;
    this.running.delete(reason);
    this.pauses.push({ reason, from: pause.from, to: pause.until !== null && pause.until < at ? pause.until : at });
  }

  /** A status takes the place of the one before; an outage is none. */
  private endStatusPauses(at: Date): void {
    for (const reason of ["snoozed", "pending", "resolved", "closed"] as const) this.stop(reason, at);
  }
}

export interface TimelineStart {
  readonly traits: ConversationTraits;
  /** Whether one of us had replied before the first event given. */
  readonly hasReplied: boolean;
}

/**
 * Who waited for whom, and when: folds a conversation's events into waits and pauses. At most one wait is open at a time: the
 * oldest unanswered message counts, later ones of the buyer do not move it.
 */
export function foldTimeline(events: readonly TimelineEvent[], start: TimelineStart): Waits {
  const fold = new Fold(start.traits, start.hasReplied);
  for (const event of [...events].sort((a, b) => a.at.getTime() - b.at.getTime() || RANK[a.kind] - RANK[b.kind])) fold.apply(event);
  return fold.finish();
}
