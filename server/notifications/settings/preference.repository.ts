import type { Scope } from "@/server/platform/transaction";
import { type NoticePreferences, noticePreferencesSchema } from "../schema";

const SECTION = "notices";

/** A member's choices; what is missing or was written by an older version takes the defaults. */
export async function readPreferences(scope: Scope, userId: string): Promise<NoticePreferences> {
  return (await readAllPreferences(scope, [userId])).get(userId) ?? noticePreferencesSchema.parse({});
}

export async function readAllPreferences({ workspaceId, db }: Scope, userIds: readonly string[]): Promise<Map<string, NoticePreferences>> {
  const rows = await db.memberPreference.findMany({ where: { workspaceId, section: SECTION, userId: { in: [...userIds] } } });
  const stored = new Map(rows.map((row) => [row.userId, row.value]));
  return new Map(userIds.map((userId) => [userId, parsePreferences(stored.get(userId))]));
}

function parsePreferences(value: unknown): NoticePreferences {
  const parsed = noticePreferencesSchema.safeParse(value ?? {});
  return parsed.success ? parsed.data : noticePreferencesSchema.parse({});
}

export async function writePreferences({ workspaceId, db }: Scope, userId: string, value: NoticePreferences): Promise<void> {
  await db.memberPreference.upsert({
    where: { workspaceId_userId_section: { workspaceId, userId, section: SECTION } },
    create: { workspaceId, userId, section: SECTION, value },
    update: { value },
  });
}
