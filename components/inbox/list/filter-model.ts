import { TZDate } from "@date-fns/tz";
import type { ChannelKind, ConversationFilter, ConversationSort, ConversationStatus } from "@/server/inbox/schema";

/** The inbox shows everything; reviews and questions have a place of their own with the same anatomy. */
export type Place = "inbox" | "reviews";

export const VIEWS = [
  "active",
  "mine",
  "unassigned",
  "team",
  "waiting",
  "overdue",
  "unread",
  "mentions",
  "drafts",
  "snoozed",
  "resolved",
  "closed",
  "all",
] as const;
export type InboxView = (typeof VIEWS)[number];

export const STATUSES = ["open", "pending", "snoozed", "resolved", "closed"] as const satisfies readonly ConversationStatus[];
export const KINDS = ["chat", "question", "review"] as const satisfies readonly ChannelKind[];
export const REVIEW_KINDS = ["question", "review"] as const satisfies readonly ChannelKind[];
export const SORTS = ["newest", "oldest", "waiting", "due", "priority"] as const satisfies readonly ConversationSort[];
/** Marks of a conversation that narrow the list. */
export const MARKS = ["waiting", "unread", "mentions", "drafts", "trouble"] as const;
/** Late, or due within so many minutes. */
export const DUES = ["overdue", "60", "240", "1440"] as const;
export const PRIORITIES = [4, 3, 2, 1, 0] as const;

/** What the list shows, as it stands in the address. Empty lists and texts ask nothing. */
export interface ListFilters {
  readonly view: InboxView;
  readonly q: string;
  /** null = the view's own order. */
  readonly sort: ConversationSort | null;
  readonly status: readonly ConversationStatus[];
  readonly kind: readonly ChannelKind[];
  /** Ids of systems, e.g. `ozon`; or of one channel, e.g. `ozon.chat`. */
  readonly channel: readonly string[];
  readonly connection: readonly string[];
  /** Ids, "me", "none". */
  readonly assignee: readonly string[];
  /** Ids, "mine", "none". */
  readonly team: readonly string[];
  readonly label: readonly string[];
  readonly labels: "any" | "all";
  readonly priority: readonly number[];
  readonly due: (typeof DUES)[number] | null;
  readonly rating: readonly number[];
  readonly is: readonly (typeof MARKS)[number][];
  /** Days of the newest message, `2026-11-21`. */
  readonly from: string;
  readonly to: string;
}

export const NO_FILTERS: ListFilters = {
  view: "active",
  q: "",
  sort: null,
  status: [],
  kind: [],
  channel: [],
  connection: [],
  assignee: [],
  team: [],
  label: [],
  labels: "any",
  priority: [],
  due: null,
  rating: [],
  is: [],
  from: "",
  to: "",
};

type Query = { -readonly [Key in keyof ConversationFilter]?: ConversationFilter[Key] };

const OPEN: ConversationStatus[] = ["open", "pending"];

/** What a view means. A filter somebody chooses in it wins over the view's own. */
const BY_VIEW: Readonly<Record<InboxView, Query>> = {
  active: { statuses: OPEN },
  mine: { statuses: OPEN, assigneeIds: ["me"] },
  unassigned: { statuses: OPEN, assigneeIds: ["none"] },
  team: { statuses: OPEN, teamIds: ["mine"] },
  waiting: { statuses: OPEN, waiting: true },
  overdue: { overdue: true },
  unread: { unread: true },
  mentions: { mentionsMe: true },
  drafts: { drafts: true },
  snoozed: { statuses: ["snoozed"] },
  resolved: { statuses: ["resolved"] },
  closed: { statuses: ["closed"] },
  all: {},
};

