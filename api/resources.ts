import type { FastifyPluginAsync } from 'fastify';
import type { Dependencies } from './dependencies';
import { messageRoutes } from './messages';
import { approvalLimitRoutes } from './routes/approval-limits';
import { approverRoutes } from './worklist/approvers';
import { attachmentRoutes } from './order/attachments';
import { capacityRoutes } from './production/routes';
import { companyRoutes } from './routes/company';
import { copyRoutes } from './intake/copies';
import { customerCreditRoute } from './credit/routes';
import { customerHoldRoutes } from './holds/routes';
import { customerRoutes } from './routes/customers';
import { decisionRoutes } from './worklist/decisions';
import { departureRoutes } from './routes/departures';
import { incidentRoutes } from './worklist/incidents';
import { itemRoutes } from './goods/items';
import { letterRoutes } from './letters/routes';
import { noteRoutes } from './order/notes';
import { noticeRoutes } from './notices/routes';
import { nudgeRoutes } from './worklist/nudges';
import { orderRoutes } from './order/routes';
import { organisationLogRoutes } from './routes/organisation-log';
import { partnerRoutes } from './routes/partners';
import { calendarRoutes } from './routes/calendars';
import { policyRoutes } from './routes/policies';
import { promotionRoutes } from './intake/promotions';
import { reportRoutes } from './routes/reports';
import { restrictionRoutes } from './intake/restrictions';
import { stockRoutes } from './goods/routes';
import { substitutionRoutes } from './routes/substitutions';
import { taskTalkRoutes } from './worklist/talk-routes';
import { taskCareRoutes, taskRoutes } from './worklist/routes';
import { tokenRoutes } from './routes/tokens';
import { userChangeRoutes, userRoutes } from './routes/users';
import { userImportRoutes } from './routes/user-imports';
import { webhookRoutes } from './shipping/webhooks';
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
