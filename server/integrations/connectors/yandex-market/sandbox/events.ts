import { type Chat, type ContextType, type Message, MessageLog, type Payload, type Sender, statusAfter } from "./chats";
import type { NotificationService } from "./notify";
import {
  type AnswerText,
  type AuthorType,
  type Business,
  type Feedback,
  type FeedbackComment,
  nextId,
  nextMessageId,
  type Order,
  type OrderStatus,
  type Question,
  type YandexState,
} from "./state";
import { moveStock } from "./stock";
import { setStatus, substatusOf } from "./trade";

type Via = Message["via"];
interface Said {
  readonly text: string;
  readonly author: { readonly type: AuthorType; readonly name: string };
  readonly via: Via;
}

/** Notifications print moments in UTC. */
const iso = (ms: number) => new Date(ms).toISOString();

/** What happens in the simulated world after its start; each event changes the state first and is notified then. */
export class Events {
  constructor(
    private readonly state: YandexState,
    private readonly notifications: NotificationService,
  ) {}

  get nowMs(): number {
    return this.state.host.clock.nowMs();
  }

  open(business: Business, chat: Chat): void {
    business.chats.set(chat.chatId, chat);
    this.notifications.emit(business, null, { notificationType: "CHAT_CREATED", ...about(business, chat), createdAt: iso(chat.createdAtMs) });
  }

  message(
    business: Business,
    chat: Chat,
    input: { readonly sender: Sender; readonly text?: string; readonly payload?: Payload[]; readonly via: Via },
  ): Message {
    const createdAtMs = this.nowMs;
    const message: Message = {
      id: nextMessageId(this.state, createdAtMs),
      createdAtMs,
      sender: input.sender,
      text: input.text ?? "",
      payload: input.payload ?? [],
      via: input.via,
    };
    chat.status = statusAfter(chat, input.sender, chat.messages.length === 0);
    chat.updatedAtMs = createdAtMs;
    chat.messages.append(message);
    if (input.sender !== "PARTNER" || business.quirks.notifyOwnMessages) {
      this.notifications.emit(business, null, {
        notificationType: "CHAT_MESSAGE_SENT",
        ...about(business, chat),
        messageId: message.id,
        sentAt: iso(createdAtMs),
      });
    }
    if (input.sender === "PARTNER" && input.via === "api") this.state.onPartnerMessage(business, chat);
    return message;
  }

  finish(chat: Chat): void {
    chat.status = "FINISHED";
    chat.updatedAtMs = this.nowMs;
  }

  /** The buyer calls the arbiter. Never for chats about a product only. */
  arbitrage(business: Business, chat: Chat, isStart: boolean): void {
    if (chat.context.type === "DIRECT") throw new Error("A chat about a product has no arbitration.");
    chat.type = "ARBITRAGE";
    chat.status = isStart ? "WAITING_FOR_ARBITER" : "FINISHED";
    chat.updatedAtMs = this.nowMs;
    const when = { [isStart ? "startedAt" : "finishedAt"]: iso(this.nowMs) };
    this.notifications.emit(business, null, {
      notificationType: isStart ? "CHAT_ARBITRAGE_STARTED" : "CHAT_ARBITRAGE_FINISHED",
      ...about(business, chat),
      ...when,
    });
  }

  feedback(business: Business, feedback: Feedback): Feedback {
    business.feedbacks.push(feedback);
    const moments = { createdAt: iso(feedback.createdAtMs), publishedAt: iso(this.nowMs) };
    this.notifications.emit(business, null, {
      notificationType: "GOODS_FEEDBACK_CREATED",
      feedbackId: feedback.feedbackId,
      businessId: Number(business.businessId),
      ...moments,
    });
    return feedback;
  }

  comment(business: Business, feedback: Feedback, said: Said & { readonly parentId: number | null }): FeedbackComment {
    const isOurs = said.author.type === "BUSINESS";
    const comment: FeedbackComment = { id: nextId(this.state), status: isOurs && said.via === "api" ? "UNMODERATED" : "PUBLISHED", ...said };
    feedback.comments.push(comment);
    feedback.needReaction = !isOurs;
    this.notifications.emit(business, null, {
      notificationType: "GOODS_FEEDBACK_COMMENT_CREATED",
      commentId: comment.id,
      businessId: Number(business.businessId),
      createdAt: iso(this.nowMs),
    });
    if (isOurs && said.via === "api") this.state.onPartnerComment(business, feedback);
    return comment;
  }

  question(business: Business, question: Question): Question {
    business.questions.push(question);
    const createdAt = iso(question.createdAtMs);
    this.notifications.emit(business, null, {
      notificationType: "QUESTION_CREATED",
      questionId: question.id,
      businessId: Number(business.businessId),
      createdAt,
    });
    return question;
  }

