import { isPermitted } from "@/server/access/index";
import type { Scope } from "@/server/platform/transaction";
import type { Member } from "../audience-rules";

/** Active members with what decides whether they may be told. */
export async function listActiveMembers({ workspaceId, db }: Scope): Promise<Member[]> {
  const rows = await db.membership.findMany({
    where: { workspaceId, disabledAt: null },
    select: { userId: true, role: true, conversationScope: true },
    orderBy: { createdAt: "asc" },
  });
  const teams = await db.teamMember.findMany({
    where: { workspaceId, userId: { in: rows.map((row) => row.userId) }, team: { archivedAt: null } },
    select: { userId: true, teamId: true },
  });
  return rows.map((row) => ({
    ...row,
    teamIds: teams.filter((team) => team.userId === row.userId).map((team) => team.teamId),
    mayReadInbox: isPermitted(row.role, "inbox.read"),
    mayChangeOrders: isPermitted(row.role, "orders.write"),
  }));
}

export async function findPlace({ workspaceId, db }: Scope, conversationId: string) {
  return db.conversation.findFirst({
    where: { workspaceId, id: conversationId },
    select: {
      assigneeId: true,
      teamId: true,
      buyerName: true,
      channel: true,
      lastMessagePreview: true,
      lastMessageSide: true,
      nextDeadlineAt: true,
      status: true,
    },
  });
}

export type PlaceRow = NonNullable<Awaited<ReturnType<typeof findPlace>>>;

/** The name of a connection in use that is still in that state. */
export async function findConnectionName({ workspaceId, db }: Scope, connectionId: string): Promise<string | null> {
  const where = { workspaceId, id: connectionId, removedAt: null, isActive: true };
  return (await db.connection.findFirst({ where, select: { name: true } }))?.name ?? null;
}

/** What an order is called, and the system of its shop. */
export async function findOrderName({ workspaceId, db }: Scope, orderId: string): Promise<{ number: string; connectorId: string } | null> {
  const order = await db.order.findFirst({ where: { workspaceId, id: orderId }, select: { number: true, connectionId: true } });
  if (order === null) return null;
  const connection = await db.connection.findFirst({ where: { workspaceId, id: order.connectionId }, select: { connectorId: true } });
  return connection === null ? null : { number: order.number, connectorId: connection.connectorId };
}

export async function findNoteText({ workspaceId, db }: Scope, noteId: string): Promise<string | null> {
  return (await db.note.findFirst({ where: { workspaceId, id: noteId, deletedAt: null }, select: { text: true } }))?.text ?? null;
}

/** Names of people, members or not any more. */
export async function findPersonName({ db }: Scope, userId: string): Promise<string | null> {
  return (await db.user.findUnique({ where: { id: userId }, select: { name: true } }))?.name ?? null;
}

/** Who has the conversation open right now. */
export async function listViewers({ workspaceId, db }: Scope, conversationId: string, now: Date): Promise<string[]> {
  const rows = await db.conversationPresence.findMany({ where: { workspaceId, conversationId, until: { gt: now } }, select: { userId: true } });
  return rows.map((row) => row.userId);
}

export async function findWorkspaceTimeZone({ workspaceId, db }: Scope): Promise<string> {
  return (await db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { timeZone: true } })).timeZone;
}
