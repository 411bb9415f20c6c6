/** A named, deterministic state of the outside world. What it means for one system is in that simulator's README. */
export interface Scenario {
  name: string;
  summary: string;
  /** Numbers that may be set (`--set name=value`), with their defaults. */
  parameters: Readonly<Record<string, number>>;
}

/** The only list of scenario names; every simulator knows each of them. */
export const scenarios: readonly Scenario[] = [
  {
    name: "demo",
    summary: "A believable shop with a past, and live buyers from the first use of the API on.",
    parameters: { days: 35, ordersPerDay: 7, chats: 60, maxOpenChats: 90 },
  },
  { name: "small", summary: "A handful of fixed chats and postings, one per rule; nothing happens by itself. For tests.", parameters: { accrualPageSize: 10 } },
  {
    name: "bulk",
    summary: "Any size, computed on demand; no rate limit unless asked for. For benchmarks.",
    parameters: { chats: 2_000, messages: 100_000, saleLines: 100_000, days: 30, accrualPageSize: 1_000, requestsPerSecond: 0 },
  },
  { name: "key-expiring", summary: "Like small, but the key ends in five days.", parameters: { keyDays: 5, accrualPageSize: 10 } },
  { name: "no-premium", summary: "Like small, but without the subscription that sending to buyers needs.", parameters: { accrualPageSize: 10 } },
];

/** Finds a scenario. Throws a sentence naming all of them when there is none of that name. */
export function scenarioNamed(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (!found) throw new Error(`There is no scenario "${name}". There are: ${scenarios.map((scenario) => scenario.name).join(", ")}.`);
  return found;
}

/** Checks parameters against the scenario's own. Throws a sentence naming the first unknown one. */
export function checkParameters(scenario: Scenario, parameters: Readonly<Record<string, number>>): void {
  const unknown = Object.keys(parameters).find((name) => !(name in scenario.parameters));
  if (unknown !== undefined)
    throw new Error(`The scenario "${scenario.name}" has no parameter "${unknown}". It has: ${Object.keys(scenario.parameters).join(", ")}.`);
}