  answer(business: Business, question: Question, said: Said): AnswerText {
    const answer = { ...this.textOf(said), comments: [] };
    question.answers.push(answer);
    const createdAt = iso(answer.createdAtMs);
    this.notifications.emit(business, null, {
      notificationType: "QUESTION_ANSWER_CREATED",
      answerId: answer.id,
      businessId: Number(business.businessId),
      createdAt,
    });
    return answer;
  }

  answerComment(business: Business, answer: Question["answers"][number], said: Said): AnswerText {
    const comment = this.textOf(said);
    answer.comments.push(comment);
    this.notifications.emit(business, null, {
      notificationType: "QUESTION_COMMENT_CREATED",
      answerId: answer.id,
      commentId: comment.id,
      businessId: Number(business.businessId),
      createdAt: iso(comment.createdAtMs),
    });
    return comment;
  }

  newOrder(business: Business, order: Order): void {
    business.orders.set(order.orderId, order);
    moveStock(business, order, -1);
    this.notifications.emit(business, order.campaignId, {
      notificationType: "ORDER_CREATED",
      ...ordered(order),
      items: order.items.map((item) => ({ offerId: item.offerId, count: item.count })),
      createdAt: iso(order.createdAtMs),
    });
  }

  /** A shop has changed an order through the API. */
  touched(order: Order): void {
    order.updatedAtMs = this.nowMs;
    order.changes = (order.changes ?? 0) + 1;
  }

  /** The buyer of what is on its way wants to cancel: the shop has 48 hours to say whether that can still be. */
  requestCancellation(business: Business, order: Order): void {
    order.cancelRequested = true;
    order.updatedAtMs = this.nowMs;
    this.notifications.emit(business, order.campaignId, {
      notificationType: "ORDER_CANCELLATION_REQUEST",
      ...ordered(order),
      requestedAt: iso(this.nowMs),
    });
  }

  setOrderStatus(business: Business, order: Order, status: OrderStatus, substatus?: string): void {
    if (status === "CANCELLED" && order.status !== "CANCELLED") moveStock(business, order, 1);
    setStatus(order, status, this.nowMs, substatus);
    if (status === "CANCELLED") {
      const items = order.items.map((item) => ({ offerId: item.offerId, count: item.count }));
      this.notifications.emit(business, order.campaignId, { notificationType: "ORDER_CANCELLED", ...ordered(order), items, cancelledAt: iso(this.nowMs) });
      return;
    }
    this.notifications.emit(business, order.campaignId, {
      notificationType: "ORDER_STATUS_UPDATED",
      ...ordered(order),
      status,
      substatus: substatusOf(order),
      updatedAt: iso(this.nowMs),
    });
  }

  private textOf(said: Said): AnswerText {
    const isOurs = said.author.type === "BUSINESS" && said.via === "api";
    return { id: nextId(this.state), createdAtMs: this.nowMs, status: isOurs ? "UNMODERATED" : "PUBLISHED", ...said };
  }
}

function about(business: Business, chat: Chat): Record<string, unknown> {
  return { chatId: Number(chat.chatId), businessId: Number(business.businessId) };
}

function ordered(order: Order): Record<string, unknown> {
  return { orderId: order.orderId, campaignId: Number(order.campaignId) };
}

const CUSTOMERS = ["Мария К.", "Игорь П.", "Анна С.", "Дмитрий В.", "Екатерина Л.", "Олег Н.", "Светлана Р.", "Павел Т."];

/** A chat that nobody has written in yet; not part of the cabinet until `Events.open`. */
export function openChat(
  state: YandexState,
  input: { readonly type: ContextType; readonly order?: Order | undefined; readonly offerId?: string | undefined; readonly atMs?: number | undefined },
): Chat {
  const atMs = input.atMs ?? state.host.clock.nowMs();
  const chatId = String(nextId(state));
  const { order } = input;
  const isDirect = input.type === "DIRECT" || order === undefined;
  return {
    chatId,
    type: "CHAT",
    status: "NEW",
    context: {
      type: isDirect ? "DIRECT" : input.type,
      orderId: isDirect ? null : order.orderId,
      returnId: !isDirect && input.type === "RETURN" ? order.returnId : null,
      campaignId: isDirect ? null : order.campaignId,
    },
    customer: { name: CUSTOMERS[Number(chatId) % CUSTOMERS.length] ?? "Покупатель", publicId: `pub-${Number(chatId) * 31}` },
    offerId: input.offerId ?? order?.items[0]?.offerId ?? null,
    createdAtMs: atMs,
    updatedAtMs: atMs,
    messages: new MessageLog(),
  };
}
