import type { AuditActor } from "@/server/platform/audit";
import type { Scope } from "@/server/platform/transaction";
import { anchorOf, mergeLimits } from "./marketplace-limits";
import { settingsChanged } from "./policies";
import { channelsInUse, deleteLimit, listOwnLimits, upsertLimit } from "./repository";
import type { LimitView, SaveLimitInput } from "./schema";

/** Known limits, own figures in place of the defaults, and every channel in use without one. By channel. */
export async function listLimits(scope: Scope): Promise<LimitView[]> {
  const own = await listOwnLimits(scope);
  const known = mergeLimits(own).map((limit) => ({ ...limit, isOwn: own.some(({ channel }) => channel === limit.channel) }));
  const listed = new Set(known.map(({ channel }) => channel));
  const unknown = (await channelsInUse(scope)).filter((channel) => !listed.has(channel));
  const bare = unknown.map((channel) => ({ channel, minutes: null, anchor: anchorOf(channel), source: "", checkedOn: null, isOwn: false }));
  return [...known, ...bare].sort((a, b) => (a.channel < b.channel ? -1 : 1));
}

/** The workspace's own figure for a channel: null minutes = none is to be minded. */
export async function saveLimit(scope: Scope, limit: SaveLimitInput, actor: AuditActor): Promise<void> {
  await upsertLimit(scope, limit);
  await settingsChanged(scope, actor, "marketplace_limit.changed", { type: "workspace", id: scope.workspaceId }, { ...limit });
}

/** Back to the default. */
export async function resetLimit(scope: Scope, channel: string, actor: AuditActor): Promise<void> {
  await deleteLimit(scope, channel);
  await settingsChanged(scope, actor, "marketplace_limit.reset", { type: "workspace", id: scope.workspaceId }, { channel });
}
