export { yandexMarket } from "./connector";
