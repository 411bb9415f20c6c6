import type { BenchSource } from "../source";
import { hepsiburadaSource } from "./hepsiburada";
import { ozonSource } from "./ozon";
import { rozetkaSource } from "./rozetka";
import { shopifySource } from "./shopify";
import { wildberriesSource } from "./wildberries";
import { yandexMarketSource } from "./yandex-market";

export const SOURCES: readonly BenchSource[] = [ozonSource, wildberriesSource, yandexMarketSource, rozetkaSource, hepsiburadaSource, shopifySource];

/** @throws Error with a sentence when nobody has such a source. */
export function sourceNamed(connectorId: string): BenchSource {
  const source = SOURCES.find((candidate) => candidate.connectorId === connectorId);
  if (source === undefined) throw new Error(`Which connector? ${SOURCES.map((candidate) => candidate.connectorId).join(" | ")} | all`);
  return source;
}
