import type { Viewer } from "@/server/access/index";
import type { Scope } from "@/server/platform/transaction";
import { listFollowUpRows, measureEffect } from "./repository";
import type { EffectView, FollowUpView, ListFollowUpsInput } from "./schema";

/** The log: what was planned, newest first, and what became of it. */
export async function listFollowUps(
  scope: Scope,
  viewer: Viewer,
  input: ListFollowUpsInput,
): Promise<{ followUps: FollowUpView[]; nextCursor: { at: Date; id: string } | null }> {
  const rows = await listFollowUpRows(scope, viewer, input);
  const followUps = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? followUps.at(-1) : undefined;
  return { followUps, nextCursor: last === undefined ? null : { at: last.createdAt, id: last.id } };
}

const OF_ONE_CONVERSATION = 50;

/** What is planned into one conversation, and what was. */
export async function followUpsOf(scope: Scope, viewer: Viewer, conversationId: string): Promise<{ followUps: FollowUpView[] }> {
  const rows = await listFollowUpRows(scope, viewer, { conversationId, limit: OF_ONE_CONVERSATION });
  return { followUps: rows.slice(0, OF_ONE_CONVERSATION) };
}

/** Those who got the message beside those who got nothing. */
export async function readEffect(scope: Scope): Promise<EffectView> {
  return { rules: await measureEffect(scope) };
}
