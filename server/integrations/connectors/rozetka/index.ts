export { rozetka } from "./connector";
