import type { ConversationStream } from "../../../contract/connector";
import { ConnectorError } from "../../../contract/errors";
import type { RemoteResponse } from "../../../contract/http";
import { checkFile, checkText, refuse, typeOfName, USUAL_FILE_TYPES } from "../../../contract/outgoing";
import type {
  ChannelRules,
  ConnectorContext,
  ConversationAction,
  ConversationRef,
  MessagingPort,
  MessagingPullInput,
  OutgoingMessage,
  PullPage,
  ReadConversationInput,
} from "../../../contract/ports";
import type { ExternalConversation, ExternalMessage } from "../../../contract/records";
import { ozonClient } from "../client";
import { ENDPOINTS, IMAGE_LIMIT } from "../endpoints";
import { SUBSCRIPTION_CODE } from "../errors";
import { isSubscribed, mayCall } from "../facts";
import { channelOfId, imageOf } from "../feedback-mapper";
import { readBackward, readNewest } from "../history";
import { CHANNEL, comparable, filePath, toConversation } from "../mapper";
import { withOrders } from "../order-context";
import { writeState } from "../write-window";
import { type FeedbackSource, pullFeedback } from "./feedback-pull";
import { pullChats } from "./messaging-pull";
import { answerQuestion, questionRules, questionSource, readQuestion, skipQuestion, viewQuestion } from "./questions";
import { commentReview, readReview, reviewRules, reviewSource, skipReview, viewReview } from "./reviews";

const MAX_TEXT = 1_000;
/** The docs name neither sizes nor types of files: ours are cautious [I]. */
const MAX_FILE_BYTES = 10 * 1024 * 1024;

const chat: ChannelRules = {
  channel: CHANNEL,
  kind: "chat",
  stream: "chats",
  minTextLength: 1,
  maxTextLength: MAX_TEXT,
  files: { allowed: true, maxBytes: MAX_FILE_BYTES, types: [...new Set(Object.values(USUAL_FILE_TYPES))] },
  starts: ["order"],
  windows: [
    { code: "ozon_fbo", from: "last_buyer_message", hours: 48 },
    { code: "ozon_fbs", from: "order_delivered", hours: 72 },
  ],
  actions: [],
  isModerated: false,
  deliveryStates: ["accepted", "confirmed", "read"],
  source:
    "Ozon Seller API, /v1/chat/send/message, /v1/chat/send/file, /v1/chat/start (OpenAPI 2026-06-11, changes to 2026-10-01). File sizes and types: our own caution.",
};

/** The answer is `{"result":"success"}` and names no message: the id is learnt from history. */
async function sendToChat(context: ConnectorContext, message: OutgoingMessage): Promise<Record<string, never>> {
  const client = ozonClient(context);
  // Two calls could end half done; text and file are two messages of the outbox.
  if (message.text !== undefined && message.file !== undefined) refuse("ozon.text_and_file");
  if (message.file !== undefined) {
    checkFile("ozon", message.file, { types: USUAL_FILE_TYPES, maxBytes: MAX_FILE_BYTES, bytesPerMegabyte: 1_024 * 1_024 });
    await client.sendFile(message.conversationExternalId, message.file.name, message.file.content);
    return {};
  }
  await client.sendMessage(message.conversationExternalId, checkText("ozon", message.text, chat));
  return {};
}

async function readChat(context: ConnectorContext, input: ReadConversationInput): Promise<ExternalConversation> {
  const client = ozonClient(context);
  const history =
    input.since === undefined
      ? await readNewest(client, input.externalId, context.baseUrl, input.messageIds ?? [])
      : await readBackward(client, input.externalId, context.baseUrl, input.since, 100);
  const conversation = toConversation({ externalId: input.externalId, remoteStatus: "unknown" }, history.messages, context.clock.now());
  const { conversations } = await withOrders(context, client, [conversation]);
  return conversations[0] ?? conversation;
}

/** Without the key headers: the host is another one than the service's, and what it refuses says nothing about the key. */
async function publicImage(context: ConnectorContext, image: { readonly host: string; readonly path: string }): Promise<RemoteResponse> {
  const response = await context.http.send({ method: "GET", host: image.host, path: image.path, group: IMAGE_LIMIT.group, repeatable: true });
  if (response.status >= 200 && response.status < 300) return response;
  const kind = response.status === 429 ? "rate-limited" : response.status >= 500 ? "unavailable" : "not-found";
  throw new ConnectorError(kind, undefined, { httpStatus: response.status });
}

