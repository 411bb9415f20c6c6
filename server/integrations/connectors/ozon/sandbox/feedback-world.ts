import { Random, seedOf } from "@/sandbox/kit/random";
import type { Question, Reply, Review } from "./feedback";
import { NAMES, QUESTIONS, REVIEWS } from "./feedback-talk";
import type { OzonState, Seller } from "./state";

const HOUR_MS = 3_600_000;

/** A UUID of version 7: the moment first, so that ids sort by time. */
export function idAt(random: Random, atMs: number): string {
  const stamp = Math.floor(atMs).toString(16).padStart(12, "0");
  const tail = random.uuid();
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${tail.slice(15)}`;
}

/** How long moderators take; null = until the desk decides. */
function decidedAt(seller: Seller, random: Random, nowMs: number): number | null {
  return seller.moderationSeconds === null ? null : nowMs + Math.round(seller.moderationSeconds * (0.5 + random.next()) * 1_000);
}

export function makeQuestion(random: Random, sku: number, text: string, atMs: number, authorName = random.pick(NAMES)): Question {
  return { id: idAt(random, atMs), sku, text, atMs, status: "NEW", replies: [], authorName };
}

export function makeReview(random: Random, sku: number, input: { text: string; rating: number; photos: number }, atMs: number): Review {
  return {
    id: idAt(random, atMs),
    sku,
    text: input.text,
    atMs,
    status: "NEW",
    replies: [],
    rating: input.rating,
    photos: input.photos,
    orderStatus: random.chance(0.97) ? "DELIVERED" : "CANCELLED",
    likes: random.int(0, 12),
  };
}

/** Adds a reply. Through the API it goes to the moderators, an equal text of the same seller is a duplicate; in the cabinet it shows at once. */
export function addReply(
  state: OzonState,
  seller: Seller,
  entry: Question | Review,
  input: { text: string; from: Reply["from"]; via: Reply["via"]; parentId?: string | undefined; authorName?: string | undefined },
): Reply {
  const nowMs = state.host.clock.nowMs();
  const isDouble = entry.replies.some((reply) => reply.from === "seller" && reply.text === input.text);
  const reply: Reply = {
    id: idAt(state.random, nowMs),
    text: input.text,
    atMs: nowMs,
    from: input.from,
    authorName: input.authorName ?? (input.from === "seller" ? seller.companyName : "Пользователь OZON"),
    parentId: input.parentId ?? "",
    decidedAtMs: input.via === "api" ? decidedAt(seller, state.random, nowMs) : nowMs,
    verdict: input.via === "api" && isDouble ? "duplicate" : "passed",
    via: input.via,
  };
  entry.replies.push(reply);
  return reply;
}

/** The written past: two thirds answered, the rest waiting. Draws from its own numbers, so that chats and orders stay the same. */
export function fillFeedback(state: OzonState, seller: Seller, size: { questions: number; reviews: number }): void {
  const random = new Random(seedOf(`feedback ${seller.clientId}`));
  const nowMs = state.host.clock.nowMs();
  const skuOf = (index: number) => seller.products[(index * 7) % seller.products.length]?.sku ?? 0;
  const settle = (entry: Question | Review, index: number, answer: string) => {
    if (index % 3 === 0) return;
    const atMs = Math.min(entry.atMs + random.int(1, 20) * HOUR_MS, nowMs - HOUR_MS);
    entry.status = index % 7 === 5 ? "VIEWED" : "PROCESSED";
    if (entry.status === "VIEWED") return;
    entry.replies.push({
      id: idAt(random, atMs),
      text: answer,
      atMs,
      from: "seller",
      authorName: seller.companyName,
      parentId: "",
      decidedAtMs: atMs,
      verdict: "passed",
      via: "scenario",
    });
  };
  for (let index = 0; index < size.questions; index += 1) {
    const topic = QUESTIONS[index % QUESTIONS.length];
    if (topic === undefined) continue;
    const question = makeQuestion(random, skuOf(index), topic.ask, nowMs - (index % 3 === 0 ? random.int(1, 40) : random.int(30, 20 * 24)) * HOUR_MS);
    settle(question, index, topic.answer);
    seller.questions.add(question);
  }
  for (let index = 0; index < size.reviews; index += 1) {
    const topic = REVIEWS[index % REVIEWS.length];
    if (topic === undefined) continue;
    const review = makeReview(random, skuOf(index + 3), topic, nowMs - (index % 3 === 0 ? random.int(1, 60) : random.int(30, 25 * 24)) * HOUR_MS);
    settle(review, index, topic.answer);
    seller.reviews.add(review);
  }
}
