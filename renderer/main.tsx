import '@mantine/core/styles.css';
import '@fontsource-variable/inter/index.css';

import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { Button } from '@mantine/core';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
createRoot(document.getElementById('root') as HTMLElement).render(
  <MantineProvider getStyleNonce={() => nonce}><Button>Bonjour</Button></MantineProvider>,
);
