import { answeringSuite } from "../../contract/testing/answering-suite";
import { catalogSuite } from "../../contract/testing/catalog-suite";
import { connectionSuite } from "../../contract/testing/connection-suite";
import { messagingSuite } from "../../contract/testing/messaging-suite";
import { offersSuite } from "../../contract/testing/offers-suite";
import { ordersSuite } from "../../contract/testing/orders-suite";
import { salesSuite } from "../../contract/testing/sales-suite";
import { sendingSuite } from "../../contract/testing/sending-suite";
import { wildberries } from "./connector";
import { wildberriesPriceStand, wildberriesStockStand } from "./testing/offers-stand";
import { WILDBERRIES_TRAITS, wildberriesBooksStand, wildberriesStand } from "./testing/stand";

connectionSuite(wildberries, wildberriesStand);
messagingSuite(wildberries, wildberriesStand, WILDBERRIES_TRAITS);
sendingSuite(wildberries, wildberriesStand, WILDBERRIES_TRAITS);
answeringSuite(wildberries, "wildberries.question", wildberriesStand);
answeringSuite(wildberries, "wildberries.review", wildberriesStand);
salesSuite(wildberries, wildberriesBooksStand);
catalogSuite(wildberries, wildberriesStand);
ordersSuite(wildberries, wildberriesStand);
// Stock is answered at once, prices are worked on: two ways to wait, two stands.
const { stock, price, check } = wildberries.offers ?? {};
offersSuite({ ...wildberries, offers: { stock } }, wildberriesStockStand);
offersSuite({ ...wildberries, offers: { price, ...(check === undefined ? {} : { check }) } }, wildberriesPriceStand);
