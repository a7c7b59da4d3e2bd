import type { ThirdParty } from '../views/third-party.js';

/** A name chosen by somebody else: isolated, so that its writing direction cannot reorder our text. */
export function Name({ children }: { readonly children: string }) {
  return <bdi class="name">{children}</bdi>;
}

/** The name of the application, or that of its organisation where the application's may not be shown. */
export function ApplicationName({ tpp }: { readonly tpp: ThirdParty }) {
  return <Name>{tpp.clientName ?? tpp.legalName}</Name>;
}
