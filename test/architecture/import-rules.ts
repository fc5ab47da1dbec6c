import { type Row, importTable, reservedNames, unmentionable } from './import-table';
import { factsOf, type ModuleFacts } from './module-facts';
import { type Imported, importsOf, type Sources } from './sources';

/** Every breach of the import table, as a line to read. */
export function violationsIn(sources: Sources): readonly string[] {
  return [...sources].flatMap(([path, source]) => violationsOf(path, source));
}

function violationsOf(path: string, source: string): readonly string[] {
  const facts = factsOf(source, { tsx: path.endsWith('.tsx') });
  const row = importTable.find(({ folder }) => path.startsWith(folder));
  const forbidden = row === undefined ? [] : importsOf(path, source).filter((each) => !isAllowed(row, each));
  return [
    ...forbidden.map(({ specifier, typeOnly }) => `${path} must not import ${typeOnly ? 'types of ' : ''}${specifier}`),
    ...reservedIn(path, facts),
    ...worldlyIn(path, facts),
  ];
}

function isAllowed(row: Row, { target, typeOnly }: Imported): boolean {
  if (row.except.some((rule) => covers(rule, target))) return false;
  return [...row.values, ...(typeOnly ? row.types : [])].some((rule) => covers(rule, target));
}

/** Every module that one loads when it is loaded, by way of others too; types leave no trace. */
export function valuesReachedFrom(sources: Sources, path: string): readonly string[] {
  const reached = new Set<string>();
  const visit = (from: string): void => {
    for (const { target, specifier, typeOnly } of importsOf(`${from}.ts`, sources.get(`${from}.ts`) ?? '')) {
      if (typeOnly || !specifier.startsWith('.') || reached.has(target)) continue;
      reached.add(target);
      visit(target);
    }
  };
  visit(path);
  return [...reached].toSorted();
}

function covers(rule: string, target: string): boolean {
  if (rule === 'npm' || rule === 'node') return target.startsWith(`${rule}:`);
  if (rule.endsWith('*')) return target.startsWith(rule.slice(0, -1));
  return rule.endsWith('/') ? `${target}/`.startsWith(rule) : target === rule;
}

function reservedIn(path: string, { imports }: ModuleFacts): readonly string[] {
  const names = imports
    .filter(
      ({ specifier, typeOnly }) => specifier === '@temporalio/workflow' && !typeOnly && path.startsWith('workflows/'),
    )
    .flatMap((each) => each.names);
  return names
    .filter((name) => name === '*' || reservedNames[name]?.includes(path) !== true)
    .map((name) => `${path} must not import ${name} of @temporalio/workflow`);
}

function worldlyIn(path: string, { mentions }: ModuleFacts): readonly string[] {
  return unmentionable
    .filter(({ folder, except }) => path.startsWith(folder) && !except.includes(path))
    .flatMap(({ words }) => words.filter((word) => mentions.has(word)))
    .map((word) => `${path} must not use ${word}`);
}
