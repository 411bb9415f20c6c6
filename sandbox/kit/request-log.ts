export interface LoggedRequest {
  seq: number;
  /** Simulated time, ISO 8601. */
  at: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  /** At most the first 4 000 characters. */
  body: string;
  status: number;
  durationMs: number;
  fault: string | null;
}

const KEPT = 2_000;
const SECRET_HEADER = /key|authorization|cookie|token|secret/i;

/** Headers as they may be shown: secrets keep only their last 4 characters. */
export function redactHeaders(headers: Headers): Record<string, string> {
  const shown: Record<string, string> = {};
  headers.forEach((value, name) => {
    shown[name] = SECRET_HEADER.test(name) ? `…${value.slice(-4)}` : value;
  });
  return shown;
}

/** The last calls a simulator received, and how many of each path there were in all. */
export class RequestLog {
  private entries: LoggedRequest[] = [];
  private counts = new Map<string, number>();
  private nextSeq = 1;

  add(entry: Omit<LoggedRequest, "seq">): void {
    this.entries.push({ ...entry, seq: this.nextSeq });
    this.nextSeq += 1;
    if (this.entries.length > KEPT * 2) this.entries = this.entries.slice(-KEPT);
    this.counts.set(entry.path, (this.counts.get(entry.path) ?? 0) + 1);
  }

  last(count: number, path?: string | undefined): LoggedRequest[] {
    const fitting = path ? this.entries.filter((entry) => entry.path.includes(path)) : this.entries;
    return fitting.slice(-Math.min(count, KEPT));
  }

  countsByPath(): Record<string, number> {
    return Object.fromEntries(this.counts);
  }
}
