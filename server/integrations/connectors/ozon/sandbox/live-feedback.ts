import type { Random } from "@/sandbox/kit/random";
import type { Question, Review } from "./feedback";
import { QUESTIONS, REVIEWS, THANKS } from "./feedback-talk";
import { addReply, makeQuestion, makeReview } from "./feedback-world";
import type { OzonState, Seller } from "./state";

const SECOND = 1_000;
/** Nobody wants a demo of nothing but unanswered reviews. */
const MAX_WAITING = 30;

/** Buyers who ask and review while the demo runs: one every 40 to 90 seconds, and now and then a word after our comment. */
export class LiveReviewers {
  private started = false;

  constructor(
    private readonly state: OzonState,
    private readonly seller: Seller,
  ) {}

  /** The API was used: the first entry comes within half a minute. */
  wake(): void {
    if (this.started) return;
    this.started = true;
    this.state.host.clock.after(this.random.int(8 * SECOND, 25 * SECOND), () => this.write());
  }

  /** We commented a review: some reviewers thank, once they can see it. */
  answerTo(entryId: string): void {
    const review = this.seller.reviews.get(entryId);
    if (!review || !this.random.chance(0.35)) return;
    this.state.host.clock.after(this.random.int(30 * SECOND, 70 * SECOND), () => {
      addReply(this.state, this.seller, review, { text: this.random.pick(THANKS), from: "buyer", via: "scenario", parentId: review.replies.at(-1)?.id });
      review.status = "NEW";
    });
  }

  private get random(): Random {
    return this.state.random;
  }

  private write(): void {
    this.state.host.clock.after(this.random.int(40 * SECOND, 90 * SECOND), () => this.write());
    if (this.waiting() >= MAX_WAITING) return;
    const product = this.random.pick(this.seller.products);
    const nowMs = this.state.host.clock.nowMs();
    if (this.random.chance(0.5)) this.seller.questions.add(makeQuestion(this.random, product.sku, this.random.pick(QUESTIONS).ask, nowMs));
    else this.seller.reviews.add(makeReview(this.random, product.sku, this.random.pick(REVIEWS), nowMs));
  }

  private waiting(): number {
    const isWaiting = (entry: Question | Review) => entry.status !== "PROCESSED";
    return this.seller.questions.all().filter(isWaiting).length + this.seller.reviews.all().filter(isWaiting).length;
  }
}
