import type { Dependencies } from '../dependencies';
import { wrongField } from '../problem';

/** The attachment that a message names, once it is known to be one of its order's. */
export async function attached(
  { prisma }: Pick<Dependencies, 'prisma'>,
  no: string,
  attachmentId: string | undefined,
): Promise<{ readonly attachmentId?: string }> {
  if (attachmentId === undefined) return {};
  const found = await prisma.attachment.count({ where: { id: attachmentId, orderNo: no } });
  if (found === 0) throw wrongField('attachmentId', 'unknown', 'This order has no such attachment.');
  return { attachmentId };
}
