import { newId } from "@/lib/ids";
import type { Scope } from "@/server/platform/transaction";
import type { OutsideChannel } from "../schema";

/** Rows of `notice_address`: where a member can be reached, one a channel. */
export async function findAddress({ workspaceId, db }: Scope, userId: string, channel: OutsideChannel) {
  return db.noticeAddress.findUnique({ where: { workspaceId_userId_channel: { workspaceId, userId, channel } } });
}

export type AddressRow = NonNullable<Awaited<ReturnType<typeof findAddress>>>;

export async function listAddresses({ workspaceId, db }: Scope, userIds: readonly string[]): Promise<AddressRow[]> {
  return db.noticeAddress.findMany({ where: { workspaceId, userId: { in: [...userIds] } } });
}

export async function countLinked({ workspaceId, db }: Scope): Promise<number> {
  return db.noticeAddress.count({ where: { workspaceId, channel: "telegram", address: { not: null }, brokenCode: null } });
}

/** A new one-time link; a chat that is linked already stays so until the new link is used. */
export async function putLink({ workspaceId, db }: Scope, userId: string, link: { readonly tokenHash: string; readonly expiresAt: Date }): Promise<void> {
  const data = { linkTokenHash: link.tokenHash, linkExpiresAt: link.expiresAt };
  await db.noticeAddress.upsert({
    where: { workspaceId_userId_channel: { workspaceId, userId, channel: "telegram" } },
    create: { id: newId(), workspaceId, userId, channel: "telegram", ...data },
    update: data,
  });
}

/** Uses a link up: of two presses of Start one wins. @returns whose it was, or null when it is unknown, used or too old. */
export async function takeLink(
  { workspaceId, db }: Scope,
  tokenHash: string,
  chat: { readonly id: string; readonly label: string },
  now: Date,
): Promise<string | null> {
  const [row] = await db.noticeAddress.updateManyAndReturn({
    where: { workspaceId, channel: "telegram", linkTokenHash: tokenHash, linkExpiresAt: { gt: now } },
    data: { address: chat.id, label: chat.label, verifiedAt: now, brokenCode: null, linkTokenHash: null, linkExpiresAt: null },
    select: { userId: true },
  });
  return row?.userId ?? null;
}

export async function pendingLinks({ workspaceId, db }: Scope, now: Date): Promise<number> {
  return db.noticeAddress.count({ where: { workspaceId, channel: "telegram", linkTokenHash: { not: null }, linkExpiresAt: { gt: now } } });
}

export async function removeAddress({ workspaceId, db }: Scope, userId: string, channel: OutsideChannel): Promise<void> {
  await db.noticeAddress.deleteMany({ where: { workspaceId, userId, channel } });
}

export async function forgetTelegramAddresses({ workspaceId, db }: Scope): Promise<void> {
  await db.noticeAddress.deleteMany({ where: { workspaceId, channel: "telegram" } });
}

/** Marks a chat or mail address as unreachable, or, with null, as reachable again. @returns the people it concerns. */
export async function markAddress({ workspaceId, db }: Scope, channel: OutsideChannel, address: string, brokenCode: string | null): Promise<string[]> {
  const rows = await db.noticeAddress.updateManyAndReturn({ where: { workspaceId, channel, address }, data: { brokenCode }, select: { userId: true } });
  return rows.map((row) => row.userId);
}

/** A member's mail address is their account's; a row exists only to remember that it does not work. */
export async function markMailBroken({ workspaceId, db }: Scope, userId: string, address: string, brokenCode: string | null): Promise<void> {
  const data = { address, label: address, brokenCode };
  await db.noticeAddress.upsert({
    where: { workspaceId_userId_channel: { workspaceId, userId, channel: "email" } },
    create: { id: newId(), workspaceId, userId, channel: "email", ...data },
    update: data,
  });
}

/** A chat got another id (a group that grew); private chats never do, but the service may say so. */
export async function moveAddress({ workspaceId, db }: Scope, from: string, to: string): Promise<void> {
  await db.noticeAddress.updateMany({ where: { workspaceId, channel: "telegram", address: from }, data: { address: to } });
}
