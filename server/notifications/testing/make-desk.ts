import { randomUUID } from "node:crypto";
import type { Actor, MemberSession } from "@/server/access/index";
import { localeSchema, type Role } from "@/server/access/schema";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import type { NoticeDeps } from "../deps";
import { noticePreferencesSchema } from "../schema";
import { writePreferences } from "../settings/preference.repository";

/** A clock that tests turn; noon in London and in UTC. */
export class HandClock {
  constructor(private at = new Date("2026-11-02T12:00:00Z")) {}
  now = (): Date => new Date(this.at);
  pass(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
  set(at: string): void {
    this.at = new Date(at);
  }
}

export interface Desk {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly conversationId: string;
  readonly clock: HandClock;
}

/** A workspace with one shop and one conversation that nobody has yet. */
export async function makeDesk(): Promise<Desk> {
  const [workspaceId, organizationId, connectionId, conversationId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const clock = new HandClock();
  const name = `Workspace ${workspaceId}`;
  await db.workspace.create({ data: { id: workspaceId, name, organizations: { create: { id: organizationId, name: "LLC" } } } });
  await db.connection.create({ data: { id: connectionId, workspaceId, organizationId, connectorId: "ozon", name: "Main shop", health: "auth_failed" } });
  const at = clock.now();
  await db.conversation.create({
    data: {
      id: conversationId,
      workspaceId,
      organizationId,
      connectionId,
      channel: "ozon.chat",
      externalId: conversationId,
      buyerName: "Иван <П.>",
      lastMessageAt: at,
      lastMessagePreview: "Где заказ & чек?",
      nextDeadlineAt: at,
      createdAt: at,
    },
  });
  return { workspaceId, connectionId, conversationId, clock };
}

export interface TestMember {
  readonly userId: string;
  readonly memberId: string;
  readonly email: string;
}

/** A member who never signs in. */
export async function join({ workspaceId }: Desk, role: Role, conversationScope: "all" | "team" | "own" = "all"): Promise<TestMember> {
  const [userId, memberId] = [randomUUID(), randomUUID()];
  const email = `${userId}@example.test`;
  const memberships = { create: { id: memberId, workspaceId, role, conversationScope } };
  await db.user.create({ data: { id: userId, email, name: `Person ${userId}`, passwordHash: "none", memberships } });
  return { userId, memberId, email };
}

/** What a signed-in request of the member would know. */
export async function sessionOf({ workspaceId, clock }: Desk, { memberId }: TestMember): Promise<MemberSession> {
  const row = await db.membership.findUniqueOrThrow({ where: { id: memberId }, include: { user: true, workspace: true } });
  const { user, workspace, userId, role, conversationScope } = row;
  return {
    sessionId: randomUUID(),
    userId,
    workspaceId,
    memberId,
    role,
    conversationScope,
    user: { email: user.email, name: user.name, locale: localeSchema.parse(user.locale) },
    workspace: { name: workspace.name, locale: localeSchema.parse(workspace.locale), timeZone: workspace.timeZone },
    expiresAt: new Date(clock.now().getTime() + 86_400_000),
  };
}

export function actorOf({ userId }: MemberSession): Actor {
  return { kind: "user", id: userId, ip: undefined };
}

export async function makeTeam(desk: Desk, userIds: readonly string[]): Promise<string> {
  const id = randomUUID();
  const members = { create: userIds.map((userId) => ({ userId, workspaceId: desk.workspaceId })) };
  await db.team.create({ data: { id, workspaceId: desk.workspaceId, name: `Team ${id}`, members } });
  return id;
}

export async function give(desk: Desk, to: { readonly assigneeId?: string | null; readonly teamId?: string | null }): Promise<void> {
  await db.conversation.update({ where: { id: desk.conversationId }, data: to });
}

/** Stores choices as the settings page would; what is left out takes the defaults. */
export async function choose(desk: Desk, userId: string, value: unknown): Promise<void> {
  await inWorkspace(desk.workspaceId, (scope) => writePreferences(scope, userId, noticePreferencesSchema.parse(value)));
}

export async function noticesOf(desk: Desk, userId?: string) {
  return db.notice.findMany({ where: { workspaceId: desk.workspaceId, ...(userId === undefined ? {} : { userId }) }, orderBy: { createdAt: "asc" } });
}

export async function deliveriesOf(desk: Desk, userId?: string) {
  const where = { workspaceId: desk.workspaceId, ...(userId === undefined ? {} : { userId }) };
  return db.noticeDelivery.findMany({ where, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
}

/** Events written for the durable functions. */
export async function eventsOf(desk: Desk, name: string) {
  const rows = await db.engineEvent.findMany({ where: { name } });
  return rows.map((row) => row.data as Record<string, unknown>).filter((data) => data["workspaceId"] === desk.workspaceId);
}

export function depsOf(desk: Desk, over: Partial<NoticeDeps> = {}): NoticeDeps {
  return {
    clock: desk.clock,
    telegramBaseUrl: "http://127.0.0.1:1/telegram",
    publicUrl: "http://127.0.0.1:3000",
    allowedOrigins: ["smtp://127.0.0.1", "smtp://localhost"],
    timeoutMs: 1_500,
    ...over,
  };
}
