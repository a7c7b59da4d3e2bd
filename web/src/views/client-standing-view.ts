import type { Environment } from '../page-context.js';
import type { DecisionForm } from './console-view.js';

/** A living registration, in a list. */
export interface ListedClient {
  readonly address: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly legalName: string;
  readonly brand: string;
  readonly environment: Environment;
  readonly isSuspended: boolean;
}

/** The form that finds registrations, and what it found. */
export interface ClientSearchView {
  readonly action: string;
  /** What was asked for, as it was typed; undefined when nothing was. */
  readonly sought?: string | undefined;
  readonly problem?: 'sought-missing' | 'sought-unreadable' | undefined;
  /** Undefined when nothing was asked for. */
  readonly found?: readonly ListedClient[] | undefined;
  /** There are more than these. */
  readonly isCut?: boolean;
}

/** What is wrong with the reason that came back. */
export type SuspensionProblem = 'reason-missing' | 'reason-unreadable';

/** One registration, how it stands, and the form that changes that. */
export interface ClientStandingView extends Omit<ListedClient, 'address' | 'isSuspended'> {
  readonly organizationIdentifier: string;
  readonly issuedAt: Date;
  readonly suspended?: { readonly at: Date; readonly reason: string };
  /** Only for who may decide. */
  readonly form?: DecisionForm & { readonly reason?: string; readonly problem?: SuspensionProblem };
}
