/** The server's own limits (server/inbox/schema.ts), repeated so that its schemas stay out of the page's code; a test keeps them equal. */
export const COUNT_LIMIT = 1_000;
export const BULK_IDS_MAX = 500;
export const BULK_MATCHES_MAX = 5_000;
