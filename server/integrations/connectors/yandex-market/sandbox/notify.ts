import type { PostResult } from "@/sandbox/kit/deliverer";
import type { Business, NotificationTarget, YandexState } from "./state";

/** All types a target can ask for; chats, reviews and questions exist for the cabinet only. */
export const TYPES: readonly string[] = [
  "ORDER_CREATED",
  "ORDER_STATUS_UPDATED",
  "ORDER_CANCELLED",
  "ORDER_CANCELLATION_REQUEST",
  "ORDER_UPDATED",
  "ORDER_RETURN_CREATED",
  "ORDER_RETURN_STATUS_UPDATED",
  "GOODS_FEEDBACK_CREATED",
  "GOODS_FEEDBACK_COMMENT_CREATED",
  "CHAT_CREATED",
  "CHAT_MESSAGE_SENT",
  "CHAT_ARBITRAGE_STARTED",
  "CHAT_ARBITRAGE_FINISHED",
  "QUESTION_CREATED",
  "QUESTION_ANSWER_CREATED",
  "QUESTION_COMMENT_CREATED",
];

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const PING_TIMEOUT_MS = SECOND;
const TIMEOUT_MS = 10 * SECOND;
const GIVE_UP_MS = 14 * DAY;

interface Notification extends Record<string, unknown> {
  notificationType: string;
}

/** Every minute for an hour, every 15 minutes for the first day, then hourly. */
function retryDelayMs(sinceMs: number): number {
  if (sinceMs < HOUR) return MINUTE;
  return sinceMs < DAY ? 15 * MINUTE : HOUR;
}

/** Notifications to the addresses set up in the cabinet: check, delivery with retries, switching off. */
export class NotificationService {
  private held: { business: Business; campaignId: string | null; body: Notification } | undefined;
  private sequence = 0;

  constructor(private readonly state: YandexState) {}

  /** Sends PING and judges the answer. @returns what is wrong with it, or null. */
  async check(url: string): Promise<string | null> {
    const payload = { notificationType: "PING", time: this.state.host.clock.now().toISOString() };
    const result = await this.state.host.deliverer.post(url, payload, PING_TIMEOUT_MS);
    const fault = faultOf(result);
    this.state.host.deliverer.record({ url, type: "PING", attempt: 1, outcome: fault === null ? "delivered" : (result.failure ?? "refused"), payload, result });
    return fault;
  }

  /** @param campaignId the shop an event is about; its own address then comes before the cabinet's. Returns at once. */
  emit(business: Business, campaignId: string | null, body: Notification): void {
    const fault = this.state.host.faults.takeForPush(body.notificationType);
    if (fault?.kind === "push-drop") return;
    if (fault?.kind === "push-reorder") {
      this.held = { business, campaignId, body };
      return;
    }
    this.dispatch(business, campaignId, body);
    if (fault?.kind === "push-duplicate") this.dispatch(business, campaignId, body);
    const held = this.held;
    if (held !== undefined) {
      this.held = undefined;
      this.dispatch(held.business, held.campaignId, held.body);
    }
  }

  private dispatch(business: Business, campaignId: string | null, body: Notification): void {
    const wanting = business.targets.filter((target) => target.enabled && target.types.includes(body.notificationType));
    const ofShop = wanting.filter((target) => campaignId !== null && target.campaignId === campaignId);
    for (const target of ofShop.length > 0 ? ofShop : wanting.filter((entry) => entry.campaignId === null)) {
      // A small growing delay keeps the order of events that happen in the same moment.
      this.sequence = (this.sequence + 1) % 10;
      const startedMs = this.state.host.clock.nowMs();
      this.state.host.clock.after(this.sequence, () => this.attempt(target, body, 1, startedMs));
    }
  }

  private async attempt(target: NotificationTarget, payload: Notification, attempt: number, startedMs: number): Promise<void> {
    if (!target.enabled) return;
    const { clock, deliverer } = this.state.host;
    const result = await deliverer.post(target.url, payload, TIMEOUT_MS);
    const isGood = faultOf(result) === null;
    // 400 is the receiver's "no": it is not asked again.
    const isOver = isGood || result.status === 400;
    deliverer.record({
      url: target.url,
      type: payload.notificationType,
      attempt,
      outcome: isGood ? "delivered" : (result.failure ?? "refused"),
      payload,
      result,
    });
    target.failingSinceMs = isOver ? null : (target.failingSinceMs ?? clock.nowMs());
    if (target.failingSinceMs !== null && clock.nowMs() - target.failingSinceMs >= GIVE_UP_MS) target.enabled = false;
    if (!isOver && target.enabled) clock.after(retryDelayMs(clock.nowMs() - startedMs), () => this.attempt(target, payload, attempt + 1, startedMs));
  }
}

const UTC_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;

/** What is wrong with an answer, in the cabinet's words, or null. */
function faultOf(result: PostResult): string | null {
  if (result.failure === "timeout") return "TIMEOUT";
  if (result.failure === "unreachable") return "UNREACHABLE";
  if (result.status !== 200) return `HTTP_${result.status}`;
  if (!/^application\/json\b/i.test(result.contentType ?? "")) return "UNSUPPORTED_MEDIA_TYPE";
  const answer = parseObject(result.body);
  const isName = (value: unknown) => typeof value === "string" && value.length >= 1 && value.length <= 100;
  if (answer === null || !isName(answer["version"]) || !isName(answer["name"])) return "WRONG_RESPONSE_FORMAT";
  return typeof answer["time"] === "string" && UTC_TIME.test(answer["time"]) ? null : "WRONG_RESPONSE_FORMAT";
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    // Not JSON is one of the answers a receiver can give; the caller names it.
    return null;
  }
}
