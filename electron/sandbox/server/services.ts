import type { Clock } from '../../storage/clock';
import type { CompanyRegistry } from '../companies/registry';
import type { DocumentFactory } from '../documents/document-factory';
import type { LinkStore } from '../documents/link-store';
import type { Conditions } from './conditions';
import type { RequestLog } from './request-log';
import type { Throttle } from './throttle';

/** Parts shared by the API, the search and the control. */
export interface SandboxServices {
  readonly clock: Pick<Clock, 'now'>;
  readonly registry: CompanyRegistry;
  readonly throttle: Throttle;
  readonly links: LinkStore;
  readonly documents: DocumentFactory;
  readonly conditions: Conditions;
  readonly log: RequestLog;
  /** Known once the servers listen. */
  readonly urls: { readonly api: () => string };
}
