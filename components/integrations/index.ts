export { AddConnection } from "./add-connection";
export { ConnectionScreen } from "./connection-screen";
export { ErrorCatalogue } from "./errors/error-catalogue";
export { IntegrationsScreen } from "./integrations-screen";
