import { Button, Checkbox, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconDownload, IconFileText } from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';

import type { Answer, DocumentOffer } from '../../../shared/domain/consultation';
import { offerDetail, readDate } from '../../../shared/reading';
import { BatchBar } from './batch-bar';
import { downloadKey, downloadTogether, loadKnown, type Offered, useDocuments } from './documents-store';
import { DownloadState } from './download-state';
import { DownloadVoice } from './download-voice';

/** A longer list is searched rather than read. */
const SEARCHED_ABOVE = 8;

interface Row {
  readonly offered: Offered;
  /** Kind, nature and date: what tells it from its neighbours. */
  readonly label: string;
  readonly kind: string;
  readonly rest: string;
}

/** Documents that an answer gives access to: choose, download one, several or all, then see, open, save. */
export function DocumentOffers({ answer }: { readonly answer: Answer }): ReactNode {
  useEffect(() => void loadKnown(answer), [answer]);
  const rows = useMemo(() => answer.documents.map((offer) => rowOf(answer, offer)), [answer]);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const shown = rows.filter(({ label }) => label.toLocaleLowerCase('fr').includes(text.trim().toLocaleLowerCase('fr')));
  const toggle = (pointer: string): void => setChosen((before) => new Set(before.has(pointer) ? [...before].filter((one) => one !== pointer) : [...before, pointer]));
  return (
    <Stack gap={6}>
      {rows.length > 1 && <Choice answer={answer} shown={shown} chosen={chosen} onChoose={setChosen} />}
      {rows.length > SEARCHED_ABOVE && (
        <TextInput size="xs" maw={320} aria-label="Filtrer les documents" placeholder="Filtrer : nature, année…" value={text} onChange={(event) => setText(event.currentTarget.value)} />
      )}
      <Stack gap={6} component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label="Documents">
        {shown.map((row) => (
          <Offer key={row.offered.pointer} row={row} chosen={rows.length > 1 ? chosen.has(row.offered.pointer) : null} onToggle={() => toggle(row.offered.pointer)} />
        ))}
      </Stack>
    </Stack>
  );
}

function rowOf(answer: Answer, offer: DocumentOffer): Row {
  const date = offer.documentDate === null ? '' : (readDate(offer.documentDate) ?? offer.documentDate);
  const rest = [offerDetail(answer, offer), date].filter(Boolean).join(' · ');
  return { offered: { consultationId: answer.consultationId, pointer: offer.pointer }, kind: offer.label, rest, label: [offer.label, rest].filter(Boolean).join(' · ') };
}

interface ChoiceProps {
  readonly answer: Answer;
  readonly shown: readonly Row[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

/** Choosing several, and where they stand once asked for. */
function Choice({ answer, shown, chosen, onChoose }: ChoiceProps): ReactNode {
  const downloads = useDocuments((state) => state.downloads);
  const batch = answer.consultationId;
  const isFetchable = ({ offered }: Row): boolean => {
    const state = downloads[downloadKey(offered)];
    return state === undefined || state.step === 'failed';
  };
  const fetchable = shown.filter(isFetchable);
  const selected = fetchable.filter(({ offered }) => chosen.has(offered.pointer));
  const fetch = (rows: readonly Row[]): void => {
    onChoose(new Set());
    void downloadTogether(batch, rows.map(({ offered }) => offered));
  };
  return (
    <>
      {fetchable.length > 0 && (
        <Group justify="space-between" gap="xs">
          <Checkbox
            size="xs"
            label="Tout sélectionner"
            checked={selected.length === fetchable.length}
            indeterminate={selected.length > 0 && selected.length < fetchable.length}
            onChange={() => onChoose(selected.length === fetchable.length ? new Set() : new Set(fetchable.map(({ offered }) => offered.pointer)))}
          />
          <Button size="compact-sm" variant="light" leftSection={<IconDownload size={14} aria-hidden />} onClick={() => fetch(selected.length > 0 ? selected : fetchable)}>
            {selected.length > 0 ? `Télécharger la sélection (${selected.length})` : `Tout télécharger (${fetchable.length})`}
          </Button>
        </Group>
      )}
      <BatchBar batch={batch} offered={shown.map(({ offered }) => offered)} />
    </>
  );
}

interface OfferProps {
  readonly row: Row;
  /** Null: a lone document has nothing to choose. */
  readonly chosen: boolean | null;
  readonly onToggle: () => void;
}

function Offer({ row, chosen, onToggle }: OfferProps): ReactNode {
  const state = useDocuments(({ downloads }) => downloads[downloadKey(row.offered)]);
  const isChoosable = chosen !== null && (state === undefined || state.step === 'failed');
  return (
    <Paper component="li" withBorder radius="sm" px="sm" py={6}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs" wrap="nowrap" style={{ minWidth: 0, flex: 1 }}>
          {isChoosable ? (
            <Checkbox size="xs" checked={chosen} onChange={onToggle} aria-label={`Choisir : ${row.label}`} />
          ) : (
            <IconFileText size={16} aria-hidden style={{ flexShrink: 0 }} />
          )}
          <Text size="sm">
            {row.kind}
            {row.rest !== '' && <Text span c="dimmed" size="sm"> · {row.rest}</Text>}
          </Text>
        </Group>
        <DownloadState offered={row.offered} label={row.label} state={state} />
      </Group>
      <DownloadVoice offered={row.offered} label={row.label} state={state} />
      {state?.step === 'failed' && <Text size="xs" c="var(--mantine-color-error)">{state.message} {state.advice}</Text>}
    </Paper>
  );
}
