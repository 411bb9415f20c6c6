import { catalogSuite } from "../../contract/testing/catalog-suite";
import { connectionSuite } from "../../contract/testing/connection-suite";
import { offersSuite } from "../../contract/testing/offers-suite";
import { ordersSuite } from "../../contract/testing/orders-suite";
import { salesSuite } from "../../contract/testing/sales-suite";
import { shopify } from "./connector";
import { shopifyStand } from "./testing/stand";

connectionSuite(shopify, shopifyStand);
ordersSuite(shopify, shopifyStand);
catalogSuite(shopify, shopifyStand);
offersSuite(shopify, shopifyStand, { compares: true });
salesSuite(shopify, shopifyStand);
