import type { PostResult } from "@/sandbox/kit/deliverer";
import type { OzonState, PushEndpoint, Seller } from "./state";

/** The types a URL can be registered for, with the wording of the cabinet. */
export const PUSH_TYPES: Record<string, string> = {
  TYPE_NEW_MESSAGE: "Новое сообщение в чате",
  TYPE_UPDATE_MESSAGE: "Сообщение в чате изменено",
  TYPE_MESSAGE_READ: "Ваше сообщение прочитано",
  TYPE_CHAT_CLOSED: "Чат закрыт",
  TYPE_NEW_POSTING: "Новое отправление",
  TYPE_POSTING_CANCELLED: "Отмена отправления",
  TYPE_STATE_CHANGED: "Изменение статуса отправления",
  TYPE_CUTOFF_DATE_CHANGED: "Изменение даты отгрузки отправления",
  TYPE_DELIVERY_DATE_CHANGED: "Изменение даты доставки отправления",
  TYPE_CREATE_OR_UPDATE_ITEM: "Создание или обновление товара",
  TYPE_STOCKS_CHANGED: "Изменение остатков на складах продавца",
  TYPE_FBO_POSTING_NEW: "Новое отправление FBO",
  TYPE_FBO_POSTING_CANCELLED: "Отмена отправления FBO",
  TYPE_FBO_POSTING_STATE_CHANGED: "Изменение статуса отправления FBO",
};

type CheckError = { type: string; description: string };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** A few tries after seconds with a growing gap up to 10 minutes, then 5 more every 10 minutes. */
const RETRY_DELAYS_MS = [2 * SECOND, 10 * SECOND, 30 * SECOND, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, ...Array<number>(5).fill(10 * MINUTE)];
const SLOW_MS = 5_000;
const ANSWER_TIMEOUT_MS = 10_000;
const DAY_MS = 24 * 60 * MINUTE;
const UNREACHABLE_MS = 10 * MINUTE;
const RATIO_SAMPLE = 20;
const UNAVAILABLE_MS = 2_500;
const UNSTABLE_MS = 1_500;

/** Pushes to registered URLs: handshake, delivery with retries, suspension, nightly monitoring. */
export class PushService {
  private held: { seller: Seller; type: string; payload: Record<string, unknown> } | undefined;
  private sequence = 0;

  constructor(private readonly state: OzonState) {
    this.scheduleNight();
  }

  /** Sends TYPE_PING and judges the answer; an empty list means that the URL is good. */
  async handshake(url: string): Promise<CheckError[]> {
    const payload = { message_type: "TYPE_PING", time: this.state.host.clock.now().toISOString() };
    const result = await this.state.host.deliverer.post(url, payload, ANSWER_TIMEOUT_MS);
    const errors = judgePing(result);
    this.state.host.deliverer.record({ url, type: "TYPE_PING", attempt: 1, outcome: outcomeOf(result, errors.length === 0), payload, result });
    return errors;
  }

  /** Delivers an event to every URL that asked for its type. Returns at once; tries go on in the background. */
  emit(seller: Seller, type: string, payload: Record<string, unknown>): void {
    const fault = this.state.host.faults.takeForPush(type);
    if (fault?.kind === "push-drop") return;
    if (fault?.kind === "push-reorder") {
      this.held = { seller, type, payload };
      return;
    }
    this.dispatch(seller, type, payload);
    if (fault?.kind === "push-duplicate") this.dispatch(seller, type, payload);
    const held = this.held;
    if (held) {
      this.held = undefined;
      this.dispatch(held.seller, held.type, held.payload);
    }
  }

  private dispatch(seller: Seller, type: string, payload: Record<string, unknown>): void {
    for (const endpoint of seller.endpoints) {
      if (!endpoint.enabled || endpoint.suspended !== null || !endpoint.types.includes(type)) continue;
      // A small growing delay keeps the order of events that happen in the same moment.
      this.sequence = (this.sequence + 1) % 10;
      this.state.host.clock.after(this.sequence, () => this.attempt(endpoint, type, payload, 1));
    }
  }

  private async attempt(endpoint: PushEndpoint, type: string, payload: Record<string, unknown>, attempt: number): Promise<void> {
    if (!endpoint.enabled || endpoint.suspended !== null) return;
    const { clock, deliverer } = this.state.host;
    const result = await deliverer.post(endpoint.url, payload, ANSWER_TIMEOUT_MS);
    const ok = isAccepted(result);
    deliverer.record({ url: endpoint.url, type, attempt, outcome: outcomeOf(result, ok), payload, result });
    endpoint.answers.push({ ok, ms: result.durationMs, type, atMs: clock.nowMs() });
    if (endpoint.answers.length > 500) endpoint.answers.splice(0, 250);
    endpoint.suspended = this.reasonToSuspend(endpoint, result, ok);
    const delayMs = RETRY_DELAYS_MS[attempt - 1];
    if (!ok && delayMs !== undefined && endpoint.suspended === null) clock.after(delayMs, () => this.attempt(endpoint, type, payload, attempt + 1));
  }

