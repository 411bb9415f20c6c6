import { z } from "zod";
import { defineEvent } from "@/server/platform/events";

const ofConnection = z.object({ workspaceId: z.uuid(), connectionId: z.uuid() });

/** Listings of a connection are to show another stock than before. Emitted in the transaction that changed the wish. */
export const stockWanted = defineEvent("catalog/stock.wanted", ofConnection);

/** Listings of a connection are to have another price than before. */
export const priceWanted = defineEvent("catalog/price.wanted", ofConnection);
