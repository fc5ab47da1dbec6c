import { organNames, otherFiles, others, strangers } from './folders';
import { filesBelow, sourcesIn } from './sources';

// A file is found by two words, the organ and what one looks for: so an organ has one name in every folder.

const organs = organNames(sourcesIn('domain/inside'));
const roots = [
  ...new Set([...Object.keys(others), ...Object.keys(otherFiles)].map((each) => each.split('/')[0] ?? '')),
];
const paths = roots.flatMap((root) =>
  filesBelow(root).filter((path) => !/^(prisma\/(generated|migrations)|test\/(replay|e2e))\//.test(path)),
);

test('every folder is named for an organ, or stands in the short list of others', () => {
  expect(organs).toEqual(expect.arrayContaining(['intake', 'goods', 'shipping', 'collection', 'closing']));
  expect(strangers(paths, organs)).toEqual([]);
});

test.each([
  ['api/misc/odds.ts', 'api/misc'],
  ['api/dunning/routes.ts', 'api/dunning'],
  ['domain/utils/money.ts', 'domain/utils'],
  ['domain/inside/odds/odds.ts', 'domain/inside/odds'],
  ['domain/outside/parcels/rows.ts', 'domain/outside/parcels'],
  ['workflows/stages/review.ts', 'workflows/stages'],
  ['test/workflows/settlement/late.test.ts', 'test/workflows/settlement'],
  ['prisma/functions/dunning.sql', 'prisma/functions/dunning.sql'],
  ['prisma/schema/parcels.prisma', 'prisma/schema/parcels.prisma'],
])('planted: %s', (path, found) => {
  expect(strangers([...paths, path], organs)).toEqual([found]);
});