function isSame(sent: { readonly text?: string | undefined; readonly fileName?: string | undefined }, found: ExternalMessage): boolean {
  if (found.side !== "seller") return false;
  if (sent.fileName === undefined) return sent.text !== undefined && found.attachments.length === 0 && comparable(sent.text) === comparable(found.text);
  const isImage = typeOfName(sent.fileName, USUAL_FILE_TYPES)?.startsWith("image/") === true;
  // Images come back without a label, under an address of the service's own.
  return found.attachments.some((attachment) => attachment.name === sent.fileName || (isImage && attachment.kind === "image"));
}

async function fetchAttachment(context: ConnectorContext, url: string): Promise<{ readonly content: Uint8Array; readonly contentType: string }> {
  const image = imageOf(url, context.baseUrl);
  const path = filePath(url, context.baseUrl);
  // A request for a file carries the key: it goes to the service's own files and nowhere else. Images are public.
  if (image === undefined && path === undefined) throw new ConnectorError("invalid", "ozon.foreign_attachment");
  const response = image === undefined ? await ozonClient(context).file(path ?? "") : await publicImage(context, image);
  return { content: response.body, contentType: response.headers["content-type"]?.split(";")[0]?.trim() ?? "application/octet-stream" };
}

/** What differs between the three channels. */
interface Channel {
  readonly rules: ChannelRules;
  pull(context: ConnectorContext, input: MessagingPullInput): Promise<PullPage<ExternalConversation>>;
  read(context: ConnectorContext, input: ReadConversationInput): Promise<ExternalConversation>;
  send(context: ConnectorContext, message: OutgoingMessage): Promise<{ readonly externalId?: string | undefined }>;
  markRead(context: ConnectorContext, input: ConversationRef & { readonly messageExternalId: string }): Promise<void>;
  /** By action; none for chats. */
  readonly acts: Readonly<Partial<Record<ConversationAction, (context: ConnectorContext, externalId: string) => Promise<void>>>>;
}

const CHANNELS: Readonly<Record<ConversationStream, Channel>> = {
  chats: {
    rules: chat,
    pull: pullChats,
    read: readChat,
    send: sendToChat,
    async markRead(context, input) {
      await ozonClient(context).markRead(input.conversationExternalId, input.messageExternalId);
    },
    acts: {},
  },
  questions: {
    rules: questionRules,
    pull: (context, input) => pullIfAllowed(context, input, "questions", questionSource),
    read: readQuestion,
    send: answerQuestion,
    markRead: (context, input) => viewQuestion(context, input.conversationExternalId),
    acts: { mark_viewed: viewQuestion, skip: skipQuestion },
  },
  reviews: {
    rules: reviewRules,
    pull: (context, input) => pullIfAllowed(context, input, "reviews", reviewSource),
    read: readReview,
    send: commentReview,
    markRead: (context, input) => viewReview(context, input.conversationExternalId),
    acts: { mark_viewed: viewReview, skip: skipReview },
  },
};

/**
 * A key known not to be allowed this channel asks nothing: the run ends empty and says why, every time, without a refused call
 * (the service counts those) and without the connection looking ill. What is not known is asked, and the refusal is an error.
 */
async function pullIfAllowed(
  context: ConnectorContext,
  input: MessagingPullInput,
  stream: "questions" | "reviews",
  source: (context: ConnectorContext) => FeedbackSource,
): Promise<PullPage<ExternalConversation>> {
  const method = stream === "questions" ? ENDPOINTS.questionList : ENDPOINTS.reviewList;
  const warning = !mayCall(context.facts, method)
    ? { code: "ozon.role_missing", params: { permission: method } }
    : isSubscribed(context.facts, stream)
      ? undefined
      : { code: SUBSCRIPTION_CODE[stream] };
  if (warning !== undefined) return { records: [], rejected: [], received: 0, warnings: [warning] };
  return pullFeedback(context, input, source(context));
}

function channelOf(channel: string): Channel {
  return Object.values(CHANNELS).find((entry) => entry.rules.channel === channel) ?? CHANNELS.chats;
}

export const ozonMessaging: MessagingPort = {
  channels: Object.values(CHANNELS).map((entry) => entry.rules),
  pull: (context, input) => CHANNELS[input.stream].pull(context, input),
  readConversation: (context, input) => channelOf(input.channel ?? channelOfId(input.externalId) ?? CHANNEL).read(context, input),
  writeState,
  send: (context, message) => channelOf(message.channel).send(context, message),
  isSame,
  markRead: (context, input) => channelOf(input.channel).markRead(context, input),
  async start(context, input) {
    const answer = await ozonClient(context).startChat(input.number);
    return { externalId: answer.result.chat_id };
  },
  async act(context, input) {
    const act = channelOf(input.channel).acts[input.action];
    if (act === undefined) refuse("ozon.no_such_act", { action: input.action });
    await act(context, input.conversationExternalId);
  },
  fetchAttachment,
};
