import type { Source } from './organ';
import type { AnyOrgan, Organs } from './process';
import type { Shapes } from './shape';
import { worklistFacts, worklistMessages } from './worklist/facts';

/** What the list of organs says, looked up once. */
export interface Members {
  readonly shapes: Shapes;
  readonly sources: ReadonlyMap<string, Source>;
  readonly heldFirst: ReadonlySet<string>;
  readonly ownerOf: ReadonlyMap<string, AnyOrgan>;
  readonly askerOf: ReadonlyMap<string, AnyOrgan>;
  /** The owner's rule for a kind of fact, then the rules of whoever hears it, in the order of the list. */
  readonly rulesFor: (kind: string) => readonly { readonly name: string; readonly rule: AnyOrgan['facts'][string] }[];
}

/** @throws Error where two organs own one fact or task, or one hears what nobody before it says. */
export function membersOf(organs: Organs): Members {
  const ownerOf = owners(organs, ({ shapes }) => shapes);
  const askerOf = owners(organs, ({ asks }) => asks);
  for (const kind of ownerOf.keys()) if (Object.hasOwn(worklistFacts, kind)) throw new Error(`${kind} is the kernel's`);
  requireHeardFromBefore(organs);
  const sources = new Map<string, Source>([
    ...Object.keys(worklistFacts).map(
      (kind) => [kind, Object.hasOwn(worklistMessages, kind) || kind === 'calendarPublished' ? 'door' : 'own'] as const,
    ),
    ...organs.flatMap(({ facts }) =>
      Object.entries(facts).map(([kind, { source = 'own' }]) => [kind, source] as const),
    ),
  ]);
  const shapes: Shapes = Object.assign({}, worklistFacts, ...organs.map((organ) => organ.shapes)) as Shapes;
  const rules = new Map(
    [...sources.keys()].map((kind) => [
      kind,
      organs.flatMap((organ) => {
        const rule = organ === ownerOf.get(kind) ? organ.facts[kind] : organ.hears?.[kind];
        return rule === undefined ? [] : [{ name: organ.name, rule }];
      }),
    ]),
  );
  const held = organs.flatMap(({ facts }) =>
    Object.entries(facts).flatMap(([kind, rule]) => (rule.heldFirst ? [kind] : [])),
  );
  // No organ owns this one: the clock notes it, at an instant that only the history knows.
  const heldFirst = new Set(['rungReached', ...held]);
  return { shapes, sources, heldFirst, ownerOf, askerOf, rulesFor: (kind) => rules.get(kind) ?? [] };
}

function owners(organs: Organs, of: (organ: AnyOrgan) => object): ReadonlyMap<string, AnyOrgan> {
  const named = organs.flatMap((organ) => Object.keys(of(organ)).map((kind) => [kind, organ] as const));
  const map = new Map(named);
  if (map.size !== named.length) {
    const twice = named.map(([kind]) => kind).find((kind, index, kinds) => kinds.indexOf(kind) !== index);
    throw new Error(`Two organs own ${twice ?? 'one name'}`);
  }
  return map;
}

function requireHeardFromBefore(organs: Organs): void {
  for (const [index, { name, hears = {} }] of organs.entries())
    for (const kind of Object.keys(hears)) {
      const isKnown =
        Object.hasOwn(worklistFacts, kind) || organs.slice(0, index).some(({ shapes }) => Object.hasOwn(shapes, kind));
      if (!isKnown) throw new Error(`${name} hears ${kind} from nobody before it`);
    }
}
