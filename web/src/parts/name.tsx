/** A name chosen by somebody else: isolated, so that its writing direction cannot reorder our text. */
export function Name({ children }: { readonly children: string }) {
  return <bdi class="name">{children}</bdi>;
}
