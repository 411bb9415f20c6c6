import { AppError } from "@/server/platform/errors";

/** `address`: this person cannot be reached there any more. `transport`: nobody can, until an admin acts. */
export type Blame = "address" | "transport" | "none";

export interface DeliveryFailureOptions {
  readonly retryable: boolean;
  readonly blame?: Blame | undefined;
  /** The other side said when to come back. */
  readonly retryAfterMs?: number | null | undefined;
  /** The other side's own words; never our credentials. */
  readonly remoteText?: string | null | undefined;
  /** The chat lives on under this id. */
  readonly movedTo?: string | null | undefined;
  readonly cause?: unknown;
}

const MOST_TEXT = 300;

/** Why something could not be carried to a person, and what that means for the next try. */
export class DeliveryFailure extends AppError {
  override readonly name = "DeliveryFailure";
  readonly blame: Blame;
  readonly retryAfterMs: number | null;
  readonly remoteText: string | null;
  readonly movedTo: string | null;

  constructor(code: string, options: DeliveryFailureOptions) {
    super(code, { retryable: options.retryable, status: 502, cause: options.cause });
    this.blame = options.blame ?? "none";
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.remoteText = options.remoteText?.slice(0, MOST_TEXT) ?? null;
    this.movedTo = options.movedTo ?? null;
  }
}
