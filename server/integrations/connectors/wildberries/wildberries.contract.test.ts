import { answeringSuite } from "../../contract/testing/answering-suite";
import { catalogSuite } from "../../contract/testing/catalog-suite";
import { connectionSuite } from "../../contract/testing/connection-suite";
import { messagingSuite } from "../../contract/testing/messaging-suite";
import { salesSuite } from "../../contract/testing/sales-suite";
import { sendingSuite } from "../../contract/testing/sending-suite";
import { wildberries } from "./connector";
import { WILDBERRIES_TRAITS, wildberriesBooksStand, wildberriesStand } from "./testing/stand";

connectionSuite(wildberries, wildberriesStand);
messagingSuite(wildberries, wildberriesStand, WILDBERRIES_TRAITS);
sendingSuite(wildberries, wildberriesStand, WILDBERRIES_TRAITS);
answeringSuite(wildberries, "wildberries.question", wildberriesStand);
answeringSuite(wildberries, "wildberries.review", wildberriesStand);
salesSuite(wildberries, wildberriesBooksStand);
catalogSuite(wildberries, wildberriesStand);
