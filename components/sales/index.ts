export { ImportScreen } from "./import/import-screen";
export { SalesScreen } from "./sales-screen";
