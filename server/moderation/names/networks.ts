import { lexiconKey } from "../text/lexicon-key";

export interface Network {
  readonly id: string;
  readonly kind: "messenger" | "social";
  /** Also an ordinary word (max, signal, line): counts only right behind "in", "on", "через" or before an account. */
  readonly ordinary: boolean;
}

interface NetworkWords {
  readonly kind: Network["kind"];
  /** Spellings from four letters on: also found letter by letter, with digits for letters, doubled letters and endings. */
  readonly names: string;
  /** Spellings found only as they are. */
  readonly exact?: string;
  readonly ordinary?: boolean;
}

const NETWORKS: Readonly<Record<string, NetworkWords>> = {
  telegram: {
    kind: "messenger",
    names: "telegram telega telegramm телеграм телега телегу телеге телегой телезі telegr tlgrm тлгрм",
    exact: "тг tg тгшка тгшку тгшке тэгэ тлг tlg tgram тгк",
  },
  whatsapp: {
    kind: "messenger",
    names:
      "whatsapp watsapp watsap vatsap vatsapp whatsap whatsup wazap wazzap wotsap вотсап ватсап вацап вотцап уотсап васап ватцап вотсапп вацапп ватсапп ватсапе вотсапе",
    exact: "wa wp wapp wsp ws вц вотс ватс вотсик вотсапчик",
  },
  viber: { kind: "messenger", names: "viber вайбер вибер ваибер viberr vaiber vayber", exact: "" },
  /** By their signs: the paper plane. Planes are sold too. */
  plane: { kind: "messenger", names: "", exact: "самолетик самолетике самолетику самолетиком літачок літачку літачком", ordinary: true },
  snap: { kind: "social", names: "", exact: "snap", ordinary: true },
  vibe: { kind: "messenger", names: "", exact: "вайб вайбе вайбі вайбике", ordinary: true },
  zoom: { kind: "messenger", names: "", exact: "zoom зум зуме зумі зумом zoomdan zoomda", ordinary: true },
  signal: { kind: "messenger", names: "", exact: "signal сигнал сигнале сигналі сігнал сігналі сигналом signalde signalden signaldan", ordinary: true },
  max: { kind: "messenger", names: "", exact: "max макс максе", ordinary: true },
  skype: { kind: "messenger", names: "skype скайп скаип", exact: "" },
  wechat: { kind: "messenger", names: "wechat вичат вичате", exact: "" },
  bip: { kind: "messenger", names: "", exact: "bip bipten bipte bipe", ordinary: true },
  imo: { kind: "messenger", names: "", exact: "imo имо line icq", ordinary: true },
  discord: { kind: "messenger", names: "discord дискорд", exact: "" },
  instagram: {
    kind: "social",
    names:
      "instagram инстаграм инстаграмм інстаграм инста інста инсту інсту инсте інсті инстой insta instgram инстик инстаграма запрещенограм запретграм нельзяграм",
    exact: "ig инст инстг іг",
  },
  facetime: { kind: "messenger", names: "facetime фейстайм", exact: "" },
  vk: { kind: "social", names: "вконтакте vkontakte вконтакті контакте", exact: "вк vk вкшка вкшку" },
  facebook: { kind: "social", names: "facebook фейсбук феисбук фэйсбук фейсбуці facebok feysbuk", exact: "fb фб фейс facede faceden facete faceten" },
  ok: { kind: "social", names: "одноклассник одноклассниках однокласники", exact: "" },
  tiktok: { kind: "social", names: "tiktok тикток тікток тіктоці", exact: "" },
  youtube: { kind: "social", names: "youtube ютуб ютьюб ютюб", exact: "" },
  rutube: { kind: "social", names: "rutube рутуб", exact: "" },
  dzen: { kind: "social", names: "", exact: "дзен дзене dzen threads тредс тредсе likee", ordinary: true },
  twitter: { kind: "social", names: "twitter твиттер твітер", exact: "" },
  pinterest: { kind: "social", names: "pinterest пинтерест snapchat снэпчат снапчат linkedin линкедин", exact: "" },
};

export interface TrieNode {
  readonly next: Map<string, TrieNode>;
  network?: Network;
}

function build(): { readonly root: TrieNode; readonly exact: ReadonlyMap<string, Network> } {
  const root: TrieNode = { next: new Map() };
  const exact = new Map<string, Network>();
  for (const [id, words] of Object.entries(NETWORKS)) {
    const network: Network = { id, kind: words.kind, ordinary: words.ordinary === true };
    for (const name of words.names.split(" ").filter(Boolean)) {
      let node = root;
      for (const letter of lexiconKey(name)) {
        const child = node.next.get(letter) ?? { next: new Map<string, TrieNode>() };
        node.next.set(letter, child);
        node = child;
      }
      node.network = network;
    }
    for (const name of (words.exact ?? "").split(" ").filter(Boolean)) exact.set(lexiconKey(name), network);
  }
  return { root, exact };
}

const built = build();
/** All longer spellings, by the look of their letters. */
export const nameTrie: TrieNode = built.root;
/** @param name skeleton of one of the longer spellings. */
export function namedBy(name: string): Network | undefined {
  let node: TrieNode | undefined = nameTrie;
  for (const letter of name) node = node?.next.get(letter);
  return node?.network;
}
/** @param key skeleton of a whole word. */
export const exactName = (key: string): Network | undefined => built.exact.get(key);
