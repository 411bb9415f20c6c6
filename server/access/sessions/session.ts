import type { ConversationScope, Locale, Role } from "../schema";

/** A live session of an active member: what every signed-in request knows about its caller. */
export interface MemberSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly workspaceId: string;
  readonly memberId: string;
  readonly role: Role;
  readonly conversationScope: ConversationScope;
  readonly user: { readonly email: string; readonly name: string; readonly locale: Locale };
  readonly workspace: { readonly name: string; readonly locale: Locale; readonly timeZone: string };
  readonly expiresAt: Date;
}

/** Who does something from where: what use cases hand to the audit (`writeAudit(scope, { actor, ip: actor.ip, … })`). */
export interface Actor {
  readonly kind: "user";
  readonly id: string;
  readonly ip: string | undefined;
}

/** Where a request comes from. */
export interface Origin {
  readonly ip: string | null;
  readonly userAgent: string | null;
}
