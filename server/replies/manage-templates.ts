import { newId } from "@/lib/ids";
import { unknownVariables } from "@/lib/reply-template";
import { screen } from "@/server/moderation/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { forbidden, invalid, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { countUse, findTemplate, insertTemplate, listTemplateRows, type TemplateRow, updateTemplate } from "./repository";
import type { ListTemplatesInput, SaveTemplateInput, TemplateView } from "./schema";

/** Who works with templates; shared ones change for everybody, so they take a right of their own. */
export interface Author {
  readonly userId: string;
  readonly mayShare: boolean;
}

export async function listTemplates(scope: Scope, userId: string, input: ListTemplatesInput): Promise<{ templates: TemplateView[] }> {
  const rows = await listTemplateRows(scope, userId, input);
  return { templates: rows.map(({ ownerId, ...row }) => ({ ...row, isShared: ownerId === null, isMine: ownerId === userId })) };
}

/**
 * Makes or changes a template. What the guard would stop is told at once and stops nobody from saving: the words may be meant for
 * a channel of one's own.
 * @throws AppError `replies.template_not_found`, `replies.sharing_forbidden`, `replies.unknown_variable`.
 */
export async function saveTemplate(
  scope: Scope,
  author: Author,
  { templateId, isShared, ...input }: SaveTemplateInput,
): Promise<{ id: string; warnings: { kind: string; matched: string }[] }> {
  const before = templateId === undefined ? null : await own(scope, author, templateId);
  if (isShared && !author.mayShare) throw forbidden("replies.sharing_forbidden");
  const [unknown] = unknownVariables(input.text);
  if (unknown !== undefined) throw invalid("replies.unknown_variable", { name: unknown });
  const fields = { ...input, ownerId: isShared ? null : author.userId };
  const id = before?.id ?? newId();
  if (before === null) await insertTemplate(scope, id, fields);
  else await updateTemplate(scope, id, fields);
  return { id, warnings: screen({ text: input.text }).findings.map(({ kind, matched }) => ({ kind, matched })) };
}

/** @throws AppError `replies.template_not_found`, `replies.sharing_forbidden`. */
export async function archiveTemplate(scope: Scope, author: Author, templateId: string, clock: Clock = systemClock): Promise<void> {
  const { id } = await own(scope, author, templateId);
  await updateTemplate(scope, id, { archivedAt: clock.now() });
}

async function own(scope: Scope, author: Author, templateId: string): Promise<TemplateRow> {
  const row = await findTemplate(scope, author.userId, templateId);
  if (row === null) throw notFound("replies.template_not_found");
  if (row.ownerId === null && !author.mayShare) throw forbidden("replies.sharing_forbidden");
  return row;
}

/** Remembers that it was put into a reply: what is used most is offered first. */
export async function useTemplate(scope: Scope, userId: string, templateId: string): Promise<void> {
  if ((await findTemplate(scope, userId, templateId)) === null) throw notFound("replies.template_not_found");
  await countUse(scope, templateId);
}
