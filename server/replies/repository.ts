import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { ListTemplatesInput, SaveTemplateInput } from "./schema";

export interface TemplateRow {
  readonly id: string;
  readonly ownerId: string | null;
  readonly title: string;
  readonly shortcut: string | null;
  readonly text: string;
  readonly channels: string[];
  readonly useCount: number;
  readonly updatedAt: Date;
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** The workspace's and the person's own, best match first. */
export async function listTemplateRows(scope: Scope, userId: string, { channel, query, limit }: ListTemplatesInput): Promise<TemplateRow[]> {
  const fits = channel === undefined ? Prisma.empty : Prisma.sql`AND (coalesce(cardinality(channels), 0) = 0 OR ${channel} = ANY(channels))`;
  const pattern = `%${escapeLike(query)}%`;
  const begins = `${escapeLike(query.toLowerCase())}%`;
  const matches = query === "" ? Prisma.empty : Prisma.sql`AND (shortcut LIKE ${begins} OR title ILIKE ${pattern} OR text ILIKE ${pattern})`;
  const rank =
    query === ""
      ? Prisma.empty
      : Prisma.sql`CASE WHEN shortcut = ${query.toLowerCase()} THEN 0 WHEN shortcut LIKE ${begins} THEN 1 WHEN title ILIKE ${pattern} THEN 2 ELSE 3 END,`;
  return scope.db.$queryRaw<TemplateRow[]>(Prisma.sql`
    SELECT id, owner_id AS "ownerId", title, shortcut, text, coalesce(channels, '{}') AS channels, use_count AS "useCount", updated_at AS "updatedAt" FROM reply_template
    WHERE workspace_id = ${scope.workspaceId}::uuid AND archived_at IS NULL AND (owner_id IS NULL OR owner_id = ${userId}::uuid) ${fits} ${matches}
    ORDER BY ${rank} use_count DESC, title, id LIMIT ${limit}`);
}

/** Another person's private template is not there. */
export async function findTemplate(scope: Scope, userId: string, templateId: string): Promise<TemplateRow | null> {
  return scope.db.replyTemplate.findFirst({
    where: { workspaceId: scope.workspaceId, id: templateId, archivedAt: null, OR: [{ ownerId: null }, { ownerId: userId }] },
    select: { id: true, ownerId: true, title: true, shortcut: true, text: true, channels: true, useCount: true, updatedAt: true },
  });
}

export interface TemplateFields extends Omit<SaveTemplateInput, "templateId" | "isShared"> {
  readonly ownerId: string | null;
}

export async function insertTemplate(scope: Scope, id: string, fields: TemplateFields): Promise<void> {
  await scope.db.replyTemplate.create({ data: { id, workspaceId: scope.workspaceId, ...fields } });
}

export async function updateTemplate(scope: Scope, id: string, fields: Partial<TemplateFields> & { archivedAt?: Date }): Promise<void> {
  await scope.db.replyTemplate.updateMany({ where: { workspaceId: scope.workspaceId, id }, data: fields });
}

export async function countUse(scope: Scope, id: string): Promise<void> {
  await scope.db.$executeRaw`UPDATE reply_template SET use_count = use_count + 1 WHERE workspace_id = ${scope.workspaceId}::uuid AND id = ${id}::uuid`;
}

export async function nameOfUser(scope: Scope, userId: string): Promise<string | null> {
  const row = await scope.db.user.findFirst({ where: { id: userId, memberships: { some: { workspaceId: scope.workspaceId } } }, select: { name: true } });
  return row?.name ?? null;
}
