import { Badge, Button, Loader, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleMinus, IconCircleX } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';

import { type CheckId, type CheckResult, checks, type CheckState, stateLabels } from '../../../shared/domain/diagnostics';

interface Look {
  readonly color: string;
  readonly icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;
}

const looks: Readonly<Record<CheckState, Look>> = {
  ok: { color: 'teal', icon: IconCircleCheck },
  warning: { color: 'amber', icon: IconAlertTriangle },
  error: { color: 'red', icon: IconCircleX },
  skipped: { color: 'gray', icon: IconCircleMinus },
};

interface Props {
  readonly checkId: CheckId;
  readonly result: CheckResult | undefined;
  readonly isRunning: boolean;
  readonly isBusy: boolean;
  readonly onRun: () => void;
}

/** One link of the chain: what it is, what was seen, what to do about it. */
export function CheckRow({ checkId, result, isRunning, isBusy, onRun }: Props): ReactNode {
  const { title, about } = checks[checkId];
  return (
    <li className="diagnostic-row" aria-busy={isRunning}>
      <div className="diagnostic-name">
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed">{about}</Text>
      </div>
      <div className="diagnostic-state">{isRunning ? <Loader size="xs" aria-label={`Vérification en cours : ${title}`} /> : <StateBadge result={result} />}</div>
      <div className="diagnostic-finding">{result !== undefined && <Finding result={result} />}</div>
      <Button variant="default" size="xs" disabled={isBusy} onClick={onRun} aria-label={`Vérifier : ${title}`}>Vérifier</Button>
    </li>
  );
}

/** Colour is never alone: the word and the icon say the same. */
function StateBadge({ result }: { readonly result: CheckResult | undefined }): ReactNode {
  if (result === undefined) return <Text size="sm" c="dimmed">Pas encore vérifié</Text>;
  const { color, icon: Icon } = looks[result.state];
  return <Badge variant="light" color={color} radius="sm" tt="none" fw={560} leftSection={<Icon size={13} aria-hidden />}>{stateLabels[result.state]}</Badge>;
}

/** More facts than this are told on demand. */
const FEW = 5;

function Finding({ result }: { readonly result: CheckResult }): ReactNode {
  const { summary, mend, facts, durationMs } = result;
  return (
    <>
      <Text size="sm">{summary}</Text>
      {mend !== null && <Text size="sm" mt={4} fw={560}>{mend}</Text>}
      {facts.length > FEW ? (
        <details>
          <summary>{facts.length} détails</summary>
          <Facts facts={facts} />
        </details>
      ) : (
        <Facts facts={facts} />
      )}
      <Text size="xs" c="dimmed" mt={4}>{durationMs < 1_000 ? `${durationMs} ms` : `${(durationMs / 1_000).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} s`}</Text>
    </>
  );
}

function Facts({ facts }: Pick<CheckResult, 'facts'>): ReactNode {
  if (facts.length === 0) return null;
  return (
    <dl className="diagnostic-facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
