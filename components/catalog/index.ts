export { CatalogScreen } from "./catalog-screen";
