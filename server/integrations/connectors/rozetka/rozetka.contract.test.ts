import { catalogSuite } from "../../contract/testing/catalog-suite";
import { connectionSuite } from "../../contract/testing/connection-suite";
import { messagingSuite } from "../../contract/testing/messaging-suite";
import { offersSuite } from "../../contract/testing/offers-suite";
import { ordersSuite } from "../../contract/testing/orders-suite";
import { salesSuite } from "../../contract/testing/sales-suite";
import { sendingSuite } from "../../contract/testing/sending-suite";
import type { MessagingTraits } from "../../contract/testing/stand";
import { rozetka } from "./connector";
import { rozetkaStand } from "./testing/stand";

/** The list carries the messages, and chats cannot be closed. */
const CHATS: MessagingTraits = { reads: ["list"], crowd: 50, closes: false };

connectionSuite(rozetka, rozetkaStand);
messagingSuite(rozetka, rozetkaStand, CHATS);
sendingSuite(rozetka, rozetkaStand, CHATS);
// States are numbers, which the fault cannot change; a number nobody has heard of is in rozetka-behaviour.
ordersSuite(rozetka, rozetkaStand, { crowd: 30, unknownStates: false });
catalogSuite(rozetka, rozetkaStand);
offersSuite(rozetka, rozetkaStand);
salesSuite(rozetka, rozetkaStand);
