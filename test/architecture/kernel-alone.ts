import { nextCollectionStatuses } from '../../domain/inside/collection';
import { nextStatuses } from '../../domain/inside/kernel/vocabulary';
import { worklistFacts } from '../../domain/inside/kernel/worklist/facts';
import { processes, taskKinds } from '../../domain/inside/processes';
import { nextShipmentStatuses } from '../../domain/inside/shipment';
import { importsOf, type Sources } from './sources';
import { isNode, type Node, nodes, text, treeOf, visit } from './syntax';

// What the kernel and its loop do alone: choose by kind, say a status, close tasks and clocks, ask gates, signal other workflows.

const isOfKernel = (path: string): boolean => path.startsWith('domain/inside/kernel/');

/** The closed sets by which the kernel chooses a rule. A `switch` whose cases are all of one set chooses by kind. */
const kinds: readonly (readonly [name: string, members: ReadonlySet<string>])[] = [
  ['facts', new Set(Object.values(processes).flatMap(({ shapes }) => Object.keys(shapes)))],
  ['tasks', new Set<string>(taskKinds)],
  ['statuses of an order', new Set(Object.keys(nextStatuses))],
  ['statuses of a shipment', new Set(Object.keys(nextShipmentStatuses))],
  ['statuses of a collection', new Set(Object.keys(nextCollectionStatuses))],
];

/** The set that a `switch` chooses by. */
function kindsOf({ type, cases }: Node): string | undefined {
  if (type !== 'SwitchStatement') return undefined;
  const labels = nodes(cases).flatMap(({ test }) => (isNode(test) ? [text(test)] : []));
  return kinds.find(([, members]) => labels.length > 0 && labels.every((label) => members.has(label)))?.[0];
}

/** Where somebody else chooses by the kind of a fact or a task, or by a status: a table by kind has a line for each. */
export const switchesOverKinds = (sources: Sources): readonly string[] =>
  found(sources, (node, { path }) => {
    const over = isOfKernel(path) ? undefined : kindsOf(node);
    return over === undefined ? [] : [`switches over ${over}`];
  });

/** Where somebody chooses by kind and leaves kinds to a `default:`. */
export const switchesOverSomeKinds = (sources: Sources): readonly string[] =>
  found(sources, (node) => {
    const over = kindsOf(node);
    const isOpen = nodes(node['cases']).some(({ test }) => !isNode(test));
    return over === undefined || !isOpen ? [] : [`switches over some ${over}`];
  });

/** Where a `switch` has a `default:`: a member that is added later would pass it unseen. */
export const defaultsIn = (sources: Sources): readonly string[] =>
  found(sources, ({ type, test }) => (type === 'SwitchCase' && !isNode(test) ? ['has a default:'] : []));

/** Where somebody but the kernel writes a status. An organ's rule says which it gives, and evidence may show which there was. */
export const statusesWritten = (sources: Sources): readonly string[] =>
  found(sources, (node, { path, outer }) => {
    if (isOfKernel(path)) return [];
    if (node['type'] === 'AssignmentExpression')
      return isNode(node['left']) && text(node['left']['property']) === 'status' ? ['sets a status'] : [];
    if (node['type'] !== 'ObjectExpression' || isOrganOrEvidence(outer)) return [];
    return nodes(node['properties']).flatMap((property) => (nameOf(property) === 'status' ? ['writes a status'] : []));
  });

/** `organ(…).of({ … })`, which has the rule, or `evidence: { … }`. */
function isOrganOrEvidence(outer: Node | undefined): boolean {
  if (outer?.['type'] === 'KeyValueProperty') return nameOf(outer) === 'evidence';
  return outer?.['type'] === 'CallExpression' && isNode(outer['callee']) && text(outer['callee']['property']) === 'of';
}

/** Files of the kernel that change tasks and clocks, open them, or call a rule that was chosen by a kind. */
const changers = ['apply', 'called-for', 'signing', 'escalation', 'pause'].map(
  (file) => `domain/inside/kernel/worklist/${file}`,
);
const ofKernelAlone: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(changers.map((file) => [file, ['*']])),
  'domain/inside/kernel/call': ['*'],
  'domain/inside/kernel/worklist/new-calendar': ['inNewCalendar'],
  'domain/inside/kernel/worklist/reassignment': ['reassigned'],
};

/** Where somebody but the kernel changes a worklist: takes what changes it, writes it, ends a task, or notes one of its facts. */
export const worklistsChanged = (sources: Sources): readonly string[] => [
  ...[...sources].flatMap(([path, source]) =>
    isOfKernel(path)
      ? []
      : importsOf(path, source).flatMap(({ target, all }) => {
          const own = ofKernelAlone[target] ?? [];
          return all.filter((name) => own.includes('*') || own.includes(name)).map((name) => `${path} takes ${name}`);
        }),
  ),
  ...found(sources, (node, { path }) => {
    if (node['type'] !== 'ObjectExpression' || isOfKernel(path)) return [];
    return nodes(node['properties']).flatMap((property) => {
      const [name, value] = [nameOf(property), text(property['value'])];
      if (name === 'worklist') return ['writes a worklist'];
      if (name === 'state' && (value === 'void' || value === 'decided')) return [`ends a task as ${value}`];
      return name === 'kind' && Object.hasOwn(worklistFacts, value) ? [`notes ${value}`] : [];
    });
  }),
];

const loop = ['run', 'run-state', 'effects', 'file-what-is-new', 'live'].map((file) => `workflows/${file}.ts`);

/** Files beside the kernel that may say these names: the loop that performs what is due, and its world. */
const mayMention: Readonly<Record<string, readonly string[]>> = {
  // A gate is asked by the process before every effect; the loop looks at the answer.
  '.shut': [],
  shutBy: ['workflows/effects.ts'],
  '.shutBy': ['workflows/effects.ts'],
  // Another workflow is signalled by the loop's world.
  '.signal': ['workflows/temporal-world.ts'],
  // What the world does the loop asks for: a page of milestones cannot.
  '.world': loop,
  world: loop,
};

/** Where somebody but the loop asks a gate, signals another workflow, or asks the world for anything. */
export const effectsPerformed = (sources: Sources): readonly string[] =>
  found(sources, (node, { path }) => {
    const name = mentionedAt(node);
    const allowed = name === undefined || isOfKernel(path) || !Object.hasOwn(mayMention, name);
    return allowed || mayMention[name]?.includes(path) === true ? [] : [`says ${name}`];
  });

function mentionedAt({ type, value, property }: Node): string | undefined {
  if (type === 'Identifier') return String(value);
  return type === 'MemberExpression' ? `.${text(property)}` : undefined;
}

/** The name of a property, of a shorthand too. */
const nameOf = (property: Node): string => text(property['type'] === 'Identifier' ? property : property['key']);

interface Place {
  readonly path: string;
  readonly outer: Node | undefined;
}

/** What is wrong at the nodes of the modules, each with its path. */
function found(sources: Sources, wrong: (node: Node, place: Place) => readonly string[]): readonly string[] {
  return [...sources].flatMap(([path, source]) => {
    const lines: string[] = [];
    visit(treeOf(source), (node, outer) => {
      lines.push(...wrong(node, { path, outer }).map((what) => `${path} ${what}`));
    });
    return lines;
  });
}
