import { Button } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { useRight } from '../../app/use-right';
import { showFailure } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { change, forgetNewBatch } from './new-batch-store';

interface Props {
  readonly dossier: { readonly id: string; readonly title: string };
}

/** The companies of a dossier become the list of a batch: nothing to type or to export. */
export function BatchOfCompanies({ dossier: { id, title } }: Props): ReactNode {
  const { busy, run } = useAction();
  const mayRun = useRight('batches.run');
  const prepare = async (): Promise<void> => {
    const preview = await callMain('batches.import', { source: { kind: 'dossier', dossierId: id } });
    if (preview === null) return;
    forgetNewBatch();
    change({ preview, step: 1, title, dossierId: id });
    navigate({ name: 'new-batch', dossierId: id });
  };
  if (!mayRun) return null;
  return <Button variant="default" size="xs" loading={busy} leftSection={<IconListCheck size={16} aria-hidden />} onClick={() => run(() => prepare().catch(showFailure))}>Faire un lot de ces entreprises</Button>;
}
