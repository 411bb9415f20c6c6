import { z } from "zod";
import { defineSimulator, type RunningSimulator, type SimulatorHost } from "@/sandbox/kit";
import { Random, seedOf } from "@/sandbox/kit/random";
import { accountDesk } from "./desk-account";
import { issueDesk } from "./desk-issues";
import { orderDesk } from "./desk-orders";
import { limitHeaders } from "./gate";
import { LiveShop } from "./live";
import { ReverseContract } from "./push";
import { hepsiburadaRoutes } from "./routes";
import { fillScenario, HB_SCENARIOS, liveMerchant } from "./scenarios";
import { type HbState, type Merchant, newState } from "./state";

export { DEFAULT_MERCHANT, SECOND_MERCHANT } from "./scenarios";

/** Every command the control desk has for this simulator. */
export type HepsiburadaDesk = ReturnType<typeof accountDesk> & ReturnType<typeof orderDesk> & ReturnType<typeof issueDesk>;

/** The Hepsiburada merchant APIs in miniature: strict, stateful, made from the API sheet alone. */
export const hepsiburadaSimulator = defineSimulator({
  id: "hepsiburada",
  title: "Hepsiburada merchant APIs",
  scenarios: HB_SCENARIOS,
  start: startHepsiburada,
});

const savedSchema = z.object({
  version: z.literal(1),
  merchants: z.record(
    z.string(),
    z.custom<Merchant>((value) => typeof value === "object" && value !== null),
  ),
});

/** Lists and writes that share a path, told apart for faults and counts: `#open`, `#list`, `#write`. */
function callName(path: string, body: string): string {
  if (/\/orders\/merchantid\/[^/]+$/i.test(path)) return `${path}#open`;
  if (/\/packages\/merchantid\/[^/]+$/i.test(path)) return body === "" ? `${path}#list` : `${path}#write`;
  if (/\/(issues|listings\/merchantid\/[^/]+)$/.test(path)) return `${path}#list`;
  return /-uploads$/.test(path) ? `${path}#write` : path;
}

function startHepsiburada(host: SimulatorHost): RunningSimulator {
  const state: HbState = newState(host, new Random(seedOf(`hepsiburada ${host.scenario}`)));
  const restored = savedSchema.safeParse(host.restored);
  if (restored.success) {
    state.merchants = structuredClone(restored.data.merchants);
    // What happens from now on must not repeat what happened before the restart.
    state.random = new Random(seedOf(`${host.scenario} ${host.clock.nowMs()}`));
  } else fillScenario(state);
  const pushes = new ReverseContract(state);
  state.tell = (merchant, event) => pushes.tell(merchant, event);
  const live = liveMerchant(state);
  if (live) {
    const shop = new LiveShop(state, live);
    state.onApiUse = () => shop.wake();
  }
  const desk: HepsiburadaDesk = { ...accountDesk(state), ...orderDesk(state), ...issueDesk(state) };
  return {
    routes: hepsiburadaRoutes(state),
    desk,
    callName,
    enumKeys: ["status", "from", "transactionType", "claimType"],
    faultAnswer: ({ status, retryAfterSeconds }) => {
      if (status !== 429)
        return { body: { timestamp: host.clock.now().toISOString(), status, error: "Internal Server Error", message: "unexpected", path: "/" }, headers: {} };
      return { body: "Too many requests", headers: retryAfterSeconds === null ? {} : limitHeaders(retryAfterSeconds ?? 1) };
    },
    snapshot: () => ({ version: 1, merchants: state.merchants }),
    stop: () => {
      state.merchants = {};
    },
  };
}
