import { z } from "zod";
import { deskCommand } from "@/sandbox/kit";
import { slice } from "@/sandbox/kit/seq";
import { sellerOf } from "./desk-chats";
import type { Events } from "./events";
import { amountsOf, dayOf, daysBetween, sumFees } from "./ledger";
import { bookPosting, makePosting } from "./shop";
import type { OzonState, Seller } from "./state";

/** What was sold and returned on a day (or of a product); money in kopecks, returns count negative. */
export interface BookTotals {
  /** Product lines of POSTING accruals. */
  lines: number;
  quantity: number;
  revenueMinor: number;
  saleMinor: number;
  commissionMinor: number;
  servicesMinor: number;
}

export interface Books {
  from: string;
  to: string;
  total: BookTotals;
  byDay: Record<string, BookTotals>;
  /** Keyed by SKU. */
  byProduct: Record<string, BookTotals>;
  /** Sum of ITEM and NON_ITEM accruals, negative. */
  otherFeesMinor: number;
  accruals: number;
}

const whose = { clientId: z.string().optional() };
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** Desk commands about postings and money. */
export function salesDesk(state: OzonState, events: Events) {
  let serial = 50_000;
  const posting = (seller: Seller, postingNumber: string) => {
    const found = seller.postings.get(postingNumber);
    if (!found) throw new Error(`There is no posting "${postingNumber}".`);
    return found;
  };
  return {
    /** The simulator's own truth of the sales from one day to another (both included); default the last 30 days. */
    books: deskCommand(z.strictObject({ ...whose, from: day.optional(), to: day.optional() }), (input): Books => {
      const nowMs = state.host.clock.nowMs();
      return booksOf(sellerOf(state, input.clientId), input.from ?? dayOf(nowMs - 29 * 86_400_000), input.to ?? dayOf(nowMs));
    }),
    /** A new paid posting, pushed as a new one. */
    addPosting: deskCommand(z.strictObject({ ...whose, scheme: z.enum(["FBO", "FBS"]).default("FBS") }), (input) => {
      const seller = sellerOf(state, input.clientId);
      serial += 1;
      const made = { ...makePosting(state.random, seller.products, serial, state.host.clock.nowMs()), scheme: input.scheme };
      events.newPosting(seller, made);
      return { postingNumber: made.postingNumber, orderNumber: made.orderNumber };
    }),
    /** Moves a posting on; `delivered` books the sale today. */
    setPostingStatus: deskCommand(
      z.strictObject({
        ...whose,
        postingNumber: z.string(),
        status: z.enum(["awaiting_packaging", "awaiting_deliver", "delivering", "delivered", "cancelled"]),
      }),
      (input) => {
        const seller = sellerOf(state, input.clientId);
        events.setStatus(seller, posting(seller, input.postingNumber), input.status);
      },
    ),
    /** Books the return of a whole posting today. */
    returnPosting: deskCommand(z.strictObject({ ...whose, postingNumber: z.string() }), (input) => {
      const seller = sellerOf(state, input.clientId);
      bookPosting(seller, state.random, posting(seller, input.postingNumber), state.host.clock.nowMs(), -1);
    }),
  };
}

function booksOf(seller: Seller, from: string, to: string): Books {
  const books: Books = { from, to, total: emptyTotals(), byDay: {}, byProduct: {}, otherFeesMinor: 0, accruals: 0 };
  for (const date of daysBetween(from, to)) {
    const rows = seller.ledger.day(date);
    for (const accrual of slice(rows, 0, rows.length)) {
      books.accruals += 1;
      if (accrual.category === "ITEM") books.otherFeesMinor += sumFees(accrual.fees);
      if (accrual.category === "NON_ITEM") books.otherFeesMinor += accrual.fee.minor;
      if (accrual.category !== "POSTING") continue;
      for (const product of accrual.products) {
        const byDay = totalsOf(books.byDay, date);
        const byProduct = totalsOf(books.byProduct, String(product.sku));
        for (const totals of [books.total, byDay, byProduct]) addTo(totals, product.quantity, amountsOf(product));
      }
    }
  }
  return books;
}

function totalsOf(all: Record<string, BookTotals>, key: string): BookTotals {
  const totals = all[key] ?? emptyTotals();
  all[key] = totals;
  return totals;
}

function emptyTotals(): BookTotals {
  return { lines: 0, quantity: 0, revenueMinor: 0, saleMinor: 0, commissionMinor: 0, servicesMinor: 0 };
}

function addTo(totals: BookTotals, quantity: number, amounts: ReturnType<typeof amountsOf>): void {
  totals.lines += 1;
  totals.quantity += quantity;
  totals.revenueMinor += amounts.revenueMinor;
  totals.saleMinor += amounts.saleMinor;
  totals.commissionMinor += amounts.commissionMinor;
  totals.servicesMinor += amounts.servicesMinor;
}
