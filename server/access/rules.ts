import { type Locale, localeSchema, type Role } from "./schema";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A session unused for this long ends. */
export const SESSION_IDLE_MS = 14 * DAY_MS;
/** However busy, a session ends this long after sign-in. */
export const SESSION_ABSOLUTE_MS = 90 * DAY_MS;
/** How exact "last seen" is; keeps a busy browser from writing on every request. */
export const SESSION_TOUCH_MS = MINUTE_MS;
export const INVITATION_LIFE_MS = 7 * DAY_MS;

/** When a session used at `now` ends unless it is used again. */
export function sessionDeadline(createdAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + SESSION_IDLE_MS, createdAt.getTime() + SESSION_ABSOLUTE_MS));
}

export type InvitationState = "pending" | "accepted" | "revoked" | "expired";

export function invitationState(row: { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date }, now: Date): InvitationState {
  if (row.acceptedAt !== null) return "accepted";
  if (row.revokedAt !== null) return "revoked";
  return row.expiresAt <= now ? "expired" : "pending";
}

interface MemberFacts {
  readonly role: Role;
  readonly isDisabled: boolean;
}

/** What stands against a change of a member, as an error code; null = nothing. */
export function refuseMemberChange(change: {
  readonly actorIsOwner: boolean;
  readonly actorIsTarget: boolean;
  readonly before: MemberFacts;
  readonly after: MemberFacts;
  /** Active owners of the workspace other than the target. */
  readonly otherActiveOwners: number;
}): string | null {
  const touchesOwners = change.before.role === "owner" || change.after.role === "owner";
  if (touchesOwners && !change.actorIsOwner) return "member.owner_needed";
  const wasActiveOwner = change.before.role === "owner" && !change.before.isDisabled;
  const staysActiveOwner = change.after.role === "owner" && !change.after.isDisabled;
  if (wasActiveOwner && !staysActiveOwner && change.otherActiveOwners === 0) return "member.last_owner";
  if (change.actorIsTarget && change.after.isDisabled) return "member.not_yourself";
  return null;
}

/** A stored locale that is not offered any more falls back to English. */
export function knownLocale(stored: string): Locale {
  return localeSchema.catch("en").parse(stored);
}
