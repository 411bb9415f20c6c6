import { type BenchSource, CHATS, SALES } from "../source";

/** Chats with their messages and the accruals of a month, from the simulator: its `bulk` scenario is made of formulas. */
export const ozonSource: BenchSource = {
  connectorId: "ozon",
  credentials: { clientId: "1005001", apiKey: "5a1d0000-0000-4000-8000-000000001005" },
  streams: [
    { id: "chats", tables: CHATS, records: (rows) => rows },
    { id: "sales", tables: SALES, records: (rows) => rows },
  ],
};
