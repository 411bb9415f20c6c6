export { OrderSignals } from "./order-signals";
export { OrdersScreen } from "./orders-screen";
export { PickListSheet } from "./print/pick-list-sheet";
export { StateMappingEditor } from "./state-mapping-editor";
export { ToShipTile } from "./to-ship-tile";
