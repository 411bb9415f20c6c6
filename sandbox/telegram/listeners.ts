import { BotApiError } from "./answers";
import type { Wanted } from "./methods";
import type { Bot, Update } from "./state";

interface Waiter {
  readonly wake: () => void;
  readonly replace: () => void;
}

/** Who hangs in getUpdates: one a bot; a second one ends the first. */
export class Listeners {
  private readonly waiting = new Map<string, Waiter>();

  constructor(private readonly stopping: AbortSignal) {}

  /** Answers at once when something waits, else when something comes, or empty when the time is over. */
  async wait(bot: Bot, { limit, timeoutMs }: Wanted, gone: AbortSignal): Promise<Update[]> {
    this.waiting.get(bot.token)?.replace();
    if (bot.updates.length === 0 && timeoutMs > 0) await this.untilSomething(bot, timeoutMs, gone);
    return bot.updates.slice(0, limit);
  }

  isWaiting(bot: Bot): boolean {
    return this.waiting.has(bot.token);
  }

  wake(bot: Bot): void {
    this.waiting.get(bot.token)?.wake();
  }

  private untilSomething(bot: Bot, timeoutMs: number, gone: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (act: () => void) => () => {
        clearTimeout(timer);
        if (this.waiting.get(bot.token) === waiter) this.waiting.delete(bot.token);
        act();
      };
      const conflict = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
      const waiter: Waiter = { wake: done(resolve), replace: done(() => reject(new BotApiError(409, conflict))) };
      const timer = setTimeout(done(resolve), timeoutMs);
      gone.addEventListener("abort", waiter.wake, { once: true });
      this.stopping.addEventListener("abort", waiter.wake, { once: true });
      this.waiting.set(bot.token, waiter);
    });
  }
}
