import type { FastifyPluginAsync } from 'fastify';
import type { Dependencies } from './dependencies';
import { messageRoutes } from './messages';
import { approvalLimitRoutes } from './routes/approval-limits';
import { approverRoutes } from './routes/approvers';
import { attachmentRoutes } from './routes/attachments';
import { capacityRoutes } from './routes/capacity';
import { companyRoutes } from './routes/company';
import { copyRoutes } from './routes/copies';
import { customerCreditRoute } from './routes/customer-credit';
import { customerHoldRoutes } from './routes/customer-holds';
import { customerRoutes } from './routes/customers';
import { decisionRoutes } from './routes/decisions';
import { departureRoutes } from './routes/departures';
import { incidentRoutes } from './routes/incidents';
import { itemRoutes } from './routes/items';
import { letterRoutes } from './routes/letters';
import { noteRoutes } from './routes/notes';
import { noticeRoutes } from './routes/notices';
import { nudgeRoutes } from './routes/nudges';
import { orderRoutes } from './routes/orders';
import { organisationLogRoutes } from './routes/organisation-log';
import { partnerRoutes } from './routes/partners';
import { calendarRoutes } from './routes/calendars';
import { policyRoutes } from './routes/policies';
import { promotionRoutes } from './routes/promotions';
import { reportRoutes } from './routes/reports';
import { restrictionRoutes } from './routes/restrictions';
import { stockRoutes } from './routes/stock';
import { substitutionRoutes } from './routes/substitutions';
import { taskTalkRoutes } from './routes/task-talk';
import { taskCareRoutes, taskRoutes } from './routes/tasks';
import { tokenRoutes } from './routes/tokens';
import { userChangeRoutes, userRoutes } from './routes/users';
import { userImportRoutes } from './routes/user-imports';
import { webhookRoutes } from './routes/webhooks';
import { writtenMessageRoutes } from './routes/written-messages';

/** Every resource under `/api/v1`. */
export const resources: readonly FastifyPluginAsync<Dependencies>[] = [
  orderRoutes,
  copyRoutes,
  messageRoutes,
  noteRoutes,
  noticeRoutes,
  attachmentRoutes,
  writtenMessageRoutes,
  taskRoutes,
  taskCareRoutes,
  taskTalkRoutes,
  nudgeRoutes,
  decisionRoutes,
  webhookRoutes,
  reportRoutes,
  approverRoutes,
  incidentRoutes,
  userRoutes,
  userChangeRoutes,
  approvalLimitRoutes,
  userImportRoutes,
  departureRoutes,
  organisationLogRoutes,
  substitutionRoutes,
  tokenRoutes,
  customerRoutes,
  customerCreditRoute,
  customerHoldRoutes,
  itemRoutes,
  promotionRoutes,
  capacityRoutes,
  companyRoutes,
  restrictionRoutes,
  letterRoutes,
  partnerRoutes,
  stockRoutes,
  policyRoutes,
  calendarRoutes,
];
