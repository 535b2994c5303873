import { Alert, Autocomplete, Button, Drawer, Group, Select, Skeleton, Stack, TagsInput, Textarea, TextInput, type TextInputProps } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ReactNode, useState } from 'react';

import { type Procedure, procedureLabels, proceduresOf } from '../../../shared/domain/completeness';
import { checkRecipient } from '../../../shared/domain/justification';
import { type UseCase, useCaseContexts, useCaseLabels } from '../../../shared/domain/use-case';
import type { ChannelInput, ChannelOutput } from '../../../shared/ipc';
import { CallError, callMain, messageOf } from '../../app/bridge';
import { DateField } from '../../components/date-field';
import { focusFirstFault } from '../../components/focus-first-fault';
import { ObjectCount } from '../../components/object-count';
import { showDone } from '../../components/toasts';
import { useFocusOnArrival } from '../../components/use-focus-on-arrival';
import { useLoaded } from '../../components/use-loaded';
import type { Dossier } from './dossier-rows';

type Habilitation = ChannelOutput<'habilitations.list'>[number];
/** What the organisation proposes in its settings. */
type Proposals = Pick<ChannelOutput<'settings.get'>, 'recipient' | 'contexts'>;

interface Props {
  readonly opened: boolean;
  /** Null: a new dossier. */
  readonly dossier: Dossier | null;
  readonly isBareCopy?: boolean;
  readonly onClose: () => void;
  readonly onSaved: (dossier: Dossier) => void;
}

export function DossierFormDrawer(props: Props): ReactNode {
  const title = props.dossier ? 'Modifier le dossier' : 'Nouveau dossier';
  return (
    <Drawer opened={props.opened} onClose={props.onClose} position="right" size={520} title={title} closeButtonProps={{ 'aria-label': 'Fermer' }}>
      {props.opened && <HabilitationLoader {...props} />}
    </Drawer>
  );
}

function HabilitationLoader(props: Props): ReactNode {
  const { value, problem } = useLoaded(() => Promise.all([callMain('habilitations.list', undefined), callMain('settings.get', undefined), callMain('dossiers.tags', undefined)]), '');
  if (problem !== null) return <Alert color="red" role="alert">{problem}</Alert>;
  if (value === null) return <Skeleton h={320} aria-label="Lecture des habilitations" />;
  const [habilitations, proposals, tags] = value;
  const first = habilitations[0];
  if (!first) return <Alert color="amber" title="Aucune habilitation">Votre responsable doit d’abord vous rattacher à une habilitation : c’est elle qui dit quelles données vous pouvez demander.</Alert>;
  return <DossierForm {...props} habilitations={habilitations} first={first} proposals={proposals} tagsInUse={tags} />;
}

interface FormValues {
  title: string;
  habilitationId: string;
  useCase: UseCase;
  procedure: Procedure | null;
  context: string;
  recipient: string;
  object: string;
  deadline: string;
  tags: string[];
  notes: string;
}

function initialValues({ dossier, first, proposals }: FormProps): FormValues {
  if (dossier) {
    const { title, habilitationId, useCase, procedure, context, recipient, object, deadline, tags, notes } = dossier;
    return { title, habilitationId, useCase, procedure, context, recipient, object, deadline: deadline ?? '', tags: [...tags], notes };
  }
  return { title: '', habilitationId: first.id, ...defaultsOf(first, proposals), object: '', deadline: '', tags: [], notes: '' };
}

/** What the habilitation already settles need not be typed; within it, the organisation's usual choice comes first. */
function defaultsOf(habilitation: Habilitation, proposals: Proposals): Pick<FormValues, 'useCase' | 'procedure' | 'context' | 'recipient'> {
  const useCase = habilitation.useCases[0] ?? 'marches_publics';
  const proposed = [...proposals.contexts, useCaseContexts[useCase]];
  const context = proposed.find((one) => habilitation.contexts.includes(one)) ?? habilitation.contexts[0] ?? useCaseContexts[useCase];
  const isUsual = habilitation.recipients.some((one) => one === proposals.recipient);
  return { useCase, procedure: usualProcedure(useCase), context, recipient: (isUsual ? proposals.recipient : habilitation.recipients[0]) ?? proposals.recipient ?? '' };
}

/** The last step of a purpose asks for most: whoever is at an earlier one chooses it. */
function usualProcedure(useCase: UseCase): Procedure | null {
  return proceduresOf(useCase).at(-1) ?? null;
}

function draftOf(values: FormValues): ChannelInput<'dossiers.create'> {
  return { ...values, deadline: values.deadline === '' ? null : values.deadline };
}

interface FormProps extends Props {
  readonly habilitations: readonly Habilitation[];
  readonly first: Habilitation;
  readonly proposals: Proposals;
  readonly tagsInUse: readonly string[];
}

