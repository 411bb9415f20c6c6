export { shopify } from "./connector";
