import { type Seq, seqOf } from "@/sandbox/kit/seq";

export type Sender = "PARTNER" | "CUSTOMER" | "MARKET" | "SUPPORT";
export type ChatStatus = "NEW" | "WAITING_FOR_CUSTOMER" | "WAITING_FOR_PARTNER" | "WAITING_FOR_ARBITER" | "WAITING_FOR_MARKET" | "FINISHED";
export type ContextType = "ORDER" | "RETURN" | "DIRECT";

export interface Payload {
  name: string;
  /** Id of a stored file. */
  fileId: string;
  size: number;
}

export interface Message {
  id: string;
  createdAtMs: number;
  sender: Sender;
  text: string;
  payload: Payload[];
  /** `api`: it arrived through the simulated API, so the system under test sent it. */
  via: "api" | "desk" | "scenario";
}

/** Messages of one chat, oldest first; a computed past and what came after it. */
export class MessageLog {
  private readonly added: Message[];

  constructor(
    private readonly past: Seq<Message> = seqOf<Message>([]),
    added: readonly Message[] = [],
  ) {
    this.added = [...added];
  }

  get length(): number {
    return this.past.length + this.added.length;
  }

  get(index: number): Message {
    if (index < this.past.length) return this.past.get(index);
    const message = this.added[index - this.past.length];
    if (message === undefined) throw new RangeError(`no message ${index}`);
    return message;
  }

  last(): Message | undefined {
    return this.length === 0 ? undefined : this.get(this.length - 1);
  }

  all(): Message[] {
    return Array.from({ length: this.length }, (_, index) => this.get(index));
  }

  append(message: Message): void {
    this.added.push(message);
  }
}

export interface Chat {
  chatId: string;
  type: "CHAT" | "ARBITRAGE";
  status: ChatStatus;
  context: { type: ContextType; orderId: number | null; returnId: number | null; campaignId: string | null };
  customer: { name: string; publicId: string };
  /** Product a DIRECT chat began at; the API does not tell it. */
  offerId: string | null;
  createdAtMs: number;
  updatedAtMs: number;
  messages: MessageLog;
}

/** What somebody's writing makes of the status; a dispute stays with its arbiter, a note of the Market changes nothing. */
export function statusAfter(chat: Pick<Chat, "type" | "status">, sender: Sender, isFirst: boolean): ChatStatus {
  if (sender === "MARKET" || sender === "SUPPORT") return chat.status;
  if (chat.type === "ARBITRAGE" && chat.status !== "FINISHED") return chat.status;
  if (sender === "PARTNER") return "WAITING_FOR_CUSTOMER";
  return isFirst ? "NEW" : "WAITING_FOR_PARTNER";
}
