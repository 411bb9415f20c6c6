import { answeringSuite } from "../../contract/testing/answering-suite";
import { catalogSuite } from "../../contract/testing/catalog-suite";
import { connectionSuite } from "../../contract/testing/connection-suite";
import { messagingSuite } from "../../contract/testing/messaging-suite";
import { salesSuite } from "../../contract/testing/sales-suite";
import { sendingSuite } from "../../contract/testing/sending-suite";
import { yandexMarket } from "./connector";
import { yandexStand } from "./testing/stand";

connectionSuite(yandexMarket, yandexStand);
messagingSuite(yandexMarket, yandexStand);
sendingSuite(yandexMarket, yandexStand);
answeringSuite(yandexMarket, "yandex-market.review", yandexStand);
answeringSuite(yandexMarket, "yandex-market.question", yandexStand);
salesSuite(yandexMarket, yandexStand);
catalogSuite(yandexMarket, yandexStand);
