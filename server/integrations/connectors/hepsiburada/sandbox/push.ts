import type { HbState, Merchant } from "./state";

const TIMEOUT_MS = 5_000;
const RETRY_MS = 60_000;
const TRIES = 3;

interface Told {
  readonly method: "POST" | "PUT";
  readonly path: string;
  readonly body: unknown;
}

/** Calls the merchant's base address with user and password; no signature, no ids of events. */
export class ReverseContract {
  private held: { merchant: Merchant; event: Told } | undefined;

  constructor(private readonly state: HbState) {}

  tell(merchant: Merchant, event: Told): void {
    const fault = this.state.host.faults.takeForPush(event.path);
    if (fault?.kind === "push-drop") return;
    if (fault?.kind === "push-reorder") {
      this.held = { merchant, event };
      return;
    }
    this.dispatch(merchant, event);
    if (fault?.kind === "push-duplicate") this.dispatch(merchant, event);
    const { held } = this;
    this.held = undefined;
    if (held !== undefined) this.dispatch(held.merchant, held.event);
  }

  private dispatch(merchant: Merchant, event: Told): void {
    if (merchant.webhook !== null) this.state.host.clock.after(1, () => this.attempt(merchant, event, 1));
  }

  private async attempt(merchant: Merchant, { method, path, body }: Told, attempt: number): Promise<void> {
    const { clock, deliverer } = this.state.host;
    if (merchant.webhook === null) return;
    const { url, user, password } = merchant.webhook;
    const headers = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
    const result = await deliverer.post(`${url}${path}`, body, TIMEOUT_MS, headers, method);
    const isGood = result.status !== null && [200, 201, 204].includes(result.status);
    deliverer.record({ url: `${url}${path}`, type: path, attempt, outcome: isGood ? "delivered" : (result.failure ?? "refused"), payload: body, result });
    if (!isGood && attempt < TRIES) clock.after(RETRY_MS, () => this.attempt(merchant, { method, path, body }, attempt + 1));
  }
}
