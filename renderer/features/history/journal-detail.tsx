import { Alert, Button, Drawer, Group, Loader, Text, Title } from '@mantine/core';
import { IconShieldSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { providerLabelOf } from '../../../shared/catalogue';
import { type Environment, environmentLabels } from '../../../shared/domain/environment';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { CopyTextButton } from '../../components/copy-button';
import { durationText, type JournalLine, outcomes, subjectOf } from './journal-text';
import { useVerification } from './use-verification';
import { VerificationVerdict } from './verification-verdict';

/** Everything that a line holds, with its proof. */
export function JournalDetail({ line, onClose }: { readonly line: JournalLine | null; readonly onClose: () => void }): ReactNode {
  return (
    <Drawer opened={line !== null} onClose={onClose} position="right" size={540} title={line ? `Ligne ${line.seq} de l’historique` : ''} closeButtonProps={{ 'aria-label': 'Fermer' }}>
      {line && (
        <>
          <FactList facts={factsOf(line)} />
          <LineProof key={line.seq} line={line} />
        </>
      )}
    </Drawer>
  );
}

type Fact = readonly [label: string, value: string | number | null];

function FactList({ facts, isCode = false }: { readonly facts: readonly Fact[]; readonly isCode?: boolean }): ReactNode {
  return (
    <dl className="facts">
      {facts.map(([label, value]) => value !== null && value !== '' && (
        <div key={label}>
          <Text component="dt" size="xs" c="dimmed">{label}</Text>
          <Group component="dd" m={0} mt={2} gap="xs" wrap="nowrap" align="flex-start">
            <Text span size="sm" style={{ overflowWrap: 'anywhere', flex: 1 }} {...(isCode ? { ff: 'monospace', fz: 'xs' } : {})}>{value}</Text>
            {isCode && <CopyTextButton compact label="Copier" what={label} text={String(value)} />}
          </Group>
        </div>
      ))}
    </dl>
  );
}

function factsOf(line: JournalLine): readonly Fact[] {
  return [
    ['Quand', new Date(line.at).toLocaleString('fr-FR', { dateStyle: 'full', timeStyle: 'medium' })],
    ['Quoi', subjectOf(line)],
    ['Résultat', outcomeText(line)],
    ['Précision', line.detail],
    ['Agent', line.agentName],
    ['Poste', line.workstation],
    ['Dossier', line.dossierTitle],
    ['Entreprise', [line.companyName, line.identifier && formatIdentifier(line.identifier)].filter(Boolean).join(' · ')],
    ['Contexte', line.context],
    ['Destinataire', line.recipient && formatIdentifier(line.recipient)],
    ['Objet', line.object],
    ['Fournisseur', line.provider && providerLabelOf(line.provider)],
    ['Environnement', line.environment && (environmentLabels[line.environment as Environment] ?? line.environment)],
    ['Durée', durationText(line.durationMs)],
    ['Statut HTTP', line.httpStatus],
  ];
}

function outcomeText({ outcome }: JournalLine): string {
  if (outcome !== 'interrupted') return outcomes[outcome].label;
  return 'Interrompu : l’appel est parti, mais l’application s’est arrêtée avant que sa réponse soit inscrite. Rien n’a été montré.';
}

function LineProof({ line }: { readonly line: JournalLine }): ReactNode {
  const { state, verify } = useVerification();
  const last = line.outcomeSeq ?? line.seq;
  return (
    <section aria-labelledby="line-proof" style={{ marginTop: 24, paddingTop: 18, borderTop: '1px solid var(--app-line)' }}>
      <Title order={3} size="h4" id="line-proof" mb="sm">Preuve</Title>
      <FactList isCode facts={[
        ['Identifiant d’appel', line.requestId],
        ['Empreinte de la réponse (SHA-256)', line.bodySha256],
        ['Empreinte du document (SHA-256)', line.documentSha256],
        ['Empreinte de la ligne dans la chaîne (SHA-256)', line.hash],
        ['Identifiant de la donnée', line.endpointId],
        ['Identifiant du dossier', line.dossierId],
        ['Identifiant de l’habilitation', line.habilitationId],
        ['Code technique', line.code],
        ['Ligne qui porte la réponse', line.outcomeSeq],
      ]} />
      <Group mt="md" mb="md">
        <Button variant="default" leftSection={<IconShieldSearch size={17} aria-hidden />} disabled={state.step === 'running'} onClick={() => void verify({ fromSeq: line.seq, toSeq: last })}>
          {last === line.seq ? 'Vérifier cette ligne' : `Vérifier les lignes ${line.seq} à ${last}`}
        </Button>
        {state.step === 'running' && <Loader size="sm" aria-label="Vérification en cours" />}
      </Group>
      {state.step === 'failed' && <Alert color="red" role="alert">{state.message}</Alert>}
      <VerificationVerdict report={state.step === 'done' ? state.report : null} />
    </section>
  );
}
