import type { ConversationSummary } from "@/server/inbox/schema";
import type { BulkAction, BulkInput } from "@/server/inbox/team/schema";

/** Names for what an action only knows by id. */
export interface ActionNames {
  readonly assignee?: ConversationSummary["assignee"];
  readonly team?: ConversationSummary["team"];
  readonly labels?: ConversationSummary["labels"];
}

/** The conversation as it will be, shown before the server has answered. */
export function afterAction(before: ConversationSummary, action: BulkAction, names: ActionNames): ConversationSummary {
  switch (action.kind) {
    case "assign":
      return {
        ...before,
        ...(action.assigneeId === undefined ? {} : { assignee: names.assignee ?? null }),
        ...(action.teamId === undefined ? {} : { team: names.team ?? null }),
      };
    case "label": {
      const kept = before.labels.filter(({ id }) => !action.removeLabelIds.includes(id));
      const added = (names.labels ?? []).filter(({ id }) => action.addLabelIds.includes(id) && !kept.some((label) => label.id === id));
      return { ...before, labels: [...kept, ...added] };
    }
    case "status":
      return before.status === "closed" ? before : { ...before, status: action.status, snoozedUntil: null };
    case "snooze":
      return before.status === "closed" ? before : { ...before, status: "snoozed", snoozedUntil: action.until };
    case "priority":
      return { ...before, priority: action.priority };
    case "read":
      return { ...before, unread: false };
    case "unread":
      return { ...before, unread: true };
  }
}

type Step = { readonly ids: readonly string[]; readonly action: BulkAction };

function grouped(rows: readonly ConversationSummary[], actionOf: (row: ConversationSummary) => BulkAction | null): Step[] {
  const groups = new Map<string, { ids: string[]; action: BulkAction }>();
  for (const row of rows) {
    const action = actionOf(row);
    if (action === null) continue;
    const key = JSON.stringify(action);
    const group = groups.get(key) ?? { ids: [], action };
    group.ids.push(row.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What brings conversations back to how they were before `action`: one step for those that were alike. */
export function stepsBack(before: readonly ConversationSummary[], action: BulkAction, now: Date): Step[] {
  switch (action.kind) {
    case "assign":
      return grouped(before, ({ assignee, team }) => ({ kind: "assign", assigneeId: assignee?.id ?? null, teamId: team?.id ?? null }));
    case "label":
      return grouped(before, ({ labels }) => {
        const had = new Set(labels.map(({ id }) => id));
        const removeLabelIds = action.addLabelIds.filter((id) => !had.has(id));
        const addLabelIds = action.removeLabelIds.filter((id) => had.has(id));
        return removeLabelIds.length + addLabelIds.length === 0 ? null : { kind: "label", addLabelIds, removeLabelIds };
      });
    case "status":
    case "snooze":
      return grouped(before, ({ status, snoozedUntil }) => {
        if (status === "closed") return null;
        if (status !== "snoozed") return { kind: "status", status };
        return snoozedUntil !== null && snoozedUntil > now ? { kind: "snooze", until: snoozedUntil } : { kind: "status", status: "open" };
      });
    case "priority":
      return grouped(before, ({ priority }) => ({ kind: "priority", priority }));
    case "read":
      return grouped(before, ({ unread }) => (unread ? { kind: "unread" } : null));
    case "unread":
      return grouped(before, ({ unread }) => (unread ? null : { kind: "read" }));
  }
}

/** Targets of at most `max` conversations each. */
export function targetsOf(ids: readonly string[], max: number): BulkInput["target"][] {
  const parts = Array.from({ length: Math.ceil(ids.length / max) }, (_, at) => ids.slice(at * max, (at + 1) * max));
  return parts.map((conversationIds) => ({ kind: "conversations", conversationIds }));
}
