import { z } from "zod";
import { LaunchProblem } from "./problem";

const csrfSchema = z.object({ csrfToken: z.string() });

/** Cookies of a response as a request sends them back. */
function collect(jar: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = ""] = line.split(";");
    const at = pair.indexOf("=");
    jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
}

const header = (jar: ReadonlyMap<string, string>) => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");

/**
 * Signs in over HTTP the way the sign-in page does (next-auth: token against forgery, then the credentials).
 * @returns the Cookie header of the session.
 */
export async function signIn(url: string, account: { readonly email: string; readonly password: string }): Promise<string> {
  const jar = new Map<string, string>();
  const csrf = await fetch(`${url}/api/auth/csrf`);
  collect(jar, csrf);
  const { csrfToken } = csrfSchema.parse(await csrf.json());
  const response = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", cookie: header(jar) },
    body: new URLSearchParams({ csrfToken, ...account, json: "true" }),
  });
  collect(jar, response);
  if (![...jar.keys()].some((name) => name.endsWith("karavan.session"))) throw new LaunchProblem(`Signing in failed (HTTP ${response.status}).`);
  return header(jar);
}
