import type { ChannelRules, WriteState } from "@/server/integrations/contract/ports";
import type { ExternalConversation, ExternalMessage } from "@/server/integrations/contract/records";
import type { ThreadFacts } from "./ingest/ingest.repository";
import type { ThreadHead } from "./repository";
import type { ChannelKind, ConversationStatus, ConversationSummary } from "./schema";

const PREVIEW_LENGTH = 160;

/** A channel is named `<connector>.<kind>`; what is neither a question nor a review is a chat. */
export function kindOfChannel(channel: string): ChannelKind {
  const kind = channel.slice(channel.lastIndexOf(".") + 1);
  return kind === "question" || kind === "review" ? kind : "chat";
}

/** What the list shows of the reply that is owed next. */
export function deadlineOf(stored: { readonly at: Date | null; readonly kind: string | null; readonly state: string | null }): ConversationSummary["deadline"] {
  if (stored.state === null || (stored.kind !== "first_reply" && stored.kind !== "next_reply")) return null;
  const state = (["running", "paused", "warned", "breached"] as const).find((known) => known === stored.state);
  return state === undefined ? null : { at: stored.at, kind: stored.kind, state };
}

/** One line for the list; a message without text is told by its first attachment's name. */
export function previewOf(text: string, attachmentName?: string | undefined): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line === "") return attachmentName === undefined ? "" : attachmentName.slice(0, PREVIEW_LENGTH);
  return Array.from(line).slice(0, PREVIEW_LENGTH).join("");
}

const isInstant = (value: Date) => Number.isFinite(value.getTime());

/** Why a message cannot be stored, or null. */
export function messageFault(message: ExternalMessage): string | null {
  if (message.externalId === "") return "message_without_id";
  if (!isInstant(message.sentAt) || !isInstant(message.versionAt)) return "message_without_time";
  return null;
}

export function conversationFault(conversation: ExternalConversation): string | null {
  if (conversation.externalId === "") return "conversation_without_id";
  return isInstant(conversation.createdAt) ? null : "conversation_without_time";
}

/** Of several versions of one message in a batch: the newest, and of equals the one that knows more (read by the buyer). */
export function newerOf(a: ExternalMessage, b: ExternalMessage): ExternalMessage {
  const difference = b.versionAt.getTime() - a.versionAt.getTime();
  if (difference !== 0) return difference > 0 ? b : a;
  return b.isRead === true && a.isRead !== true ? b : a;
}

export interface StatusChange {
  readonly status: ConversationStatus;
  readonly remoteStatus: ExternalConversation["remoteStatus"];
  /** A buyer's message newer than every one known before has come. */
  readonly buyerWrote: boolean;
}

/**
 * The status after an ingest. The service closing a chat closes ours; a buyer who writes on wakes what was put away;
 * a chat the service reopened is open.
 */
export function statusAfter({ status, remoteStatus, buyerWrote }: StatusChange): ConversationStatus {
  if (remoteStatus === "closed") return "closed";
  if (status === "closed") return remoteStatus === "open" || buyerWrote ? "open" : "closed";
  return buyerWrote ? "open" : status;
}

/** In a closed chat nobody can be answered; "resolved" keeps its own settled moment, so a new question shows up again. */
export function owedSince(status: ConversationStatus, firstUnanswered: Date | null | undefined): Date | null {
  return status === "closed" ? null : (firstUnanswered ?? null);
}

/** What a conversation's row says of its messages. */
export function threadHeadOf(fact: ThreadFacts): ThreadHead {
  return {
    id: fact.conversationId,
    lastMessageAt: fact.lastMessageAt,
    preview: previewOf(fact.lastText ?? "", fact.lastAttachmentName ?? undefined),
    lastSide: fact.lastSide,
    waitingSince: owedSince(fact.status, fact.owedSince),
  };
}

export interface SentCandidate {
  readonly id: string;
  readonly text: string;
  readonly fileName: string | null;
  /** Where the proof begins, in the service's clock. */
  readonly sendAfter: Date;
}

export interface HistoryEntry {
  readonly externalId: string;
  readonly message: ExternalMessage;
}

type IsSame = (sent: { readonly text?: string | undefined; readonly fileName?: string | undefined }, found: ExternalMessage) => boolean;

/**
 * Which history entries are which of our sendings. Entries are those no row of ours has claimed yet; each is given to at most
 * one sending, the older sending gets the older entry, so two equal texts never share one.
 * @returns sending id → entry.
 */
export function matchSent(sent: readonly SentCandidate[], entries: readonly HistoryEntry[], isSame: IsSame): Map<string, HistoryEntry> {
  const free = [...entries].sort((a, b) => a.message.sentAt.getTime() - b.message.sentAt.getTime() || (a.externalId < b.externalId ? -1 : 1));
  const matched = new Map<string, HistoryEntry>();
  for (const candidate of [...sent].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const wanted = candidate.fileName === null ? { text: candidate.text } : { fileName: candidate.fileName };
    const at = free.findIndex(({ message }) => message.side === "seller" && message.sentAt >= candidate.sendAfter && isSame(wanted, message));
    const entry = free[at];
    if (entry === undefined) continue;
    free.splice(at, 1);
    matched.set(candidate.id, entry);
  }
  return matched;
}

export interface OutgoingDraft {
  readonly text?: string | undefined;
  readonly file?: { readonly name: string; readonly contentType: string; readonly size: number } | undefined;
}

export interface Refusal {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Why a channel would refuse this draft, or null. Length is counted in characters as people see them in a text box (UTF-16). */
export function draftRefusal(rules: ChannelRules, draft: OutgoingDraft): Refusal | null {
  if (draft.text !== undefined) {
    if (draft.text.trim() === "") return { code: "inbox.text_empty", params: {} };
    // Code points, as the composer and the services count: an emoji is one character.
    const { length } = [...draft.text];
    return length > rules.maxTextLength ? { code: "inbox.text_too_long", params: { length, max: rules.maxTextLength } } : null;
  }
  if (draft.file === undefined) return { code: "inbox.text_empty", params: {} };
  if (!rules.files.allowed) return { code: "inbox.files_not_allowed", params: {} };
  if (draft.file.size === 0) return { code: "inbox.file_empty", params: { name: draft.file.name } };
  if (draft.file.size > rules.files.maxBytes) return { code: "inbox.file_too_large", params: { size: draft.file.size, max: rules.files.maxBytes } };
  return isAllowedType(rules.files.types, draft.file)
    ? null
    : { code: "inbox.file_type", params: { name: draft.file.name, types: rules.files.types.join(", ") } };
}

/** Types are media types ("image/png", "image/*"); an empty list allows everything. */
function isAllowedType(types: readonly string[], file: { readonly contentType: string }): boolean {
  if (types.length === 0) return true;
  return types.some((type) => (type.endsWith("/*") ? file.contentType.startsWith(type.slice(0, -1)) : type === file.contentType));
}

export function refusalOfState(state: WriteState): Refusal | null {
  return state.open ? null : { code: `inbox.closed.${state.code}`, params: state.params ?? {} };
}

/** Waiting before the n-th further try: 5 s, 10 s, 20 s … at most 5 min; the service's own wish wins. */
export function backoffMs(attempt: number, wishedMs?: number | undefined): number {
  const own = Math.min(5_000 * 2 ** Math.min(Math.max(attempt - 1, 0), 10), 300_000);
  return Math.max(own, wishedMs ?? 0);
}
