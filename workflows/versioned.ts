import { setWorkflowOptions } from '@temporalio/workflow';
import { collection, order, shipment } from './index';

// What a worker with a build id serves. A file of its own: from workers without one Temporal takes no versioning behaviour.

// They live for months, and no build is kept running that long: they go on under the current one (design rule 10).
setWorkflowOptions({ versioningBehavior: 'AUTO_UPGRADE' }, order);
setWorkflowOptions({ versioningBehavior: 'AUTO_UPGRADE' }, collection);

// It lasts days: it ends under the build that it began under.
setWorkflowOptions({ versioningBehavior: 'PINNED' }, shipment);

export { collection, order, shipment };
