import { ConnectorError } from "../../../contract/errors";
import { checkFile, checkText, refuse, typeOfName, USUAL_FILE_TYPES } from "../../../contract/outgoing";
import type { ChannelRules, ConnectorContext, MessagingPort, OutgoingMessage, ReadConversationInput } from "../../../contract/ports";
import type { ExternalConversation, ExternalMessage } from "../../../contract/records";
import { CHANNEL } from "../channels";
import { openRozetka } from "../client";
import { type ChatList, comparable, fileIdOf, toConversation } from "../mapper-chats";
import { pullChats, readChats } from "./pull-chats";

/** Neither a length nor kinds of files are documented: our own caution. */
const MAX_TEXT = 2_000;
const MEGABYTE = 1_000_000;
const MAX_FILE_BYTES = 5 * MEGABYTE;

const chat: ChannelRules = {
  channel: CHANNEL,
  kind: "chat",
  stream: "chats",
  minTextLength: 1,
  maxTextLength: MAX_TEXT,
  files: { allowed: true, maxBytes: MAX_FILE_BYTES, types: [...new Set(Object.values(USUAL_FILE_TYPES))] },
  starts: ["order"],
  windows: [],
  actions: [],
  isModerated: true,
  deliveryStates: ["accepted", "confirmed"],
  source:
    "Rozetka Seller API, messages (apidoc as of 2025-10-18): every message passes a moderator or a machine. Length and kinds of files are not documented: our own caution.",
};

function chatId(externalId: string): string {
  return /^\d{1,20}$/.test(externalId) ? externalId : refuse("rozetka.unknown_conversation", { id: externalId.slice(0, 60) });
}

const isList = (value: string | undefined): value is ChatList => value === "orders" || value === "items";

/** From the lists, by its id: opening the chat itself would mark it as read. */
async function readConversation(context: ConnectorContext, input: ReadConversationInput): Promise<ExternalConversation> {
  const id = chatId(input.externalId);
  const known = input.remoteContext?.["list"];
  const lists: readonly ChatList[] = isList(known) ? [known] : ["orders", "items"];
  const client = openRozetka(context);
  for (const list of lists) {
    const { chats } = readChats((await client.chats({ msgType: list, id, page: 1 })).chats);
    const found = chats.find((entry) => entry.chat.id === id);
    if (found !== undefined) return toConversation(found.chat, list, found.messages);
  }
  throw new ConnectorError("not-found");
}

/** A file needs words beside it: where there are none, its name stands there. */
async function send(context: ConnectorContext, message: OutgoingMessage): Promise<{ readonly externalId?: string | undefined }> {
  const id = chatId(message.conversationExternalId);
  const { file } = message;
  const type = file === undefined ? undefined : checkFile("rozetka", file, { types: USUAL_FILE_TYPES, maxBytes: MAX_FILE_BYTES, bytesPerMegabyte: MEGABYTE });
  const body = file !== undefined && message.text === undefined ? file.name : checkText("rozetka", message.text, chat);
  const receiverId = message.remoteContext["receiverId"];
  if (receiverId === undefined || !/^\d{1,20}$/.test(receiverId)) return refuse("rozetka.no_receiver");
  const sent = await openRozetka(context).send({
    chatId: id,
    receiverId,
    body,
    ...(file === undefined || type === undefined ? {} : { file: { name: file.name, type, content: file.content } }),
  });
  return { externalId: sent.id };
}

function isSame(sent: { readonly text?: string | undefined; readonly fileName?: string | undefined }, found: ExternalMessage): boolean {
  if (found.side !== "seller") return false;
  if (sent.fileName !== undefined) {
    const name = sent.fileName.normalize("NFC");
    return (
      found.attachments.some((file) => file.name.normalize("NFC") === name) && (sent.text === undefined || comparable(sent.text) === comparable(found.text))
    );
  }
  return sent.text !== undefined && found.attachments.length === 0 && comparable(sent.text) === comparable(found.text);
}

async function fetchAttachment(context: ConnectorContext, url: string): Promise<{ readonly content: Uint8Array; readonly contentType: string }> {
  const id = fileIdOf(url, context.baseUrl);
  if (id === undefined) throw new ConnectorError("invalid", "rozetka.foreign_attachment");
  const response = await openRozetka(context).file(id);
  const told = response.headers["content-type"]?.split(";")[0]?.trim() ?? "";
  const name = /filename="?([^";]+)/i.exec(response.headers["content-disposition"] ?? "")?.[1] ?? "";
  const isVague = told === "" || told === "application/octet-stream";
  return { content: response.body, contentType: isVague ? (typeOfName(name, USUAL_FILE_TYPES) ?? "application/octet-stream") : told };
}

export const rozetkaMessaging: MessagingPort = {
  channels: [chat],
  pull: pullChats,
  readConversation,
  writeState: () => ({ open: true }),
  send,
  isSame,
  async markRead(context, input) {
    await openRozetka(context).openChat(chatId(input.conversationExternalId));
  },
  async start(context, input) {
    const number = input.number.trim();
    if (input.about !== "order" || !/^\d{1,20}$/.test(number)) refuse("rozetka.order_number", { number: number.slice(0, 60) });
    return { externalId: (await openRozetka(context).orderChat(number)).id };
  },
  fetchAttachment,
};