  private reasonToSuspend(endpoint: PushEndpoint, result: PostResult, ok: boolean): string | null {
    const nowMs = this.state.host.clock.nowMs();
    endpoint.unreachableSinceMs = result.failure === "unreachable" ? (endpoint.unreachableSinceMs ?? nowMs) : null;
    endpoint.failingSinceMs = ok ? null : (endpoint.failingSinceMs ?? nowMs);
    if (result.durationMs > SLOW_MS) return "PROCESSING_TOO_LONG";
    if (endpoint.unreachableSinceMs !== null && nowMs - endpoint.unreachableSinceMs >= UNREACHABLE_MS) return "SERVICE_UNREACHABLE";
    if (endpoint.failingSinceMs !== null && nowMs - endpoint.failingSinceMs >= DAY_MS) return "ERRORS_FOR_24_HOURS";
    const recent = endpoint.answers.slice(-RATIO_SAMPLE);
    if (recent.length === RATIO_SAMPLE && recent.filter((answer) => answer.ok).length < RATIO_SAMPLE / 2) return "TOO_FEW_SUCCESSFUL_ANSWERS";
    return null;
  }

  private scheduleNight(): void {
    this.state.host.clock.after(DAY_MS, () => {
      for (const seller of this.state.sellers.values()) for (const endpoint of seller.endpoints) this.judgeDay(endpoint);
      this.scheduleNight();
    });
  }

  private judgeDay(endpoint: PushEndpoint): void {
    const nowMs = this.state.host.clock.nowMs();
    const today = endpoint.answers.filter((answer) => nowMs - answer.atMs <= DAY_MS);
    if (today.length === 0) return;
    const meanMs = today.reduce((sum, answer) => sum + answer.ms, 0) / today.length;
    endpoint.availability = meanMs >= UNAVAILABLE_MS ? "UNAVAILABLE" : meanMs > UNSTABLE_MS ? "UNSTABLE" : "AVAILABLE";
    endpoint.availabilityAtMs = nowMs;
    endpoint.badDays = endpoint.availability === "UNAVAILABLE" ? endpoint.badDays + 1 : 0;
    if (endpoint.badDays >= 3) {
      endpoint.enabled = false;
      endpoint.suspended = "UNAVAILABLE_THREE_DAYS";
    }
  }
}

function isAccepted(result: PostResult): boolean {
  if (result.status !== 200) return false;
  const answer = parseObject(result.body);
  return answer?.["result"] === true;
}

function outcomeOf(result: PostResult, ok: boolean): "delivered" | "refused" | "unreachable" | "timeout" {
  return ok ? "delivered" : (result.failure ?? "refused");
}

const UTC_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

/** The cabinet's checks of a ping's answer, with the cabinet's own error types. */
function judgePing(result: PostResult): CheckError[] {
  const fail = (type: string, description: string): CheckError[] => [{ type, description }];
  if (result.failure === "timeout") return fail("REQUEST_TIMEOUT", "Сервис не ответил вовремя");
  if (result.failure === "unreachable") return fail("REQUEST_ERROR", "Не удалось подключиться к сервису");
  if (result.status !== null && result.status >= 500) return fail("SERVER_FAULT", `Сервис ответил ошибкой ${result.status}`);
  if (result.status !== 200) return fail("STATUS_CODE_NOT_OK", `Код ответа ${result.status}, ожидается 200`);
  if (result.body === "") return fail("EMPTY_BODY", "Пустое тело ответа");
  if (!/^application\/json\b/i.test(result.contentType ?? "")) return fail("INVALID_BODY", "Content-Type должен быть application/json");
  const answer = parseObject(result.body);
  if (!answer) return fail("INVALID_JSON", "Тело ответа не является JSON-объектом");
  if (typeof answer["version"] !== "string" || typeof answer["name"] !== "string") return fail("WRONG_RESULT_FIELD", "Поля version и name обязательны");
  if (typeof answer["time"] !== "string" || !UTC_TIME.test(answer["time"])) return fail("WRONG_RESULT_TIME_FIELD", "Поле time должно быть временем UTC");
  return [];
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
