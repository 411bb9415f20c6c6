import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { sellerOf } from "./desk-chats";
import { type EntryStatus, type Question, type Reply, type Review, standingOf } from "./feedback";
import { addReply, makeQuestion, makeReview } from "./feedback-world";
import type { OzonState, Seller } from "./state";

export interface DeskReply {
  id: string;
  text: string;
  from: Reply["from"];
  via: Reply["via"];
  standing: "pending" | Reply["verdict"];
}

/** A question (`rating` null) or a review as the desk shows it. */
export interface DeskEntry {
  id: string;
  sku: string;
  text: string;
  rating: number | null;
  at: string;
  status: EntryStatus;
  replies: DeskReply[];
}

const whose = { clientId: z.string().optional() };

/** Desk commands about questions and reviews; `id` is the question's or the review's. */
export function feedbackDesk(state: OzonState) {
  const shown = (entry: Question | Review) => deskEntry(entry, state.host.clock.nowMs());
  return {
    addQuestion: deskCommand(
      z.strictObject({ ...whose, text: z.string(), sku: z.number().optional(), authorName: z.string().optional() }),
      (input): DeskEntry => {
        const seller = sellerOf(state, input.clientId);
        const question = makeQuestion(state.random, input.sku ?? firstSku(seller), input.text, state.host.clock.nowMs(), input.authorName);
        seller.questions.add(question);
        return shown(question);
      },
    ),
    addReview: deskCommand(
      z.strictObject({
        ...whose,
        text: z.string(),
        rating: z.number().int().min(1).max(5),
        photos: z.number().int().min(0).max(10).default(0),
        sku: z.number().optional(),
      }),
      (input): DeskEntry => {
        const seller = sellerOf(state, input.clientId);
        const review = makeReview(state.random, input.sku ?? firstSku(seller), input, state.host.clock.nowMs());
        seller.reviews.add(review);
        return shown(review);
      },
    ),
    /** The seller answers or comments in the cabinet, or a buyer does. */
    reply: deskCommand(
      z.strictObject({ ...whose, id: z.string(), text: z.string(), from: z.enum(["seller", "buyer"]).default("seller") }),
      (input): DeskEntry => {
        const { seller, entry } = find(state, input);
        addReply(state, seller, entry, { text: input.text, from: input.from, via: "cabinet" });
        if (input.from === "seller") entry.status = "PROCESSED";
        return shown(entry);
      },
    ),
    /** The moderators decide about the newest reply that came through the API. */
    moderate: deskCommand(z.strictObject({ ...whose, id: z.string(), verdict: z.enum(["passed", "failed"]) }), (input): DeskEntry => {
      const { entry } = find(state, input);
      const reply = entry.replies.filter((each) => each.via === "api").at(-1);
      if (reply) {
        reply.verdict = input.verdict;
        reply.decidedAtMs = state.host.clock.nowMs();
      }
      return shown(entry);
    }),
    setEntryStatus: deskCommand(z.strictObject({ ...whose, id: z.string(), status: z.enum(["NEW", "VIEWED", "PROCESSED"]) }), (input): DeskEntry => {
      const { entry } = find(state, input);
      entry.status = input.status;
      return shown(entry);
    }),
    /** Oldest first. */
    questions: deskCommand(z.strictObject(whose), (input): DeskEntry[] => sellerOf(state, input.clientId).questions.all().map(shown)),
    reviews: deskCommand(z.strictObject(whose), (input): DeskEntry[] => sellerOf(state, input.clientId).reviews.all().map(shown)),
  };
}

function find(state: OzonState, input: { clientId?: string | undefined; id: string }): { seller: Seller; entry: Question | Review } {
  const seller = sellerOf(state, input.clientId);
  const entry = seller.questions.get(input.id) ?? seller.reviews.get(input.id);
  if (!entry) throw new Error(`There is no question or review "${input.id}".`);
  return { seller, entry };
}

function firstSku(seller: Seller): number {
  const sku = seller.products[0]?.sku;
  if (sku === undefined) throw new Error("The seller has no products.");
  return sku;
}

function deskEntry(entry: Question | Review, nowMs: number): DeskEntry {
  return {
    id: entry.id,
    sku: String(entry.sku),
    text: entry.text,
    rating: "rating" in entry ? entry.rating : null,
    at: new Date(entry.atMs).toISOString(),
    status: entry.status,
    replies: entry.replies.map((reply) => ({ id: reply.id, text: reply.text, from: reply.from, via: reply.via, standing: standingOf(reply, nowMs) })),
  };
}
