import { posix } from 'node:path';
import { importsOf, type Sources } from './sources';
import { isNode, nodes, text, treeOf, visit } from './syntax';

const inside = 'domain/inside/';

/** Files of an organ that others read beside its first one, `<organ>/<organ>.ts`, each for one reason. */
const alsoPublic: readonly string[] = [
  // The order's terms and their shape: what the door hands in and every organ reads.
  'intake/terms',
  'intake/terms-shape',
  // The pieces of a line, the accounts of the ledger, and why goods may go: words that later organs share.
  'goods/pieces',
  'money/postings',
  'clearance/clearances',
  // The order's part of a collection; `collection/` has the organ of the child as well.
  'collection/collections',
  // What explanations show.
  'review/returned',
  'holds/customer-holds',
  // What the door asks of attachments and of a carrier's words.
  'contract/papers',
  'shipping/carrier',
  // What an organ asks of the world, beside the effects that call it: `workflows/activity-types.ts` puts it together.
  'collection/suspension',
  'shipping/effects',
  'shipping/stock',
  // The shipment's organ, as far as facts and milestones name it.
  'shipping/handling',
  'collection/ladder',
];

/** A process: the list of its organs, as the files that each comes from. */
interface Listed {
  readonly path: string;
  readonly organs: readonly string[];
}

/** The processes: the modules of `domain/inside/` that list organs. */
export function processesIn(sources: Sources): readonly Listed[] {
  return [...sources].flatMap(([path, source]) => {
    if (posix.dirname(path) !== 'domain/inside') return [];
    const names = listedIn(source);
    if (names.length === 0) return [];
    const from = new Map(
      importsOf(path, source).flatMap(({ names: taken, target }) => taken.map((one) => [one, target])),
    );
    return [{ path, organs: names.map((name) => from.get(name) ?? name) }];
  });
}

/** The names in `const organs = [ … ] as const`. */
function listedIn(source: string): readonly string[] {
  const names: string[] = [];
  visit(treeOf(source), ({ type, id, init }) => {
    if (type !== 'VariableDeclarator' || text(id) !== 'organs' || !isNode(init)) return;
    const list = isNode(init['expression']) ? init['expression'] : init;
    names.push(...nodes(list['elements']).map(({ expression }) => text(expression)));
  });
  return names;
}

const folderOf = (path: string): string => path.slice(inside.length).split('/')[0] ?? '';
const isInside = (path: string): boolean => path.startsWith(inside);
/** `domain/inside/order.ts` belongs to no organ: it is a process, or reads all of one. */
const isOfNoOrgan = (path: string): boolean => posix.dirname(path) === 'domain/inside';

/** Where an organ, or the kernel, imports what does not stand before it; and where one that is in no list stands. */
export function outOfOrder(sources: Sources): readonly string[] {
  const lists = processesIn(sources).map(({ organs }) => [...new Set(organs.map(folderOf))]);
  const standsBefore = (one: string, other: string): boolean =>
    lists.some((list) => list.includes(other) && list.slice(0, list.indexOf(other)).includes(one));
  return [...sources].flatMap(([path, source]) => {
    if (!isInside(path) || isOfNoOrgan(path)) return [];
    const own = folderOf(path);
    if (own !== 'kernel' && !lists.flat().includes(own)) return [`${path} belongs to no organ of any process`];
    const isBefore = (target: string): boolean =>
      isInside(target) &&
      !isOfNoOrgan(target) &&
      (folderOf(target) === own ||
        (own !== 'kernel' && (folderOf(target) === 'kernel' || standsBefore(folderOf(target), own))));
    return importsOf(path, source).flatMap(({ target }) => (isBefore(target) ? [] : [`${path} imports ${target}`]));
  });
}

/** Where somebody imports a file that an organ keeps to itself. Its process alone takes its rules. */
export function privateFilesTaken(sources: Sources): readonly string[] {
  const processes = new Map(processesIn(sources).map(({ path, organs }) => [path, organs]));
  const isPublic = (target: string): boolean => {
    const file = target.slice(inside.length);
    return alsoPublic.includes(file) || file === `${folderOf(target)}/${folderOf(target)}`;
  };
  return [...sources].flatMap(([path, source]) =>
    importsOf(path, source).flatMap(({ target }) => {
      const isAnothers = isInside(target) && !isOfNoOrgan(target) && !path.startsWith(`${inside}${folderOf(target)}/`);
      if (!isAnothers || folderOf(target) === 'kernel') return [];
      return isPublic(target) || processes.get(path)?.includes(target) === true ? [] : [`${path} imports ${target}`];
    }),
  );
}

/** Files of the list of public ones that are not there, or that nobody outside their folder imports. */
export function publicInVain(sources: Sources): readonly string[] {
  const taken = new Set(
    [...sources].flatMap(([path, source]) =>
      importsOf(path, source).flatMap(({ target }) =>
        isInside(target) && !path.startsWith(`${posix.dirname(target)}/`) ? [target.slice(inside.length)] : [],
      ),
    ),
  );
  return alsoPublic.filter((file) => !taken.has(file));
}

/** What makes the whole of a process: who names it knows all organs at once. */
const wholes: Readonly<Record<string, readonly string[]>> = {
  'domain/inside/kernel/process': ['DossierOf', 'TasksOf'],
  'domain/inside/kernel/process-of': ['processOf'],
};

/** Where somebody but a process puts organs together to one dossier. */
export function dossiersMade(sources: Sources): readonly string[] {
  const processes = processesIn(sources).map(({ path }) => path);
  return [...sources].flatMap(([path, source]) => {
    if (processes.includes(path) || path.startsWith('domain/inside/kernel/')) return [];
    return importsOf(path, source).flatMap(({ target, all }) =>
      all.filter((name) => wholes[target]?.includes(name)).map((name) => `${path} takes ${name}`),
    );
  });
}

/** Files that import one another in a circle, types included: one line for each circle, from its first file on. */
export function circlesIn(sources: Sources): readonly string[] {
  const state = new Map<string, 'under way' | 'done'>();
  const circles: string[] = [];
  const walk = (path: string, road: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'under way') {
      circles.push([...road.slice(road.indexOf(path)), path].join(' → '));
      return;
    }
    state.set(path, 'under way');
    for (const { target } of importsOf(path, sources.get(path) ?? '')) {
      const next = [`${target}.ts`, `${target}.tsx`, `${target}/index.ts`].find((file) => sources.has(file));
      if (next !== undefined) walk(next, [...road, path]);
    }
    state.set(path, 'done');
  };
  for (const path of sources.keys()) walk(path, []);
  return circles;
}
