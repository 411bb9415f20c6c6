import type { Viewer } from "@/server/access/index";
import { getThread } from "@/server/inbox/reading/get-thread";
import { countConversations, listConversations } from "@/server/inbox/reading/list-conversations";
import { searchMessages } from "@/server/inbox/reading/search-messages";
import { getThreadInput, listConversationsInput, searchMessagesInput } from "@/server/inbox/schema";
import type { Scope } from "@/server/platform/transaction";
import type { Filled } from "./fill";

export type Work = (scope: Scope, round: number) => Promise<unknown>;
/** list: the inbox's list; thread; search; counts: each has its target in docs/performance.md. */
export type Kind = "list" | "thread" | "search" | "counts";
export interface NamedWork {
  readonly kind: Kind;
  readonly name: string;
  readonly work: Work;
}

export const TARGETS_MS: Readonly<Record<Kind, number>> = { list: 150, thread: 100, search: 300, counts: 50 };

const ACTIVE = ["open", "pending", "snoozed"];

function filters({ connectionIds, labelIds }: Filled, middle: { readonly at: Date; readonly id: string }): Readonly<Record<string, object>> {
  const day = 86_400_000;
  return {
    newest: {},
    oldest: { sort: "oldest" },
    deep: { cursor: middle },
    active: { statuses: ACTIVE },
    snoozed: { statuses: ["snoozed"] },
    resolved: { statuses: ["resolved"] },
    closed: { statuses: ["closed"] },
    waiting: { sort: "waiting" },
    due: { sort: "due" },
    priority: { sort: "priority" },
    "priority, active": { sort: "priority", statuses: ACTIVE },
    unread: { unread: true },
    mine: { statuses: ACTIVE, assigneeIds: ["me"] },
    "mine, all": { assigneeIds: ["me"] },
    "my teams": { statuses: ACTIVE, teamIds: ["mine"] },
    "nobody's": { statuses: ACTIVE, assigneeIds: ["none"] },
    "one of six connections": { connectionIds: connectionIds.slice(0, 1) },
    "two connections, active": { connectionIds: connectionIds.slice(0, 2), statuses: ACTIVE },
    channel: { channels: ["ozon.chat"] },
    reviews: { kinds: ["review"] },
    "bad reviews, active": { ratings: [1, 2], statuses: ACTIVE },
    label: { labelIds: labelIds.slice(0, 1) },
    "two labels at once": { labelIds: labelIds.slice(0, 2), labelMatch: "all" },
    "label, active, due": { labelIds: labelIds.slice(0, 1), statuses: ACTIVE, sort: "due" },
    urgent: { priorities: [4], statuses: ACTIVE },
    overdue: { overdue: true },
    "due soon": { dueWithinMinutes: 60, sort: "due" },
    mentions: { mentionsMe: true },
    drafts: { drafts: true },
    trouble: { hasTrouble: true },
    dates: { from: new Date(Date.now() - 200 * day), to: new Date(Date.now() - 190 * day) },
    "order number": { orderNumber: "10004242" },
    "search in the list, rare": { search: "керамический" },
    "search in the list, common": { search: "заказ" },
    "search in the list, mine": { search: "возврат", assigneeIds: ["me"] },
  };
}

/** Words of every kind; several a kind, so that no answer is only a memory. */
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  rare: ["керамический", "порцелянові", "porselen", "stainless"],
  common: ["заказ", "замовлення", "sipariş", "order"],
  "two words": ["бракованный товар", "повернення колір", "yanlış beden", "wrong size"],
  "two rare words": ["керамический чайник", "порцеляновий чохол", "porselen çanta", "stainless kettle"],
  "order number": ["10004242-0001", "10000777", "10098765", "10054321-0001-1"],
  "piece of a number": ["04242-", "98765", "0777-", "54321-"],
  "article number": ["SKU-4242", "sku-17", "SKU-999", "SKU-1"],
  name: ["Ганна Коваленко", "Ayşe Yılmaz", "Emma Brown", "Алёна Гусев"],
  "first letters": ["зак", "замо", "kargo", "pack"],
  nothing: ["синхрофазотрон", "квартердек", "zzzyx", "антидепрессант"],
};

/** Every filter and sort order of the list, the thread, every kind of question, the counters; as an admin and as people of a scope. */
export function worksOf(inbox: Filled, ids: readonly string[], middle: { readonly at: Date; readonly id: string }): readonly NamedWork[] {
  const all: Viewer = { userId: inbox.userId, role: "admin", scope: "all", teamIds: inbox.teamIds.slice(0, 2) };
  const own: Viewer = { ...all, role: "operator", scope: "own" };
  const team: Viewer = { ...all, role: "operator", scope: "team" };
  const list =
    (viewer: Viewer, input: object): Work =>
    (scope) =>
      listConversations(scope, viewer, listConversationsInput.parse(input));
  const search =
    (viewer: Viewer, words: readonly string[]): Work =>
    (scope, round) =>
      searchMessages(scope, viewer, searchMessagesInput.parse({ query: words[round % words.length] ?? "" }));
  const counts =
    (viewer: Viewer): Work =>
    (scope) =>
      countConversations(scope, viewer);
  const thread: Work = (scope, round) => getThread(scope, all, getThreadInput.parse({ conversationId: ids[round % ids.length] }));
  const { rare = [], common = [], name = [] } = QUESTIONS;
  return [
    ...Object.entries(filters(inbox, middle)).map(([title, input]) => ({ kind: "list" as const, name: title, work: list(all, input) })),
    { kind: "list", name: "newest, own scope", work: list(own, {}) },
    { kind: "list", name: "newest, team scope", work: list(team, {}) },
    { kind: "list", name: "active, team scope", work: list(team, { statuses: ACTIVE }) },
    { kind: "list", name: "unread, own scope", work: list(own, { unread: true }) },
    { kind: "thread", name: "open", work: thread },
    ...Object.entries(QUESTIONS).map(([title, words]) => ({ kind: "search" as const, name: title, work: search(all, words) })),
    { kind: "search", name: "rare, own scope", work: search(own, rare) },
    { kind: "search", name: "common, own scope", work: search(own, common) },
    { kind: "search", name: "common, team scope", work: search(team, common) },
    { kind: "search", name: "name, team scope", work: search(team, name) },
    { kind: "counts", name: "everything", work: counts(all) },
    { kind: "counts", name: "own scope", work: counts(own) },
    { kind: "counts", name: "team scope", work: counts(team) },
  ];
}
