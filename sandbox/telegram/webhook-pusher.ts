import type { Bot, TelegramState, Update } from "./state";

/** The service's patience with a webhook is not documented; a few seconds and growing pauses are what bots see. */
const TIMEOUT_MS = 10_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Calls webhooks, one update after another a bot, each until it is answered with 2xx. */
export class WebhookPusher {
  private readonly busy = new Set<string>();

  constructor(private readonly state: TelegramState) {}

  push(bot: Bot): void {
    if (bot.webhook === null || this.busy.has(bot.token)) return;
    this.busy.add(bot.token);
    this.state.host.clock.after(0, () => this.next(bot, 1));
  }

  private async next(bot: Bot, attempt: number): Promise<void> {
    const { webhook } = bot;
    const [update] = bot.updates;
    if (webhook === null || update === undefined) {
      this.busy.delete(bot.token);
      return;
    }
    const { clock } = this.state.host;
    if (await this.deliver(bot, update, attempt)) {
      bot.updates = bot.updates.filter((other) => other.update_id !== update.update_id);
      clock.after(0, () => this.next(bot, 1));
    } else {
      clock.after(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1)), () => this.next(bot, attempt + 1));
    }
  }

  private async deliver(bot: Bot, update: Update, attempt: number): Promise<boolean> {
    const { webhook } = bot;
    if (webhook === null) return false;
    const { deliverer, faults, clock } = this.state.host;
    const type = Object.keys(update).find((key) => key !== "update_id") ?? "update";
    const fault = faults.takeForPush(type);
    if (fault?.kind === "push-drop") return true;
    const headers: Record<string, string> = webhook.secretToken === null ? {} : { "x-telegram-bot-api-secret-token": webhook.secretToken };
    const times = fault?.kind === "push-duplicate" ? 2 : 1;
    let isTaken = false;
    for (let turn = 0; turn < times; turn += 1) {
      const result = await deliverer.post(webhook.url, update, TIMEOUT_MS, headers);
      isTaken = result.status !== null && result.status >= 200 && result.status < 300;
      const outcome = isTaken ? "delivered" : result.failure === null ? "refused" : result.failure;
      deliverer.record({ url: webhook.url, type, attempt, payload: update, outcome, result });
      if (!isTaken) {
        webhook.lastErrorAt = Math.floor(clock.nowMs() / 1_000);
        webhook.lastErrorMessage = result.status === null ? result.body : `Wrong response from the webhook: ${result.status}`;
      }
    }
    return isTaken;
  }
}
