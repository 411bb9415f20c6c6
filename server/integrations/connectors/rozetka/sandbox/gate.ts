import { badLogin, denied, maintenance, notAuthorised, sessionExpired, wrongToken } from "./envelope";
import { EVERY_SECTION, type Market, type RozetkaState, SESSION_MS, type Section, type Token } from "./state";

/** Who may call what. */
export class Gate {
  constructor(private readonly state: RozetkaState) {}

  /** `password` is base64 of it. @throws 1004. */
  logIn(username: string, password: string): { readonly market: Market; readonly token: Token } {
    const market = [...this.state.markets.values()].find((candidate) => candidate.login === username);
    if (market === undefined || Buffer.from(password, "base64").toString("utf8") !== market.password) throw badLogin();
    if (market.quirks.loginEndsOthers)
      for (const token of this.state.tokens.values()) if (token.marketId === market.id && token.kind === "session") token.revoked = true;
    return { market, token: this.issue(market, "session") };
  }

  issue(market: Market, kind: Token["kind"], sections: readonly Section[] = EVERY_SECTION): Token {
    const { random, tokens, host } = this.state;
    const value = `${kind === "role" ? "rt" : ""}${random.uuid().replaceAll("-", "")}${random.uuid().slice(0, 6)}`;
    const expiresMs = kind === "session" ? host.clock.nowMs() + SESSION_MS : null;
    const token: Token = { value, marketId: market.id, kind, expiresMs, sections: [...sections], revoked: false };
    tokens.set(value, token);
    return token;
  }

  /** @throws 5401 without a token, 1020 with a wrong one, 6001 with one that has ended. */
  enter(authorization: string | undefined): { readonly market: Market; readonly token: Token } {
    const value = /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
    if (value === undefined) throw notAuthorised();
    const token = this.state.tokens.get(value);
    const market = token === undefined ? undefined : this.state.markets.get(token.marketId);
    if (token === undefined || market === undefined || (token.revoked && token.kind === "role")) throw wrongToken();
    if (token.revoked || (token.expiresMs !== null && token.expiresMs <= this.state.host.clock.nowMs())) throw sessionExpired();
    if (market.quirks.maintenance) throw maintenance();
    this.state.onApiUse();
    return { market, token };
  }

  /** @throws 1010. */
  require({ market, token }: { readonly market: Market; readonly token: Token }, section: Section | undefined, permission: string | undefined): void {
    if (section !== undefined && !token.sections.includes(section)) throw denied();
    if (permission !== undefined && !market.permissions.includes(permission)) throw denied();
  }
}
