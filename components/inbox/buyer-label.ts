import type { ConversationSummary } from "@/server/inbox/schema";

type Translate = (key: "buyer" | "buyerOfOrder", values?: Record<string, string>) => string;

/** Marketplaces often hide the buyer's name; the order number is then the best handle a person has. */
export function buyerLabel(conversation: Pick<ConversationSummary, "buyerName" | "orderNumber">, t: Translate): string {
  if (conversation.buyerName !== null && conversation.buyerName !== "") return conversation.buyerName;
  return conversation.orderNumber === null ? t("buyer") : t("buyerOfOrder", { order: conversation.orderNumber });
}
