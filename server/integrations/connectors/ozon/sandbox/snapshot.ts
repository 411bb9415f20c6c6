import { type Chat, ChatStore, type Message, MessageLog } from "./chats";
import { EntryStore, type Question, type Review } from "./feedback";
import { type Accrual, Ledger } from "./ledger";
import { type Posting, PostingStore } from "./postings";
import type { OzonState, Seller, StoredFile } from "./state";

type SavedChat = Omit<Chat, "messages"> & { messages: Message[] };
type SavedSeller = Omit<Seller, "chats" | "postings" | "ledger" | "questions" | "reviews" | "reviewManagement" | "moderationSeconds"> & {
  chats: SavedChat[];
  postings: Posting[];
  accruals: Accrual[];
  /** Absent, like the settings beside them, in a state saved before there were any. */
  questions?: Question[];
  reviews?: Review[];
  reviewManagement?: boolean;
  moderationSeconds?: number | null;
};

interface Saved {
  version: 1;
  sellers: SavedSeller[];
  files: [id: string, file: Omit<StoredFile, "bytes"> & { base64: string }][];
  nextEndpointId: number;
  lastMessageId: string;
}

/** The whole state as plain JSON data, so that a demo can go on after a restart. Not for `bulk`, whose rows are formulas. */
export function saveState(state: OzonState): Saved {
  return {
    version: 1,
    sellers: [...state.sellers.values()].map((seller) => {
      const { chats, postings, ledger, questions, reviews, ...plain } = seller;
      return {
        ...plain,
        questions: [...questions.all()],
        reviews: [...reviews.all()],
        chats: chats.newestFirst().map((chat) => ({ ...chat, messages: Array.from({ length: chat.messages.length }, (_, index) => chat.messages.get(index)) })),
        postings: [...postings.all()],
        accruals: ledger.all(),
      };
    }),
    files: [...state.files].map(([id, { bytes, ...file }]) => [id, { ...file, base64: Buffer.from(bytes).toString("base64") }]),
    nextEndpointId: state.nextEndpointId,
    lastMessageId: state.lastMessageId.toString(),
  };
}

/** Fills an empty state from what {@link saveState} gave; false when it is of another kind. */
export function restoreState(state: OzonState, saved: unknown): boolean {
  if (typeof saved !== "object" || saved === null || !("version" in saved) || saved.version !== 1) return false;
  const data = saved as Saved;
  for (const seller of data.sellers) state.sellers.set(seller.clientId, restoreSeller(seller));
  for (const [id, { base64, ...file }] of data.files) state.files.set(id, { ...file, bytes: Buffer.from(base64, "base64") });
  state.nextEndpointId = data.nextEndpointId;
  state.lastMessageId = BigInt(data.lastMessageId);
  return true;
}

function restoreSeller(saved: SavedSeller): Seller {
  const { chats: savedChats, postings: savedPostings, accruals, questions: savedQuestions = [], reviews: savedReviews = [], ...plain } = saved;
  const chats = new ChatStore();
  for (const { messages, ...chat } of savedChats) {
    const log = new MessageLog();
    for (const message of messages) log.append(message);
    chats.add({ ...chat, messages: log });
  }
  const postings = new PostingStore();
  for (const posting of savedPostings) postings.add(posting);
  const ledger = new Ledger();
  for (const accrual of accruals) ledger.add(accrual);
  const questions = new EntryStore<Question>();
  for (const question of savedQuestions) questions.add(question);
  const reviews = new EntryStore<Review>();
  for (const review of savedReviews) reviews.add(review);
  return { reviewManagement: true, moderationSeconds: null, ...plain, chats, postings, ledger, questions, reviews };
}
