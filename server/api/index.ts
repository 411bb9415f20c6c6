/** The public surface of the room for machines. */
export { purgeRequests } from "./http/idempotency";
export { serveApi } from "./http/serve";
export { openApiDocument } from "./openapi";
export { apiReference } from "./reference";
