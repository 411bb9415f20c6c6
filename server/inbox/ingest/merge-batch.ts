import { storable } from "@/lib/storable";
import type { ExternalConversation, ExternalMessage, RejectedRecord } from "@/server/integrations/contract/records";
import { conversationFault, messageFault, newerOf } from "../rules";
import type { ConversationHeader } from "./ingest.repository";

export interface MergedConversation {
  readonly header: ConversationHeader;
  readonly createdAt: Date;
  readonly lastMessageId: string | undefined;
  /** Each source id once, oldest first. */
  readonly messages: readonly ExternalMessage[];
}

export interface MergedBatch {
  /** In the fixed order in which rows are locked. */
  readonly conversations: readonly MergedConversation[];
  /** Messages that came more than once within the batch. */
  readonly repeats: number;
  readonly rejected: readonly RejectedRecord[];
}

/** One entry a conversation, one a message, whatever a page repeats; what cannot be stored is set aside with its reason. */
export function mergeBatch(conversations: readonly ExternalConversation[]): MergedBatch {
  const rejected: RejectedRecord[] = [];
  const groups = new Map<string, { told: ExternalConversation; messages: Map<string, ExternalMessage> }>();
  let repeats = 0;
  for (const conversation of conversations) {
    const fault = conversationFault(conversation);
    if (fault !== null) {
      rejected.push(...rejectConversation(conversation, fault));
      continue;
    }
    const group = groups.get(conversation.externalId);
    const { messages } = group ?? { messages: new Map<string, ExternalMessage>() };
    groups.set(conversation.externalId, { told: group === undefined ? conversation : toldTogether(group.told, conversation), messages });
    for (const message of conversation.messages) {
      const wrong = messageFault(message);
      if (wrong !== null) {
        rejected.push({
          kind: "message",
          externalId: message.externalId,
          payload: message,
          errorCode: `inbox.${wrong}`,
          errorText: wrong.replaceAll("_", " "),
        });
        continue;
      }
      const other = messages.get(message.externalId);
      if (other !== undefined) repeats += 1;
      messages.set(message.externalId, other === undefined ? message : newerOf(other, message));
    }
  }
  const merged = [...groups.values()].map(({ told, messages }) => ({
    header: headerOf(told),
    createdAt: told.createdAt,
    lastMessageId: told.lastMessageId,
    messages: [...messages.values()].sort((a, b) => a.sentAt.getTime() - b.sentAt.getTime() || compare(a.externalId, b.externalId)),
  }));
  return { conversations: merged.sort((a, b) => compare(a.header.externalId, b.header.externalId)), repeats, rejected };
}

/** What two pages tell of one conversation, as if they had been applied one after the other: what the later one leaves out is kept. */
function toldTogether(earlier: ExternalConversation, later: ExternalConversation): ExternalConversation {
  const told = Object.fromEntries(Object.entries(later).filter(([, value]) => value !== undefined && value !== ""));
  const context = later.remoteContext ?? {};
  return {
    ...earlier,
    ...told,
    createdAt: new Date(Math.min(later.createdAt.getTime(), earlier.createdAt.getTime())),
    // The older head belongs to the older messages.
    lastMessageId: later.lastMessageId,
    remoteStatus: statusTogether(earlier, later),
    order: later.order === undefined ? earlier.order : { ...earlier.order, ...later.order },
    remoteContext: Object.keys(context).length === 0 ? (earlier.remoteContext ?? {}) : context,
  };
}

/** A buyer who writes on opens what was closed, as far as the service does not say otherwise. */
function statusTogether(earlier: ExternalConversation, later: ExternalConversation): ExternalConversation["remoteStatus"] {
  if (later.remoteStatus !== "unknown") return later.remoteStatus;
  return earlier.remoteStatus === "closed" && later.messages.some(({ side }) => side === "buyer") ? "unknown" : earlier.remoteStatus;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Each of its messages is counted, so that nothing received is missing from the sum. */
function rejectConversation(conversation: ExternalConversation, fault: string): RejectedRecord[] {
  const record = { errorCode: `inbox.${fault}`, errorText: fault.replaceAll("_", " ") };
  if (conversation.messages.length === 0) return [{ kind: "conversation", externalId: conversation.externalId, payload: conversation, ...record }];
  return conversation.messages.map((message) => ({
    kind: "message",
    externalId: message.externalId,
    payload: { ...conversation, messages: [message] },
    ...record,
  }));
}

const optional = (value: string | undefined) => (value === undefined || value === "" ? null : storable(value));

function headerOf(conversation: ExternalConversation): ConversationHeader {
  return {
    externalId: conversation.externalId,
    channel: conversation.channel,
    remoteStatus: conversation.remoteStatus,
    buyerRef: optional(conversation.buyerRef),
    buyerName: optional(conversation.buyerName),
    orderNumber: optional(conversation.orderNumber),
    sku: optional(conversation.sku),
    orderSchema: conversation.order?.schema ?? null,
    orderPaidAt: conversation.order?.paidAt ?? null,
    orderDeliveredAt: conversation.order?.deliveredAt ?? null,
    productName: optional(conversation.productName),
    rating: conversation.rating ?? null,
    remoteContext: conversation.remoteContext ?? {},
  };
}

/** How most services keep a message: surrounding and repeated white space apart, the text as it was sent. */
export function sameTextOrFile(sent: { readonly text?: string | undefined; readonly fileName?: string | undefined }, found: ExternalMessage): boolean {
  const plain = (text: string) => text.replace(/\s+/g, " ").trim();
  if (sent.fileName !== undefined) return found.attachments.some((attachment) => attachment.name === sent.fileName);
  return sent.text !== undefined && plain(sent.text) === plain(found.text);
}
