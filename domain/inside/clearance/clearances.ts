/** 放行: why goods may go: paid, on account, released by an authority, on a small order's path (Q6). */
export const clearances = ['paid', 'on_account', 'released', 'small_order'] as const;
export type Clearance = (typeof clearances)[number];
