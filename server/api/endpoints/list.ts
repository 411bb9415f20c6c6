import type { Endpoint } from "./endpoint";
import { integrationEndpoints } from "./integrations";
import { readingEndpoints } from "./reading";

/** Everything machines may ask. A new endpoint is added here and nowhere else. */
export const ENDPOINTS: readonly Endpoint[] = [...readingEndpoints, ...integrationEndpoints];
