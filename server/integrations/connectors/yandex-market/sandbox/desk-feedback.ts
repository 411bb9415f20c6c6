import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { businessOf, whose } from "./desk-chats";
import type { Events } from "./events";
import { makeFeedback, makeQuestion } from "./past";
import type { Business, Feedback, Question, YandexState } from "./state";

export interface DeskFeedback {
  feedbackId: string;
  offerId: string;
  needReaction: boolean;
  skipped: boolean;
  rating: number;
  comments: { id: string; text: string; by: string; status: string; via: string }[];
}

export interface DeskQuestion {
  questionId: string;
  offerId: string;
  text: string;
  answers: { id: string; text: string; by: string; status: string; via: string; comments: string[] }[];
}

const verdict = z.enum(["PUBLISHED", "BANNED"]);
const seller = (business: Business) => ({ type: "BUSINESS" as const, name: business.name });

/** Desk commands about reviews and questions. */
export function feedbackDesk(state: YandexState, events: Events) {
  return { ...reviewDesk(state, events), ...questionDesk(state, events) };
}

function reviewDesk(state: YandexState, events: Events) {
  const find = (business: Business, feedbackId: string) => {
    const feedback = business.feedbacks.find((candidate) => String(candidate.feedbackId) === feedbackId);
    if (feedback === undefined) throw new Error(`There is no review "${feedbackId}".`);
    return feedback;
  };
  return {
    addFeedback: deskCommand(z.strictObject({ ...whose, text: z.string(), stars: z.number().int().min(1).max(5).default(5) }), (input): DeskFeedback => {
      const business = businessOf(state, input.businessId);
      const made = makeFeedback(state, state.random, business, state.host.clock.nowMs());
      return deskFeedback(events.feedback(business, { ...made, rating: input.stars, advantages: "", disadvantages: "", comment: input.text }));
    }),
    /** A comment of the shop in the cabinet, or of the buyer with `buyer`. */
    commentFeedback: deskCommand(
      z.strictObject({ ...whose, feedbackId: z.string(), text: z.string(), buyer: z.boolean().default(false) }),
      (input): DeskFeedback => {
        const business = businessOf(state, input.businessId);
        const feedback = find(business, input.feedbackId);
        const author = input.buyer ? { type: "USER" as const, name: feedback.author } : seller(business);
        events.comment(business, feedback, { text: input.text, parentId: null, author, via: "desk" });
        return deskFeedback(feedback);
      },
    ),
    /** The moderators decide about the newest comment of the shop. */
    moderateComment: deskCommand(z.strictObject({ ...whose, feedbackId: z.string(), verdict }), (input): DeskFeedback => {
      const feedback = find(businessOf(state, input.businessId), input.feedbackId);
      const newest = feedback.comments.filter((comment) => comment.author.type === "BUSINESS").at(-1);
      if (newest === undefined) throw new Error("The shop has said nothing here.");
      newest.status = input.verdict;
      return deskFeedback(feedback);
    }),
    feedbacks: deskCommand(z.strictObject(whose), (input): DeskFeedback[] => businessOf(state, input.businessId).feedbacks.map(deskFeedback)),
  };
}

function questionDesk(state: YandexState, events: Events) {
  const find = (business: Business, questionId: string) => {
    const question = business.questions.find((candidate) => String(candidate.id) === questionId);
    if (question === undefined) throw new Error(`There is no question "${questionId}".`);
    return question;
  };
  return {
    addQuestion: deskCommand(z.strictObject({ ...whose, text: z.string() }), (input): DeskQuestion => {
      const business = businessOf(state, input.businessId);
      const made = makeQuestion(state, state.random, business, state.host.clock.nowMs());
      return deskQuestion(events.question(business, { ...made, text: input.text }));
    }),
    answerQuestion: deskCommand(
      z.strictObject({ ...whose, questionId: z.string(), text: z.string(), buyer: z.boolean().default(false) }),
      (input): DeskQuestion => {
        const business = businessOf(state, input.businessId);
        const question = find(business, input.questionId);
        const author = input.buyer ? { type: "USER" as const, name: "Другой покупатель" } : seller(business);
        events.answer(business, question, { text: input.text, author, via: "desk" });
        return deskQuestion(question);
      },
    ),
    /** A buyer says something about the newest answer. */
    commentAnswer: deskCommand(z.strictObject({ ...whose, questionId: z.string(), text: z.string() }), (input): DeskQuestion => {
      const business = businessOf(state, input.businessId);
      const question = find(business, input.questionId);
      const answer = question.answers.at(-1);
      if (answer === undefined) throw new Error("There is no answer here.");
      events.answerComment(business, answer, { text: input.text, author: { type: "USER", name: question.author }, via: "desk" });
      return deskQuestion(question);
    }),
    moderateAnswer: deskCommand(z.strictObject({ ...whose, questionId: z.string(), verdict }), (input): DeskQuestion => {
      const question = find(businessOf(state, input.businessId), input.questionId);
      const newest = question.answers.filter((answer) => answer.author.type === "BUSINESS").at(-1);
      if (newest === undefined) throw new Error("The shop has said nothing here.");
      newest.status = input.verdict;
      return deskQuestion(question);
    }),
    questions: deskCommand(z.strictObject(whose), (input): DeskQuestion[] => businessOf(state, input.businessId).questions.map(deskQuestion)),
  };
}

function deskFeedback(feedback: Feedback): DeskFeedback {
  return {
    feedbackId: String(feedback.feedbackId),
    offerId: feedback.offerId,
    needReaction: feedback.needReaction,
    skipped: feedback.skipped,
    rating: feedback.rating,
    comments: feedback.comments
      .filter(({ status }) => status !== "DELETED")
      .map((comment) => ({ id: String(comment.id), text: comment.text, by: comment.author.type, status: comment.status, via: comment.via })),
  };
}

function deskQuestion(question: Question): DeskQuestion {
  return {
    questionId: String(question.id),
    offerId: question.offerId,
    text: question.text,
    answers: question.answers
      .filter(({ status }) => status !== "DELETED")
      .map((answer) => ({
        id: String(answer.id),
        text: answer.text,
        by: answer.author.type,
        status: answer.status,
        via: answer.via,
        comments: answer.comments.map((comment) => String(comment.id)),
      })),
  };
}
