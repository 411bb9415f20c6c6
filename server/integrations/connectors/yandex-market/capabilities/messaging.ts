import { ConnectorError } from "../../../contract/errors";
import { checkFile, checkText, refuse, USUAL_FILE_TYPES } from "../../../contract/outgoing";
import type {
  ChannelRules,
  ConnectorContext,
  ConversationAction,
  ConversationRef,
  MessagingPort,
  OutgoingMessage,
  ReadConversationInput,
} from "../../../contract/ports";
import type { ExternalConversation, ExternalMessage } from "../../../contract/records";
import { CHANNEL, QUESTION_CHANNEL, REVIEW_CHANNEL } from "../channels";
import { openMarket } from "../client";
import { writeState } from "../facts";
import { readHistory } from "../history";
import { comparable, mediaTarget, toConversation, toHead } from "../mapper";
import { answerRef, commentRef, parseRef } from "../mapper-feedback";
import { pullChats } from "./pull-chats";
import { pullQuestions } from "./pull-questions";
import { pullReviews } from "./pull-reviews";
import { readQuestion, readReview } from "./read-feedback";

const MAX_CHAT_TEXT = 4_096;
const MAX_REVIEW_TEXT = 4_096;
const MAX_QUESTION_TEXT = 5_000;
/** "5 MB" without saying which: the smaller reading. */
const MAX_FILE_BYTES = 5_000_000;
const chat: ChannelRules = {
  channel: CHANNEL,
  kind: "chat",
  stream: "chats",
  minTextLength: 1,
  maxTextLength: MAX_CHAT_TEXT,
  files: { allowed: true, maxBytes: MAX_FILE_BYTES, types: [...new Set(Object.values(USUAL_FILE_TYPES))] },
  starts: ["order", "return"],
  windows: [],
  actions: [],
  isModerated: false,
  deliveryStates: ["accepted", "confirmed"],
  source: "Yandex Market Partner API, chats (OpenAPI 2026-07-17): text up to 4096, file up to 5 MB, no reply window named. Types of files: our own caution.",
};

const answered = {
  minTextLength: 1,
  files: { allowed: false, maxBytes: 0, types: [] },
  starts: [],
  windows: [],
  isModerated: true,
  deliveryStates: ["accepted", "confirmed"],
} as const;

const review: ChannelRules = {
  ...answered,
  channel: REVIEW_CHANNEL,
  kind: "review",
  stream: "reviews",
  maxTextLength: MAX_REVIEW_TEXT,
  actions: ["skip"],
  source:
    "Yandex Market Partner API, goods-feedback (OpenAPI 2026-07-17): any number of comments up to 4096, no contacts or outside links, shown after moderation.",
};

const question: ChannelRules = {
  ...answered,
  channel: QUESTION_CHANNEL,
  kind: "question",
  stream: "questions",
  maxTextLength: MAX_QUESTION_TEXT,
  actions: [],
  source: "Yandex Market Partner API, goods-questions (OpenAPI 2026-07-17): answers up to 5000, shown after moderation.",
};

const RULES = { chat, review, question } as const;

/** @throws ConnectorError `invalid` for an id that is none of ours. */
function refOf(externalId: string): NonNullable<ReturnType<typeof parseRef>> {
  return parseRef(externalId) ?? refuse("yandex-market.unknown_conversation", { id: externalId.slice(0, 60) });
}

