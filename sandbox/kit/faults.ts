/** What can be made to go wrong with the next calls of a simulated service. */
export const FAULT_KINDS = [
  /** The call is carried out, the answer never comes. */
  "timeout-after-accept",
  /** The call is carried out, the answer is a 5xx. */
  "error-after-accept",
  /** A 5xx without carrying anything out. */
  "error-before",
  /** The connection is cut before anything is carried out. */
  "drop-before",
  /** The call is carried out, then the connection is cut. */
  "drop-after-accept",
  /** The answer comes `delayMs` late. */
  "delay",
  /** 429 in the service's own shape; `retryAfterSeconds: null` leaves the header out. */
  "rate-limit",
  /** 200 with a body cut in the middle. */
  "malformed-json",
  /** 200 with enum values nobody has heard of. */
  "unknown-enum",
  /** 502 with an HTML page of a gateway. */
  "html-gateway",
] as const;
type FaultKind = (typeof FAULT_KINDS)[number];

/** What can be made to go wrong with the next outgoing pushes. */
export const PUSH_FAULT_KINDS = ["push-duplicate", "push-reorder", "push-drop"] as const;
type PushFaultKind = (typeof PUSH_FAULT_KINDS)[number];

export interface FaultInput {
  kind: FaultKind | PushFaultKind;
  /** How many calls it hits; default 1. */
  times?: number | undefined;
  /** Only calls whose path (or push whose type) contains this text. */
  match?: string | undefined;
  /** For `error-*`: the HTTP status, default 500. */
  status?: number | undefined;
  delayMs?: number | undefined;
  retryAfterSeconds?: number | null | undefined;
}

export interface ActiveFault extends FaultInput {
  id: number;
  remaining: number;
}

/** The queue of planted faults of one simulator: first match wins, each use counts down. */
export class Faults {
  private active: ActiveFault[] = [];
  private nextId = 1;

  add(input: FaultInput): ActiveFault {
    const fault: ActiveFault = { ...input, id: this.nextId, remaining: input.times ?? 1 };
    this.nextId += 1;
    this.active.push(fault);
    return fault;
  }

  /** Takes the first call fault that fits `path`. */
  takeForCall(path: string): ActiveFault | undefined {
    return this.take(path, (kind) => !kind.startsWith("push-"));
  }

  /** Takes the first push fault that fits the push type. */
  takeForPush(type: string): ActiveFault | undefined {
    return this.take(type, (kind) => kind.startsWith("push-"));
  }

  list(): ActiveFault[] {
    return this.active.map((fault) => ({ ...fault }));
  }

  clear(): void {
    this.active = [];
  }

  private take(subject: string, fits: (kind: string) => boolean): ActiveFault | undefined {
    const fault = this.active.find((candidate) => fits(candidate.kind) && subject.includes(candidate.match ?? ""));
    if (!fault) return undefined;
    fault.remaining -= 1;
    if (fault.remaining <= 0) this.active = this.active.filter((other) => other !== fault);
    return fault;
  }
}
