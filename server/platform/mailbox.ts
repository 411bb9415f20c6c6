import { setTimeout as sleep } from "node:timers/promises";

/**
 * A bounded queue between one writer and one slow reader. When it runs full, what waits is replaced by one `overflow` item:
 * memory stays flat and the reader knows that it missed something.
 */
export class Mailbox<T> {
  private items: T[] = [];
  private wake: (() => void) | undefined;

  constructor(
    private readonly capacity: number,
    private readonly overflow: T,
  ) {}

  put(item: T): void {
    if (this.items.length >= this.capacity) this.items = [this.overflow];
    else this.items.push(item);
    this.wake?.();
  }

  /** Everything that waits gives way to the overflow item. */
  replaceAll(): void {
    this.items = [this.overflow];
    this.wake?.();
  }

  /**
   * Everything that waits, in order, and then nothing for `restMs`: the first item of a quiet time comes at once, those of a burst come
   * together. Ends, without an error, when `signal` aborts. One reader only.
   */
  async *read(signal: AbortSignal, restMs: number): AsyncGenerator<readonly T[]> {
    while (!signal.aborted) {
      if (this.items.length === 0) await this.arrival(signal);
      else {
        yield this.items.splice(0);
        await rest(restMs, signal);
      }
    }
  }

  private arrival(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.wake = undefined;
        signal.removeEventListener("abort", done);
        resolve();
      };
      this.wake = done;
      signal.addEventListener("abort", done);
    });
  }
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
