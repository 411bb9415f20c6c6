import type { ImportFault, ImportTarget } from "../schema";

/** Where a line belongs. */
export interface Place {
  readonly organizationId: string;
  readonly organizationName: string;
  /** A connector's id, or the name of a marketplace Karavan does not know. */
  readonly marketplace: string;
  readonly connectionId: string | null;
  readonly connectionName: string | null;
}

/** What of the workspace the cells of a file can name. */
export interface KnownPlaces {
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly connections: readonly {
    readonly id: string;
    readonly name: string;
    readonly connectorId: string;
    readonly organizationId: string;
    readonly isRemoved: boolean;
  }[];
  readonly marketplaces: readonly { readonly id: string; readonly name: string }[];
}

export interface PlaceCells {
  readonly organization: string;
  readonly marketplace: string;
  readonly connection: string;
}

export type PlaceAnswer = { readonly place: Place } | { readonly fault: ImportFault; readonly value: string };

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Finds the place of each line: the chosen one, or what its cells name. Null = the workspace has no such shop or organization. */
export function placeFinder(target: ImportTarget, known: KnownPlaces): ((cells: PlaceCells) => PlaceAnswer) | null {
  if (target.by === "columns") {
    const answers = new Map<string, PlaceAnswer>();
    return (cells) => {
      const key = JSON.stringify([cells.connection, cells.organization, cells.marketplace]);
      const answer = answers.get(key) ?? placeByCells(cells, known);
      answers.set(key, answer);
      return answer;
    };
  }
  const place = target.by === "connection" ? placeOfConnection(target.connectionId, known) : placeOf(target.organizationId, target.marketplace, known);
  return place === null ? null : () => ({ place });
}

function placeOfConnection(connectionId: string, known: KnownPlaces): Place | null {
  const connection = known.connections.find(({ id }) => id === connectionId);
  const place = connection === undefined ? null : placeOf(connection.organizationId, connection.connectorId, known);
  return connection === undefined || place === null ? null : { ...place, connectionId, connectionName: connection.name };
}

function placeOf(organizationId: string, marketplace: string, known: KnownPlaces): Place | null {
  const organization = known.organizations.find(({ id }) => id === organizationId);
  if (organization === undefined) return null;
  const id = known.marketplaces.find((one) => same(one.id, marketplace) || same(one.name, marketplace))?.id ?? marketplace.trim();
  return { organizationId, organizationName: organization.name, marketplace: id, connectionId: null, connectionName: null };
}

function placeByCells(cells: PlaceCells, known: KnownPlaces): PlaceAnswer {
  const organization = known.organizations.find(({ name }) => same(name, cells.organization));
  if (cells.organization !== "" && organization === undefined) return { fault: "unknown_organization", value: cells.organization };
  if (cells.connection !== "") return placeByConnection(cells, organization?.id, known);
  if (organization === undefined) return { fault: "no_organization", value: "" };
  if (cells.marketplace === "") return { fault: "no_marketplace", value: "" };
  const place = placeOf(organization.id, cells.marketplace, known);
  return place === null ? { fault: "unknown_organization", value: cells.organization } : { place };
}

/** Of several shops with one name the organization and the marketplace beside it decide. */
function placeByConnection(cells: PlaceCells, organizationId: string | undefined, known: KnownPlaces): PlaceAnswer {
  const marketplace = known.marketplaces.find(({ id, name }) => same(id, cells.marketplace) || same(name, cells.marketplace))?.id;
  const fitting = known.connections.filter(
    (one) =>
      same(one.name, cells.connection) &&
      (organizationId === undefined || one.organizationId === organizationId) &&
      (marketplace === undefined || one.connectorId === marketplace),
  );
  // Sales of a shop outlive its connection; one of the same name that is there now comes first.
  const live = fitting.filter(({ isRemoved }) => !isRemoved);
  const [first, second] = live.length > 0 ? live : fitting;
  if (first === undefined) return { fault: "unknown_connection", value: cells.connection };
  if (second !== undefined) return { fault: "ambiguous_connection", value: cells.connection };
  const place = placeOfConnection(first.id, known);
  return place === null ? { fault: "unknown_connection", value: cells.connection } : { place };
}
