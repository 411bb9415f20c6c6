import type { ConnectorContext, MessagingPullInput, PullPage } from "../../../contract/ports";
import type { ExternalConversation } from "../../../contract/records";
import { openMarket } from "../client";
import { readAnswers } from "../feedback-read";
import { questionRef, toQuestion } from "../mapper-feedback";
import { questionSchema } from "../schemas";
import { parseEntries, type Source, sweep } from "./pull-feedback";

const LIMIT = 50;
const DAY_MS = 86_400_000;
/** The longest span the service lists at once is a month; one day less, so that its calendar and ours agree on it. */
const WINDOW_MS = 27 * DAY_MS;

/** Days are calendar days of Moscow time [I]: one more on each side costs nothing. */
function dayOf(at: Date, shiftDays: number): string {
  return new Date(at.getTime() + shiftDays * DAY_MS).toISOString().slice(0, 10);
}

export async function pullQuestions(context: ConnectorContext, input: MessagingPullInput): Promise<PullPage<ExternalConversation>> {
  const client = await openMarket(context);
  const source: Source = {
    maxWindowMs: WINDOW_MS,
    // What waits for an answer has none of ours; other buyers' answers are found by the full sweep.
    waitingHasReplies: false,
    // A comment on our answer puts the question on no list.
    recheck: 10,
    async list({ waiting, from, to, pageToken }) {
      const page = await client.questions({
        limit: LIMIT,
        pageToken,
        needAnswer: waiting,
        from: dayOf(waiting ? new Date(to.getTime() - WINDOW_MS) : from, -1),
        to: dayOf(to, 1),
      });
      const { parsed, rejected } = parseEntries(page.questions, questionSchema, "yandex-market.question_shape");
      const entries = parsed.map((question) => ({
        externalId: questionRef(question.questionIdentifiers.id),
        mayHaveReplies: true,
        isSettled: false,
        async read(detail: boolean) {
          const replies = detail ? await readAnswers(client, question.questionIdentifiers.id) : { messages: [], rejected: [] };
          return { conversation: toQuestion(question, replies.messages), rejected: replies.rejected };
        },
      }));
      return { entries, rejected, next: page.paging };
    },
  };
  return sweep(context, input, source);
}