/** Sending into a chat names no message: the id is learnt from history. Comments and answers get theirs at once. */
async function send(context: ConnectorContext, message: OutgoingMessage): Promise<{ readonly externalId?: string | undefined }> {
  const { kind, id } = refOf(message.conversationExternalId);
  // Two calls could end half done; text and file are two messages of the outbox.
  if (message.text !== undefined && message.file !== undefined) refuse("yandex-market.text_and_file");
  if (message.file !== undefined && kind !== "chat") refuse("yandex-market.files_in_chats_only");
  if (message.file !== undefined) {
    const type = checkFile("yandex-market", message.file, { types: USUAL_FILE_TYPES, maxBytes: MAX_FILE_BYTES, bytesPerMegabyte: 1_000_000 });
    await (await openMarket(context)).sendFile(id, message.file.name, type, message.file.content);
    return {};
  }
  const text = checkText("yandex-market", message.text, RULES[kind]);
  const client = await openMarket(context);
  if (kind === "chat") {
    await client.sendMessage(id, text);
    return {};
  }
  if (kind === "review") return { externalId: commentRef(id, (await client.addComment(id, text)).id) };
  return { externalId: answerRef(id, (await client.answerQuestion(id, text)).entity.id) };
}

/**
 * A chat is read as a whole: the history knows no "newest first", and a push that was lost before this one is healed by it.
 * Its state costs a call of a scarce quota and is asked for where no message is named.
 */
async function readChat(context: ConnectorContext, input: ReadConversationInput, chatId: string): Promise<ExternalConversation> {
  const client = await openMarket(context);
  const isPush = (input.messageIds ?? []).length > 0;
  const { messages, context: about } = await readHistory(client, chatId, context.baseUrl);
  const { since } = input;
  const wanted = since === undefined ? messages : messages.filter((message) => message.sentAt >= since);
  const head = isPush
    ? { externalId: chatId, context: about, remoteStatus: "unknown" as const, createdAt: messages[0]?.sentAt ?? context.clock.now() }
    : toHead(await client.chat(chatId));
  return { ...toConversation(head, wanted, context.facts), lastMessageId: messages.at(-1)?.externalId };
}

async function readConversation(context: ConnectorContext, input: ReadConversationInput): Promise<ExternalConversation> {
  const { kind, id } = refOf(input.externalId);
  if (kind === "chat") return readChat(context, input, id);
  const client = await openMarket(context);
  return kind === "review" ? readReview(context, client, id, input.since) : readQuestion(client, id);
}

function isSame(sent: { readonly text?: string | undefined; readonly fileName?: string | undefined }, found: ExternalMessage): boolean {
  if (found.side !== "seller") return false;
  if (sent.fileName !== undefined) return found.attachments.some((attachment) => attachment.name.normalize("NFC") === sent.fileName?.normalize("NFC"));
  return sent.text !== undefined && found.attachments.length === 0 && comparable(sent.text) === comparable(found.text);
}

async function act(context: ConnectorContext, input: ConversationRef & { readonly action: ConversationAction }): Promise<void> {
  const { kind, id } = refOf(input.conversationExternalId);
  if (kind !== "review" || input.action !== "skip") return refuse("yandex-market.unknown_action", { action: input.action });
  await (await openMarket(context)).skipReaction(id);
}

async function fetchAttachment(context: ConnectorContext, url: string): Promise<{ readonly content: Uint8Array; readonly contentType: string }> {
  const target = mediaTarget(url, context.baseUrl);
  if (target === undefined) throw new ConnectorError("invalid", "yandex-market.foreign_attachment");
  const response = await (await openMarket(context)).media(target);
  return { content: response.body, contentType: response.headers["content-type"]?.split(";")[0]?.trim() ?? "application/octet-stream" };
}

const PULLS = { chats: pullChats, questions: pullQuestions, reviews: pullReviews } as const;

export const yandexMessaging: MessagingPort = {
  channels: [chat, review, question],
  pull: (context, input) => PULLS[input.stream](context, input),
  readConversation,
  writeState,
  send,
  isSame,
  async start(context, input) {
    if (!/^\d{1,20}$/.test(input.number.trim())) refuse("yandex-market.order_number", { number: input.number.slice(0, 60) });
    const client = await openMarket(context);
    const { chatId } = await client.newChat(input.about === "order" ? "ORDER" : "RETURN", input.number.trim());
    return { externalId: chatId };
  },
  act,
  fetchAttachment,
};
