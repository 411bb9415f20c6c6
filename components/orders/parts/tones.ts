import type { Tone } from "@/components/ui/badge";
import type { OrderState } from "@/server/orders/schema";

/** Colour says how an order stands: to be worked on, on its way, well ended, come to nothing. */
export const STATE_TONES: Readonly<Record<OrderState, Tone>> = {
  new: "attention",
  confirmed: "accent",
  packed: "accent",
  shipped: "accent",
  delivered: "ok",
  cancelled: "neutral",
  returned: "failed",
  unknown: "overdue",
};
