import { ConnectorError } from "../../../contract/errors";
import { checkFile, checkText, refuse } from "../../../contract/outgoing";
import type { ConnectorContext, OutgoingMessage } from "../../../contract/ports";
import { answerId, isRejected, splitId } from "../answers";
import { chatRules, rulesOf } from "../channels";
import { type OutgoingFile, type WildberriesClient, wildberriesClient } from "../client";
import { SIGNATURE_REFUSED } from "../errors";
import { comparable } from "../mapper";
import { readQuestion, readReview } from "./answers-read";
import { listChats } from "./chats-pull";

const MAX_SIGN = 255;
const EXTENSIONS: Readonly<Record<string, string>> = { jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", pdf: "application/pdf" };
/** First bytes of the three kinds: the service looks at the content, not at the name. */
const SIGNATURES: Readonly<Record<string, readonly number[]>> = {
  "image/jpeg": [0xff, 0xd8, 0xff],
  "image/png": [0x89, 0x50, 0x4e, 0x47],
  "application/pdf": [0x25, 0x50, 0x44, 0x46],
};

/** The content must be what the name says. */
function checkedFile(file: NonNullable<OutgoingMessage["file"]>): OutgoingFile {
  const type = checkFile("wildberries", file, { types: EXTENSIONS, maxBytes: chatRules.files.maxBytes, bytesPerMegabyte: 1_024 * 1_024 });
  if (!SIGNATURES[type]?.every((byte, index) => file.content[index] === byte)) refuse("wildberries.file_type", { name: file.name.slice(0, 100) });
  return { name: file.name, type, content: file.content };
}

export async function send(context: ConnectorContext, message: OutgoingMessage): Promise<{ readonly externalId?: string | undefined }> {
  const about = splitId(message.conversationExternalId);
  if (about === undefined) return sendChat(context, message);
  if (message.file !== undefined) refuse("wildberries.file_not_here");
  const text = message.text ?? "";
  checkText("wildberries", text, rulesOf(message.channel));
  const client = wildberriesClient(context);
  if (about.kind === "question") await answerQuestion(client, about.id, text);
  else await answerReview(client, about.id, text);
  return { externalId: answerId(message.conversationExternalId) };
}

/** The answer names no event: our message is found in the feed by chat, time and text. */
async function sendChat(context: ConnectorContext, message: OutgoingMessage): Promise<Record<string, never>> {
  if (message.file === undefined || message.text !== undefined) checkText("wildberries", message.text, chatRules);
  const content = { text: message.text, file: message.file === undefined ? undefined : checkedFile(message.file) };
  const client = wildberriesClient(context);
  const known = message.remoteContext["replySign"];
  const replySign = known === undefined || known.length > MAX_SIGN ? await findSignature(client, message.conversationExternalId) : known;
  try {
    await post(client, { ...content, replySign });
  } catch (error) {
    // Only this refusal proves that nothing was sent, and only another signature makes a second try worth it.
    if (!(error instanceof ConnectorError) || error.code !== SIGNATURE_REFUSED) throw error;
    const renewed = await findSignature(client, message.conversationExternalId);
    if (renewed === replySign) throw error;
    await post(client, { ...content, replySign: renewed });
  }
  return {};
}

async function findSignature(client: WildberriesClient, chatId: string): Promise<string> {
  const replySign = (await listChats(client)).get(chatId)?.replySign;
  if (replySign === undefined) throw new ConnectorError("not-found", "wildberries.chat_unknown");
  return replySign;
}

async function post(
  client: WildberriesClient,
  message: { readonly replySign: string; readonly text?: string | undefined; readonly file?: OutgoingFile | undefined },
): Promise<void> {
  const { errors } = await client.sendMessage(message);
  // The list is of files; whether the rest was sent beside a refused file is for the history to tell.
  if (errors.length > 0) {
    throw new ConnectorError("unknown", "wildberries.file_refused", { mayHaveTakenEffect: true, remoteText: errors.join("; ").slice(0, 500), httpStatus: 200 });
  }
}

/** Looked at first: the same call answers and edits, and an edit can be had only once. */
async function answerQuestion(client: WildberriesClient, id: string, text: string): Promise<void> {
  const question = await readQuestion(client, id);
  if (isRejected(question)) throw new ConnectorError("closed", "wildberries.question_rejected");
  if (question.answer) {
    if (comparable(question.answer.text) === comparable(text)) return;
    if (question.answer.editable === false) throw new ConnectorError("closed", "wildberries.answer_final");
  }
  await client.answerQuestion(id, text);
}

/** Looked at first: the service says 204 even to an id it does not know, and an edit is a call of its own. */
async function answerReview(client: WildberriesClient, id: string, text: string): Promise<void> {
  const review = await readReview(client, id);
  if (!review.answer) {
    await client.answerReview(id, text);
    return;
  }
  if (comparable(review.answer.text) === comparable(text)) return;
  if (review.answer.editable === false) throw new ConnectorError("closed", "wildberries.answer_final");
  await client.editReviewAnswer(id, text);
}
