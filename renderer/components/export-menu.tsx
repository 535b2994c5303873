import { Button, Group, Menu, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import { ProgressBar } from './progress-bar';
import { SpokenProgress } from './spoken-progress';
import type { Exporting, ExportProgress } from './use-export';

interface FormatChoice<F extends string> {
  readonly format: F;
  readonly label: string;
  readonly description?: string;
}

interface Props<F extends string> {
  readonly formats: readonly FormatChoice<F>[];
  readonly icon: ReactNode;
  readonly exporting: Exporting;
  /** Accessible name of the progress bar. */
  readonly progressLabel: string;
  /** How far it is, in words. By default, a percentage. */
  readonly progressText?: (progress: ExportProgress) => string;
  readonly onChosen: (format: F) => void;
}

/** Offers the formats; while one is being written, its progress and the way to cancel it take the menu's place. */
export function ExportMenu<F extends string>({ formats, icon, exporting, progressLabel, progressText = percentText, onChosen }: Props<F>): ReactNode {
  if (exporting.progress) return <RunningExport progress={exporting.progress} label={progressLabel} textOf={progressText} onCancel={exporting.cancel} />;
  const isDescribed = formats.some(({ description }) => description !== undefined);
  return (
    <Menu position="bottom-end" {...(isDescribed ? { width: 340 } : {})}>
      <Menu.Target><Button variant="default" leftSection={icon}>Exporter</Button></Menu.Target>
      <Menu.Dropdown>
        {formats.map(({ format, label, description }) => (
          <Menu.Item key={format} onClick={() => onChosen(format)}>
            {description === undefined ? label : <DescribedFormat label={label} description={description} />}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function DescribedFormat({ label, description }: { readonly label: string; readonly description: string }): ReactNode {
  return (
    <>
      <Text size="sm" fw={520}>{label}</Text>
      <Text size="xs" c="dimmed">{description}</Text>
    </>
  );
}

interface RunningExportProps {
  readonly progress: ExportProgress;
  readonly label: string;
  readonly textOf: (progress: ExportProgress) => string;
  readonly onCancel: () => void;
}

/** How far the file is, and the way to give it up. */
export function RunningExport({ progress, label, textOf, onCancel }: RunningExportProps): ReactNode {
  return (
    <Group gap="sm">
      <Text size="sm">Export en cours{progress.total > 0 && ` : ${textOf(progress)}`}</Text>
      <ProgressBar w={120} percent={percentOf(progress)} label={label} />
      <SpokenProgress done={progress.written} total={progress.total} />
      <Button variant="default" size="xs" onClick={onCancel}>Annuler</Button>
    </Group>
  );
}

/** « 1 200 sur 5 000 », for what is counted in lines. */
export function countText({ written, total }: Pick<ExportProgress, 'written' | 'total'>): string {
  return `${written.toLocaleString('fr-FR')} sur ${total.toLocaleString('fr-FR')}`;
}

function percentOf({ written, total }: ExportProgress): number {
  return total > 0 ? Math.floor((100 * written) / total) : 0;
}

function percentText(progress: ExportProgress): string {
  return `${percentOf(progress)} %`;
}