function useDossierForm(props: FormProps) {
  const { dossier, onSaved, onClose } = props;
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useForm<FormValues>({
    initialValues: initialValues(props),
    validateInputOnChange: ['recipient'],
    validate: {
      title: (value) => (value.trim() === '' ? 'Donnez un titre au dossier.' : null),
      context: (value) => (value.trim() === '' ? 'Indiquez le contexte, par exemple « Marchés publics ».' : null),
      recipient: (value) => {
        const checked = checkRecipient(value);
        return checked.ok ? null : checked.message;
      },
      object: (value) => (value.trim() === '' ? 'Indiquez l’objet, par exemple le numéro du marché.' : null),
    },
  });
  const save = async (values: FormValues): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const draft = draftOf(values);
      const saved = dossier ? await callMain('dossiers.update', { id: dossier.id, draft }) : await callMain('dossiers.create', draft);
      onSaved(saved);
      onClose();
      // A new dossier opens, which says it.
      if (dossier) showDone('Dossier enregistré', saved.title);
    } catch (error) {
      const field = error instanceof CallError ? error.data.field?.split('.').at(-1) : undefined;
      if (field !== undefined && field in values) {
        form.setFieldError(field, messageOf(error));
        focusFirstFault(form, { [field]: true });
      } else setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { form, problem, busy, save };
}

function DossierForm(props: FormProps): ReactNode {
  const { form, problem, busy, save } = useDossierForm(props);
  const { values } = form;
  const title = useFocusOnArrival<HTMLInputElement>();
  const habilitation = props.habilitations.find(({ id }) => id === values.habilitationId) ?? props.first;
  return (
    <form onSubmit={form.onSubmit((sent) => void save(sent), (errors) => focusFirstFault(form, errors))} noValidate>
      <Stack gap="md">
        {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
        {props.isBareCopy === true && <Alert color="ink" title="Copie d’un autre dossier">Le titre et l’objet sont encore ceux de l’autre affaire : corrigez-les avant toute consultation. Son échéance et ses notes n’ont pas été reprises.</Alert>}
        <TextInput ref={title} label="Titre" placeholder="Marché de travaux, école du centre" data-autofocus {...form.getInputProps('title')} />
        <Select
          label="Habilitation"
          allowDeselect={false}
          data={props.habilitations.map(({ id, title }) => ({ value: id, label: title }))}
          {...form.getInputProps('habilitationId')}
          onChange={(id) => {
            const chosen = props.habilitations.find((candidate) => candidate.id === id);
            if (chosen) form.setValues({ habilitationId: chosen.id, ...defaultsOf(chosen, props.proposals) });
          }}
        />
        <Select
          label="Cas d’usage"
          allowDeselect={false}
          data={habilitation.useCases.map((value) => ({ value, label: useCaseLabels[value] }))}
          {...form.getInputProps('useCase')}
          onChange={(value) => {
            const useCase = habilitation.useCases.find((candidate) => candidate === value);
            if (useCase) form.setValues({ useCase, procedure: usualProcedure(useCase), context: useCaseContexts[useCase] });
          }}
        />
        <ProcedureSelect useCase={values.useCase} value={values.procedure} onChange={(procedure) => form.setFieldValue('procedure', procedure)} error={form.errors['procedure']} />
        <Autocomplete label="Contexte" description="Cadre de la démarche, transmis avec chaque appel." data={[...new Set(habilitation.contexts)]} {...form.getInputProps('context')} />
        <Autocomplete label="Destinataire" description="SIRET de l’administration qui utilise la donnée." data={[...new Set<string>(habilitation.recipients)]} {...form.getInputProps('recipient')} />
        <ObjectField {...form.getInputProps('object')} value={values.object} />
        <DateField label="Échéance" value={values.deadline} onChange={(deadline) => form.setFieldValue('deadline', deadline)} error={form.errors['deadline']} />
        <TagsInput label="Étiquettes" placeholder="Entrée pour ajouter" data={[...props.tagsInUse]} maxTags={30} {...form.getInputProps('tags')} />
        <Textarea label="Notes" autosize minRows={2} maxRows={8} {...form.getInputProps('notes')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>Annuler</Button>
          <Button type="submit" loading={busy}>{props.dossier ? 'Enregistrer' : 'Créer le dossier'}</Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Which list of pieces the dossier is measured against. */
function ProcedureSelect({ useCase, value, onChange, error }: { readonly useCase: UseCase; readonly value: Procedure | null; readonly onChange: (procedure: Procedure | null) => void; readonly error: ReactNode }): ReactNode {
  const procedures = proceduresOf(useCase);
  return (
    <Select
      label="Procédure"
      description={procedures.length === 0 ? 'Ce cas d’usage n’a pas de liste de pièces.' : 'Dit quelles pièces le dossier doit réunir.'}
      placeholder="Aucune liste de pièces"
      clearable
      disabled={procedures.length === 0}
      data={procedures.map((one) => ({ value: one, label: procedureLabels[one] }))}
      value={value}
      onChange={(chosen) => onChange(procedures.find((one) => one === chosen) ?? null)}
      error={error}
    />
  );
}

function ObjectField({ value, ...input }: TextInputProps & { readonly value: string }): ReactNode {
  return (
    <div>
      <TextInput label="Objet" description="Ce qui relie l’appel à votre affaire : numéro du marché, du dossier d’aide…" {...input} value={value} />
      <ObjectCount object={value} />
    </div>
  );
}
