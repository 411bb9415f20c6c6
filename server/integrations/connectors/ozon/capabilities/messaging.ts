import { ConnectorError } from "../../../contract/errors";
import type { ChannelRules, ConnectorContext, MessagingPort, OutgoingMessage } from "../../../contract/ports";
import type { ExternalConversation, ExternalMessage } from "../../../contract/records";
import { ozonClient } from "../client";
import { readBackward, readNewest } from "../history";
import { CHANNEL, comparable, filePath, toConversation } from "../mapper";
import { withOrders } from "../order-context";
import { writeState } from "../write-window";
import { pullChats } from "./messaging-pull";

const MAX_TEXT = 1_000;
/** The docs name neither sizes nor types of files: ours are cautious [I]. */
const MAX_FILE_BYTES = 10 * 1024 * 1024;
const FILE_TYPES: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  pdf: "application/pdf",
  txt: "text/plain",
  doc: "application/msword",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xls: "application/vnd.ms-excel",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

const chat: ChannelRules = {
  channel: CHANNEL,
  maxTextLength: MAX_TEXT,
  files: { allowed: true, maxBytes: MAX_FILE_BYTES, types: [...new Set(Object.values(FILE_TYPES))] },
  canStart: true,
  deliveryStates: ["accepted", "confirmed", "read"],
  source:
    "Ozon Seller API, /v1/chat/send/message, /v1/chat/send/file, /v1/chat/start (OpenAPI 2026-06-11, changes to 2026-10-01). File sizes and types: our own caution.",
};

function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? "";
}

function refuse(code: string, params: Readonly<Record<string, string | number>> = {}): never {
  throw new ConnectorError("invalid", code, { params });
}

/** What can be known to be refused is refused here, before a call: identical bad calls cost the key its standing. */
function checkText(text: string): void {
  const length = [...text].length;
  if (text.trim() === "") refuse("ozon.text_empty");
  if (length > MAX_TEXT) refuse("ozon.text_too_long", { max: MAX_TEXT, length });
}

function checkFile(file: NonNullable<OutgoingMessage["file"]>): void {
  if (FILE_TYPES[extensionOf(file.name)] === undefined) refuse("ozon.file_type", { name: file.name.slice(0, 100) });
  if (file.content.byteLength === 0) refuse("ozon.file_empty");
  if (file.content.byteLength > MAX_FILE_BYTES) refuse("ozon.file_too_large", { maxMegabytes: MAX_FILE_BYTES / 1024 / 1024 });
}

/** The answer is `{"result":"success"}` and names no message: the id is learnt from history. */
async function send(context: ConnectorContext, message: OutgoingMessage): Promise<Record<string, never>> {
  const client = ozonClient(context);
  // Two calls could end half done; text and file are two messages of the outbox.
  if (message.text !== undefined && message.file !== undefined) refuse("ozon.text_and_file");
  if (message.file !== undefined) {
    checkFile(message.file);
    await client.sendFile(message.conversationExternalId, message.file.name, message.file.content);
    return {};
  }
  checkText(message.text ?? "");
  await client.sendMessage(message.conversationExternalId, message.text ?? "");
  return {};
}

async function readConversation(context: ConnectorContext, input: Parameters<MessagingPort["readConversation"]>[1]): Promise<ExternalConversation> {
  const client = ozonClient(context);
  const history =
    input.since === undefined
      ? await readNewest(client, input.externalId, context.baseUrl, input.messageIds ?? [])
      : await readBackward(client, input.externalId, context.baseUrl, input.since, 100);
  const conversation = toConversation({ externalId: input.externalId, remoteStatus: "unknown" }, history.messages, context.clock.now());
  const { conversations } = await withOrders(context, client, [conversation]);
  return conversations[0] ?? conversation;
}

function isSame(sent: { readonly text?: string | undefined; readonly fileName?: string | undefined }, found: ExternalMessage): boolean {
  if (found.side !== "seller") return false;
  if (sent.fileName === undefined) return sent.text !== undefined && found.attachments.length === 0 && comparable(sent.text) === comparable(found.text);
  const isImage = FILE_TYPES[extensionOf(sent.fileName)]?.startsWith("image/") === true;
  // Images come back without a label, under an address of the service's own.
  return found.attachments.some((attachment) => attachment.name === sent.fileName || (isImage && attachment.kind === "image"));
}

async function fetchAttachment(context: ConnectorContext, url: string): Promise<{ readonly content: Uint8Array; readonly contentType: string }> {
  const path = filePath(url, context.baseUrl);
  // The request carries the key: it goes to the service's own files and nowhere else.
  if (path === undefined) throw new ConnectorError("invalid", "ozon.foreign_attachment");
  const response = await ozonClient(context).file(path);
  return { content: response.body, contentType: response.headers["content-type"]?.split(";")[0]?.trim() ?? "application/octet-stream" };
}

export const ozonMessaging: MessagingPort = {
  channels: [chat],
  pull: pullChats,
  readConversation,
  writeState,
  send,
  isSame,
  async markRead(context, input) {
    await ozonClient(context).markRead(input.conversationExternalId, input.messageExternalId);
  },
  async start(context, input) {
    const answer = await ozonClient(context).startChat(input.postingNumber);
    return { externalId: answer.result.chat_id };
  },
  fetchAttachment,
};
