import { answeringSuite } from "../../contract/testing/answering-suite";
import { catalogSuite } from "../../contract/testing/catalog-suite";
import { connectionSuite } from "../../contract/testing/connection-suite";
import { messagingSuite } from "../../contract/testing/messaging-suite";
import { salesSuite } from "../../contract/testing/sales-suite";
import { sendingSuite } from "../../contract/testing/sending-suite";
import { ozon } from "./connector";
import { ozonStand } from "./testing/stand";

connectionSuite(ozon, ozonStand);
messagingSuite(ozon, ozonStand);
sendingSuite(ozon, ozonStand);
answeringSuite(ozon, "ozon.question", ozonStand);
answeringSuite(ozon, "ozon.review", ozonStand);
salesSuite(ozon, ozonStand);
catalogSuite(ozon, ozonStand);
