import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadPolicy } from '../config/load-policy';
import type { Prisma, PrismaClient } from '../prisma/generated/client';
import { projectFolder } from './servers/project';

/** Publishes every policy of `config/policies` that the database does not have in any version: what it has, a person replaces. */
export async function publishPolicies(prisma: PrismaClient, publishedBy: string): Promise<void> {
  const known = new Set(
    (await prisma.policyVersion.findMany({ distinct: ['name'], select: { name: true } })).map(({ name }) => name),
  );
  const data = readdirSync(join(projectFolder, 'config', 'policies'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const { policy } = loadPolicy(file.replace(/\.json$/, ''));
      // Plain data all through; its type says readonly, which Prisma's JSON does not know.
      const document = policy as unknown as Prisma.InputJsonObject;
      return { name: policy.name, version: policy.version, document, publishedBy };
    })
    .filter(({ name }) => !known.has(name));
  await prisma.policyVersion.createMany({ data, skipDuplicates: true });
}
