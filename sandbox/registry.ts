import { ozonSimulator } from "@/server/integrations/connectors/ozon/sandbox";
import type { Simulator } from "./kit";

/** The only list of simulators; the id is the URL prefix. */
export const simulators: readonly Simulator[] = [ozonSimulator];
