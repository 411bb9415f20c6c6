import type { ConversationSummary } from "@/server/inbox/schema";

type Translate = (key: "buyer" | "buyerOfOrder", values?: Record<string, string>) => string;

/** Marketplaces often hide the buyer's name; the order number, then the product asked about, is the best handle a person has. */
export function buyerLabel(conversation: Pick<ConversationSummary, "buyerName" | "orderNumber" | "productName">, t: Translate): string {
  if (conversation.buyerName !== null && conversation.buyerName !== "") return conversation.buyerName;
  if (conversation.orderNumber !== null) return t("buyerOfOrder", { order: conversation.orderNumber });
  return conversation.productName ?? t("buyer");
}