/** The order a list has until somebody chooses another. */
export function orderOf({ sort, view }: Pick<ListFilters, "sort" | "view">): ConversationSort {
  if (sort !== null) return sort;
  return view === "waiting" ? "waiting" : view === "overdue" ? "due" : "newest";
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The beginning of a day, so many days later, by the clock of the zone; undefined when it is no day. */
function dayStart(day: string, timeZone: string, later = 0): Date | undefined {
  const match = DAY.exec(day);
  if (match === null) return undefined;
  const [year = 0, month = 1, date = 1] = match.slice(1).map(Number);
  return new Date(new TZDate(year, month - 1, date + later, 0, 0, 0, timeZone).getTime());
}

/** The calendar day of a moment in the zone. */
export function dayOf(moment: Date, timeZone: string): string {
  const local = new TZDate(moment, timeZone);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`;
}

const some = <T>(list: readonly T[]): T[] | undefined => (list.length === 0 ? undefined : [...list]);

/** What the server is asked for: the view's own conditions with the chosen filters over them. */
export function toFilter(filters: ListFilters, place: Place, timeZone: string): Query {
  const own = BY_VIEW[filters.view];
  const kinds = filters.kind.length > 0 ? filters.kind : place === "reviews" ? REVIEW_KINDS : [];
  const until = dayStart(filters.to, timeZone, 1);
  const marks = new Set(filters.is);
  const search = filters.q.trim();
  return compact({
    ...own,
    statuses: some(filters.status) ?? own.statuses,
    kinds: some(kinds),
    channels: some(filters.channel.flatMap((id) => (id.includes(".") ? [id] : KINDS.map((kind) => `${id}.${kind}`)))),
    connectionIds: some(filters.connection),
    assigneeIds: some(filters.assignee) ?? own.assigneeIds,
    teamIds: some(filters.team) ?? own.teamIds,
    labelIds: some(filters.label),
    labelMatch: filters.label.length > 1 && filters.labels === "all" ? "all" : undefined,
    priorities: some(filters.priority),
    ratings: some(filters.rating),
    waiting: own.waiting === true || marks.has("waiting") || undefined,
    unread: own.unread === true || marks.has("unread") || undefined,
    mentionsMe: own.mentionsMe === true || marks.has("mentions") || undefined,
    drafts: own.drafts === true || marks.has("drafts") || undefined,
    hasTrouble: marks.has("trouble") || undefined,
    overdue: own.overdue === true || filters.due === "overdue" || undefined,
    dueWithinMinutes: filters.due === null || filters.due === "overdue" ? undefined : Number(filters.due),
    from: dayStart(filters.from, timeZone),
    to: until === undefined ? undefined : new Date(until.getTime() - 1),
    search: search === "" ? undefined : search,
  });
}

function compact(query: { readonly [Key in keyof ConversationFilter]?: ConversationFilter[Key] | undefined }): Query {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as Query;
}

/** A saved view as filters of the address: nothing of it hides in a view of the house. */
export function fromSaved(filter: Query, sort: ConversationSort, timeZone: string): ListFilters {
  const channels = filter.channels ?? [];
  const systems = new Map<string, string[]>();
  for (const channel of channels) systems.set(systemOf(channel), [...(systems.get(systemOf(channel)) ?? []), channel]);
  const marks = { waiting: filter.waiting, unread: filter.unread, mentions: filter.mentionsMe, drafts: filter.drafts, trouble: filter.hasTrouble };
  const minutes = DUES.find((due) => due === String(filter.dueWithinMinutes));
  return {
    view: "all",
    q: filter.search ?? "",
    sort: sort === "newest" ? null : sort,
    status: filter.statuses ?? [],
    kind: filter.kinds ?? [],
    channel: [...systems].flatMap(([system, names]) => (names.length === KINDS.length ? [system] : names)),
    connection: filter.connectionIds ?? [],
    assignee: filter.assigneeIds ?? [],
    team: filter.teamIds ?? [],
    label: filter.labelIds ?? [],
    labels: filter.labelMatch ?? "any",
    priority: filter.priorities ?? [],
    due: filter.overdue === true ? "overdue" : (minutes ?? null),
    rating: filter.ratings ?? [],
    is: MARKS.filter((mark) => marks[mark] === true),
    from: filter.from === undefined ? "" : dayOf(filter.from, timeZone),
    to: filter.to === undefined ? "" : dayOf(filter.to, timeZone),
  };
}

/** `ozon` of `ozon.chat`. */
export function systemOf(channel: string): string {
  return channel.split(".")[0] ?? channel;
}

export type FilterName = Exclude<keyof ListFilters, "view" | "q" | "sort" | "labels">;
export const FILTER_NAMES = [
  "assignee",
  "team",
  "label",
  "priority",
  "status",
  "kind",
  "channel",
  "connection",
  "due",
  "rating",
  "is",
  "from",
  "to",
] as const satisfies readonly FilterName[];

/** Which filters somebody has chosen beyond the view. */
export function chosenFilters(filters: ListFilters): FilterName[] {
  return FILTER_NAMES.filter((name) => {
    const value = filters[name];
    return Array.isArray(value) ? value.length > 0 : value !== null && value !== "";
  });
}

export function hasFilters(filters: ListFilters): boolean {
  return filters.q.trim() !== "" || chosenFilters(filters).length > 0;
}
