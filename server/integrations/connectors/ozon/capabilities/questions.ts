import { checkText, refuse } from "../../../contract/outgoing";
import type { ChannelRules, ConnectorContext, OutgoingMessage, ReadConversationInput } from "../../../contract/ports";
import type { ExternalConversation } from "../../../contract/records";
import { type FeedbackClient, feedbackClient } from "../feedback-client";
import { entryId, isPutAway, QUESTION_CHANNEL, questionExternalId, toQuestion } from "../feedback-mapper";
import { questionSchema, type RemoteQuestion } from "../feedback-schemas";
import { type FeedbackSource, mayHideReplies, oddEntry, type ReadEntry } from "./feedback-pull";

export const questionRules: ChannelRules = {
  channel: QUESTION_CHANNEL,
  kind: "question",
  stream: "questions",
  minTextLength: 2,
  maxTextLength: 3_000,
  files: { allowed: false, maxBytes: 0, types: [] },
  starts: [],
  windows: [],
  actions: ["mark_viewed", "skip"],
  isModerated: true,
  deliveryStates: ["accepted", "confirmed"],
  source: "Ozon Seller API, /v1/question/* (OpenAPI 2026-06-11, changes to 2026-10-01). Several answers to one question are not ruled out there.",
};

async function read(client: FeedbackClient, question: RemoteQuestion, isKnown: boolean): Promise<ReadEntry> {
  const isAnswered = question.answers_count > 0 || mayHideReplies(question, isKnown);
  const conversation = toQuestion(question, isAnswered ? await client.answers(question.id, question.sku) : []);
  return { conversation, isPending: conversation.messages.some((message) => message.moderation === "pending") };
}

export function questionSource(context: ConnectorContext): FeedbackSource {
  const client = feedbackClient(context);
  return {
    async list(query) {
      const page = await client.questions(query);
      return { items: page.questions, lastId: page.last_id, hasNext: page.has_next };
    },
    entry(raw) {
      const parsed = questionSchema.safeParse(raw);
      if (!parsed.success) return oddEntry(raw, "ozon.question_shape", parsed.error);
      const question = parsed.data;
      return {
        externalId: questionExternalId(question.id),
        messageId: question.id,
        answers: question.answers_count,
        isPutAway: isPutAway(question.status, question.answers_count),
        read: (isKnown) => read(client, question, isKnown),
      };
    },
  };
}

/** Asks for the answers whatever their count says: a fresh one may not be counted yet. */
export async function readQuestion(context: ConnectorContext, input: ReadConversationInput): Promise<ExternalConversation> {
  const client = feedbackClient(context);
  const question = await client.question(entryId(input.externalId));
  return toQuestion(question, await client.answers(question.id, question.sku));
}

export async function answerQuestion(context: ConnectorContext, message: OutgoingMessage): Promise<{ readonly externalId: string }> {
  if (message.file !== undefined) refuse("ozon.no_files_here");
  const text = checkText("ozon", message.text, questionRules);
  const client = feedbackClient(context);
  const id = entryId(message.conversationExternalId);
  const sku = message.remoteContext["sku"] ?? (await client.question(id)).sku;
  return { externalId: (await client.createAnswer(id, sku, text)).answer_id };
}

/** Looking at it must not make an answered question unanswered again, so the status is asked first. */
export async function viewQuestion(context: ConnectorContext, externalId: string): Promise<void> {
  const client = feedbackClient(context);
  const id = entryId(externalId);
  if ((await client.question(id)).status === "NEW") await client.setQuestionStatus(id, "VIEWED");
}

export async function skipQuestion(context: ConnectorContext, externalId: string): Promise<void> {
  await feedbackClient(context).setQuestionStatus(entryId(externalId), "PROCESSED");
}
