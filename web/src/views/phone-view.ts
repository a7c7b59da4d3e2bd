/** The simulated phone of a demo PSU. */
export interface PhoneView {
  readonly psuName: string;
  /** Newest first or last, as given. */
  readonly messages: readonly { readonly at: Date; readonly text: string }[];
}
