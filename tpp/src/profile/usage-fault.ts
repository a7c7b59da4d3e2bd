/** The command was given something it cannot work with; the message says what, and the developer can mend it. */
export class UsageFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageFault';
  }
}
