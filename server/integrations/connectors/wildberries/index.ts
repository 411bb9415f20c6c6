export { wildberries } from "./connector";
