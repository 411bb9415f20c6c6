import { ConnectorError } from "../../../contract/errors";
import type { ConnectorContext } from "../../../contract/ports";
import type { ExternalConversation } from "../../../contract/records";
import type { MarketClient } from "../client";
import { afterReview, readAnswers, readComments } from "../feedback-read";
import { toQuestion } from "../mapper-feedback";
import { feedbackSchema, questionSchema } from "../schemas";
import { reviewOf } from "./pull-reviews";

/**
 * One review with its comments. Whoever looks for something sent lately says since when: as comments carry no time, those not
 * known yet are then taken for new.
 */
export async function readReview(context: ConnectorContext, client: MarketClient, feedbackId: string, since: Date | undefined): Promise<ExternalConversation> {
  const page = await client.feedbacks({ ids: [feedbackId], limit: 1 });
  const parsed = page.feedbacks.map((raw) => feedbackSchema.safeParse(raw)).find((result) => result.success && result.data.feedbackId === feedbackId);
  if (parsed?.success !== true) throw new ConnectorError("not-found");
  const now = context.clock.now();
  const { messages } = await readComments(client, parsed.data, since === undefined ? afterReview(parsed.data) : () => now);
  return reviewOf(parsed.data, messages, context.baseUrl);
}

export async function readQuestion(client: MarketClient, questionId: string): Promise<ExternalConversation> {
  const page = await client.questions({ ids: [questionId], limit: 1 });
  const parsed = page.questions
    .map((raw) => questionSchema.safeParse(raw))
    .find((result) => result.success && result.data.questionIdentifiers.id === questionId);
  if (parsed?.success !== true) throw new ConnectorError("not-found");
  const { messages } = await readAnswers(client, questionId);
  return toQuestion(parsed.data, messages);
}
