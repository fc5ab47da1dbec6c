import type { PrismaClient } from '../prisma/generated/client';
import type { Activities } from '../workflows/activity-types';

/** Incidents for operators: one per key, however often it is reported. A closed one stays closed. */
export function incidents(prisma: PrismaClient): Pick<Activities, 'openIncident'> {
  return {
    openIncident: async ({ key, workflowId, orderNo, kind, detail }) => {
      await prisma.$executeRaw`
        insert into incidents (id, "workflowId", "orderNo", kind, detail)
        values (${key}, ${workflowId}, ${orderNo}, ${kind}, ${JSON.stringify({ message: detail })}::jsonb)
        on conflict (id) do nothing`;
    },
  };
}
