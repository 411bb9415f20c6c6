import { ozonSimulator } from "@/server/integrations/connectors/ozon/sandbox";
import { wildberriesSimulator } from "@/server/integrations/connectors/wildberries/sandbox";
import { yandexSimulator } from "@/server/integrations/connectors/yandex-market/sandbox";
import type { Simulator } from "./kit";
import { telegramSimulator } from "./telegram";

/** The only list of simulators; the id is the URL prefix. */
export const simulators: readonly Simulator[] = [ozonSimulator, wildberriesSimulator, yandexSimulator, telegramSimulator];
