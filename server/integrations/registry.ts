import { hepsiburada } from "./connectors/hepsiburada";
import { ozon } from "./connectors/ozon";
import { rozetka } from "./connectors/rozetka";
import { shopify } from "./connectors/shopify";
import { wildberries } from "./connectors/wildberries";
import { yandexMarket } from "./connectors/yandex-market";
import type { Connector } from "./contract/connector";

/** Every system Karavan can be connected to: one line each. */
const connectors: readonly Connector[] = [hepsiburada, ozon, wildberries, yandexMarket, rozetka, shopify];

export function listConnectors(): readonly Connector[] {
  return connectors;
}

export function findConnector(id: string): Connector | undefined {
  return connectors.find((connector) => connector.id === id);
}
