import { maySee, type Place, toViewer } from "@/server/access/index";
import type { ConversationScope, Role } from "@/server/access/schema";

/** Who is told. Pure. */
export interface Member {
  readonly userId: string;
  readonly role: Role;
  readonly conversationScope: ConversationScope;
  readonly teamIds: readonly string[];
  /** By their role: `inbox.read`. */
  readonly mayReadInbox: boolean;
  /** By their role: `orders.write`. */
  readonly mayChangeOrders: boolean;
}

/** What a deadline policy's escalation may name. */
export type EscalationTarget = "assignee" | "team" | "admins";

export type Audience =
  | { readonly type: "people"; readonly userIds: readonly string[] }
  /** The assignee, else the team, else everybody who may read it. */
  | { readonly type: "conversation" }
  | { readonly type: "escalation"; readonly targets: readonly EscalationTarget[] }
  /** One person, else the assignee, else the admins. */
  | { readonly type: "author"; readonly userId: string | null }
  /** Who asked for it while they may still act, else everybody who may. */
  | { readonly type: "order"; readonly requestedBy: string | null }
  | { readonly type: "admins" };

export const isAdmin = (member: Pick<Member, "role">) => member.role === "owner" || member.role === "admin";

/** Nobody is told of a conversation they could not open. */
export const mayBeTold = (member: Member, place: Place): boolean => member.mayReadInbox && maySee(toViewer(member, member.teamIds), place);

/**
 * The members an audience stands for. Whoever may not read the conversation is never told about it, and nobody about what they
 * did themselves.
 */
export function recipientsOf(audience: Audience, members: readonly Member[], place: Place | null, exceptUserId: string | null = null): Member[] {
  const able = place === null ? members : members.filter((member) => mayBeTold(member, place));
  const chosen = choose(audience, able, place);
  return chosen.filter((member) => member.userId !== exceptUserId);
}

function choose(audience: Audience, able: readonly Member[], place: Place | null): readonly Member[] {
  switch (audience.type) {
    case "people":
      return able.filter((member) => audience.userIds.includes(member.userId));
    case "admins":
      return able.filter(isAdmin);
    case "order": {
      const acting = able.filter((member) => member.mayChangeOrders);
      return firstNonEmpty([acting.filter((member) => member.userId === audience.requestedBy), acting]);
    }
    case "author":
      return firstNonEmpty([able.filter((member) => member.userId === audience.userId), assigneeAmong(able, place), able.filter(isAdmin)]);
    case "escalation": {
      const named = new Set(audience.targets.flatMap((target) => escalated(target, able, place)));
      return named.size > 0 ? [...named] : choose({ type: "conversation" }, able, place);
    }
    case "conversation":
      return firstNonEmpty([assigneeAmong(able, place), teamAmong(able, place), able]);
  }
}

function escalated(target: EscalationTarget, able: readonly Member[], place: Place | null): readonly Member[] {
  if (target === "admins") return able.filter(isAdmin);
  return target === "team" ? teamAmong(able, place) : assigneeAmong(able, place);
}

const assigneeAmong = (able: readonly Member[], place: Place | null) => able.filter((member) => place !== null && member.userId === place.assigneeId);

function teamAmong(able: readonly Member[], place: Place | null): readonly Member[] {
  const teamId = place?.teamId ?? null;
  return teamId === null ? [] : able.filter((member) => member.teamIds.includes(teamId));
}

function firstNonEmpty(lists: readonly (readonly Member[])[]): readonly Member[] {
  return lists.find((list) => list.length > 0) ?? [];
}
