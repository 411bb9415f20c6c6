export { hepsiburada } from "./connector";
