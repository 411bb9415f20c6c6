import { db, pool } from "./db";
import { closeHttp } from "./http/remote-http";
import { closeLive } from "./live";

/** Ends what the platform holds open, in the order that loses nothing: the call log is written before the pool goes. For processes that end by themselves. */
export async function closePlatform(): Promise<void> {
  await closeHttp();
  await closeLive();
  await db.$disconnect();
  await pool.end();
}
