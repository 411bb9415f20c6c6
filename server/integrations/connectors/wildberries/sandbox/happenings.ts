import {
  addEvent,
  addFile,
  type Chat,
  type ChatEvent,
  type Product,
  type Question,
  type Review,
  type Seller,
  type StoredFile,
  shortId,
  type Via,
  type WbState,
} from "./state";
import { NAMES } from "./talk";

/** A one-pixel PNG: what buyers "photograph" here. */
export const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const SOURCES = ["rusite", "ios", "android"] as const;

/** A chat of a buyer about a product; empty until somebody writes. */
export function openChat(
  state: WbState,
  seller: Seller,
  input: { product?: Product | undefined; clientName?: string | undefined; id?: string | undefined } = {},
): Chat {
  const { random } = state;
  const chat: Chat = {
    id: input.id ?? `1:${random.uuid()}`,
    clientName: input.clientName ?? random.pick(NAMES),
    card: input.product
      ? { nmId: input.product.nmId, price: Math.round(input.product.priceMinor / 100), rid: random.uuid().replaceAll("-", ""), size: "0" }
      : null,
    signVersion: 1,
  };
  seller.chats[chat.id] = chat;
  return chat;
}

export interface Said {
  readonly sender?: ChatEvent["sender"];
  readonly text?: string | null | undefined;
  readonly files?: readonly string[];
  readonly images?: readonly string[];
  /** Leaves `message` out altogether. */
  readonly isBare?: boolean;
  readonly atMs?: number | undefined;
  readonly via: Via;
  readonly id?: string | undefined;
}

/** Something is written into a chat; the first event opens it. */
export function say(state: WbState, seller: Seller, chat: Chat, said: Said): ChatEvent {
  const sender = said.sender ?? "client";
  const isNewChat = !seller.events.some((event) => event.chatId === chat.id);
  const source = sender === "seller" ? "seller-portal" : sender === "client" ? state.random.pick(SOURCES) : null;
  return addEvent(seller, {
    id: said.id ?? state.random.uuid(),
    chatId: chat.id,
    atMs: said.atMs ?? state.host.clock.nowMs(),
    isNewChat,
    sender,
    source: said.isBare === true ? null : source,
    message:
      said.isBare === true
        ? null
        : { text: said.text ?? null, card: isNewChat && chat.card !== null, files: [...(said.files ?? [])], images: [...(said.images ?? [])] },
    via: said.via,
  });
}

export function addPicture(state: WbState, seller: Seller, moderation: StoredFile["moderation"] = "passed", pendingMs = 0): string {
  return addFile(state, seller, { name: "photo.png", contentType: "image/png", bytes: PIXEL, moderation, pendingMs });
}

export function ask(state: WbState, seller: Seller, input: { nmId: number; text: string; atMs?: number | undefined; id?: string | undefined }): Question {
  const question: Question = {
    id: input.id ?? shortId(state.random),
    nmId: input.nmId,
    text: input.text,
    createdAtMs: input.atMs ?? state.host.clock.nowMs(),
    state: "suppliersPortalSynch",
    answer: null,
    wasViewed: false,
    isWarned: false,
  };
  seller.questions.push(question);
  return question;
}

export type Praise = Partial<Omit<Review, "nmId" | "answer">> & { readonly nmId: number; readonly withPhoto?: boolean };

export function review(state: WbState, seller: Seller, input: Praise): Review {
  const { withPhoto = false, ...given } = input;
  const made: Review = {
    id: shortId(state.random),
    userName: state.random.pick(NAMES),
    text: "",
    pros: "",
    cons: "",
    stars: 5,
    createdAtMs: state.host.clock.nowMs(),
    photos: withPhoto ? [addPicture(state, seller)] : [],
    hasVideo: false,
    tags: [],
    answer: null,
    ...given,
  };
  seller.reviews.push(made);
  return made;
}
