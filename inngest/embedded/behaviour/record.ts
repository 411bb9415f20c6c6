/** What the functions of the suite did, by test key: the only thing assertions look at beside runs. */
export interface Entry {
  readonly label: string;
  readonly at: number;
  readonly value: unknown;
}

export class EffectLog {
  readonly #entries = new Map<string, Entry[]>();
  #executing = new Map<string, number>();
  #peak = new Map<string, number>();

  note(key: string, label: string, value: unknown = null): void {
    const list = this.#entries.get(key) ?? [];
    list.push({ label, at: Date.now(), value });
    this.#entries.set(key, list);
  }

  of(key: string, label?: string): readonly Entry[] {
    const list = this.#entries.get(key) ?? [];
    return label === undefined ? list : list.filter((entry) => entry.label === label);
  }

  /** Counts how many bodies run at once under a key. */
  async during<T>(key: string, work: () => Promise<T>): Promise<T> {
    const now = (this.#executing.get(key) ?? 0) + 1;
    this.#executing.set(key, now);
    this.#peak.set(key, Math.max(now, this.#peak.get(key) ?? 0));
    try {
      return await work();
    } finally {
      this.#executing.set(key, (this.#executing.get(key) ?? 1) - 1);
    }
  }

  peak(key: string): number {
    return this.#peak.get(key) ?? 0;
  }
}
