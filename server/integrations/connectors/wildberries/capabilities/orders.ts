import type { OrdersPort } from "../../../contract/orders";
import { states, transitions } from "../order-states";
import { changeOrder, hasTaken } from "./order-changes";
import { pullOrders, readOrder } from "./orders-pull";

export const wildberriesOrders: OrdersPort = { states, pull: pullOrders, read: readOrder, transitions, change: changeOrder, hasTaken };
