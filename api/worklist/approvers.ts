import { setImmediate as giveWay } from 'node:timers/promises';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { addWorkingDays } from '../../domain/inside/kernel/calendar';
import type { Role } from '../../domain/inside/kernel/vocabulary';
import type { Organisation } from '../../domain/outside/people/organisation';
import { findDeciders } from '../../domain/outside/people/verdict';
import { Prisma } from '../../prisma/generated/client';
import { namesOf } from './deciders';
import type { Dependencies } from '../dependencies';
import { policyNow } from '../policy/policies';
import { problemAnswers } from '../schemas/basics';
import { approversQuery, approversReport } from './schemas';
import { askedOf } from '../../prisma/tasks-asked';
import { type TaskRow, taskColumns } from './task-rows';

/** Who answers for the work of others. */
const leaders: readonly Role[] = [
  'sales_supervisor',
  'sales_director',
  'customer_service_supervisor',
  'finance_lead',
  'director',
  'general_manager',
  'analyst',
  'admin',
];

/** The most urgent of them: a company with more open tasks has another trouble. */
const mostTasks = 2000;

interface Load {
  open: number;
  claimed: number;
  alone: number;
  overdue: number;
  dueSoon: number;
  oldest: string;
}

/** Per approver: what he could decide now, since when, and how much of it will be late (HT-17). */
export const approverRoutes: FastifyPluginAsyncZod<Dependencies> = async (
  app,
  { prisma, organisation, settings, now },
) => {
  app.get(
    '/reports/approvers',
    {
      config: { allow: leaders },
      schema: {
        tags: ['reports'],
        querystring: approversQuery,
        response: { 200: approversReport, ...problemAnswers },
      },
    },
    async ({ query, caller }) => {
      const asOf = now().toISOString();
      const { calendar } = await policyNow(prisma, { name: settings.policy });
      const soon = addWorkingDays(calendar, asOf, 1);
      const rows = await prisma.$queryRaw<readonly TaskRow[]>`
        select ${taskColumns} from tasks t where t.state = 'open' and ${isDecided} order by t."dueAt", t.id limit ${mostTasks + 1}`;
      const loads = await loadsOf(rows.slice(0, mostTasks), {
        organisation: await organisation(caller.organisation),
        asOf,
        soon,
      });
      const worst = [...loads].toSorted(([, one], [, other]) => urgency(other) - urgency(one)).slice(0, query.limit);
      const names = await namesOf(
        prisma,
        worst.map(([userId]) => userId),
      );
      const items = worst.map(([userId, load]) => ({ userId, name: names.get(userId) ?? userId, ...load }));
      return { asOf, soon, items, more: rows.length > mostTasks };
    },
  );
};

/** Tasks that other facts answer are work, not decisions. */
const isDecided = Prisma.sql`cardinality(t.outcomes) > 0`;

/** One task that is late, or will be, weighs more than any number of tasks that are not. */
const urgency = ({ overdue, dueSoon, open }: Load): number => (overdue + dueSoon) * mostTasks * 2 + open;

async function loadsOf(
  rows: readonly TaskRow[],
  { organisation, asOf, soon }: { readonly organisation: Organisation; readonly asOf: string; readonly soon: string },
): Promise<ReadonlyMap<string, Load>> {
  const loads = new Map<string, Load>();
  for (const [index, row] of rows.entries()) {
    // Others are served in between.
    if (index % 50 === 49) await giveWay();
    const [openedAt, dueAt] = [row.openedAt.toISOString(), row.dueAt.toISOString()];
    const able = findDeciders(organisation, askedOf(row), asOf);
    const holders = row.claimedBy === null ? able : [row.claimedBy];
    for (const userId of holders) {
      const load = loads.get(userId) ?? { open: 0, claimed: 0, alone: 0, overdue: 0, dueSoon: 0, oldest: openedAt };
      load.open += 1;
      if (row.claimedBy !== null) load.claimed += 1;
      if (able.length === 1) load.alone += 1;
      if (dueAt < asOf) load.overdue += 1;
      else if (dueAt <= soon && row.pausedAt === null) load.dueSoon += 1;
      if (openedAt < load.oldest) load.oldest = openedAt;
      loads.set(userId, load);
    }
  }
  return loads;
}
