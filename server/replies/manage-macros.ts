import { newId } from "@/lib/ids";
import { unknownVariables } from "@/lib/reply-template";
import { requireRows } from "@/server/inbox/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { forbidden, invalid, notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { findMacroRow, insertMacro, listMacroRows, updateMacro } from "./macro.repository";
import type { Author } from "./manage-templates";
import { type ListMacrosInput, type MacroAction, type MacroView, macroActionsSchema, type SaveMacroInput } from "./schema";

export async function listMacros(scope: Scope, userId: string, { channel, query }: ListMacrosInput): Promise<{ macros: MacroView[] }> {
  const words = query.toLowerCase();
  const macros = (await listMacroRows(scope, userId)).map(({ ownerId, actions, ...row }) => ({
    ...row,
    actions: macroActionsSchema.parse(actions),
    isShared: ownerId === null,
    isMine: ownerId === userId,
  }));
  const fits = (macro: MacroView) => channel === undefined || macro.channels.length === 0 || macro.channels.includes(channel);
  return { macros: macros.filter((macro) => fits(macro) && macro.title.toLowerCase().includes(words)) };
}

/** @throws AppError `replies.macro_not_found`, `replies.sharing_forbidden`, `replies.unknown_variable`. */
export async function saveMacro(scope: Scope, author: Author, { macroId, isShared, ...input }: SaveMacroInput): Promise<{ id: string }> {
  if (macroId !== undefined) await requireOwn(scope, author, macroId);
  if (isShared && !author.mayShare) throw forbidden("replies.sharing_forbidden");
  for (const action of input.actions) {
    const [unknown] = action.kind === "reply" ? unknownVariables(action.text) : [];
    if (unknown !== undefined) throw invalid("replies.unknown_variable", { name: unknown });
    await requireRows(scope, rowsOf(action));
  }
  const fields = { ...input, ownerId: isShared ? null : author.userId };
  const id = macroId ?? newId();
  if (macroId === undefined) await insertMacro(scope, id, fields);
  else await updateMacro(scope, id, fields);
  return { id };
}

/** What an action names has to be this workspace's. */
function rowsOf(action: MacroAction): Parameters<typeof requireRows>[1] {
  if (action.kind === "label") return { labelIds: [...action.addLabelIds, ...action.removeLabelIds] };
  if (action.kind !== "assign") return {};
  return { userIds: typeof action.assigneeId === "string" ? [action.assigneeId] : [], teamIds: typeof action.teamId === "string" ? [action.teamId] : [] };
}

/** @throws AppError `replies.macro_not_found`, `replies.sharing_forbidden`. */
export async function archiveMacro(scope: Scope, author: Author, macroId: string, clock: Clock = systemClock): Promise<void> {
  await requireOwn(scope, author, macroId);
  await updateMacro(scope, macroId, { archivedAt: clock.now() });
}

async function requireOwn(scope: Scope, author: Author, macroId: string): Promise<void> {
  const row = await findMacroRow(scope, author.userId, macroId);
  if (row === null) throw notFound("replies.macro_not_found");
  if (row.ownerId === null && !author.mayShare) throw forbidden("replies.sharing_forbidden");
}
