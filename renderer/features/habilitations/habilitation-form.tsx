import { Alert, Button, Checkbox, Drawer, Group, NumberInput, Select, Skeleton, Stack, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';

import { type Environment, environmentLabels, ENVIRONMENTS } from '../../../shared/domain/environment';
import { parseSiret, type Siret } from '../../../shared/domain/identifiers';
import { USE_CASES, type UseCase, useCaseContexts, useCaseLabels } from '../../../shared/domain/use-case';
import type { ChannelInput, ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { useSession } from '../../app/session-store';
import { focusFirstFault } from '../../components/focus-first-fault';
import { showDone } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { useLoaded } from '../../components/use-loaded';
import { type Habilitation, keepHabilitation } from './habilitations-store';

interface Props {
  readonly opened: boolean;
  /** Null: a new one. */
  readonly habilitation: Habilitation | null;
  readonly onClose: () => void;
  readonly onSaved: (habilitation: Habilitation) => void;
}

export function HabilitationForm(props: Props): ReactNode {
  const title = props.habilitation ? 'Modifier l’habilitation' : 'Nouvelle habilitation';
  return (
    <Drawer opened={props.opened} onClose={props.onClose} position="right" size={520} title={title} closeButtonProps={{ 'aria-label': 'Fermer' }}>
      {props.opened && <ProposalsLoader {...props} />}
    </Drawer>
  );
}

/** What the organisation proposes in its settings. */
type Proposals = Pick<ChannelOutput<'settings.get'>, 'recipient' | 'contexts'>;

function ProposalsLoader(props: Props): ReactNode {
  const { value, problem } = useLoaded(() => callMain('settings.get', undefined), '');
  if (problem !== null) return <Alert color="red" role="alert">{problem}</Alert>;
  if (value === null) return <Skeleton h={320} aria-label="Lecture des réglages" />;
  return <Fields {...props} proposals={value} />;
}

interface Values {
  title: string;
  environment: Environment;
  recipients: string[];
  useCases: UseCase[];
  contexts: string[];
  /** Empty: not declared. */
  retentionMonths: number | '';
}

function valuesOf(habilitation: Habilitation | null, environment: Environment, proposals: Proposals): Values {
  if (!habilitation) return { title: '', environment, recipients: proposals.recipient ? [proposals.recipient] : [], useCases: [], contexts: [...proposals.contexts], retentionMonths: '' };
  const { title, recipients, useCases, contexts, retentionMonths } = habilitation;
  return { title, environment: habilitation.environment, recipients: [...recipients], useCases: [...useCases], contexts: [...contexts], retentionMonths: retentionMonths ?? '' };
}

/** Null when every line is a SIRET, else what is wrong with the first that is not. */
function recipientsProblem(recipients: readonly string[]): string | null {
  if (recipients.length === 0) return 'Indiquez le SIRET de l’administration qui utilise les données.';
  for (const text of recipients) {
    const siret = parseSiret(text);
    if (!siret.ok) return `« ${text} » : ${siret.message}`;
  }
  return null;
}

function draftOf({ title, environment, recipients, useCases, contexts, retentionMonths }: Values): ChannelInput<'habilitations.create'> {
  const sirets = recipients.flatMap((text): Siret[] => {
    const siret = parseSiret(text);
    return siret.ok ? [siret.value] : [];
  });
  return { title, environment, recipients: sirets, useCases, contexts, retentionMonths: retentionMonths === '' ? null : retentionMonths };
}

function Fields({ habilitation, proposals, onClose, onSaved }: Props & { readonly proposals: Proposals }): ReactNode {
  const workingEnvironment = useSession((state) => state.start?.environment ?? 'sandbox');
  const { busy, problem, run } = useAction();
  const form = useForm<Values>({
    initialValues: valuesOf(habilitation, workingEnvironment, proposals),
    validate: {
      title: (value) => (value.trim() === '' ? 'Donnez un titre à cette habilitation : celui de la procédure.' : null),
      recipients: recipientsProblem,
      useCases: (value) => (value.length === 0 ? 'Indiquez au moins un cas d’usage.' : null),
      contexts: (value) => (value.length === 0 ? 'Indiquez au moins un contexte.' : null),
    },
  });
  const save = (values: Values): void =>
    run(async () => {
      const draft = draftOf(values);
      const saved = habilitation ? await callMain('habilitations.update', { id: habilitation.id, draft }) : await callMain('habilitations.create', draft);
      keepHabilitation(saved);
      onSaved(saved);
      onClose();
      // A new one opens, which says it.
      if (habilitation) showDone('Habilitation enregistrée', saved.title);
    });
  return (
    <form onSubmit={form.onSubmit(save, (errors) => focusFirstFault(form, errors))} noValidate>
      <Stack gap="md">
        {problem !== null && <Alert color="red" role="alert">{problem.message}</Alert>}
        <TextInput label="Procédure" description="Son intitulé dans votre demande d’habilitation." data-autofocus {...form.getInputProps('title')} />
        <Select
          label="Environnement"
          description={form.values.environment === workingEnvironment ? 'Celui où travaille ce poste.' : `Ce poste travaille dans « ${environmentLabels[workingEnvironment]} » : cette habilitation y restera inutilisée.`}
          allowDeselect={false}
          data={ENVIRONMENTS.map((value) => ({ value, label: environmentLabels[value] }))}
          {...form.getInputProps('environment')}
        />
        <TagsInput label="Destinataires" description="SIRET de l’administration qui utilise les données ; Entrée pour ajouter." acceptValueOnBlur clearable={false} maxTags={50} {...form.getInputProps('recipients')} />
        <Checkbox.Group
          label="Cas d’usage"
          description="Ce que la procédure justifie de demander."
          {...form.getInputProps('useCases')}
          onChange={(chosen) => form.setValues((values) => withUseCases(values, chosen as UseCase[]))}
        >
          <Stack gap={6} mt="xs">{USE_CASES.map((useCase) => <Checkbox key={useCase} value={useCase} label={useCaseLabels[useCase]} />)}</Stack>
        </Checkbox.Group>
        <TagsInput label="Contextes" description="Transmis avec chaque appel ; les dossiers choisissent parmi eux." acceptValueOnBlur clearable={false} maxTags={50} {...form.getInputProps('contexts')} />
        <NumberInput
          label="Conservation des données (mois)"
          description="Durée déclarée dans votre demande d’habilitation, à partir de la clôture d’un dossier. Vide : rien n’est supprimé de soi-même."
          min={1}
          max={1200}
          allowDecimal={false}
          value={form.values.retentionMonths}
          onChange={(value) => form.setFieldValue('retentionMonths', typeof value === 'number' ? value : '')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>Annuler</Button>
          <Button type="submit" loading={busy}>{habilitation ? 'Enregistrer' : 'Créer l’habilitation'}</Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A purpose just chosen brings its usual context with it. */
function withUseCases(values: Partial<Values>, chosen: UseCase[]): Partial<Values> {
  const before = values.useCases ?? [];
  const proposed = chosen.filter((useCase) => !before.includes(useCase)).map((useCase) => useCaseContexts[useCase]);
  return { useCases: chosen, contexts: [...new Set([...(values.contexts ?? []), ...proposed])] };
}
