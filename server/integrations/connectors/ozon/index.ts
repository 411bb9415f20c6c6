export { ozon } from "./connector";
