import { hepsiburadaSimulator } from "@/server/integrations/connectors/hepsiburada/sandbox";
import { ozonSimulator } from "@/server/integrations/connectors/ozon/sandbox";
import { rozetkaSimulator } from "@/server/integrations/connectors/rozetka/sandbox";
import { shopifySimulator } from "@/server/integrations/connectors/shopify/sandbox";
import { wildberriesSimulator } from "@/server/integrations/connectors/wildberries/sandbox";
import { yandexSimulator } from "@/server/integrations/connectors/yandex-market/sandbox";
import type { Simulator } from "./kit";
import { telegramSimulator } from "./telegram";

/** The only list of simulators; the id is the URL prefix. */
export const simulators: readonly Simulator[] = [
  ozonSimulator,
  wildberriesSimulator,
  yandexSimulator,
  rozetkaSimulator,
  shopifySimulator,
  hepsiburadaSimulator,
  telegramSimulator,
];
