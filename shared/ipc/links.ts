import { z } from 'zod';

import { channel, done } from './define';

export const linkChannels = {
  /** Opens a page in the system's browser; main opens only the sites that it knows. */
  'app.openLink': channel('signed-in', z.object({ url: z.string().min(1).max(500) }), done),
} as const;
