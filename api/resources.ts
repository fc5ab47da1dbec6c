import type { FastifyPluginAsync } from 'fastify';
import type { Dependencies } from './dependencies';
import { attachmentRoutes } from './routes/attachments';
import { copyRoutes } from './routes/copies';
import { customerHoldRoutes } from './routes/customer-holds';
import { customerRoutes } from './routes/customers';
import { decisionRoutes } from './routes/decisions';
import { incidentRoutes } from './routes/incidents';
import { itemRoutes } from './routes/items';
import { letterRoutes } from './routes/letters';
import { messageRoutes } from './routes/messages';
import { noteRoutes } from './routes/notes';
import { noticeRoutes } from './routes/notices';
import { orderMessageRoutes } from './routes/order-messages';
import { orderRoutes } from './routes/orders';
import { partnerRoutes } from './routes/partners';
import { policyRoutes } from './routes/policies';
import { reportRoutes } from './routes/reports';
import { revisionRoutes } from './routes/revisions';
import { shipmentRoutes } from './routes/shipments';
import { stockRoutes } from './routes/stock';
import { taskMessageRoutes } from './routes/task-messages';
import { taskRoutes } from './routes/tasks';
import { tokenRoutes } from './routes/tokens';
import { userRoutes } from './routes/users';
import { webhookRoutes } from './routes/webhooks';

/** Every resource under `/api/v1`. */
export const resources: readonly FastifyPluginAsync<Dependencies>[] = [
  orderRoutes,
  copyRoutes,
  orderMessageRoutes,
  revisionRoutes,
  noteRoutes,
  noticeRoutes,
  attachmentRoutes,
  shipmentRoutes,
  messageRoutes,
  taskRoutes,
  decisionRoutes,
  taskMessageRoutes,
  webhookRoutes,
  reportRoutes,
  incidentRoutes,
  userRoutes,
  tokenRoutes,
  customerRoutes,
  customerHoldRoutes,
  itemRoutes,
  letterRoutes,
  partnerRoutes,
  stockRoutes,
  policyRoutes,
];
