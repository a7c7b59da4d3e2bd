import type { Environment } from '../page-context.js';
import type { PortalNavigation, PortalPage } from './portal-navigation.js';

/** One OpenAPI document as a page; its own words are English. */
export interface ReferenceView {
  readonly navigation: PortalNavigation;
  readonly current: PortalPage;
  readonly title: string;
  readonly version: string;
  readonly summary: string;
  /** The documents to download, of each environment. */
  readonly downloads: readonly {
    readonly environment: Environment;
    readonly server: string;
    readonly openapi: string;
    readonly collection: string;
  }[];
  readonly operations: readonly ReferenceOperation[];
  readonly schemas: readonly ReferenceSchema[];
}

export interface ReferenceOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly ReferenceField[];
  readonly body?: { readonly mediaType: string; readonly type: string; readonly example?: string };
  readonly answers: readonly ReferenceAnswer[];
}

export interface ReferenceAnswer {
  readonly status: string;
  readonly description: string;
  /** Name of the schema, or its kind in words; empty for none. */
  readonly type: string;
  /** Codes of refusals that this status is answered with. */
  readonly codes: readonly string[];
  readonly example?: string;
}

/** A parameter of a request, or a member of a schema. */
export interface ReferenceField {
  readonly name: string;
  /** path, query or header; empty for a member. */
  readonly where: string;
  readonly required: boolean;
  readonly type: string;
  readonly description: string;
}

export interface ReferenceSchema {
  readonly name: string;
  readonly description: string;
  readonly members: readonly ReferenceField[];
}
