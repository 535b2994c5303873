import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';

/** What is said in passing to whoever is signed in. */
export function Toaster(): ReactNode {
  return <Notifications position="bottom-right" limit={4} />;
}
