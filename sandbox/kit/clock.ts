interface Task {
  id: number;
  dueMs: number;
  run: () => void | Promise<void>;
}

/**
 * Simulated time: real time plus an offset that only grows, and the tasks that wait for it
 * (push retries, nightly checks, buyers who think before they answer).
 * `advance` runs everything that became due, in order of due time, before it resolves.
 */
export class SimClock {
  private offsetMs: number;
  private tasks: Task[] = [];
  private nextId = 1;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  /** Tasks that the timer started and that have not ended yet. */
  private readonly running = new Set<Promise<void>>();

  constructor(startAt?: Date) {
    this.offsetMs = startAt ? startAt.getTime() - Date.now() : 0;
  }

  now(): Date {
    return new Date(this.nowMs());
  }

  nowMs(): number {
    return Date.now() + this.offsetMs;
  }

  /** Schedules `run` for `delayMs` of simulated time from now; returns a function that cancels it. */
  after(delayMs: number, run: () => void | Promise<void>): () => void {
    const task: Task = { id: this.nextId, dueMs: this.nowMs() + delayMs, run };
    this.nextId += 1;
    this.tasks.push(task);
    this.arm();
    return () => {
      this.tasks = this.tasks.filter((other) => other.id !== task.id);
    };
  }

  /** Moves simulated time forward by `ms`, stopping at each due task on the way. */
  async advance(ms: number): Promise<void> {
    const target = this.nowMs() + ms;
    for (;;) {
      await Promise.all(this.running);
      const task = this.takeDue(target);
      if (!task) break;
      this.offsetMs += Math.max(0, task.dueMs - this.nowMs());
      await task.run();
    }
    this.offsetMs += Math.max(0, target - this.nowMs());
    this.arm();
  }

  stop(): void {
    this.stopped = true;
    this.tasks = [];
    if (this.timer) clearTimeout(this.timer);
  }

  private takeDue(untilMs: number): Task | undefined {
    let first: Task | undefined;
    for (const task of this.tasks) {
      if (task.dueMs <= untilMs && (!first || task.dueMs < first.dueMs || (task.dueMs === first.dueMs && task.id < first.id))) first = task;
    }
    if (first) this.tasks = this.tasks.filter((task) => task !== first);
    return first;
  }

  private arm(): void {
    if (this.timer) clearTimeout(this.timer);
    if (this.stopped || this.tasks.length === 0) return;
    const nextMs = Math.min(...this.tasks.map((task) => task.dueMs));
    const waitMs = Math.min(Math.max(0, nextMs - this.nowMs()), 60_000);
    this.timer = setTimeout(() => void this.runDue(), waitMs);
    this.timer.unref();
  }

  private async runDue(): Promise<void> {
    for (let task = this.takeDue(this.nowMs()); task; task = this.takeDue(this.nowMs())) await this.track(task);
    this.arm();
  }

  private async track(task: Task): Promise<void> {
    const run = Promise.resolve(task.run());
    this.running.add(run);
    await run;
    this.running.delete(run);
  }
}
