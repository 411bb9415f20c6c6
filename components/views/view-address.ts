import { createLoader, createSerializer, type inferParserType, type Nullable, type ParserMap } from "nuqs";

/** Filters of a page, by the names its address has for them; null = as on the plain page. */
export type AddressState<Parsers extends ParserMap> = Partial<Nullable<inferParserType<Parsers>>>;

/** Filters of a page as a saved view keeps them: `tab=waiting&days=7`, every character one an address may hold, defaults left out. */
export function addressOf<Parsers extends ParserMap>(parsers: Parsers, state: AddressState<Parsers>): string {
  return new URLSearchParams(createSerializer(parsers)(state)).toString();
}

/** The filters an address says; what it does not name, or names wrongly, is as on the plain page. */
export function stateOf<Parsers extends ParserMap>(parsers: Parsers, address: string): AddressState<Parsers> {
  return createLoader(parsers)(new URLSearchParams(address));
}
