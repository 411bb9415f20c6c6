import { answeringSuite } from "@/server/integrations/contract/testing/answering-suite";
import { catalogSuite } from "@/server/integrations/contract/testing/catalog-suite";
import { connectionSuite } from "@/server/integrations/contract/testing/connection-suite";
import { offersSuite } from "@/server/integrations/contract/testing/offers-suite";
import { ordersSuite } from "@/server/integrations/contract/testing/orders-suite";
import { salesSuite } from "@/server/integrations/contract/testing/sales-suite";
import { hepsiburada } from "./connector";
import { hepsiburadaStand } from "./testing/stand";

connectionSuite(hepsiburada, hepsiburadaStand);
answeringSuite(hepsiburada, "hepsiburada.question", hepsiburadaStand);
catalogSuite(hepsiburada, hepsiburadaStand);
salesSuite(hepsiburada, hepsiburadaStand);
ordersSuite(hepsiburada, hepsiburadaStand, { crowd: 12, unknownStates: true });
offersSuite(hepsiburada, hepsiburadaStand);
