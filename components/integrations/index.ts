export { AddConnection } from "./add-connection";
export { ConnectionScreen } from "./connection-screen";
export { IntegrationsScreen } from "./integrations-screen";
