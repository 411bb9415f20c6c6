import { z } from "zod";
import { parseJson } from "@/lib/json";
import { ConnectorError } from "../../../contract/errors";
import type { ConnectorContext, ConversationAction, ConversationRef, MessagingPort, ReadConversationInput } from "../../../contract/ports";
import type { ExternalConversation, ExternalMessage } from "../../../contract/records";
import { isRejected, questionItem, reviewItem, splitId } from "../answers";
import { chatRules, questionRules, reviewRules } from "../channels";
import { type WildberriesClient, wildberriesClient } from "../client";
import { attachmentSource, comparable, inOrder, toConversation } from "../mapper";
import { pendingFileSchema, type RemoteEvent } from "../schemas";
import { writeState } from "../write-state";
import { pullAnswers } from "./answers-pull";
import { readQuestion, readReview } from "./answers-read";
import { group, pullChats } from "./chats-pull";
import { send } from "./sending";

/** The service's clock and ours may differ a little. */
const SLACK_MS = 10_000;
const NEWEST_MS = 24 * 3_600_000;
/** A look into the feed is one call a second: beyond this the answer would come too late to be of use. */
const MAX_PAGES = 60;

async function readConversation(context: ConnectorContext, input: ReadConversationInput): Promise<ExternalConversation> {
  const client = wildberriesClient(context);
  const now = context.clock.now();
  const about = splitId(input.externalId);
  // Of an answer to a review nobody knows the time; it is there now.
  if (about?.kind === "question") return questionItem(await readQuestion(client, about.id)).toConversation(now);
  if (about?.kind === "review") return reviewItem(await readReview(client, about.id), now).toConversation(now);
  const since = input.since ?? new Date(now.getTime() - NEWEST_MS);
  return toConversation(input.externalId, inOrder(await readEvents(client, input.externalId, since)), undefined, now);
}

/** There is no history of one chat: the feed of all is read from the moment in question to its end. */
async function readEvents(client: WildberriesClient, chatId: string, since: Date): Promise<readonly RemoteEvent[]> {
  const found: RemoteEvent[] = [];
  let next = since.getTime() - SLACK_MS > 0 ? String(since.getTime() - SLACK_MS) : undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { result } = await client.events(next);
    found.push(...(group(result.events, undefined).groups.get(chatId) ?? []));
    if (result.events.length === 0 || result.next === undefined || result.next === null || result.next === next) return found;
    next = result.next;
  }
  // An incomplete look must not pass for proof that something is not there.
  throw new ConnectorError("unavailable", "wildberries.feed_too_long");
}

function isSame(sent: { readonly text?: string | undefined; readonly fileName?: string | undefined }, found: ExternalMessage): boolean {
  if (found.side !== "seller") return false;
  if (sent.fileName === undefined) return sent.text !== undefined && found.attachments.length === 0 && comparable(sent.text) === comparable(found.text);
  const isImage = /\.(jpe?g|png)$/i.test(sent.fileName);
  // Images come back without their name.
  return found.attachments.some((attachment) => attachment.name === sent.fileName || (isImage && attachment.kind === "image"));
}

async function act(
  context: ConnectorContext,
  input: ConversationRef & { readonly action: ConversationAction; readonly text?: string | undefined },
): Promise<void> {
  const about = splitId(input.conversationExternalId);
  if (about?.kind !== "question" || input.action === "skip") throw new ConnectorError("invalid", "wildberries.action_unknown");
  const client = wildberriesClient(context);
  if (input.action === "mark_viewed") {
    await client.viewQuestion(about.id);
    return;
  }
  const text = input.text ?? "";
  if (text.trim() === "") throw new ConnectorError("invalid", "wildberries.reject_needs_text");
  if (isRejected(await readQuestion(client, about.id))) return;
  await client.rejectQuestion(about.id, text);
}

async function fetchAttachment(context: ConnectorContext, url: string): Promise<{ readonly content: Uint8Array; readonly contentType: string }> {
  const source = attachmentSource(url);
  // The request may carry the token: it goes to the service's own files and nowhere else.
  if (source === undefined) throw new ConnectorError("invalid", "wildberries.foreign_attachment");
  const client = wildberriesClient(context);
  if ("host" in source) return fetchPhoto(client, source.host, source.path);
  try {
    const response = await client.download(source.downloadId);
    if (response.status !== 202) return { content: response.body, contentType: contentTypeOf(response.headers) };
    const pending = pendingFileSchema.safeParse(readJson(response.text()));
    throw new ConnectorError("unavailable", "wildberries.file_pending", { retryAfterMs: (pending.data?.retrySeconds ?? 30) * 1_000, httpStatus: 202 });
  } catch (error) {
    if (error instanceof ConnectorError && error.httpStatus === 451) throw new ConnectorError("invalid", "wildberries.file_blocked", { httpStatus: 451 });
    if (error instanceof ConnectorError && error.httpStatus === 400) throw new ConnectorError("not-found", undefined, { httpStatus: 400, cause: error });
    throw error;
  }
}

async function fetchPhoto(client: WildberriesClient, host: string, path: string): Promise<{ readonly content: Uint8Array; readonly contentType: string }> {
  const response = await client.photo(host, path);
  if (response.status === 200) return { content: response.body, contentType: contentTypeOf(response.headers) };
  throw new ConnectorError(response.status === 404 ? "not-found" : "unavailable", undefined, { httpStatus: response.status });
}

function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function contentTypeOf(headers: Readonly<Record<string, string>>): string {
  const parsed = z.string().min(1).safeParse(headers["content-type"]?.split(";")[0]?.trim());
  return parsed.data ?? "application/octet-stream";
}

export const wildberriesMessaging: MessagingPort = {
  channels: [chatRules, questionRules, reviewRules],
  pull: (context, input) => (input.stream === "chats" ? pullChats(context, input) : pullAnswers(context, input, input.stream)),
  readConversation,
  writeState,
  send,
  isSame,
  act,
  fetchAttachment,
};
