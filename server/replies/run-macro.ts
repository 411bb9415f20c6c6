import { renderTemplate } from "@/lib/reply-template";
import type { MemberSession } from "@/server/access/index";
import { type Viewer, viewerOf } from "@/server/access/index";
import { addNote, assign, requireVisible, sendingOutlook, sendMessage, setLabels, setPriority, setStatus, snooze } from "@/server/inbox/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, notFound } from "@/server/platform/errors";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { countMacroUse, findMacroRow } from "./macro.repository";
import { nameOfUser } from "./repository";
import { type MacroAction, type MacroOutcome, macroActionsSchema } from "./schema";

const HOUR_MS = 3_600_000;

export interface MacroRun {
  readonly macroId: string;
  readonly conversationId: string;
  /** The reply's own id: the same run, however often it comes, sends once. */
  readonly sendId: string;
}

export interface MacroDeps {
  readonly clock: Clock;
  readonly outlook: typeof sendingOutlook;
  readonly send: (...input: Parameters<typeof sendMessage>) => ReturnType<typeof sendMessage>;
}

const DEPS: MacroDeps = { clock: systemClock, outlook: sendingOutlook, send: sendMessage };

/**
 * Does what a macro says. The reply comes first and goes the way of every reply, held back for the seconds of an undo; when it
 * is refused (guard, channel, a hole in the text) nothing else is done. The rest is one transaction.
 * @throws AppError `replies.macro_not_found`, `replies.macro_missing_values`, `inbox.conversation_not_found`, what sending and
 *   the single deeds throw.
 */
export async function runMacro(session: MemberSession, run: MacroRun, deps: MacroDeps = DEPS): Promise<MacroOutcome> {
  const { title, actions, text } = await inWorkspace(session.workspaceId, (scope) => prepare(scope, session, run, deps));
  const input = { conversationId: run.conversationId, sendId: run.sendId, text: text ?? "", origin: "macro" as const, undoable: true };
  const sent = text === null ? null : await deps.send(session.workspaceId, { userId: session.userId, mayOverride: false }, input);
  await inWorkspace(session.workspaceId, async (scope) => {
    const viewer = await viewerOf(scope, session);
    for (const action of actions) await perform(scope, viewer, run.conversationId, action, deps.clock);
    await countMacroUse(scope, run.macroId);
  });
  return { title, messageId: sent?.messageId ?? null, releaseAt: sent?.releaseAt ?? null };
}

async function prepare(
  scope: Scope,
  session: MemberSession,
  run: MacroRun,
  { outlook }: MacroDeps,
): Promise<{ title: string; actions: MacroAction[]; text: string | null }> {
  await requireVisible(scope, await viewerOf(scope, session), run.conversationId);
  const row = await findMacroRow(scope, session.userId, run.macroId);
  if (row === null) throw notFound("replies.macro_not_found");
  const actions = macroActionsSchema.parse(row.actions);
  const { title } = row;
  const reply = actions.find((action) => action.kind === "reply");
  if (reply === undefined) return { title, actions, text: null };
  const look = await outlook(scope, run.conversationId);
  if (look === null) throw notFound("inbox.conversation_not_found");
  const { text, missing } = renderTemplate(reply.text, { ...look.values, agent_name: await nameOfUser(scope, session.userId) });
  if (missing.length > 0) throw conflict("replies.macro_missing_values", { names: missing.join(", ") });
  return { title, actions, text };
}

async function perform(scope: Scope, viewer: Viewer, conversationId: string, action: MacroAction, clock: Clock): Promise<void> {
  switch (action.kind) {
    case "reply":
      return;
    case "note":
      await addNote(scope, viewer, { conversationId, text: action.text, mentionIds: [] }, clock);
      return;
    case "assign":
      await assign(scope, viewer, conversationId, action, clock);
      return;
    case "assign_me":
      await assign(scope, viewer, conversationId, { assigneeId: viewer.userId }, clock);
      return;
    case "label":
      await setLabels(scope, viewer, { conversationId, ...action }, clock);
      return;
    case "priority":
      await setPriority(scope, viewer, { conversationId, priority: action.priority }, clock);
      return;
    case "snooze":
      await snooze(scope, viewer, { conversationId, until: new Date(clock.now().getTime() + action.hours * HOUR_MS) }, clock);
      return;
    case "status":
      await setStatus(scope, viewer, { conversationId, status: action.status }, clock);
      return;
  }
}
