import { hasUsers } from "./repository";

/** Whether the installation has its first owner; until then every page leads to the setup page. */
export function isSetUp(): Promise<boolean> {
  return hasUsers();
}
