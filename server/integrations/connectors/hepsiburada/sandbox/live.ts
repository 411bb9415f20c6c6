import { ask, say } from "./issues-world";
import { type HbState, isOpenLine, type Merchant } from "./state";
import { QUESTIONS, THANKS } from "./talk";
import { cancelLine, packLines, placeOrder, stepParcel } from "./trade";

const SECOND = 1_000;

/**
 * Buyers and carriers who live while the demo runs. They start with the first use of the API: orders arrive, a few are cancelled,
 * packages move on their way, questions are asked, and answered buyers sometimes ask on.
 */
export class LiveShop {
  private isStarted = false;
  private readonly thanked = new Set<number>();

  constructor(
    private readonly state: HbState,
    private readonly merchant: Merchant,
  ) {}

  wake(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    this.every(25, 60, () => this.order());
    this.every(45, 90, () => this.carry());
    this.every(40, 100, () => this.wonder());
    this.every(120, 240, () => this.regret());
  }

  private every(from: number, to: number, run: () => void): void {
    this.state.host.clock.after(this.state.random.int(from * SECOND, to * SECOND), () => {
      run();
      this.every(from, to, run);
    });
  }

  private order(): void {
    const { random } = this.state;
    const inStock = this.merchant.listings.filter((listing) => listing.stock > 0 && !listing.isFulfilledByHB);
    if (inStock.length === 0) return;
    const wishes = Array.from({ length: random.chance(0.25) ? 2 : 1 }, () => ({ merchantSku: random.pick(inStock).merchantSku }));
    placeOrder(this.state, this.merchant, wishes);
  }

  /** The carrier: one package is taken, one is delivered. */
  private carry(): void {
    const taken = this.merchant.parcels.find((parcel) => parcel.status === "Packaged");
    const brought = this.merchant.parcels.find((parcel) => parcel.status === "InTransit");
    if (taken) stepParcel(this.state, this.merchant, taken, "intransit", { via: "scenario", text: `HJ${taken.number}` });
    if (brought) stepParcel(this.state, this.merchant, brought, "deliver", { via: "scenario" });
    if (taken) return;
    // Nobody packs: the marketplace does it itself in the end.
    const late = this.merchant.orders.find((order) => order.lines.some(isOpenLine) && this.state.host.clock.nowMs() - order.placedAtMs > 15 * 60 * SECOND);
    if (late) packLines(this.state, this.merchant, late.lines.filter(isOpenLine), { via: "scenario" });
  }

  private regret(): void {
    const order = this.merchant.orders.filter((one) => one.lines.every(isOpenLine)).at(-1);
    if (!order) return;
    for (const line of order.lines) cancelLine(this.state, this.merchant, { order, line }, "Customer", { via: "scenario", reason: "81" });
  }

  private wonder(): void {
    const { random } = this.state;
    const answered = this.merchant.issues.find((issue) => issue.talk.at(-1)?.via === "api" && !this.thanked.has(issue.number));
    if (answered) {
      this.thanked.add(answered.number);
      say(this.state, answered, { text: random.pick(THANKS), from: "Customer", via: "scenario" });
      return;
    }
    if (this.merchant.issues.filter((issue) => issue.status === "WaitingForAnswer").length >= 12) return;
    const about = random.chance(0.3) ? random.pick(this.merchant.orders).number : undefined;
    ask(this.state, this.merchant, { text: random.pick(QUESTIONS), orderNumber: about });
  }
}
